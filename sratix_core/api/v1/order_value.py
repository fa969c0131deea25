"""What an order sold of value, on gift cards for instance: told by the end of a code, mailed once more."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import ORDER_EDIT, ORDER_VIEW
from sratix_core.api.framework import Call, endpoint
from sratix_core.api.v1.common import Shown, money, sees_money
from sratix_core.api.v1.orders import ORDER, TAG, the_order
from sratix_core.payments.selling import mail_again
from sratix_core.payments.sold import Sold, sold_by

SoldState = Literal["waiting", "open", "blocked", "ended", "spent", "returned"]


class SoldValueOut(msgspec.Struct):
    """One unit. It is `waiting` until it is paid and made, `returned` once it was given back; `balance` is what is left of it."""

    ticket_id: uuid.UUID
    ticket_type_id: uuid.UUID
    state: SoldState
    mark: Annotated[str, Meta(description="The end of its code; empty while it is not made.")]
    sent_to: str
    amount: Shown
    balance: Shown


def sold_out(call: Call, sold: Sold) -> SoldValueOut:
    made, seen = sold.made, sees_money(call)
    return SoldValueOut(
        sold.id,
        sold.unit.ticket_type_id,
        sold.state,  # type: ignore[arg-type]  # one of the words above
        made.mark if made is not None else "",
        made.sent_to if made is not None else "",
        money(sold.amount) if seen else None,
        money(made.balance) if seen and made is not None else None,
    )


@endpoint(
    "GET", ORDER + "/sold", ORDER_VIEW, "What the order sold of value", tag=TAG, answers=list[SoldValueOut]
)
def list_sold_value(call: Call) -> list[SoldValueOut]:
    return [sold_out(call, sold) for sold in sold_by(call.ctx, the_order(call))]


@endpoint(
    "POST",
    ORDER + "/sold/{ticket}/mails",
    ORDER_EDIT,
    "Mail one unit of it again",
    tag=TAG,
    status=204,
    errors=("order_state", "ticket_state", "gift_card_state", "value_on_its_way", "value_seller_off"),
)
def mail_sold_value(call: Call) -> None:
    mail_again(call.ctx, the_order(call), call.id("ticket"))
