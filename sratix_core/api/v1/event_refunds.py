"""An event called off: begun, watched, paused and gone on with."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec
from pyramid.httpexceptions import HTTPForbidden

from sratix_core.accounts.permissions import EVENT_EDIT, MONEY_VIEW, ORDER_EDIT
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.v1.common import Money, money
from sratix_core.refunds.event_runs import go_on, pause, run_of, start
from sratix_core.refunds.figures import progress, scope, troubles
from sratix_core.refunds.models import EventRefund, ReturnTerms, RunState

TAG = "Events"
PATH = EVENT + "/event-refund"


class EventRefundIn(msgspec.Struct, forbid_unknown_fields=True):
    """By the event's rules, all of it, or nothing."""

    refund: ReturnTerms


class TroubleOut(msgspec.Struct):
    """An order that needs a person: `reason` is empty for one whose money goes back by hand."""

    order_code: str
    reason: str
    by_provider: bool
    owed: Money


class EventRefundOut(msgspec.Struct):
    """Orders by what became of them, counted now. `troubles` holds the first fifty."""

    state: Literal["not_begun", "running", "paused", "done"]
    terms: ReturnTerms | None
    started_at: datetime | None
    finished_at: datetime | None
    waiting: int
    refunded: int
    under_way: int
    by_hand: int
    failed: int
    went_back: Money
    on_its_way: Money
    owed: Money
    troubles: list[TroubleOut]


def _allowed(call: Call) -> None:
    """It ends the event, moves money and shows amounts."""
    if not (call.request.may(EVENT_EDIT) and call.request.may(MONEY_VIEW)):
        raise HTTPForbidden


def _out(call: Call, run: EventRefund) -> EventRefundOut:
    currency = call.event.currency
    found = progress(call.ctx, run, currency)
    return EventRefundOut(
        state=RunState(run.state).value,
        terms=ReturnTerms(run.terms),
        started_at=run.started_at,
        finished_at=run.finished_at,
        waiting=found.waiting,
        refunded=found.refunded,
        under_way=found.under_way,
        by_hand=found.by_hand,
        failed=found.failed,
        went_back=money(found.back),
        on_its_way=money(found.going),
        owed=money(found.owed),
        troubles=[
            TroubleOut(t.code, t.reason, t.declined, money(t.owed)) for t in troubles(call.ctx, run, currency)
        ],
    )


def _not_begun(call: Call) -> EventRefundOut:
    """What it would be about."""
    about, nothing = scope(call.ctx, call.event), Money(0, call.event.currency)
    return EventRefundOut(
        "not_begun", None, None, None, about.orders, 0, 0, 0, 0, nothing, nothing, money(about.received), []
    )


@endpoint(
    "POST",
    PATH,
    ORDER_EDIT,
    "Cancel an event with all its orders, and give them back",
    tag=TAG,
    body=EventRefundIn,
    answers=EventRefundOut,
    status=201,
    errors=("event_state", "event_refund_begun"),
)
def start_event_refund(call: Call) -> EventRefundOut:
    _allowed(call)
    return _out(call, start(call.ctx, call.event, call.body.refund))


@endpoint("GET", PATH, ORDER_EDIT, "How far the cancelling of an event is", tag=TAG, answers=EventRefundOut)
def get_event_refund(call: Call) -> EventRefundOut:
    _allowed(call)
    run = run_of(call.ctx, call.event)
    return _out(call, run) if run is not None else _not_begun(call)


@endpoint(
    "POST",
    PATH + "/pauses",
    ORDER_EDIT,
    "Let the cancelling of an event rest after the order at hand",
    tag=TAG,
    answers=EventRefundOut,
    errors=("event_refund_state", "event_refund_not_begun"),
)
def pause_event_refund(call: Call) -> EventRefundOut:
    _allowed(call)
    return _out(call, pause(call.ctx, call.event))


@endpoint(
    "POST",
    PATH + "/continuations",
    ORDER_EDIT,
    "Go on with the cancelling of an event, and try again what failed",
    tag=TAG,
    answers=EventRefundOut,
    errors=("event_refund_state", "event_refund_not_begun"),
)
def continue_event_refund(call: Call) -> EventRefundOut:
    _allowed(call)
    return _out(call, go_on(call.ctx, call.event))
