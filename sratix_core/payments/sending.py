"""Money that goes back through the provider it came by: claimed and written down first, sent by a job."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.errors import Invalid, Refused
from sratix_core.jobs.service import enqueue
from sratix_core.orders.moves import locked
from sratix_core.payments import stored
from sratix_core.payments.attempts import refund_intent
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.providers import known_provider
from sratix_core.payments.refunds import claim, owed_back, payments_now
from sratix_core.payments.states import AttemptKind
from sratix_core.plugins.paying import IRefunds
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order

ASK = "payments.ask"
"""The job that asks the provider about one attempt."""


def sends_back(ctx: TenantContext, payment: Payment) -> bool:
    """Whether its provider can return money by itself; what came by bank goes back by hand, what was stored to where it was."""
    if payment.stored:
        return stored.goes_back(ctx, payment)
    return bool(IRefunds.providedBy(known_provider(ctx, payment.provider)))


def going_back(ctx: TenantContext, order: Order) -> set[uuid.UUID]:
    """The payments of an order of which a part is on its way back."""
    mine = (PaymentAttempt.order_id == order.id, PaymentAttempt.kind == AttemptKind.REFUND)
    found = select(PaymentAttempt.payment_id).where(*mine, PaymentAttempt.open_key.is_not(None))
    return {payment_id for payment_id in ctx.db.scalars(found) if payment_id is not None}


def send_owed(ctx: TenantContext, order: Order) -> list[PaymentAttempt]:
    """Send back whatever is owed and can be sent; not what goes by hand, nor of a payment of which some is on its way."""
    order = locked(ctx, order)
    left, begun, busy = owed_back(order).minor, [], going_back(ctx, order)
    for payment in payments_now(ctx, order):
        part = min(left, payment.amount_minor - payment.refunded_minor)
        if part > 0 and payment.id not in busy and sends_back(ctx, payment):
            begun += _send(ctx, order, payment, Money(part, order.currency))
            left -= part
    return begun


def send_back(ctx: TenantContext, order: Order, amount: Money | None = None) -> list[PaymentAttempt]:
    """Send `amount` of what is owed (all of it, unless said) back the way it came.

    Raises `Refused`: "nothing_owed", "refund_too_large", "refund_by_hand" when no provider of this order returns money;
    `Conflict("refund_under_way")` while one of the same payment is not settled.
    """
    order = locked(ctx, order)
    owed = owed_back(order)
    amount = amount or owed
    if owed.minor <= 0:
        raise Refused("nothing_owed", order=order.code)
    if amount.currency != owed.currency:
        raise Invalid({"amount": "unknown_choice"})
    if not 0 < amount.minor <= owed.minor:
        raise Refused("refund_too_large", most=owed)
    left, begun = amount.minor, []
    for payment in payments_now(ctx, order):
        part = min(left, payment.amount_minor - payment.refunded_minor)
        if part > 0 and sends_back(ctx, payment):
            begun += _send(ctx, order, payment, Money(part, owed.currency))
            left -= part
    if left:
        raise Refused("refund_by_hand", most=Money(amount.minor - left, owed.currency))
    return begun


def _send(ctx: TenantContext, order: Order, payment: Payment, amount: Money) -> list[PaymentAttempt]:
    """The attempt that was begun; none for what went back at once, to where it was stored."""
    if payment.stored:
        stored.put_back(ctx, order, payment, amount)
        return []
    attempt = refund_intent(ctx, order, payment, amount)
    claim(ctx, payment, amount)
    ctx.db.expire(payment)
    ctx.db.expire(order, ["payments"])
    enqueue(ctx, ASK, {"attempt": str(attempt.id)})
    return [attempt]
