"""A request for payment that a provider sent: how it stands, sent once more, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sratix_core.errors import Refused
from sratix_core.orders.models import Order
from sratix_core.payments.attempts import open_attempt_of
from sratix_core.payments.calls import Question
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.paying import question_of
from sratix_core.payments.providers import known_provider, requests_payment
from sratix_core.payments.states import AttemptState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

SENT = "sent"
"""The answer to a question that asked for a mail."""


def open_request(ctx: TenantContext, order: Order) -> PaymentAttempt | None:
    """The request that waits to be paid, once its provider has taken it on."""
    attempt = open_attempt_of(ctx, order.id)
    if (
        attempt is None
        or attempt.state != AttemptState.WAITING
        or not requests_payment(ctx, attempt.provider)
    ):
        return None
    return attempt


def mail_question(ctx: TenantContext, order: Order) -> Question:
    """What has its provider mail it once more. Raises `Refused("no_request")`, `Unavailable("not_configured")`."""
    attempt = _found(ctx, order)
    provider: Any = known_provider(ctx, attempt.provider)
    account, reference = provider.account(ctx, attempt.mode), attempt.reference or ""
    key = f"sratix-again-{ctx.ids.new()}"
    return Question(attempt.id, lambda: provider.send_again(account, reference, key) or SENT)


def end_question(ctx: TenantContext, order: Order) -> Question:
    """What takes it back, so that nobody can pay it any more. Raises as `mail_question`."""
    asked = question_of(ctx, _found(ctx, order).id, over=True)
    if asked is None:
        raise Refused("no_request", order=order.code)
    return asked


def _found(ctx: TenantContext, order: Order) -> PaymentAttempt:
    attempt = open_request(ctx, order)
    if attempt is None:
        raise Refused("no_request", order=order.code)
    return attempt
