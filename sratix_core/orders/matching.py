"""All orders that a list shows, for what is done with every one of them: how many, what was paid for them, and which."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, case, func, select

from sratix_core.orders.listing import Filters, everything
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


@dataclass(frozen=True)
class Scope:
    """`paid_minor` is the price of those among `orders` that are paid."""

    orders: int
    paid_minor: int


def scope(
    ctx: TenantContext, event: Event, filters: Filters, states: Collection[OrderState], most: int
) -> Scope:
    """What the list has in these states, counted up to one beyond `most`."""
    some = _matching(ctx, event, filters, states).limit(most + 1).subquery()
    paid = case((some.c.state == OrderState.PAID, some.c.total_minor), else_=0)
    n, minor = ctx.db.execute(select(func.count(), func.coalesce(func.sum(paid), 0)).select_from(some)).one()
    return Scope(n, int(minor))


def ids_of(
    ctx: TenantContext, event: Event, filters: Filters, states: Collection[OrderState], most: int
) -> list[uuid.UUID]:
    """The same orders by id, up to one beyond `most`."""
    found = _matching(ctx, event, filters, states).with_only_columns(Order.id)
    return list(ctx.db.scalars(found.order_by(Order.id).limit(most + 1)))


def _matching(
    ctx: TenantContext, event: Event, filters: Filters, states: Collection[OrderState]
) -> Select[Any]:
    return everything(ctx, event, filters).where(Order.state.in_(sorted(states)))
