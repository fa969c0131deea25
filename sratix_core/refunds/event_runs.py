"""An event called off: its orders are cancelled and given back one by one, each once, whatever happens to whoever does it.

An order counts as done by the row that commits with its cancellation, so a killed worker's successor goes on after it.
What providers do with the money is theirs: a refund that fails holds up no other order.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, select

from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.errors import DomainError, Refused
from sratix_core.events.models import Event, EventStatus
from sratix_core.events.service import move
from sratix_core.jobs.service import enqueue
from sratix_core.messages.service import queue
from sratix_core.orders.models import Order
from sratix_core.orders.moves import locked
from sratix_core.orders.service import cancel_order
from sratix_core.orders.states import OrderState
from sratix_core.refunds.differences import let_go
from sratix_core.refunds.models import EventRefund, EventRefundOrder, ReturnTerms, RunState
from sratix_core.refunds.returning import give_back, send_soon

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.jobs.run import JobRun

WORK = "refunds.event"
"""The job that works off one round of a calling-off."""

STRETCH = timedelta(seconds=60)
"""How long one job works before it leaves the rest to the next: shorter than its lease."""

OPEN_STATES = (OrderState.AWAITING_PAYMENT, OrderState.PAID, OrderState.PAID_AFTER_EXPIRY)
REASON = "event_cancelled"


def start(ctx: TenantContext, event: Event, terms: ReturnTerms) -> EventRefund:
    """Cancel the event, if that is not done yet, and begin to give its orders back. Raises `Refused("event_refund_begun")`."""
    if run_of(ctx, event) is not None:
        raise Refused("event_refund_begun")
    if event.status != EventStatus.CANCELLED:
        move(ctx, event, EventStatus.CANCELLED)
    elif _locked_event(ctx, event) and run_of(ctx, event) is not None:
        raise Refused("event_refund_begun")
    run = EventRefund(
        id=ctx.ids.new(),
        event_id=event.id,
        terms=terms,
        state=RunState.RUNNING,
        round=1,
        started_at=ctx.clock.now(),
        started_by=ctx.actor.id if ctx.actor.kind == "user" else None,
    )
    ctx.db.add(run)
    ctx.db.flush()
    record(ctx, "event.refund_started", "event", event.id, event_id=event.id, terms=terms.value)
    emit(ctx, "event.refund_started", "event", event.id, event_id=event.id)
    _leave_job(ctx, run)
    return run


def _locked_event(ctx: TenantContext, event: Event) -> bool:
    """Two people who start at once queue here."""
    mine = select(Event.id).where(Event.id == event.id)
    ctx.db.execute(mine.with_for_update(of=Event, key_share=True)).one()
    return True


def run_of(ctx: TenantContext, event: Event) -> EventRefund | None:
    """The calling-off of an event, if it began."""
    found: EventRefund | None = ctx.db.scalar(select(EventRefund).where(EventRefund.event_id == event.id))
    return found


def _held(ctx: TenantContext, event: Event) -> EventRefund:
    mine = select(EventRefund).where(EventRefund.event_id == event.id).with_for_update()
    run = ctx.db.scalars(mine.execution_options(populate_existing=True)).one_or_none()
    if run is None:
        raise Refused("event_refund_not_begun")
    return run


def pause(ctx: TenantContext, event: Event) -> EventRefund:
    """Let no further order be touched; the one at hand is finished. Raises `Refused("event_refund_state")`."""
    run = _held(ctx, event)
    if run.state != RunState.RUNNING:
        raise Refused("event_refund_state", state=run.state)
    run.state = RunState.PAUSED
    record(ctx, "event.refund_paused", "event", event.id, event_id=event.id)
    ctx.db.flush()
    return run


def go_on(ctx: TenantContext, event: Event) -> EventRefund:
    """Go on after a pause, and try again what failed: cancellations and refunds. Raises `Refused("event_refund_state")`."""
    run = _held(ctx, event)
    if run.state == RunState.RUNNING:
        raise Refused("event_refund_state", state=run.state)
    ctx.db.execute(
        delete(EventRefundOrder).where(EventRefundOrder.run_id == run.id, EventRefundOrder.error != ""),
        execution_options={"synchronize_session": False},
    )
    run.state, run.finished_at, run.round = RunState.RUNNING, None, run.round + 1
    record(ctx, "event.refund_continued", "event", event.id, event_id=event.id, round=run.round)
    ctx.db.flush()
    _leave_job(ctx, run)
    return run


def _leave_job(ctx: TenantContext, run: EventRefund, after: uuid.UUID | None = None) -> None:
    payload = {"run": str(run.id), "round": run.round}
    enqueue(ctx, WORK, payload, dedupe=f"{WORK}:{run.id}:{run.round}:{after or ''}")


def open_orders(run: EventRefund) -> ColumnElement[bool]:
    """Orders that the run has to look at still."""
    seen = select(EventRefundOrder.order_id).where(EventRefundOrder.run_id == run.id)
    return and_(Order.event_id == run.event_id, Order.state.in_(OPEN_STATES), Order.id.not_in(seen))


def work(run: JobRun) -> None:
    """The handler: order by order, each in a unit of its own, until none is left, somebody pauses it or the stretch is over."""
    run_id, round_ = uuid.UUID(run.payload["run"]), run.payload["round"]
    with run.begin(write=False) as ctx:
        until = ctx.clock.now() + STRETCH
    while True:
        with run.begin() as ctx:
            mine = ctx.db.get_one(EventRefund, run_id, populate_existing=True)
            if mine.state != RunState.RUNNING or mine.round != round_:
                run.finish(ctx)
                return
            order = ctx.db.scalars(_next(mine)).first()
            if order is None:
                _finish(ctx, mine)
                run.finish(ctx)
                return
            one(ctx, mine, order)
            if ctx.clock.now() > until:
                _leave_job(ctx, mine, order.id)
                run.finish(ctx)
                return
            run.keep(ctx)


def _next(run: EventRefund) -> Select[Any]:
    return select(Order).where(open_orders(run)).order_by(Order.id).limit(1).with_for_update()


def _finish(ctx: TenantContext, run: EventRefund) -> None:
    run.state, run.finished_at = RunState.DONE, ctx.clock.now()
    record(ctx, "event.refund_done", "event", run.event_id, event_id=run.event_id)
    emit(ctx, "event.refund_done", "event", run.event_id, event_id=run.event_id)


def one(ctx: TenantContext, run: EventRefund, order: Order) -> None:
    """Give one order back and note it, in the caller's unit; one that cannot be is noted with the reason."""
    error = ""
    try:
        with ctx.db.begin_nested():
            _end(ctx, locked(ctx, order), ReturnTerms(run.terms))
    except DomainError as refusal:
        error = refusal.code[:40]
    ctx.db.add(
        EventRefundOrder(id=ctx.ids.new(), run_id=run.id, order_id=order.id, error=error, at=ctx.clock.now())
    )
    ctx.db.flush()


def _end(ctx: TenantContext, order: Order, terms: ReturnTerms) -> None:
    if order.state == OrderState.PAID:
        let_go(ctx, order)
        give_back(ctx, order, None, terms, REASON, mail="event_called_off")
    elif order.state in OPEN_STATES:
        order = cancel_order(ctx, order, REASON, tell=False)
        queue(ctx, "event_called_off", order.buyer_email, order.locale, order=order)
        send_soon(ctx, order)


def left(ctx: TenantContext, run: EventRefund) -> int:
    """How many orders the run has still to look at."""
    return int(ctx.db.scalar(select(func.count()).select_from(Order).where(open_orders(run))) or 0)
