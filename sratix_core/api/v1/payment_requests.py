"""Requests for payment that a provider sends for an order, invoices of Stripe's for instance: sent, sent again, taken back.

Where the provider's answer is lost, nothing is claimed: what was to be sent is `unknown`, the rest is a 503 `outside_unknown`, and
the reconciler asks until it is known.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import MONEY_VIEW, ORDER_EDIT
from sratix_core.api.framework import Call, endpoint
from sratix_core.api.v1.common import Shown, money, picked, sees_money
from sratix_core.api.v1.orders import ORDER, TAG, the_order
from sratix_core.audit.service import record
from sratix_core.payments.attempts import begun_of
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.requests import (
    clear,
    due_at,
    end_question,
    mail_question,
    new_question,
    request_of,
    requests_of,
)
from sratix_core.payments.settling import settle
from sratix_core.payments.states import AttemptState
from sratix_core.web.limits import REQUESTS

HERE = ORDER + "/payment-requests"
ONE = HERE + "/{request}"


class PaymentRequestOut(msgspec.Struct):
    """A request for payment. One that is `intent`, `waiting` or `unknown` is open, and an order has one that is open at most.

    `intent` was not sent yet and is, soon; of `unknown` the provider's answer was lost, and it is asked until that is known.
    While one is `waiting`, `reason` is empty or one of `overdue`, `uncollectible`, `paid_outside` and `paid_in_parts`, of which
    the last two wait for a person; of others it is the provider's own short code.
    """

    id: uuid.UUID
    state: AttemptState
    reason: str
    provider: str
    mode: str
    amount: Shown
    url: Annotated[
        str,
        Meta(
            description="Where the buyer pays it; empty unless it is `waiting`, and for callers without `money.view`."
        ),
    ]
    due_at: Annotated[
        datetime | None, Meta(description="Until when it is to be paid, while it is `waiting`.")
    ]
    reference: Annotated[str | None, Meta(description="The provider's name for it.")]
    created_at: datetime
    updated_at: datetime


def _out(call: Call, attempt: PaymentAttempt) -> PaymentRequestOut:
    seen = sees_money(call)
    begun = begun_of(call.ctx, attempt) if seen else None
    return picked(
        attempt,
        PaymentRequestOut,
        state=AttemptState(attempt.state),
        amount=money(attempt.amount) if seen else None,
        url=begun.redirect if begun is not None else "",
        due_at=due_at(begun),
    )


def _counted(call: Call) -> None:
    """Each asks the provider while the caller waits, and may mail somebody; what is not there costs nothing."""
    call.request.limit(REQUESTS, str(call.ctx.tenant.id))


@endpoint(
    "GET",
    HERE,
    MONEY_VIEW,
    "List what a provider was asked to request for an order, oldest first",
    tag=TAG,
    answers=list[PaymentRequestOut],
)
def list_payment_requests(call: Call) -> list[PaymentRequestOut]:
    return [_out(call, attempt) for attempt in requests_of(call.ctx, the_order(call))]


@endpoint(
    "POST",
    HERE,
    ORDER_EDIT,
    "Have the order's provider send a request for payment",
    tag=TAG,
    answers=PaymentRequestOut,
    status=201,
    errors=("not_by_request", "order_state", "order_changed"),
)
def create_payment_request(call: Call) -> PaymentRequestOut:
    """For what is open of the order. Where one is open it is that one, and nothing is sent twice: `state` says how it stands."""
    order = the_order(call)
    _counted(call)
    request_id, asked = new_question(call.ctx, order)
    call.created(request_id)
    if asked is not None:
        call.request.checkpoint()
        settle(call.ctx, request_id, asked.answer())
    return _out(call, call.ctx.db.get_one(PaymentAttempt, request_id))


@endpoint("GET", ONE, MONEY_VIEW, "One request for payment", tag=TAG, answers=PaymentRequestOut)
def get_payment_request(call: Call) -> PaymentRequestOut:
    return _out(call, request_of(call.ctx, the_order(call), call.id("request")))


@endpoint(
    "POST",
    ONE + "/mails",
    ORDER_EDIT,
    "Have the provider mail a request for payment once more",
    tag=TAG,
    status=204,
    errors=("no_request",),
)
def mail_payment_request(call: Call) -> None:
    """With an `Idempotency-Key` one mail at most, also where the answer was lost and the call is made again."""
    order = the_order(call)
    asked_for = request_of(call.ctx, order, call.id("request"))
    _counted(call)
    asked = mail_question(call.ctx, order, asked_for.id, call.request.claimed)
    order_id, event_id = order.id, order.event_id
    call.request.checkpoint()
    clear(asked.answer())
    record(call.ctx, "order.request_mailed", "order", order_id, event_id=event_id)


@endpoint(
    "POST",
    ONE + "/cancellation",
    ORDER_EDIT,
    "Take a request for payment back: nobody can pay it any more, and its order waits on",
    tag=TAG,
    answers=PaymentRequestOut,
    errors=("no_request",),
)
def cancel_payment_request(call: Call) -> PaymentRequestOut:
    """`succeeded` where the buyer was faster; `waiting` where a payment is on its way, which can't be stopped."""
    order = the_order(call)
    asked_for = request_of(call.ctx, order, call.id("request"))
    _counted(call)
    asked = end_question(call.ctx, order, asked_for.id)
    call.request.checkpoint()
    return _out(call, settle(call.ctx, asked.subject_id, clear(asked.answer())))
