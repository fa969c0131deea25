"""What is done with several orders at once. An order that it is no longer possible for is left as it is; the others are done."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.errors import Invalid
from sratix_core.orders.bulk import MOST, cancel_orders, picked, resend_orders

TAG = "Orders"
Code = Annotated[str, Meta(min_length=1, max_length=12)]


class CodesIn(msgspec.Struct, forbid_unknown_fields=True):
    """Orders by code."""

    codes: Annotated[list[Code], Meta(min_length=1, max_length=MOST)]


class DoneOut(msgspec.Struct):
    """How many orders it was done for."""

    done: int


def _codes(call: Call) -> list[str]:
    """The codes of the body. Raises `Invalid` for one that no order of this event has."""
    codes: list[str] = call.body.codes
    known = {order.code for order in picked(call.ctx, call.event, codes)}
    unknown = {f"codes[{n}]": "unknown_choice" for n, code in enumerate(codes) if code not in known}
    if unknown:
        raise Invalid(unknown)
    return codes


@endpoint(
    "POST",
    EVENT + "/order-mails",
    ORDER_EDIT,
    "Send the mails of several orders again",
    tag=TAG,
    body=CodesIn,
    answers=DoneOut,
)
def mail_orders(call: Call) -> DoneOut:
    return DoneOut(resend_orders(call.ctx, call.event, _codes(call)))


@endpoint(
    "POST",
    EVENT + "/order-cancellations",
    ORDER_EDIT,
    "Cancel several orders",
    tag=TAG,
    body=CodesIn,
    answers=DoneOut,
)
def cancel_several_orders(call: Call) -> DoneOut:
    return DoneOut(cancel_orders(call.ctx, call.event, _codes(call), "organizer"))
