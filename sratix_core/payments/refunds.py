"""Money that goes back to a buyer: what is owed, and what was sent back by hand. Never more than came in, each booked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, select, update

from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Conflict, Invalid, Refused
from sratix_core.ledger.acts import cash_of, held_as
from sratix_core.ledger.acts import refund as booked
from sratix_core.ledger.posting import post
from sratix_core.orders.moves import locked
from sratix_core.orders.states import HOLDS_UNITS, OrderState
from sratix_core.payments.models import ByHand, Payment, Refund
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order


def owed_back(order: Order, *, over: bool = False) -> Money:
    """What the organizer has of a buyer beyond the price of what the order still delivers; `over` asks as if it were cancelled.

    Nothing while an order that was paid too late waits for somebody to decide.
    """
    return owed_by(order, sum(p.amount_minor - p.refunded_minor for p in order.payments), over=over)


def owed_by(order: Order, kept: int, *, over: bool = False) -> Money:
    """As `owed_back`, of an order for which `kept` minor units came in and stayed."""
    if order.state == OrderState.PAID_AFTER_EXPIRY and not over:
        return Money(0, order.currency)
    price = order.price.minor if order.state in HOLDS_UNITS else order.kept_minor
    price = 0 if over else price
    return Money(max(0, kept - price), order.currency)


def refunds_of(order: Order) -> Sequence[Refund]:
    """The order's refunds, also those that came back; asks the database only where there can be some."""
    gone_or_due = any(p.refunded_minor for p in order.payments) or owed_back(order).minor
    found: Sequence[Refund] = order.refunds if gone_or_due else ()
    return found


def payments_now(ctx: TenantContext, order: Order) -> list[Payment]:
    """The order's payments as they are, in the order they came. For whoever holds the order's row (`locked`)."""
    mine = select(Payment).where(Payment.order_id == order.id).order_by(Payment.id)
    return list(ctx.db.scalars(mine.with_for_update().execution_options(populate_existing=True)))


def record_refund(
    ctx: TenantContext,
    order: Order,
    reference: str,
    amount: Money | None = None,
    source: ByHand = ByHand.BANK,
) -> Refund:
    """Record that `amount` (all that is owed, unless said) went back to the buyer outside of the platform, out of `source`.

    Raises `Refused`: "nothing_owed", "refund_too_large", "refund_known" for a reference that was recorded before,
    "refund_to_card" where no money came; `Conflict` when somebody else was faster.
    """
    order = locked(ctx, order)
    payments = payments_now(ctx, order)
    owed = owed_back(order)
    amount = amount or owed
    if owed.minor <= 0:
        raise Refused("nothing_owed", order=order.code)
    if amount.currency != owed.currency:
        raise Invalid({"amount": "unknown_choice"})
    if not 0 < amount.minor <= owed.minor:
        raise Refused("refund_too_large", most=owed)
    by_money = [p for p in payments if not p.stored]
    if not by_money:
        raise Refused("refund_to_card")
    payment = max(by_money, key=lambda p: p.amount_minor - p.refunded_minor)
    if amount.minor > payment.amount_minor - payment.refunded_minor:
        raise Refused(
            "refund_too_large", most=Money(payment.amount_minor - payment.refunded_minor, owed.currency)
        )
    claim(ctx, payment, amount)
    return went_back(ctx, order, payment, reference, amount, _paid_from(payment, source))


def _paid_from(payment: Payment, source: ByHand) -> str:
    """A provider that was never asked holds nothing: what came by transfer is in the organizer's own bank, and goes from there."""
    own_bank = source == ByHand.BANK and payment.attempt_id is None
    return payment.provider if own_bank else source.value


def went_back(
    ctx: TenantContext, order: Order, payment: Payment, reference: str, amount: Money, whose: str = ""
) -> Refund:
    """Write down and book a refund whose amount is claimed, out of the cash of `whose` or of the payment's provider.

    Raises `Refused("refund_known")`.
    """
    refund_id, whose = ctx.ids.new(), whose or payment.provider
    row = {
        "id": refund_id,
        "order_id": order.id,
        "payment_id": payment.id,
        "provider": whose,
        "reference": reference,
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "paid_back_at": ctx.clock.now(),
        "recorded_by": ctx.actor.id if ctx.actor.kind == "user" else None,
    }
    if not insert_ignore(ctx.db, Refund, ("provider", "reference"), row):
        raise Refused("refund_known", reference=reference)
    post(ctx, booked(order, refund_id, amount, cash_of(whose, payment.mode), held_as(payment)))
    record(ctx, "order.refunded", "order", order.id, event_id=order.event_id, amount=amount.minor)
    emit(ctx, "order.refunded", "order", order.id, event_id=order.event_id)
    ctx.db.flush()
    ctx.db.expire(payment)
    ctx.db.expire(order, ["payments", "refunds"])
    made: Refund = ctx.db.get_one(Refund, refund_id)
    return made


def claim(ctx: TenantContext, payment: Payment, amount: Money) -> None:
    """Set `amount` of a payment aside to go back: Σ refunds ≤ captured, decided by one statement (M3). Raises `Conflict`."""
    if not _moved(ctx, payment, amount.minor):
        raise Conflict("order_changed")


def release(ctx: TenantContext, payment: Payment, amount: Money) -> None:
    """Give back what was claimed for a refund that definitely did not happen."""
    if not _moved(ctx, payment, -amount.minor):
        raise Conflict("order_changed")


def _moved(ctx: TenantContext, payment: Payment, minor: int) -> bool:
    after = Payment.refunded_minor + minor
    result = ctx.db.execute(
        update(Payment)
        .where(Payment.id == payment.id, after >= 0, after <= Payment.amount_minor)
        .values(refunded_minor=after),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
