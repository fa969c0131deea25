"""One message to one person."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, tenant_fk, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, json_default, one_of, state_column


class MessageState(StrEnum):
    """`unknown`: the other side took it, but the answer was lost; it is tried again under the same message id."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Message(TenantScoped, Base):
    """Rendered from live rows when it is sent; only the address and the outcome are kept. `dedupe` makes it once (J3)."""

    __tablename__ = "messages"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_fk("event_id", "events"),
        tenant_unique("dedupe"),
        one_of("state", MessageState),
        Index("ix_messages_order", "tenant_id", "order_id"),
        Index("ix_messages_event", "tenant_id", "event_id", "state"),
    )

    kind: Mapped[str] = mapped_column(String(60))
    event_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    order_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    recipient: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(12))
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default, doc="ids only")
    dedupe: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(state_column(), default=MessageState.QUEUED)
    transport: Mapped[str] = mapped_column(String(40), default="")
    message_id: Mapped[str] = mapped_column(String(200), default="")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
