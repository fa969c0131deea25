"""Money of an order: what arrived and what went back, recorded by hand."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.api.framework import Call, endpoint
from sratix_core.api.v1.common import Money, amount_of
from sratix_core.api.v1.orders import ORDER, TAG, OrderOut, order_again, the_order
from sratix_core.orders.service import mark_paid
from sratix_core.payments.refunds import record_refund


class PaymentIn(msgspec.Struct, forbid_unknown_fields=True):
    """Money as the statement shows it; `amount` must be the order's total."""

    reference: Annotated[str, Meta(min_length=1, max_length=120)]
    amount: Money | None = None


class RefundIn(msgspec.Struct, forbid_unknown_fields=True):
    """Money as the statement shows it; without an `amount` it is all that is owed back."""

    reference: Annotated[str, Meta(min_length=1, max_length=120)]
    amount: Money | None = None


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
    "Record money that went back to the buyer of a cancelled order",
    tag=TAG,
    body=RefundIn,
    answers=OrderOut,
    errors=("nothing_owed", "refund_too_large", "refund_known", "order_changed"),
)
def refund_order(call: Call) -> OrderOut:
    amount = call.body.amount
    record_refund(
        call.ctx,
        the_order(call),
        call.body.reference,
        amount_of(amount, "amount") if amount else None,
    )
    return order_again(call)
