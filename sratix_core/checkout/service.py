"""The life of a cart: claimed, looked up by its secret, given back, or found expired.

Lock order everywhere: the cart's or order's own row, then tickets, then the links (`catalog.draws`), then pools, in the
order of their ids and once per transaction. The row decides whether units are given back at all, and nobody who holds a
pool ever waits for a cart.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from sratix_core.audit.service import record
from sratix_core.catalog.draws import units_for
from sratix_core.catalog.hot import NONE, Units, exchange, release
from sratix_core.checkout import hot
from sratix_core.checkout.models import Cart, CartLine, CartState
from sratix_core.checkout.pricing import checked_types, price_trace
from sratix_core.db.rows import insert_rows
from sratix_core.errors import NotFound, Refused
from sratix_core.values import codes

if TYPE_CHECKING:
    from sratix_core.catalog.models import TicketType
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

OPENED = (
    select(Cart)
    .where(Cart.secret_hash == bindparam("of_secret"), Cart.event_id == bindparam("of_event"))
    .options(joinedload(Cart.lines).joinedload(CartLine.ticket_type))
)


class CartGone(Refused):
    """The cart is no longer open: `state` says what became of it, `order_id` which order it turned into."""

    code = "cart_gone"


def secret_hash(secret: str) -> bytes:
    """What is stored of a secret that travels in an address: SHA-256, 32 bytes (the secret itself has 128 bit)."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def take(ctx: TenantContext, event: Event, quantities: Mapping[uuid.UUID, int]) -> list[TicketType]:
    """Claim the units; the types in their order. The caller's transaction must leave a cart or tickets that hold them.

    Raises `SoldOut`, `Invalid`, `NotOnSale`, `Refused`.
    """
    types, units = checked_types(ctx, event, quantities)
    _, back = _expire(ctx, event.id)
    exchange(ctx, back, units)
    return types


def start_cart(
    ctx: TenantContext,
    event: Event,
    quantities: Mapping[uuid.UUID, int],
    locale: str,
    secret: str | None = None,
) -> tuple[Cart, str]:
    """Claim the units for `hold_minutes`; the cart and its secret. Raises `SoldOut`, `Invalid`, `NotOnSale`, `Refused`.

    A caller that can derive the `secret` from its request makes a repeat collide instead of holding twice.
    """
    types = take(ctx, event, quantities)
    now = ctx.clock.now()
    secret = secret or codes.secret(ctx.random)
    opened = {
        "id": ctx.ids.new(),
        "event_id": event.id,
        "secret_hash": secret_hash(secret),
        "state": CartState.OPEN,
        "locale": locale,
        "entries": {},
        "created_at": now,
        "expires_at": now + timedelta(minutes=ctx.settings.hold_minutes),
    }
    insert_rows(ctx.db, Cart, [opened])
    cart = Cart(tenant_id=ctx.tenant.id, **opened)
    rows = [
        {
            "id": ctx.ids.new(),
            "cart_id": cart.id,
            "ticket_type_id": t.id,
            "quantity": quantities[t.id],
            "unit_price_minor": t.price_minor,
            "price_trace": price_trace(t),
            "position": i,
        }
        for i, t in enumerate(types)
    ]
    insert_rows(ctx.db, CartLine, rows)
    # Who goes on with this cart in the same unit of work needs not read what was just written.
    lines = [CartLine(tenant_id=ctx.tenant.id, **row) for row in rows]
    set_committed_value(cart, "lines", lines)
    for line, ticket_type in zip(lines, types, strict=True):
        set_committed_value(line, "ticket_type", ticket_type)
    record(ctx, "cart.opened", "cart", cart.id, event_id=event.id)
    return cart, secret


def cart_by_secret(ctx: TenantContext, event: Event, secret: str) -> Cart:
    """The cart of this event that the secret opens, whatever its state. Raises `NotFound`."""
    opened = {"of_secret": secret_hash(secret), "of_event": event.id}
    cart = ctx.db.scalars(OPENED, opened).unique().one_or_none()
    if cart is None:
        raise NotFound("cart")
    return cart


def must_be_open(ctx: TenantContext, cart: Cart) -> Cart:
    """The cart if it still holds its units. Raises `CartGone`; time alone does not end it, only the sweep does."""
    if cart.state != CartState.OPEN:
        raise CartGone(state=cart.state, order_id=cart.order_id)
    return cart


def close(ctx: TenantContext, cart: Cart, target: CartState, **also: Any) -> bool:
    """Move an open cart to `target`, once, and set columns `also`; whether this call did it."""
    changed = {"state": target, **also}
    if not hot.close(ctx, cart.id, changed):
        if cart in ctx.db:  # read by `cart_by_secret`; nobody else changes one that this unit opened
            ctx.db.expire(cart)
        return False
    for name, value in changed.items():
        set_committed_value(cart, name, value)
    return True


def release_cart(ctx: TenantContext, cart: Cart) -> None:
    """Give an open cart's units back. Doing it twice is the same as once."""
    if close(ctx, cart, CartState.RELEASED):
        release(ctx, units_for(ctx, {line.ticket_type_id: line.quantity for line in cart.lines}))
        record(ctx, "cart.released", "cart", cart.id, event_id=cart.event_id)


def expire_carts(ctx: TenantContext, event_id: uuid.UUID | None = None) -> int:
    """Give back what carts past their time still hold, exactly once; how many ended. One statement when there are none.

    Rows another sweep is working on are skipped, not waited for.
    """
    ended, back = _expire(ctx, event_id)
    release(ctx, back)
    return ended


def _expire(ctx: TenantContext, event_id: uuid.UUID | None) -> tuple[int, Units]:
    """Close what is due; how many carts, and the units that the caller must give back."""
    ids = hot.due(ctx, event_id)
    if not ids:
        return 0, NONE
    ctx.db.execute(
        update(Cart).where(Cart.id.in_(ids), Cart.state == CartState.OPEN).values(state=CartState.EXPIRED),
        execution_options={"synchronize_session": False},
    )
    held = ctx.db.execute(
        select(CartLine.ticket_type_id, func.sum(CartLine.quantity))
        .where(CartLine.cart_id.in_(ids))
        .group_by(CartLine.ticket_type_id)
    )
    return len(ids), units_for(ctx, {row[0]: int(row[1]) for row in held})
