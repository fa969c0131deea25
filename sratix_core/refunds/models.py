"""Rules of giving back, what was decided each time, and events that are called off."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.appendonly import AppendOnly
from sratix_core.db.base import CONTENT, Base, TenantScoped, tenant_fk, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, one_of, state_column
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.values.money import Money


class ReturnTerms(StrEnum):
    """By whose rules something is given back: the event's, or all or nothing of it because somebody decided so."""

    POLICY = "policy"
    FULL = "full"
    NONE = "none"


class RefundPolicy(TenantScoped, Base):
    """An event's rules. `tiers` are `[{"days": 14, "bp": 8000}]`, the longest notice first."""

    __tablename__ = "refund_policies"
    __info__ = CONTENT
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_unique("event_id"),
        CheckConstraint("fee_minor >= 0", name="fee_not_negative"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    tiers: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    fee_minor: Mapped[int] = mapped_column(BigInteger, default=0, doc="kept once of an order")
    fees_back: Mapped[bool] = mapped_column(Boolean, default=False, doc="whether fees come back too")
    self_service: Mapped[bool] = mapped_column(
        Boolean, default=False, doc="whether buyers give back by themselves"
    )
    exchanges: Mapped[bool] = mapped_column(
        Boolean, default=False, doc="whether buyers take another ticket type by themselves"
    )
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def value(self) -> Policy:
        tiers = tuple(Tier(int(t["days"]), int(t["bp"])) for t in self.tiers)
        return Policy(tiers, self.fee_minor, self.fees_back, self.self_service, self.exchanges)


class OrderReturn(AppendOnly, Base):
    """One act of giving back: how much of an order's price comes back, how much stays, and by which rule.

    Its id is the `act_id` of the credits.
    """

    __tablename__ = "order_returns"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        one_of("terms", ReturnTerms),
        CheckConstraint("tickets >= 0", name="tickets_not_negative"),
        CheckConstraint("back_minor >= 0 AND kept_minor >= 0", name="amounts_not_negative"),
        CheckConstraint("fee_minor BETWEEN 0 AND kept_minor", name="fee_within_kept"),
        Index("ix_order_returns_order", "tenant_id", "order_id", "id"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    terms: Mapped[str] = mapped_column(state_column())
    whole: Mapped[bool] = mapped_column(Boolean, doc="whether the order was cancelled with it")
    tickets: Mapped[int] = mapped_column(Integer, doc="how many were given back")
    back_minor: Mapped[int] = mapped_column(BigInteger)
    kept_minor: Mapped[int] = mapped_column(BigInteger)
    fee_minor: Mapped[int] = mapped_column(BigInteger, doc="what of the kept is the fee per order")
    currency: Mapped[str] = mapped_column(String(3))
    why: Mapped[list[dict[str, Any]]] = mapped_column(Json, doc="the rules that were asked")
    reason: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    given_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user who did it, if a person did")

    @property
    def back(self) -> Money:
        return Money(self.back_minor, self.currency)

    @property
    def kept(self) -> Money:
        return Money(self.kept_minor, self.currency)


class PriceDifference(TenantScoped, Base):
    """What a buyer was asked to pay after one of their tickets became a dearer one. It is open while the order lacks it.

    `worth_minor` is what the ticket before was worth: its price again when the change is undone.
    """

    __tablename__ = "price_differences"
    __constraints__ = (
        tenant_fk("order_id", "orders"),
        tenant_fk("ticket_id", "tickets"),
        tenant_fk("before_id", "tickets"),
        tenant_unique("ticket_id"),
        CheckConstraint("amount_minor > 0", name="amount_positive"),
        CheckConstraint("worth_minor >= 0", name="worth_not_negative"),
        Index("ix_price_differences_order", "tenant_id", "order_id", "id"),
        Index("ix_price_differences_before", "tenant_id", "before_id"),
        Index("ix_price_differences_due", "tenant_id", "undone_at", "due_at", "id"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    ticket_id: Mapped[uuid.UUID] = mapped_column(Uuid, doc="the new ticket, which waits")
    before_id: Mapped[uuid.UUID] = mapped_column(Uuid, doc="the ticket it took the place of")
    worth_minor: Mapped[int] = mapped_column(BigInteger)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_by: Mapped[uuid.UUID | None] = mapped_column(
        Uuid, doc="the user who changed it, if a person of the office did"
    )

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class RunState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"


class EventRefund(TenantScoped, Base):
    """An event called off: every open order is cancelled and given back by these terms, order by order."""

    __tablename__ = "event_refunds"
    __constraints__ = (
        tenant_fk("event_id", "events"),
        tenant_unique("event_id"),
        one_of("terms", ReturnTerms),
        one_of("state", RunState),
        CheckConstraint("round >= 1", name="round_positive"),
    )

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    terms: Mapped[str] = mapped_column(state_column())
    state: Mapped[str] = mapped_column(state_column(), default=RunState.RUNNING)
    round: Mapped[int] = mapped_column(Integer, default=1, doc="raised each time it goes on; names its job")
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    started_by: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="the user who called it off")


class EventRefundOrder(TenantScoped, Base):
    """An order that the calling-off has been at; `error` is the code of why it could not be cancelled."""

    __tablename__ = "event_refund_orders"
    __constraints__ = (
        tenant_fk("run_id", "event_refunds"),
        tenant_fk("order_id", "orders"),
        tenant_unique("run_id", "order_id"),
        Index("ix_event_refund_orders_order", "tenant_id", "order_id"),
    )

    run_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    order_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    error: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
