"""Acts on several orders of an event: each is done or left as it is, never half."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.catalog.models import CapacityPool
from sratix_core.errors import Refused
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order, resend
from sratix_core.payments.selling import hold, units_of

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

MOST = 100


def picked(ctx: TenantContext, event: Event, codes: Sequence[str], *, lock: bool = False) -> list[Order]:
    """The orders of these codes, by id; unknown codes are nobody's. With `lock`, nobody else changes them meanwhile."""
    chosen = select(Order).where(Order.event_id == event.id, Order.code.in_(codes[:MOST])).order_by(Order.id)
    if lock:
        chosen = chosen.with_for_update().execution_options(populate_existing=True)
    return list(ctx.db.scalars(chosen))


def cancel_orders(ctx: TenantContext, event: Event, codes: Sequence[str], reason: str) -> int:
    """Cancel those that can be; how many.

    Orders are locked before pools, pools before what holds value, and each by id, as one order's own acts do it, so that nobody
    waits in a circle.
    """
    orders = picked(ctx, event, codes, lock=True)
    pools = select(CapacityPool.id).where(CapacityPool.event_id == event.id).order_by(CapacityPool.id)
    ctx.db.execute(pools.with_for_update()).all()
    hold(ctx, orders, [unit for order in orders for unit in units_of(ctx, order)])
    return _each(ctx, orders, lambda order: cancel_order(ctx, order, reason))


def resend_orders(ctx: TenantContext, event: Event, codes: Sequence[str]) -> int:
    """Send the mails of those that have one; how many."""
    return _each(ctx, picked(ctx, event, codes), lambda order: resend(ctx, order))


def _each(ctx: TenantContext, orders: Sequence[Order], act: Callable[[Order], object]) -> int:
    done = 0
    for order in orders:
        try:
            with ctx.db.begin_nested():
                act(order)
        except Refused:
            continue
        done += 1
    return done
