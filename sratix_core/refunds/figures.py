"""How far the calling-off of an event is, counted from the orders, payments and attempts themselves."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, case, func, or_, select

from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.states import AttemptKind, AttemptState
from sratix_core.refunds.event_runs import OPEN_STATES, left
from sratix_core.refunds.models import EventRefund, EventRefundOrder
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

SHOWN = 50


@dataclass(frozen=True)
class Scope:
    """What calling an event off is about, before it begins."""

    orders: int
    people: int
    received: Money


@dataclass(frozen=True)
class Progress:
    """Orders by what became of them. `refunded`: all went back, or nothing had to; `by_hand` waits for a transfer of yours.

    `failed` could not be cancelled, or their provider refused the refund. Amounts are of the orders looked at.
    """

    waiting: int
    refunded: int
    under_way: int
    by_hand: int
    failed: int
    back: Money
    going: Money
    owed: Money

    @property
    def looked_at(self) -> int:
        return self.refunded + self.under_way + self.by_hand + self.failed

    @property
    def percent(self) -> int:
        whole = self.looked_at + self.waiting
        return 100 * self.looked_at // whole if whole else 100


@dataclass(frozen=True)
class Trouble:
    """An order that needs a person. `reason` is a code of ours or the provider's; `declined` when it is the provider's."""

    order_id: uuid.UUID
    code: str
    buyer: str
    reason: str
    declined: bool
    owed: Money


def scope(ctx: TenantContext, event: Event) -> Scope:
    """Three sums over the open orders."""
    mine = (Order.event_id == event.id, Order.state.in_(OPEN_STATES))
    orders, people = ctx.db.execute(
        select(func.count(), func.count(Order.buyer_email.distinct())).where(*mine)
    ).one()
    kept = func.sum(Payment.amount_minor - Payment.refunded_minor)
    received = select(func.coalesce(kept, 0)).join(
        Order, and_(Order.tenant_id == Payment.tenant_id, Order.id == Payment.order_id)
    )
    return Scope(orders, people, Money(int(ctx.db.scalar(received.where(*mine)) or 0), event.currency))


def _orders(run: EventRefund) -> Select[Any]:
    """Each order the run was at: its id, error, what went back, what is going, what is owed, and the last refusal."""
    of = (PaymentAttempt.tenant_id == EventRefundOrder.tenant_id, PaymentAttempt.order_id == Order.id)
    refunds = (*of, PaymentAttempt.kind == AttemptKind.REFUND)
    going = (
        select(func.coalesce(func.sum(PaymentAttempt.amount_minor), 0))
        .where(*refunds, PaymentAttempt.open_key.is_not(None))
        .scalar_subquery()
    )
    declined = (
        select(func.max(PaymentAttempt.reason))
        .where(*refunds, PaymentAttempt.state.in_((AttemptState.DECLINED, AttemptState.RETURNED)))
        .scalar_subquery()
    )
    paid = (Payment.tenant_id == EventRefundOrder.tenant_id, Payment.order_id == Order.id)
    sent = select(func.coalesce(func.sum(Payment.refunded_minor), 0)).where(*paid).scalar_subquery()
    kept = (
        select(func.coalesce(func.sum(Payment.amount_minor - Payment.refunded_minor), 0))
        .where(*paid)
        .scalar_subquery()
    )
    owed = case((Order.state == OrderState.CANCELLED, kept - Order.kept_minor), else_=0)
    return (
        select(
            Order.id,
            Order.code,
            Order.buyer_name,
            EventRefundOrder.error,
            sent.label("sent"),
            going.label("going"),
            owed.label("owed"),
            declined.label("declined"),
        )
        .join(
            EventRefundOrder,
            and_(EventRefundOrder.tenant_id == Order.tenant_id, EventRefundOrder.order_id == Order.id),
        )
        .where(EventRefundOrder.run_id == run.id)
    )


def progress(ctx: TenantContext, run: EventRefund, currency: str) -> Progress:
    """Two statements."""
    each = _orders(run).subquery()
    failed = or_(each.c.error != "", and_(each.c.owed > 0, each.c.going == 0, each.c.declined.is_not(None)))
    fate = case((failed, "failed"), (each.c.going > 0, "under_way"), (each.c.owed > 0, "by_hand"), else_="ok")
    rows = ctx.db.execute(
        select(
            fate.label("fate"),
            func.count(),
            func.sum(each.c.sent - each.c.going),
            func.sum(each.c.going),
            func.sum(each.c.owed),
        ).group_by(fate)
    ).all()
    counts = {row[0]: row[1] for row in rows}
    back, going, owed = (Money(sum(int(row[n] or 0) for row in rows), currency) for n in (2, 3, 4))
    return Progress(
        left(ctx, run),
        counts.get("ok", 0),
        counts.get("under_way", 0),
        counts.get("by_hand", 0),
        counts.get("failed", 0),
        back,
        going,
        owed,
    )


def troubles(ctx: TenantContext, run: EventRefund, currency: str) -> list[Trouble]:
    """Orders that wait for a person, the oldest first; at most `SHOWN`."""
    each = _orders(run).subquery()
    stuck = or_(each.c.error != "", and_(each.c.owed > 0, each.c.going == 0))
    rows = ctx.db.execute(select(each).where(stuck).order_by(each.c.id).limit(SHOWN))
    return [
        Trouble(
            row.id,
            row.code,
            row.buyer_name,
            row.error or row.declined or "",
            bool(not row.error and row.declined is not None),
            Money(int(row.owed), currency),
        )
        for row in rows
    ]
