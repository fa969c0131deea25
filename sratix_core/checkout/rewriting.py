"""An open cart priced again on its frozen quote: the units stay, the lines are written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.orm.attributes import set_committed_value

from sratix_core.checkout.models import Cart, CartLine
from sratix_core.checkout.service import line_rows, must_be_open
from sratix_core.db.rows import insert_rows
from sratix_core.pricing.quoting import Quote
from sratix_core.pricing.settling import Settled

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


def locked(ctx: TenantContext, cart: Cart) -> Cart:
    """Two posts about one cart queue here. Raises `CartGone`."""
    mine = select(Cart).where(Cart.id == cart.id).with_for_update()
    return must_be_open(ctx, ctx.db.scalars(mine.execution_options(populate_existing=True)).one())


def quote_of(cart: Cart) -> Quote:
    """What was frozen when its units were taken."""
    return msgspec.convert(cart.quote, Quote)


def rewrite(ctx: TenantContext, cart: Cart, quote: Quote, settled: Settled, **also: Any) -> Cart:
    """The cart at these prices, with columns `also`."""
    changed = {
        "quote": msgspec.to_builtins(quote),
        "code_discount_minor": settled.code_minor,
        "rounding_minor": settled.rounding_minor,
        **also,
    }
    ctx.db.execute(
        update(Cart).where(Cart.id == cart.id).values(**changed),
        execution_options={"synchronize_session": False},
    )
    for name, value in changed.items():
        set_committed_value(cart, name, value)
    ctx.db.execute(
        delete(CartLine).where(CartLine.cart_id == cart.id), execution_options={"synchronize_session": False}
    )
    insert_rows(ctx.db, CartLine, line_rows(ctx, cart.id, settled.lines))
    ctx.db.expire(cart, ["lines"])
    return cart
