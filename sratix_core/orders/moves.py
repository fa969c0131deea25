"""The one place that changes the state of an order, and of its tickets with it."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, select, update

from sratix_core.catalog.draws import units_for
from sratix_core.catalog.hot import SoldOut, claim
from sratix_core.errors import Conflict, Refused
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState, may
from sratix_core.promotions import uses
from sratix_core.tickets.models import Ticket, TicketState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


def locked(ctx: TenantContext, order: Order) -> Order:
    """The order as it is now, its row held until the commit: whoever adds up its money queues here.

    Rows that only point at it are let through: a mail about it, written beside by who holds its ticket, must not wait for us.
    """
    return locked_by_id(ctx, order.id)


def locked_by_id(ctx: TenantContext, order_id: uuid.UUID) -> Order:
    """As `locked`, of an order that was not read yet."""
    mine = select(Order).where(Order.id == order_id).with_for_update(key_share=True)
    found: Order = ctx.db.scalars(mine.execution_options(populate_existing=True)).one()
    return found


def move(ctx: TenantContext, order: Order, target: OrderState, **also: Any) -> OrderState:
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


def set_tickets(
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


def seats_again(ctx: TenantContext, order: Order) -> bool:
    """Claim the units of an expired order's tickets again, and the use of its code: all or none."""
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
            uses.take_again(ctx, order.id, order.promo_code_id, order.buyer_email)
    except (SoldOut, uses.UsedUp, uses.BuyerLimit):
        return False
    return True
