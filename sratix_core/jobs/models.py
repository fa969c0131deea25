"""A piece of durable work and who holds it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantRoot, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, json_default, one_of, state_column


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class Job(TenantRoot, Base):
    """`token` rises with every claim; only the holder of the present one may finish it (J2)."""

    __tablename__ = "jobs"
    __constraints__ = (
        tenant_unique("dedupe"),
        one_of("state", JobState),
        Index("ix_jobs_due", "state", "run_at"),
        Index("ix_jobs_lease", "state", "lease_until"),
    )

    kind: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default, doc="ids only")
    dedupe: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(state_column(), default=JobState.WAITING)
    run_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    token: Mapped[int] = mapped_column(Integer, default=0)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    max_attempts: Mapped[int] = mapped_column(Integer, default=12)
    last_error: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
