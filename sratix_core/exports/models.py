"""One export of an organizer's data: who asked, how far it is, where the bytes lie until they are fetched."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, GlobalTable
from sratix_core.db.types import UTCDateTime, one_of, state_column


class ExportState(StrEnum):
    """`taken` and `expired` files are gone; `failed` says that the job was given up."""

    WAITING = "waiting"
    READY = "ready"
    TAKEN = "taken"
    EXPIRED = "expired"
    FAILED = "failed"


class TenantExport(GlobalTable, Base):
    """`size` in bytes, 0 until it is ready. The file is named by `id` and lies outside what `/files/` serves."""

    __tablename__ = "tenant_exports"
    __why__ = "an administrator of the installation asked for it; it is no data of the organizer's own"
    __readers__ = ("system",)
    __constraints__ = (
        one_of("state", ExportState),
        Index("ix_tenant_exports_of", "of_tenant", "id"),
        Index("ix_tenant_exports_state", "state", "expires_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    of_tenant: Mapped[int] = mapped_column(Integer, ForeignKey("tenants.id"))
    asked_by: Mapped[uuid.UUID] = mapped_column(Uuid, ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(state_column(), default=ExportState.WAITING)
    error: Mapped[str] = mapped_column(String(80), default="")
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    rows: Mapped[int] = mapped_column(BigInteger, default=0)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
