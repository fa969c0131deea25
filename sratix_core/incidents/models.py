"""One note about something that happened."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, tenant_fk
from sratix_core.db.types import UTCDateTime, one_of, state_column


class IncidentKind(StrEnum):
    MEDICAL = "medical"
    SECURITY = "security"
    TECHNICAL = "technical"
    LOST = "lost"
    OTHER = "other"


class IncidentState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Incident(TenantScoped, Base):
    """`text` and `outcome` may name people, so they live here and never in the journal."""

    __tablename__ = "incidents"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        one_of("kind", IncidentKind),
        one_of("state", IncidentState),
        Index("ix_incidents_event", "tenant_id", "event_id", "id"),
        Index("ix_incidents_state", "tenant_id", "event_id", "state", "id"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    kind: Mapped[str] = mapped_column(state_column())
    place: Mapped[str] = mapped_column(String(80), default="")
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(state_column(), default=IncidentState.OPEN)
    outcome: Mapped[str] = mapped_column(Text, default="")
    written_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="a user's id")
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
