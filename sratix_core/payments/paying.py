"""A buyer pays through a provider: begun once, gone on with where it was left, and asked about when they come back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sratix_core.errors import Conflict, Refused, Unavailable
from sratix_core.orders.models import Order
from sratix_core.orders.moves import locked
from sratix_core.orders.states import OrderState
from sratix_core.payments.attempts import MARGIN, PAY_AT_ONCE, open_attempt_of, payment_intent
from sratix_core.payments.calls import Question, asks_too_much, question
from sratix_core.payments.hot import kept
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.providers import known_provider
from sratix_core.plugins.paying import ICallsOut
from sratix_core.plugins.requesting import IRequestsPayment
from sratix_core.saved_methods.service import Use
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


def pays_online(ctx: TenantContext, name: str) -> bool:
    """Whether this provider takes the buyer's money over the network: at once, or when its request is paid."""
    return bool(ICallsOut.providedBy(known_provider(ctx, name)))


def begin(ctx: TenantContext, order: Order, use: Use | None = None) -> PaymentAttempt:
    """The attempt to pay what is open of an order: the one that is under way, or a new intent, which `use`s saved methods.

    Raises `Refused`: "order_state" for an order that waits for nothing, "not_paid_online"; `Conflict` while
    a try for another amount is not ended.
    """
    order = locked(ctx, order)
    ctx.db.expire(order, ["payments"])
    if not order.is_payable:
        raise Refused("order_state", state=order.state, target=OrderState.PAID.value)
    attempt = open_attempt_of(ctx, order.id)
    if attempt is None:
        return begin_placed(ctx, order, order.event, use)
    if not pays_online(ctx, order.provider):
        raise Refused("not_paid_online", order=order.code)
    if asks_too_much(order, attempt):
        raise Conflict("order_changed", order=order.code)  # the reconciler ends it; two are never open
    return attempt


def begin_placed(ctx: TenantContext, order: Order, event: Event, use: Use | None = None) -> PaymentAttempt:
    """A new intent for an order nobody else can be paying: this unit of work has just placed it, or holds it.

    Raises `Refused("not_paid_online")`.
    """
    provider: Any = known_provider(ctx, order.provider)
    if not ICallsOut.providedBy(provider):
        raise Refused("not_paid_online", order=order.code)
    term = timedelta(days=provider.term_days(ctx)) if IRequestsPayment.providedBy(provider) else PAY_AT_ONCE
    seats = order.expires_at if order.state == OrderState.AWAITING_PAYMENT else ctx.clock.now() + term
    ends_at = (seats or ctx.clock.now()) - MARGIN
    amount = Money(order.price.minor - kept(ctx, order.id), order.currency)
    return payment_intent(ctx, order, provider.name, provider.mode(ctx, event), amount, ends_at, use)


def renew(ctx: TenantContext, order: Order, attempt: PaymentAttempt) -> None:
    """A request was taken back because its order costs less by now: ask for that instead. Of other providers the buyer begins anew."""
    provider: Any = known_provider(ctx, attempt.provider)
    if IRequestsPayment.providedBy(provider) and order.provider == attempt.provider:
        begin_placed(ctx, order, order.event)


def begin_question(ctx: TenantContext, order: Order, attempt: PaymentAttempt) -> Question:
    """What opens the payment at its provider. Raises `Unavailable("not_configured")` while there are no keys."""
    asked = question(ctx, order, attempt)
    if asked is None:
        raise Unavailable("not_configured")
    return asked


def question_of(ctx: TenantContext, attempt_id: uuid.UUID, *, over: bool = False) -> Question | None:
    """What to ask about an attempt that is open; None for one that is settled, or whose provider is not there.

    With `over` nobody is to pay it any more; one that was perhaps never opened is opened first, so that its end is known.
    """
    attempt = ctx.db.get_one(PaymentAttempt, attempt_id)
    if attempt.open_key is None:
        return None
    return question(ctx, ctx.db.get_one(Order, attempt.order_id), attempt, over=over)
