"""Money that goes back to a buyer: never more than came in, each return booked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, select, update

from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Conflict, Invalid, Refused
from sratix_core.ledger.acts import refund as booked
from sratix_core.ledger.posting import post
from sratix_core.payments.models import Payment, Refund
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order


def owed_back(payments: Sequence[Payment], refundable: bool, currency: str) -> Money:
    """What the organizer still has of a buyer whose order is over; nothing while the order stands."""
    return Money(sum(p.amount_minor - p.refunded_minor for p in payments) if refundable else 0, currency)


def refunds_of(order: Order) -> Sequence[Refund]:
    """The order's refunds; asks the database only where there are some."""
    found: Sequence[Refund] = order.refunds if any(p.refunded_minor for p in order.payments) else ()
    return found


def record_refund(ctx: TenantContext, order: Order, reference: str, amount: Money | None = None) -> Refund:
    """Record that `amount` (all that is owed, unless said) went back to the buyer of a cancelled order, by hand.

    Raises `Refused`: "nothing_owed", "refund_too_large", "refund_known" for a reference that was recorded before;
    `Conflict` when somebody else was faster.
    """
    mine = select(Payment).where(Payment.order_id == order.id).order_by(Payment.id)
    payments = list(ctx.db.scalars(mine.with_for_update().execution_options(populate_existing=True)))
    owed = owed_back(payments, order.is_over, order.currency)
    amount = amount or owed
    if owed.minor <= 0:
        raise Refused("nothing_owed", order=order.code)
    if amount.currency != owed.currency:
        raise Invalid({"amount": "unknown_choice"})
    if not 0 < amount.minor <= owed.minor:
        raise Refused("refund_too_large", most=owed)
    payment = next(p for p in payments if p.amount_minor > p.refunded_minor)
    if amount.minor > payment.amount_minor - payment.refunded_minor:
        raise Refused(
            "refund_too_large", most=Money(payment.amount_minor - payment.refunded_minor, owed.currency)
        )
    _claim(ctx, payment, amount)
    refund_id = ctx.ids.new()
    row = {
        "id": refund_id,
        "order_id": order.id,
        "payment_id": payment.id,
        "provider": payment.provider,
        "reference": reference,
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "paid_back_at": ctx.clock.now(),
        "recorded_by": ctx.actor.id if ctx.actor.kind == "user" else None,
    }
    if not insert_ignore(ctx.db, Refund, ("provider", "reference"), row):
        raise Refused("refund_known", reference=reference)
    post(ctx, booked(order, refund_id, amount, payment.provider))
    record(ctx, "order.refunded", "order", order.id, event_id=order.event_id, amount=amount.minor)
    emit(ctx, "order.refunded", "order", order.id, event_id=order.event_id)
    ctx.db.flush()
    ctx.db.expire(payment)
    ctx.db.expire(order, ["payments", "refunds"])
    made: Refund = ctx.db.get_one(Refund, refund_id)
    return made


def _claim(ctx: TenantContext, payment: Payment, amount: Money) -> None:
    """Σ refunds ≤ captured, decided by one statement (M3)."""
    result = ctx.db.execute(
        update(Payment)
        .where(Payment.id == payment.id, Payment.refunded_minor + amount.minor <= Payment.amount_minor)
        .values(refunded_minor=Payment.refunded_minor + amount.minor),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise Conflict("order_changed")
