"""A request for payment that a provider sends: begun, how it stands, sent once more, taken back."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sratix_core.errors import NotFound, NotSent, OutcomeUnknown, Refused
from sratix_core.orders.models import Order
from sratix_core.payments.attempts import IN_FLIGHT, attempts_of, begun_of, open_attempt_of
from sratix_core.payments.calls import Answer, Question
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.paying import begin, begin_question, question_of
from sratix_core.payments.providers import known_provider, requests_payment
from sratix_core.payments.states import AttemptKind, AttemptState
from sratix_core.plugins.paying import Begun

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

SENT = "sent"
"""The answer to a question that asked for a mail."""


def requests_of(ctx: TenantContext, order: Order) -> list[PaymentAttempt]:
    """Every request of an order, oldest first, as far as the plugin that sent it is on."""
    tries = attempts_of(ctx, order.id)
    return [a for a in tries if a.kind == AttemptKind.PAY and requests_payment(ctx, a.provider)]


def request_of(ctx: TenantContext, order: Order, request_id: uuid.UUID) -> PaymentAttempt:
    """One of `requests_of`. Raises `NotFound`."""
    found = next((a for a in requests_of(ctx, order) if a.id == request_id), None)
    if found is None:
        raise NotFound("payment_request")
    return found


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


def due_at(begun: Begun | None) -> datetime | None:
    """Until when a request is to be paid, as its provider says."""
    told = str(begun.client.get("due", "")) if begun is not None else ""
    return datetime.fromtimestamp(int(told), UTC) if told.isdigit() else None


def new_question(ctx: TenantContext, order: Order) -> tuple[uuid.UUID, Question | None]:
    """The id of the request that is open, a new one where none is, and what has its provider send it; None for one that was sent.

    Raises `Refused`: "not_by_request" for an order of another way to pay, "order_state" for one that waits for nothing;
    `Conflict("order_changed")`, `Unavailable("not_configured")`.
    """
    if not requests_payment(ctx, order.provider):
        raise Refused("not_by_request", order=order.code)
    attempt = begin(ctx, order)
    sent = begun_of(ctx, attempt) is not None
    return attempt.id, None if sent else begin_question(ctx, order, attempt)


def mail_question(
    ctx: TenantContext, order: Order, request_id: uuid.UUID | None = None, press: uuid.UUID | None = None
) -> Question:
    """What has its provider mail it once more: one mail for each `press` of the button, however often it is asked.

    Raises `Refused("no_request")` unless one waits, which is the one named, if one is; `Unavailable("not_configured")`.
    """
    attempt = _found(ctx, order, request_id)
    provider: Any = known_provider(ctx, attempt.provider)
    account, reference = provider.account(ctx, attempt.mode), attempt.reference or ""
    key = f"sratix-again-{press or ctx.ids.new()}"
    return Question(attempt.id, lambda: provider.send_again(account, reference, key) or SENT)


def end_question(ctx: TenantContext, order: Order, request_id: uuid.UUID | None = None) -> Question:
    """What takes it back, so that nobody can pay it any more. Raises as `mail_question`.

    The reconciler looks soon whether it was done, whoever loses the answer; what is open for days it asks about by the hour.
    """
    attempt = _found(ctx, order, request_id)
    asked = question_of(ctx, attempt.id, over=True)
    if asked is None:
        raise Refused("no_request", order=order.code)
    attempt.checks, attempt.check_at = 0, ctx.clock.now() + IN_FLIGHT
    return asked


def clear(answer: Answer) -> Answer:
    """The answer, where it is one. Raises `Refused("no_request")` for a definite no, `NotSent`, `OutcomeUnknown`."""
    if answer.trouble == "declined":
        raise Refused("no_request")
    if answer.trouble:
        raise NotSent if answer.trouble == "not_sent" else OutcomeUnknown
    return answer


def _found(ctx: TenantContext, order: Order, request_id: uuid.UUID | None) -> PaymentAttempt:
    attempt = open_request(ctx, order)
    if attempt is None or request_id not in (None, attempt.id):
        raise Refused("no_request", order=order.code)
    return attempt
