"""Tickets of a paid order given back, and something taken off a price."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import MONEY_VIEW, ORDER_EDIT
from sratix_core.api.framework import Call, endpoint
from sratix_core.api.v1.common import Money, amount_of, money, picked
from sratix_core.api.v1.orders import ORDER, TAG, OrderOut, order_again, the_order
from sratix_core.orders.credits import credit
from sratix_core.refunds.models import OrderReturn, ReturnTerms
from sratix_core.refunds.returning import give_back, quote, returns_of, send_soon
from sratix_core.refunds.undoing import undo

Reason = Literal["goodwill", "illness", "event_changed", "booking_mistake", "double_booking", "other"]
Tickets = Annotated[list[uuid.UUID], Meta(min_length=1, max_length=100)]


class ReturnIn(msgspec.Struct, forbid_unknown_fields=True):
    """Without `tickets` the whole order is given back and cancelled."""

    tickets: Tickets | None = None
    refund: Annotated[ReturnTerms, Meta(description="By the event's rules, all of it, or nothing.")] = (
        ReturnTerms.POLICY
    )
    reason: Reason = "other"
    expected: (
        Annotated[Money, Meta(description="What you were told comes back; another amount by now is refused.")]
        | None
    ) = None


class ReturnOut(msgspec.Struct):
    """What comes back and what stays. `why` are the rules that were asked."""

    id: uuid.UUID
    terms: ReturnTerms
    whole: Annotated[bool, Meta(description="Whether the order was cancelled with it.")]
    tickets: int
    back: Money
    kept: Money
    why: list[dict[str, Any]]
    at: datetime


class QuoteIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which tickets, all that live without any named, and by whose rules."""

    tickets: Tickets | None = None
    refund: ReturnTerms = ReturnTerms.POLICY


class QuoteOut(msgspec.Struct):
    """What would come back now; nothing is done."""

    whole: bool
    worth: Annotated[Money, Meta(description="What was paid for these tickets.")]
    back: Money
    kept: Money
    why: list[dict[str, Any]]


class CreditIn(msgspec.Struct, forbid_unknown_fields=True):
    """What is taken off the price; the tickets stay valid."""

    amount: Money


POSSIBLE = ("order_state", "ticket_state", "nothing_to_give_back", "difference_open")


def _out(made: OrderReturn) -> ReturnOut:
    return picked(made, ReturnOut, back=money(made.back), kept=money(made.kept))


@endpoint(
    "GET", ORDER + "/returns", MONEY_VIEW, "What was given back of an order", tag=TAG, answers=list[ReturnOut]
)
def list_returns(call: Call) -> list[ReturnOut]:
    return [_out(made) for made in returns_of(call.ctx, the_order(call))]


@endpoint(
    "POST",
    ORDER + "/return-quotes",
    ORDER_EDIT,
    "What would come back for tickets of a paid order",
    tag=TAG,
    body=QuoteIn,
    answers=QuoteOut,
    errors=POSSIBLE,
)
def quote_return(call: Call) -> QuoteOut:
    asked = quote(call.ctx, the_order(call), call.body.tickets, call.body.refund)
    return QuoteOut(
        asked.whole, money(asked.worth), money(asked.back), money(asked.kept), list(asked.verdict.steps)
    )


@endpoint(
    "POST",
    ORDER + "/returns",
    ORDER_EDIT,
    "Give tickets of a paid order back: they end, the price falls, the money is sent or owed",
    tag=TAG,
    body=ReturnIn,
    answers=ReturnOut,
    status=201,
    errors=(*POSSIBLE, "refund_changed", "order_changed"),
)
def return_tickets(call: Call) -> ReturnOut:
    body = call.body
    seen = amount_of(body.expected, "expected") if body.expected is not None else None
    order = the_order(call)
    return _out(give_back(call.ctx, order, body.tickets, body.refund, body.reason, seen=seen))


@endpoint(
    "POST",
    ORDER + "/credits",
    ORDER_EDIT,
    "Take something off an order's price as a favour",
    tag=TAG,
    body=CreditIn,
    answers=OrderOut,
    errors=("credit_too_large", "order_state", "order_changed"),
)
def credit_order(call: Call) -> OrderOut:
    order = the_order(call)
    credit(call.ctx, order, amount_of(call.body.amount, "amount"), "favour")
    send_soon(call.ctx, order)
    return order_again(call)


@endpoint(
    "POST",
    ORDER + "/exchange-reversals",
    ORDER_EDIT,
    "Undo a change of ticket type that is not paid; the holder has the type of before again",
    tag=TAG,
    answers=OrderOut,
    errors=("no_difference", "sold_out", "ticket_changed"),
)
def undo_exchange(call: Call) -> OrderOut:
    undo(call.ctx, the_order(call))
    return order_again(call)
