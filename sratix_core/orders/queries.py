"""Finding orders: by code, by the buyer's secret, and in lists that page by cursor."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import selectinload

from sratix_core.analytics import queries as rollups
from sratix_core.checkout.service import secret_hash
from sratix_core.errors import NotFound
from sratix_core.orders.listing import PAGE, Filters, Sort, listed
from sratix_core.orders.models import Order
from sratix_core.orders.rows import OrderRow
from sratix_core.search.models import Kind
from sratix_core.search.queries import find
from sratix_core.tickets.models import Ticket

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

BOUGHT = (
    selectinload(Order.lines),
    selectinload(Order.tickets).joinedload(Ticket.attendee),
    selectinload(Order.tickets).joinedload(Ticket.ticket_type),
)
WHOLE = (*BOUGHT, selectinload(Order.payments))
BUYERS = select(Order).where(Order.code == bindparam("of_code"), Order.event_id == bindparam("of_event"))
BUYERS_WHOLE = BUYERS.options(*BOUGHT)


def order_by_code(ctx: TenantContext, event: Event, code: str) -> Order:
    """An order of this event with lines, tickets and payments. Raises `NotFound`."""
    order = ctx.db.scalar(select(Order).where(Order.code == code, Order.event_id == event.id).options(*WHOLE))
    if order is None:
        raise NotFound("order")
    return order


def buyer_order(ctx: TenantContext, event: Event, code: str, secret: str, *, whole: bool = True) -> Order:
    """The order that code and secret open together, `whole` with lines and tickets. A wrong secret is an unknown order."""
    order = ctx.db.scalar(BUYERS_WHOLE if whole else BUYERS, {"of_code": code, "of_event": event.id})
    if order is None or not hmac.compare_digest(order.secret_hash, secret_hash(secret)):
        raise NotFound("order")
    return order


@dataclass(frozen=True)
class OrderPage:
    """One page of a list; `older` and `newer` are cursors or None."""

    orders: list[OrderRow]
    older: str | None
    newer: str | None


def list_orders(
    ctx: TenantContext,
    event: Event,
    *,
    state: str | None = None,
    search: str = "",
    cursor: str | None = None,
    limit: int = PAGE,
) -> OrderPage:
    """Newest first. `search` is the beginning of a word of a code, a name, a company or an address."""
    found = listed(ctx, event, Filters(search, state or ""), Sort(), cursor, limit).page
    return OrderPage(found.rows, found.after, found.before)


def matching(ctx: TenantContext, event: Event, search: str) -> ColumnElement[bool]:
    """Orders of the event that the words lead to; nothing for fewer than two letters."""
    hits = find(ctx, Kind.ORDER, search, event.id)
    return Order.id.is_(None) if hits is None else Order.id.in_(hits.refs)


def count_by_state(ctx: TenantContext, event: Event) -> dict[str, int]:
    """Orders of an event by state, from the rollups."""
    return {state: n for state, n in rollups.read(ctx, [event])[event.id].of("orders.").items() if n}
