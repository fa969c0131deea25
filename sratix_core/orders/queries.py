"""Finding orders: by code, by the buyer's secret, and in lists that page by cursor."""

from __future__ import annotations

import hmac
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import selectinload

from sratix_core.checkout.service import secret_hash
from sratix_core.db.types import LAST
from sratix_core.errors import NotFound
from sratix_core.orders.models import Order
from sratix_core.tickets.models import Ticket
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

WHOLE = (
    selectinload(Order.lines),
    selectinload(Order.payments),
    selectinload(Order.tickets).joinedload(Ticket.attendee),
    selectinload(Order.tickets).joinedload(Ticket.ticket_type),
)
PAGE = 25


def order_by_code(ctx: TenantContext, event: Event, code: str) -> Order:
    """An order of this event with lines, tickets and payments. Raises `NotFound`."""
    order = ctx.db.scalar(select(Order).where(Order.code == code, Order.event_id == event.id).options(*WHOLE))
    if order is None:
        raise NotFound("order")
    return order


def buyer_order(ctx: TenantContext, event: Event, code: str, secret: str) -> Order:
    """The order that code and secret open together. A wrong secret is the same as an unknown order."""
    order = order_by_code(ctx, event, code)
    if not hmac.compare_digest(order.secret_hash, secret_hash(secret)):
        raise NotFound("order")
    return order


@dataclass(frozen=True)
class OrderPage:
    """One page of a list; `older` and `newer` are cursors or None."""

    orders: list[Order]
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
    """Newest first. `search` is a code, the start of an e-mail address, or the start of a buyer's name."""
    query = select(Order).where(Order.event_id == event.id)
    if state:
        query = query.where(Order.state == state)
    if search.strip():
        query = query.where(_matches(search.strip()))
    if cursor:
        at, order_id = _read_cursor(cursor)
        query = query.where(tuple_(Order.created_at, Order.id) < (at, order_id))
    rows = list(
        ctx.db.scalars(
            query.order_by(Order.created_at.desc(), Order.id.desc())
            .limit(limit + 1)
            .options(selectinload(Order.lines))
        )
    )
    shown = rows[:limit]
    older = _cursor(shown[-1]) if len(rows) > limit else None
    return OrderPage(shown, older, None if cursor is None else "")


def _matches(search: str) -> ColumnElement[bool]:
    folded = text.fold(search)
    email = text.normal_email(search)
    return or_(
        Order.code == search.upper(),
        and_(Order.buyer_email >= email, Order.buyer_email < email + LAST),
        and_(Order.buyer_fold >= folded, Order.buyer_fold < folded + LAST),
    )


def _cursor(order: Order) -> str:
    return f"{order.created_at.timestamp():.6f}_{order.id.hex}"


def _read_cursor(cursor: str) -> tuple[datetime, uuid.UUID]:
    try:
        at, order_id = cursor.split("_", 1)
        return datetime.fromtimestamp(float(at), UTC), uuid.UUID(order_id)
    except (ValueError, OverflowError, OSError) as error:
        raise NotFound("page") from error


def count_by_state(ctx: TenantContext, event: Event) -> dict[str, int]:
    """Orders of an event by state."""
    rows = ctx.db.execute(
        select(Order.state, func.count()).where(Order.event_id == event.id).group_by(Order.state)
    )
    return {state: int(n) for state, n in rows}
