"""What happens to an order after it was placed: paid, cancelled, expired, sent again."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, select, update

from sratix_core.analytics import metrics
from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.catalog.draws import units_for
from sratix_core.catalog.hot import SoldOut, claim, release
from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Conflict, Refused
from sratix_core.ledger.accounts import Act
from sratix_core.ledger.acts import charge, payment, taken_back
from sratix_core.ledger.posting import post
from sratix_core.messages.service import queue
from sratix_core.orders.models import Order
from sratix_core.orders.states import HOLDS_UNITS, OrderState, may
from sratix_core.payments.models import Payment
from sratix_core.tickets.models import LIVE, Ticket, TicketState
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

SWEEP_BATCH = 200


def _move(ctx: TenantContext, order: Order, target: OrderState, **also: Any) -> OrderState:
    """Compare and set: the state this call left. Raises `Refused` where no such move exists, `Conflict` when overtaken."""
    before = OrderState(order.state)
    if not may(before, target):
        raise Refused("order_state", state=before.value, target=target.value)
    now = ctx.clock.now()
    result = ctx.db.execute(
        update(Order)
        .where(Order.id == order.id, Order.state == before)
        .values(state=target, updated_at=now, **also),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise Conflict("order_changed", order=order.code)
    ctx.db.refresh(order)
    return before


def _set_tickets(
    ctx: TenantContext, order: Order, source: tuple[TicketState, ...], target: TicketState
) -> Counter[uuid.UUID]:
    """Move the order's tickets in one of the `source` states to `target`; how many by ticket type.

    One statement decides and counts, so that a ticket voided at the same moment is not counted or revived.
    """
    now = ctx.clock.now()
    also = {"voided_at": now} if target == TicketState.VOID else {}
    moved = ctx.db.execute(
        update(Ticket)
        .where(Ticket.order_id == order.id, Ticket.state.in_(source))
        .values(state=target, updated_at=now, **also)
        .returning(Ticket.ticket_type_id),
        execution_options={"synchronize_session": "fetch"},
    )
    return Counter(moved.scalars())


def mark_paid(ctx: TenantContext, order: Order, reference: str, amount: Money | None = None) -> Order:
    """Record money that was received for an order, once.

    In time, its tickets become valid. After expiry the seats are claimed again; where they are gone the order waits as
    `paid_after_expiry` for a person (`seat_late`). The same reference twice raises `Refused("payment_known")`, money for
    an order that has its money already `Refused("order_state")`.
    """
    amount = amount or order.total
    if amount != order.total:
        raise Refused("amount_differs", expected=order.total, received=amount)
    known = select(Payment.id).where(Payment.provider == order.provider, Payment.reference == reference)
    if ctx.db.scalar(known) is not None:
        raise Refused("payment_known", reference=reference)
    now = ctx.clock.now()
    target = OrderState.PAID
    if order.state == OrderState.PAID_AFTER_EXPIRY:
        raise Refused("order_state", state=order.state, target=target.value)
    if order.state == OrderState.EXPIRED and not _seats_again(ctx, order):
        target = OrderState.PAID_AFTER_EXPIRY
    before = _move(ctx, order, target, paid_at=now, closed_at=None, expires_at=None)
    payment_id = ctx.ids.new()
    received = {
        "id": payment_id,
        "order_id": order.id,
        "provider": order.provider,
        "reference": reference,
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "received_at": now,
        "recorded_by": ctx.actor.id if ctx.actor.kind == "user" else None,
    }
    if not insert_ignore(ctx.db, Payment, ("provider", "reference"), received):
        raise Refused("payment_known", reference=reference)
    ctx.db.expire(order, ["payments"])
    again = [charge(order, payment_id)] if (before, target) == (OrderState.EXPIRED, OrderState.PAID) else []
    post(ctx, *again, payment(order, payment_id, amount, order.provider))
    _tell_paid(ctx, order, before, amount=amount.minor)
    return order


def seat_late(ctx: TenantContext, order: Order) -> Order:
    """Give an order that was paid after expiry its seats, now that there are some. Raises `Refused("no_seats")`."""
    if order.state != OrderState.PAID_AFTER_EXPIRY:
        raise Refused("order_state", state=order.state, target=OrderState.PAID.value)
    if not _seats_again(ctx, order):
        raise Refused("no_seats", order=order.code)
    before = _move(ctx, order, OrderState.PAID)
    post(ctx, charge(order, order.payments[0].id))
    _tell_paid(ctx, order, before)
    return order


def _tell_paid(ctx: TenantContext, order: Order, before: OrderState, **facts: int) -> None:
    """What follows from `paid` and `paid_after_expiry`."""
    record(ctx, f"order.{order.state}", "order", order.id, event_id=order.event_id, **facts)
    figures = metrics.order_moved(before, order.state, order.total_minor)
    if order.state == OrderState.PAID:
        held = TicketState.RESERVED if before == OrderState.AWAITING_PAYMENT else TicketState.LAPSED
        valid = _set_tickets(ctx, order, (held,), TicketState.VALID)
        figures |= metrics.tickets_moved(held, TicketState.VALID, valid)
    emit(ctx, f"order.{order.state}", "order", order.id, event_id=order.event_id, figures=figures)
    if order.state == OrderState.PAID:
        queue(ctx, "order_confirmation", order.buyer_email, order.locale, order=order)
        ctx.db.flush()
        ctx.hooks.notify("order_paid", ctx=ctx, order=order)


def _seats_again(ctx: TenantContext, order: Order) -> bool:
    """Claim the units of an expired order's tickets again, all or none."""
    ctx.db.execute(select(Order.id).where(Order.id == order.id).with_for_update()).one()
    lapsed = Counter(
        ctx.db.scalars(
            select(Ticket.ticket_type_id).where(
                Ticket.order_id == order.id, Ticket.state == TicketState.LAPSED
            )
        )
    )
    try:
        with ctx.db.begin_nested():
            claim(ctx, units_for(ctx, lapsed))
    except SoldOut:
        return False
    return True


