"""Sums by event, metric and day, and how far into the event log they reach."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import BigInteger, Date, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, tenant_fk, tenant_unique

IN_ALL = date(1970, 1, 1)
"""The bucket that holds a metric's total."""


class Rollup(TenantScoped, Base):
    """`bucket` is a day in the event's time zone, or `IN_ALL`."""

    __tablename__ = "rollups"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_unique("event_id", "metric", "bucket"),
        Index("ix_rollups_days", "bucket", "metric", "value"),  # read alone by the platform's figures
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    metric: Mapped[str] = mapped_column(String(80))
    bucket: Mapped[date] = mapped_column(Date)
    value: Mapped[int] = mapped_column(BigInteger)


class RollupHead(TenantScoped, Base):
    """The last number of the event log that the tenant's rollups contain; locked by whoever adds to them."""

    __tablename__ = "rollup_heads"
    __constraints__ = (tenant_unique("stream"),)

    stream: Mapped[str] = mapped_column(String(20))
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
