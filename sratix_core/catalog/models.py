"""Ticket types and the pools they draw on."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import CONTENT, Base, TenantScoped, belongs_to, has_many, tenant_fk, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, json_default, one_of, state_column


class PoolKind(StrEnum):
    EVENT = "event"
    SESSION = "session"
    TICKET_TYPE = "ticket_type"
    SHARED = "shared"


class CapacityPool(TenantScoped, Base):
    """Units that can be taken. `taken` changes only by the claim in `catalog.hot`; the CHECK stands behind it (D7)."""

    __tablename__ = "capacity_pools"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_fk("session_id", "event_sessions"),
        one_of("kind", PoolKind),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="taken_within_capacity"),
        Index("ix_capacity_pools_event", "tenant_id", "event_id"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    session_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    kind: Mapped[str] = mapped_column(state_column())
    name: Mapped[str] = mapped_column(String(120))
    capacity: Mapped[int] = mapped_column(Integer)
    taken: Mapped[int] = mapped_column(Integer, default=0)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class TypeStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"


class Visibility(StrEnum):
    """`link` types are sold to whoever has the address with `?type=`; `hidden` ones only by staff."""

    PUBLIC = "public"
    LINK = "link"
    HIDDEN = "hidden"


class TicketType(TenantScoped, Base):
    """Something one can buy, at a price in minor units of the event's currency."""

    __tablename__ = "ticket_types"
    __info__ = CONTENT
    __constraints__ = (
        tenant_fk("event_id", "events"),
        one_of("status", TypeStatus),
        one_of("visibility", Visibility),
        CheckConstraint("price_minor >= 0", name="price_not_negative"),
        CheckConstraint("max_per_order >= 1 AND min_per_order >= 1", name="limits_positive"),
        Index("ix_ticket_types_event", "tenant_id", "event_id", "position"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(400), default="")
    texts: Mapped[dict[str, Any]] = mapped_column(Json, default=json_default)
    price_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    pricing: Mapped[dict[str, Any]] = mapped_column(
        Json, default=json_default, doc="`pricing.rules.TypeRules`, where not as usual"
    )
    sales_start: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sales_end: Mapped[datetime | None] = mapped_column(UTCDateTime)
    min_per_order: Mapped[int] = mapped_column(Integer, default=1)
    max_per_order: Mapped[int] = mapped_column(Integer, default=10)
    max_per_buyer: Mapped[int | None] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(state_column(), default=TypeStatus.ACTIVE)
    visibility: Mapped[str] = mapped_column(state_column(), default=Visibility.PUBLIC)
    is_addon: Mapped[bool] = mapped_column(Boolean, default=False, doc="needs another ticket of the order")
    position: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    draws = has_many("TicketType", "TicketTypePool", "ticket_type_id")


class TicketTypePool(TenantScoped, Base):
    """One unit of the type takes one unit of the pool. Linking a pool later claims what is already sold."""

    __tablename__ = "ticket_type_pools"
    __info__ = CONTENT
    __constraints__ = (
        tenant_fk("ticket_type_id", "ticket_types"),
        tenant_fk("pool_id", "capacity_pools"),
        tenant_unique("ticket_type_id", "pool_id"),
        Index("ix_ticket_type_pools_pool", "tenant_id", "pool_id"),
    )

    ticket_type_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    pool_id: Mapped[uuid.UUID] = mapped_column(Uuid)

    pool = belongs_to("TicketTypePool", "pool_id", "CapacityPool")