def cancel_order(ctx: TenantContext, order: Order, reason: str) -> Order:
    """Cancel the order: its tickets admit nobody from now on and its units are free again."""
    before = _move(ctx, order, OrderState.CANCELLED, closed_at=ctx.clock.now(), expires_at=None)
    freed = _set_tickets(ctx, order, LIVE, TicketState.VOID)
    held = TicketState.VALID if before == OrderState.PAID else TicketState.RESERVED
    figures = metrics.order_moved(before, order.state, order.total_minor)
    figures |= metrics.tickets_moved(held, TicketState.VOID, freed)
    if before in HOLDS_UNITS:
        post(ctx, taken_back(order, Act.CREDIT_NOTE if before == OrderState.PAID else Act.VOID))
    release(ctx, units_for(ctx, freed))
    record(ctx, "order.cancelled", "order", order.id, event_id=order.event_id, reason=reason)
    emit(ctx, "order.cancelled", "order", order.id, event_id=order.event_id, figures=figures)
    queue(ctx, "order_cancelled", order.buyer_email, order.locale, order=order)
    ctx.db.flush()
    ctx.hooks.notify("order_cancelled", ctx=ctx, order=order)
    return order


def expire_orders(ctx: TenantContext) -> int:
    """End unpaid orders past their term, each exactly once; how many. One statement when there are none."""
    due = (
        select(Order)
        .where(Order.state == OrderState.AWAITING_PAYMENT, Order.expires_at <= ctx.clock.now())
        .order_by(Order.id)
        .limit(SWEEP_BATCH)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    orders = list(ctx.db.scalars(due))
    freed: Counter[uuid.UUID] = Counter()
    for order in orders:
        before = _move(ctx, order, OrderState.EXPIRED, closed_at=ctx.clock.now())
        lapsed = _set_tickets(ctx, order, LIVE, TicketState.LAPSED)
        freed += lapsed
        figures = metrics.order_moved(before, order.state, order.total_minor)
        figures |= metrics.tickets_moved(TicketState.RESERVED, TicketState.LAPSED, lapsed)
        record(ctx, "order.expired", "order", order.id, event_id=order.event_id)
        emit(ctx, "order.expired", "order", order.id, event_id=order.event_id, figures=figures)
    if orders:
        post(ctx, *(taken_back(order, Act.VOID) for order in orders))
        release(ctx, units_for(ctx, freed))
    return len(orders)


def resend(ctx: TenantContext, order: Order) -> None:
    """Send the order's mail again, as it would read now. Raises `Refused` for an order that ended or awaits a person."""
    if order.state not in HOLDS_UNITS:
        raise Refused("order_state", state=order.state, target="resent")
    kind = "tickets_resent" if order.state == OrderState.PAID else "order_placed_unpaid"
    queue(ctx, kind, order.buyer_email, order.locale, order=order, again=True)
    record(ctx, "order.resent", "order", order.id, event_id=order.event_id)
