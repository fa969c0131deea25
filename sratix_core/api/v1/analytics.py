"""Figures of an event's sales, read from the rollups: they cost the same at ten orders and at a million."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import ORDER_VIEW
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.v1.common import Money, Shown, sees_money
from sratix_core.orders import figures

TAG = "Figures"


class OrderFigures(msgspec.Struct):
    """So many orders, and their sum."""

    orders: int
    amount: Shown


class TypeFigures(msgspec.Struct):
    """Units of a ticket type: `sold` in paid and unpaid orders, `held` in carts."""

    ticket_type_id: uuid.UUID
    name: str
    sold: int
    held: int


class PoolFigures(msgspec.Struct):
    """`taken` counts what is sold and what carts hold; `held` is the latter."""

    pool_id: uuid.UUID
    name: str
    kind: str
    capacity: int
    taken: int
    held: int


class DayFigures(msgspec.Struct):
    """All that was paid until the end of a day of the event's time zone, which is `until`."""

    until: datetime
    paid: Shown


class AnalyticsOut(msgspec.Struct):
    """`tickets` are valid ones, `capacity` is the whole event's where it has one."""

    paid: OrderFigures
    awaiting_payment: OrderFigures
    tickets: int
    capacity: int | None
    by_type: list[TypeFigures]
    by_pool: list[PoolFigures]
    days: list[DayFigures]


class AnalyticsQuery(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    days: Annotated[int, Meta(ge=1, le=366, description="How many days, the last one being today.")] = 60


@endpoint(
    "GET",
    EVENT + "/analytics",
    ORDER_VIEW,
    "What was sold, in numbers",
    tag=TAG,
    query=AnalyticsQuery,
    answers=AnalyticsOut,
)
def get_analytics(call: Call) -> AnalyticsOut:
    event, ctx = call.event, call.ctx
    of = figures.figures_of(ctx, [event])[event.id]
    until = min(ctx.clock.now(), event.ends_at)

    seen = sees_money(call)

    def amount(minor: int) -> Money | None:
        return Money(minor, event.currency) if seen else None

    return AnalyticsOut(
        paid=OrderFigures(of.paid, amount(of.revenue_minor)),
        awaiting_payment=OrderFigures(of.waiting, amount(of.waiting_minor)),
        tickets=of.tickets,
        capacity=of.capacity,
        by_type=[
            TypeFigures(t.ticket_type.id, t.ticket_type.name, t.sold, t.held)
            for t in figures.by_type(ctx, event)
        ],
        by_pool=[
            PoolFigures(p.pool.id, p.pool.name, p.pool.kind, p.pool.capacity, p.pool.taken, p.held)
            for p in figures.by_pool(ctx, event)
        ],
        days=[
            DayFigures(at, amount(minor))
            for at, minor in figures.sales_by_day(ctx, event, until, call.query.days)
        ],
    )
