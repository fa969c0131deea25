"""The one place that changes the state of an order, and of its tickets with it."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, inspect, select, update
from sqlalchemy.orm.attributes import set_committed_value

from sratix_core.catalog.draws import units_for
from sratix_core.catalog.hot import SoldOut, claim
from sratix_core.db.rows import change_row
from sratix_core.errors import Conflict, Refused
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState, may
from sratix_core.promotions import uses
from sratix_core.tenancy.prebuilt import Prebuilt, among, each
from sratix_core.tickets.models import Ticket, TicketState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

TICKETS = cast("Table", Ticket.__table__)


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


def move(
    ctx: TenantContext, order: Order, target: OrderState, *, held: bool = False, **also: Any
) -> OrderState:
    """Compare and set: the state this call left. Raises `Refused` where no such move exists, `Conflict` when overtaken.

    The order is read again, unless its row is `held` already, so that nobody changed it meanwhile.
    """
    before = OrderState(order.state)
    if not may(before, target):
        raise Refused("order_state", state=before.value, target=target.value)
    changed = {"state": target, "updated_at": ctx.clock.now(), **also}
    ctx.db.flush()  # a statement past the mapper does not do it by itself
    if not change_row(ctx.db, order, changed, {"state": before}):
        raise Conflict("order_changed", order=order.code)
    if not held:
        ctx.db.refresh(order)
    return before


def set_tickets(
    ctx: TenantContext,
    order: Order,
    source: tuple[TicketState, ...],
    target: TicketState,
    lines: Sequence[uuid.UUID] = (),
) -> Counter[uuid.UUID]:
    """Move the order's tickets in one of the `source` states to `target`, those of some `lines` only or all; how many by ticket type.

    One statement decides and counts, so that a ticket voided at the same moment is not counted or revived.
    """
    now = ctx.clock.now()
    changed: dict[str, Any] = {"state": target, "updated_at": now}
    if target == TicketState.VOID:
        changed["voided_at"] = now
    bound = {
        "in_tenant": ctx.tenant.id,
        "of_order": order.id,
        **each("was", source),
        **each("line", lines),
        **changed,
    }
    ctx.db.flush()  # a statement past the mapper does not do it by itself
    moved = _moving(len(source), tuple(changed), len(lines)).all(ctx.db, bound)
    for _, ticket_id in moved:
        known = ctx.db.identity_map.get(
            inspect(Ticket).identity_key_from_primary_key((ctx.tenant.id, ticket_id))
        )
        if known is not None:
            for name, value in changed.items():
                set_committed_value(known, name, value)
    return Counter(type_id for type_id, _ in moved)


@cache
def _moving(sources: int, columns: tuple[str, ...], lines: int) -> Prebuilt:
    mine = (TICKETS.c.tenant_id == bindparam("in_tenant"), TICKETS.c.order_id == bindparam("of_order"))
    moved = update(TICKETS).where(*mine, among(TICKETS.c.state, "was", sources))
    if lines:
        moved = moved.where(among(TICKETS.c.order_line_id, "line", lines))
    return Prebuilt(moved.returning(TICKETS.c.ticket_type_id, TICKETS.c.id), columns)


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
