"""Money of an order: what was tried, what arrived and what went back; recorded by hand, or sent back by its provider."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sratix_core.accounts.permissions import MONEY_VIEW, ORDER_EDIT
from sratix_core.api.framework import Call, endpoint
from sratix_core.api.v1.common import Money, amount_of, money, picked
from sratix_core.api.v1.orders import ORDER, TAG, OrderOut, PaymentOut, RefundOut, order_again, the_order
from sratix_core.payments.attempts import attempts_of
from sratix_core.payments.disputes import disputes_of
from sratix_core.payments.failures import failures_of, record_failure
from sratix_core.payments.models import ByHand, DisputeState
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.refunds import owed_back, record_refund, refunds_of
from sratix_core.payments.sending import send_back
from sratix_core.payments.states import AttemptKind, AttemptState


class PaymentIn(msgspec.Struct, forbid_unknown_fields=True):
    """Money as the statement shows it; `amount` must be the order's total."""

    reference: Annotated[str, Meta(min_length=1, max_length=120)]
    amount: Money | None = None


class RefundIn(msgspec.Struct, forbid_unknown_fields=True):
    """Without an `amount` it is all that is owed back. With a `reference`, as the statement shows it, a transfer that was made
    by hand is recorded, with what it was paid from; without one the provider is asked to send the money back the way it came.
    """

    reference: Annotated[str, Meta(min_length=1, max_length=120)] | UnsetType = UNSET
    amount: Money | None = None
    paid_from: ByHand = ByHand.BANK


class RefundFailureIn(msgspec.Struct, forbid_unknown_fields=True):
    """A refund made by hand that came back, as the statement shows it."""

    refund_id: uuid.UUID


class RefundFailureOut(msgspec.Struct):
    """A refund that came back: its money is owed again. `cause` is the provider's code, empty where a person saw it."""

    refund_id: uuid.UUID
    cause: str
    came_back_at: datetime


class PaymentAttemptOut(msgspec.Struct):
    """A try to move money: `kind` is `pay` or `refund`; one that is `intent`, `waiting` or `unknown` may still move it.

    `reason` is the provider's own short code of a declined one.
    """

    id: uuid.UUID
    kind: AttemptKind
    state: AttemptState
    provider: str
    mode: str
    amount: Money
    reference: str | None
    reason: str
    created_at: datetime
    updated_at: datetime
    check_at: datetime | None


class DisputeOut(msgspec.Struct):
    """A payment that the buyer's bank took back."""

    id: uuid.UUID
    payment_id: uuid.UUID
    state: DisputeState
    amount: Money
    reference: str
    reason: str
    evidence_due_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None


class OrderMoneyOut(msgspec.Struct):
    """`owed_back` is what the organizer has beyond the price of what the order still delivers, `outstanding` what it lacks of it."""

    payments: list[PaymentOut]
    refunds: list[RefundOut]
    refund_failures: list[RefundFailureOut]
    attempts: list[PaymentAttemptOut]
    disputes: list[DisputeOut]
    owed_back: Money
    outstanding: Money


@endpoint(
    "GET",
    ORDER + "/payments",
    MONEY_VIEW,
    "The money of an order: payments, refunds, tries and disputes",
    tag=TAG,
    answers=OrderMoneyOut,
)
def list_order_payments(call: Call) -> OrderMoneyOut:
    order = the_order(call)
    return OrderMoneyOut(
        [picked(p, PaymentOut, amount=money(p.amount)) for p in order.payments],
        [picked(r, RefundOut, amount=money(r.amount)) for r in refunds_of(order)],
        [picked(f, RefundFailureOut) for f in failures_of(call.ctx, order).values()],
        [
            picked(
                a,
                PaymentAttemptOut,
                kind=AttemptKind(a.kind),
                state=AttemptState(a.state),
                amount=money(a.amount),
            )
            for a in attempts_of(call.ctx, order.id)
        ],
        [
            picked(d, DisputeOut, state=DisputeState(d.state), amount=money(d.amount))
            for d in disputes_of(call.ctx, order)
        ],
        money(owed_back(order)),
        money(order.outstanding),
    )


@endpoint(
    "POST",
    ORDER + "/payments",
    ORDER_EDIT,
    "Record money that arrived",
    tag=TAG,
    body=PaymentIn,
    answers=OrderOut,
    errors=("payment_known", "amount_differs", "order_state", "order_changed"),
)
def pay_order(call: Call) -> OrderOut:
    amount = call.body.amount
    mark_paid(
        call.ctx,
        the_order(call),
        call.body.reference,
        amount_of(amount, "amount") if amount else None,
    )
    return order_again(call)


@endpoint(
    "POST",
    ORDER + "/refunds",
    ORDER_EDIT,
    "Send back what is owed, or record that it went back",
    tag=TAG,
    body=RefundIn,
    answers=OrderOut,
    errors=(
        *("nothing_owed", "refund_too_large", "refund_known", "order_changed"),
        *("refund_by_hand", "refund_under_way"),
    ),
)
def refund_order(call: Call) -> OrderOut:
    body, order = call.body, the_order(call)
    amount = amount_of(body.amount, "amount") if body.amount else None
    if body.reference is UNSET:
        send_back(call.ctx, order, amount)
    else:
        record_refund(call.ctx, order, body.reference, amount, body.paid_from)
    return order_again(call)


@endpoint(
    "POST",
    ORDER + "/refund-failures",
    ORDER_EDIT,
    "Record that a refund made by hand came back",
    tag=TAG,
    body=RefundFailureIn,
    answers=OrderOut,
    errors=("refund_by_provider", "refund_returned"),
)
def record_refund_failure(call: Call) -> OrderOut:
    record_failure(call.ctx, the_order(call), call.body.refund_id)
    return order_again(call)
