"""Refunds as the provider has them: our own settled, those made on its own pages written down as well."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select

from sratix_core.errors import Refused
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.orders.moves import locked_by_id
from sratix_core.orders.states import OrderState
from sratix_core.payments.calls import Answer
from sratix_core.payments.failures import came_back, named
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.refunds import claim, went_back
from sratix_core.payments.settling import settle
from sratix_core.payments.states import AttemptKind
from sratix_core.plugins.paying import RefundReading
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

log = structlog.get_logger("sratix.payments")


def note_refunds(ctx: TenantContext, payment_id: uuid.UUID, found: Sequence[RefundReading]) -> None:
    """Settle our own refunds of a payment and record those that we did not make, and that came back.

    One that we did not make, of value that the order sold, is left as a difference: which card is to be worth less, a person decides.
    Raises `Conflict` when more went back than came.
    """
    payment = ctx.db.get_one(Payment, payment_id)
    order = locked_by_id(ctx, payment.order_id)
    ours = _ours(ctx, payment_id)
    for reading in found:
        attempt = ours.get(reading.key)
        if attempt is not None:
            settle(ctx, attempt.id, Answer(reading))
            continue
        refund = named(ctx, payment.provider, reading.reference)
        if reading.state == "succeeded" and refund is None:
            _made_there(ctx, order, payment, reading)
        elif reading.state == "declined" and refund is not None:
            came_back(ctx, order, refund, reading.reason)


def _made_there(ctx: TenantContext, order: Order, payment: Payment, reading: RefundReading) -> None:
    before = order.outstanding.minor
    try:
        with ctx.db.begin_nested():
            claim(ctx, payment, reading.amount)
            went_back(ctx, order, payment, reading.reference, reading.amount)
            _taken_off(ctx, order, before)
    except Refused as refusal:
        if refusal.code != "credit_over_price":
            raise
        ctx.db.expire(payment)
        ctx.db.expire(order)
        log.warning("refund_of_value", order=order.code, reference=reading.reference)


def _taken_off(ctx: TenantContext, order: Order, before: int) -> None:
    """Who sent money of a standing order back has lowered its price by it: otherwise its buyer would owe it again.

    What was outstanding `before` stays so.
    """
    more = order.outstanding.minor - before
    if order.state == OrderState.PAID and more > 0:
        credit(ctx, order, Money(more, order.currency), "refunded_at_provider")


def _ours(ctx: TenantContext, payment_id: uuid.UUID) -> dict[str, PaymentAttempt]:
    mine = (PaymentAttempt.payment_id == payment_id, PaymentAttempt.kind == AttemptKind.REFUND)
    return {attempt.key: attempt for attempt in ctx.db.scalars(select(PaymentAttempt).where(*mine))}
