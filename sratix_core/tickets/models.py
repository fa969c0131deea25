"""Tickets and their holders, the keys that sign an event's codes, and acts on many tickets that a worker does."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantScoped, belongs_to, tenant_fk, tenant_unique
from sratix_core.db.types import UTCDateTime, one_of, prefix_text, state_column


class TicketState(StrEnum):
    """`reserved` belongs to an order that is not paid; it holds its unit and admits nobody. So does `value`, whatever its order:
    a unit of value that is sold to be spent later is nobody's ticket."""

    RESERVED = "reserved"
    VALID = "valid"
    VOID = "void"
    LAPSED = "lapsed"
    VALUE = "value"


LIVE = (TicketState.RESERVED, TicketState.VALID)
"""States in which somebody comes with it, or will."""

HOLDING = (*LIVE, TicketState.VALUE)
"""States in which it counts in the pools."""


class Attendee(TenantScoped, Base):
    """The person a ticket is for; empty name: still open."""

    __tablename__ = "attendees"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        Index("ix_attendees_email", "email", "tenant_id"),
        Index("ix_attendees_event_updated", "tenant_id", "event_id", "updated_at", "id"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    name: Mapped[str] = mapped_column(String(160), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    company: Mapped[str] = mapped_column(String(160), default="")
    fold: Mapped[str] = mapped_column(prefix_text(160), default="", doc="the name as lists are sorted by it")
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Ticket(TenantScoped, Base):
    """One admission. `epoch` rises with every rotation; a code with a lower one is refused (T4)."""

    __tablename__ = "tickets"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_fk("order_id", "orders"),
        tenant_fk("order_line_id", "order_lines"),
        tenant_fk("ticket_type_id", "ticket_types"),
        tenant_fk("attendee_id", "attendees"),
        tenant_unique("order_line_id", "ordinal"),
        one_of("state", TicketState),
        CheckConstraint("epoch BETWEEN 0 AND 255", name="epoch_is_a_byte"),
        Index("ix_tickets_order", "tenant_id", "order_id"),
        Index("ix_tickets_event_created", "tenant_id", "event_id", "created_at", "id"),
        Index("ix_tickets_event_updated", "tenant_id", "event_id", "updated_at", "id"),
        Index("ix_tickets_event_type", "tenant_id", "event_id", "ticket_type_id", "state"),
        Index("ix_tickets_attendee", "tenant_id", "attendee_id"),
        Index("ix_tickets_event_fold", "tenant_id", "event_id", "fold", "id"),
        Index("ix_tickets_type_fold", "tenant_id", "event_id", "ticket_type_id", "fold", "id"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    order_line_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    ticket_type_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    attendee_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    ordinal: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(state_column())
    epoch: Mapped[int] = mapped_column(Integer, default=0)
    fold: Mapped[str] = mapped_column(
        prefix_text(160), default="", doc="the holder's, so that a list by name is one range of one index"
    )
    seat_label: Mapped[str] = mapped_column(String(40), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    attendee = belongs_to("Ticket", "attendee_id", "Attendee")
    ticket_type = belongs_to("Ticket", "ticket_type_id", "TicketType")
    order = belongs_to("Ticket", "order_id", "Order")


class EventKey(TenantScoped, Base):
    """An Ed25519 pair of one event; the private half is encrypted with the installation's secret and never leaves."""

    __tablename__ = "event_keys"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_unique("event_id", "kid"),
        CheckConstraint("kid BETWEEN 0 AND 255", name="kid_is_a_byte"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    kid: Mapped[int] = mapped_column(Integer)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    private_sealed: Mapped[bytes] = mapped_column(LargeBinary(120), info={"sealed": "event-key"})
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class MassKind(StrEnum):
    """`void` ends tickets, `mails` sends the mails of their orders again; `cancel` and `order_mails` are the same of orders."""

    VOID = "void"
    MAILS = "mails"
    CANCEL = "cancel"
    ORDER_MAILS = "order_mails"


class MassAct(TenantScoped, Base):
    """An act on all that a list showed when it was asked for. A worker does it part by part and counts here.

    `total` is what was asked for, `seen` how many of them it came to, `done` how many of those it was possible for.
    """

    __tablename__ = "mass_acts"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        one_of("kind", MassKind),
        CheckConstraint("0 <= done AND done <= seen AND seen <= total", name="counts_in_order"),
        Index("ix_mass_acts_event", "tenant_id", "event_id", "id"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    kind: Mapped[str] = mapped_column(state_column())
    asked_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    total: Mapped[int] = mapped_column(Integer)
    seen: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)


class MassPart(TenantScoped, Base):
    """What is still to be done of a mass act: the ids of some of its tickets, or orders, sixteen bytes each. Gone once done."""

    __tablename__ = "mass_parts"
    __constraints__ = (tenant_fk("act_id", "mass_acts"), tenant_unique("act_id", "position"))

    act_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    position: Mapped[int] = mapped_column(Integer)
    ids: Mapped[bytes] = mapped_column(LargeBinary)
