"""Totals over orders for lists and overviews; counted from the rows, in a fixed number of statements."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from sratix_core.catalog.models import CapacityPool, PoolKind, TicketType, TicketTypePool
from sratix_core.checkout.models import Cart, CartLine, CartState
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.tickets.models import LIVE, Ticket, TicketState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


@dataclass(frozen=True)
class Figures:
    """Of one event: paid orders and their sum, orders that wait and theirs, valid tickets, and the event's capacity."""

    paid: int = 0
    revenue_minor: int = 0
    waiting: int = 0
    waiting_minor: int = 0
    tickets: int = 0
    capacity: int | None = None


def figures_of(ctx: TenantContext, events: Sequence[Event]) -> dict[uuid.UUID, Figures]:
    """By event id; three statements however many events."""
    ids = [e.id for e in events]
    found: dict[uuid.UUID, Figures] = {i: Figures() for i in ids}
    if not ids:
        return found
    sums = ctx.db.execute(
        select(Order.event_id, Order.state, func.count(), func.sum(Order.total_minor))
        .where(Order.event_id.in_(ids), Order.state.in_([OrderState.PAID, OrderState.AWAITING_PAYMENT]))
        .group_by(Order.event_id, Order.state)
    )
    for event_id, state, n, total in sums:
        if state == OrderState.PAID:
            found[event_id] = replace(found[event_id], paid=int(n), revenue_minor=int(total or 0))
        else:
            found[event_id] = replace(found[event_id], waiting=int(n), waiting_minor=int(total or 0))
    for event_id, n in ctx.db.execute(
        select(Ticket.event_id, func.count())
        .where(Ticket.event_id.in_(ids), Ticket.state == TicketState.VALID)
        .group_by(Ticket.event_id)
    ):
        found[event_id] = replace(found[event_id], tickets=int(n))
    for event_id, capacity in ctx.db.execute(
        select(CapacityPool.event_id, func.sum(CapacityPool.capacity))
        .where(CapacityPool.event_id.in_(ids), CapacityPool.kind == PoolKind.EVENT)
        .group_by(CapacityPool.event_id)
    ):
        found[event_id] = replace(found[event_id], capacity=int(capacity))
    return found


@dataclass(frozen=True)
class TypeCount:
    """Units of one ticket type: sold (paid and unpaid orders) and held in open carts."""

    ticket_type: TicketType
    sold: int
    held: int


def by_type(ctx: TenantContext, event: Event) -> list[TypeCount]:
    """Every ticket type of an event with its units; three statements."""
    types = list(
        ctx.db.scalars(
            select(TicketType)
            .where(TicketType.event_id == event.id)
            .order_by(TicketType.position, TicketType.id)
        )
    )
    rows = ctx.db.execute(
        select(Ticket.ticket_type_id, func.count())
        .where(Ticket.event_id == event.id, Ticket.state.in_(LIVE))
        .group_by(Ticket.ticket_type_id)
    )
    sold = {type_id: int(n) for type_id, n in rows}
    held = held_by_type(ctx, event)
    return [TypeCount(t, sold.get(t.id, 0), held.get(t.id, 0)) for t in types]


def held_by_type(ctx: TenantContext, event: Event) -> dict[uuid.UUID, int]:
    """Units in open carts by ticket type."""
    rows = ctx.db.execute(
        select(CartLine.ticket_type_id, func.sum(CartLine.quantity))
        .join(Cart, and_(Cart.tenant_id == CartLine.tenant_id, Cart.id == CartLine.cart_id))
        .where(Cart.event_id == event.id, Cart.state == CartState.OPEN)
        .group_by(CartLine.ticket_type_id)
    )
    return {type_id: int(n) for type_id, n in rows}


@dataclass(frozen=True)
class PoolCount:
    """A pool with the part of `taken` that open carts hold, and the names of the types that draw on it."""

    pool: CapacityPool
    held: int
    types: tuple[str, ...]


def by_pool(ctx: TenantContext, event: Event) -> list[PoolCount]:
    """Every pool of an event; three statements."""
    held = held_by_type(ctx, event)
    links = list(
        ctx.db.execute(
            select(TicketTypePool.pool_id, TicketType.id, TicketType.name)
            .join(
                TicketType,
                and_(
                    TicketType.tenant_id == TicketTypePool.tenant_id,
                    TicketType.id == TicketTypePool.ticket_type_id,
                ),
            )
            .where(TicketType.event_id == event.id)
            .order_by(TicketType.position)
        )
    )
    pools = ctx.db.scalars(
        select(CapacityPool)
        .where(CapacityPool.event_id == event.id)
        .order_by(CapacityPool.kind, CapacityPool.name)
    )
    return [
        PoolCount(
            p,
            sum(held.get(type_id, 0) for pool_id, type_id, _ in links if pool_id == p.id),
            tuple(name for pool_id, _, name in links if pool_id == p.id),
        )
        for p in pools
    ]


def sales_by_day(ctx: TenantContext, event: Event, until: datetime, days: int) -> list[tuple[datetime, int]]:
    """Cumulated total of paid orders at the end of each of the last `days` days before `until`, in minor units."""
    since = until - timedelta(days=days)
    before = ctx.db.scalar(
        select(func.coalesce(func.sum(Order.total_minor), 0)).where(
            Order.event_id == event.id, Order.state == OrderState.PAID, Order.created_at < since
        )
    )
    daily = [0] * days
    rows = ctx.db.execute(
        select(Order.created_at, Order.total_minor).where(
            Order.event_id == event.id,
            Order.state == OrderState.PAID,
            Order.created_at >= since,
            Order.created_at < until,
        )
    )
    for at, total in rows:
        daily[min(days - 1, int((at - since) / timedelta(days=1)))] += total
    points, running = [], int(before or 0)
    for i, total in enumerate(daily):
        running += total
        points.append((since + timedelta(days=i + 1), running))
    return points
