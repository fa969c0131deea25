"""Carts whose time is over: closed once, and what they held given back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select, update

from sratix_core.catalog.draws import units_for
from sratix_core.catalog.hot import NONE, Units, release
from sratix_core.checkout import hot
from sratix_core.checkout.models import Cart, CartLine, CartState
from sratix_core.pricing.lines import LineKind
from sratix_core.promotions import uses

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


class Ended(NamedTuple):
    """How many carts ended, and the units and the uses of codes that the caller must give back."""

    carts: int
    units: Units
    uses: uses.Uses


def expire_carts(ctx: TenantContext, event_id: uuid.UUID | None = None) -> int:
    """Give back what carts past their time still hold, exactly once; how many ended. One statement when there are none.

    Rows another sweep is working on are skipped, not waited for.
    """
    ended = end_due(ctx, event_id)
    release(ctx, ended.units)
    uses.exchange(ctx, ended.uses, uses.NONE)
    return ended.carts


def end_due(ctx: TenantContext, event_id: uuid.UUID | None) -> Ended:
    """Close what is due."""
    due = hot.due(ctx, event_id)
    if not due:
        return Ended(0, NONE, uses.NONE)
    ids = [cart_id for cart_id, _ in due]
    ctx.db.execute(
        update(Cart).where(Cart.id.in_(ids), Cart.state == CartState.OPEN).values(state=CartState.EXPIRED),
        execution_options={"synchronize_session": False},
    )
    held = ctx.db.execute(
        select(CartLine.ticket_type_id, func.sum(CartLine.quantity))
        .where(CartLine.cart_id.in_(ids), CartLine.kind != LineKind.FEE)
        .group_by(CartLine.ticket_type_id)
    )
    units = units_for(ctx, {type_id: int(n) for type_id, n in held if type_id is not None})
    with_code = [cart_id for cart_id, code_id in due if code_id is not None]
    return Ended(len(ids), units, uses.let_go(ctx, carts=with_code) if with_code else uses.NONE)
