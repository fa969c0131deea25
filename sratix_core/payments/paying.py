"""A buyer pays through a provider: begun once, gone on with where it was left, and asked about when they come back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sratix_core.errors import Conflict, Refused, Unavailable
from sratix_core.orders.models import Order
from sratix_core.orders.moves import locked
from sratix_core.orders.states import OrderState
from sratix_core.payments.attempts import MARGIN, PAY_AT_ONCE, open_attempt_of, payment_intent
from sratix_core.payments.calls import Question, asks_too_much, question
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.providers import known_provider
from sratix_core.plugins.paying import ICallsOut

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


def pays_online(ctx: TenantContext, name: str) -> bool:
    """Whether this provider takes the buyer's money at once."""
    return bool(ICallsOut.providedBy(known_provider(ctx, name)))


def begin(ctx: TenantContext, order: Order) -> PaymentAttempt:
    """The attempt to pay what is open of an order: the one that is under way, or a new intent.

    Raises `Refused`: "order_state" for an order that waits for nothing, "not_paid_online"; `Conflict` while
    a try for another amount is not ended.
    """
    order = locked(ctx, order)
    ctx.db.expire(order, ["payments"])
    if not order.is_payable:
        raise Refused("order_state", state=order.state, target=OrderState.PAID.value)
    provider: Any = known_provider(ctx, order.provider)
    if not ICallsOut.providedBy(provider):
        raise Refused("not_paid_online", order=order.code)
    attempt = open_attempt_of(ctx, order.id)
    if attempt is not None and asks_too_much(order, attempt):
        raise Conflict("order_changed", order=order.code)  # the reconciler ends it; two are never open
    if attempt is not None:
        return attempt
    mode = provider.mode(ctx, order.event)
    seats = order.expires_at if order.state == OrderState.AWAITING_PAYMENT else ctx.clock.now() + PAY_AT_ONCE
    ends_at = (seats or ctx.clock.now()) - MARGIN
    return payment_intent(ctx, order, provider.name, mode, order.outstanding, ends_at)


def begin_question(ctx: TenantContext, order: Order, attempt: PaymentAttempt) -> Question:
    """What opens the payment at its provider. Raises `Unavailable("not_configured")` while there are no keys."""
    asked = question(ctx, order, attempt)
    if asked is None:
        raise Unavailable("not_configured")
    return asked


def question_of(ctx: TenantContext, attempt_id: uuid.UUID) -> Question | None:
    """What to ask about an attempt that is open; None for one that is settled, or whose provider is not there."""
    attempt = ctx.db.get_one(PaymentAttempt, attempt_id)
    if attempt.open_key is None:
        return None
    return question(ctx, ctx.db.get_one(Order, attempt.order_id), attempt)
