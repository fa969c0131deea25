"""Totals over orders for lists and overviews: read from the rollups, so a million orders cost what ten do."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select

from sratix_core.analytics import metrics
from sratix_core.analytics import queries as rollups
from sratix_core.catalog.models import CapacityPool, PoolKind, TicketType, TicketTypePool
from sratix_core.checkout.models import Cart, CartLine, CartState
from sratix_core.orders.states import OrderState
from sratix_core.tickets.models import HOLDING, TicketState

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
    """By event id; four statements however many events and orders."""
    ids = [e.id for e in events]
    sums = rollups.read(ctx, events)
    found = {
        i: Figures(
            paid=of.totals[f"orders.{OrderState.PAID}"],
            revenue_minor=of.totals[f"minor.{OrderState.PAID}"],
            waiting=of.totals[f"orders.{OrderState.AWAITING_PAYMENT}"],
            waiting_minor=of.totals[f"minor.{OrderState.AWAITING_PAYMENT}"],
            tickets=sum(of.of(f"tickets.{TicketState.VALID}.").values()),
        )
        for i, of in sums.items()
    }
    pools = (
        select(CapacityPool.event_id, func.sum(CapacityPool.capacity))
        .where(CapacityPool.event_id.in_(ids), CapacityPool.kind == PoolKind.EVENT)
        .group_by(CapacityPool.event_id)
    )
    for event_id, capacity in ctx.db.execute(pools) if ids else ():
        found[event_id] = replace(found[event_id], capacity=int(capacity))
    return found


@dataclass(frozen=True)
class TypeCount:
    """Units of one ticket type: sold (paid and unpaid orders) and held in open carts."""

    ticket_type: TicketType
    sold: int
    held: int


def by_type(ctx: TenantContext, event: Event) -> list[TypeCount]:
    """Every ticket type of an event with its units; five statements."""
    types = list(
        ctx.db.scalars(
            select(TicketType)
            .where(TicketType.event_id == event.id)
            .order_by(TicketType.position, TicketType.id)
        )
    )
    sums = rollups.read(ctx, [event])[event.id].totals
    held = held_by_type(ctx, event)

    def sold(kind: TicketType) -> int:
        return sum(sums[metrics.tickets(state, kind.id)] for state in HOLDING)

    return [TypeCount(t, sold(t), held.get(t.id, 0)) for t in types]


def held_by_type(ctx: TenantContext, event: Event) -> dict[uuid.UUID, int]:
    """Units in open carts by ticket type."""
    rows = ctx.db.execute(
        select(CartLine.ticket_type_id, func.sum(CartLine.quantity))
        .join(Cart, and_(Cart.tenant_id == CartLine.tenant_id, Cart.id == CartLine.cart_id))
        .where(Cart.event_id == event.id, Cart.state == CartState.OPEN)
        .group_by(CartLine.ticket_type_id)
    )
    return {type_id: int(n) for type_id, n in rows if type_id is not None}


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
    """What was paid by the end of each of the last `days` days, in minor units; days are the event's own, the last holds `until`."""
    zone = ZoneInfo(event.timezone)
    last = until.astimezone(zone).date()
    first = last - timedelta(days=days - 1)
    metric = f"minor.{OrderState.PAID}"
    sums = rollups.read(ctx, [event], since=first)[event.id]
    daily = sums.days[metric]
    running = sums.totals[metric] - sum(daily.values())
    points = []
    for n in range(days):
        day = first + timedelta(days=n)
        running += daily[day]
        midnight = datetime.combine(day + timedelta(days=1), time(), zone)
        points.append((midnight.astimezone(UTC), running))
    return points
