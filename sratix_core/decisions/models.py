"""Refusals with their reason, kept for a while."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, tenant_unique
from sratix_core.db.types import Json, UTCDateTime


class Decision(TenantScoped, Base):
    """One refusal. `reference` is what the person was shown; `steps` hold ids, states and amounts, never personal data."""

    __tablename__ = "decisions"
    __constraints__ = (
        tenant_unique("reference"),
        Index("ix_decisions_at", "tenant_id", "at"),
    )

    reference: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    code: Mapped[str] = mapped_column(String(60))
    event_id: Mapped[uuid.UUID | None] = mapped_column(
        Uuid, doc="where it happened; the event may be gone since"
    )
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
