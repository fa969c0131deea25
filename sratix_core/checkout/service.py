"""The life of a cart: claimed, looked up by its secret, or given back.

Lock order everywhere: the cart's or order's own row, then tickets, then the links (`catalog.draws`), then pools, in the
order of their ids and once per transaction. The row decides whether units are given back at all, and nobody who holds a
pool ever waits for a cart.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from sratix_core.audit.service import record
from sratix_core.catalog.draws import units_for
from sratix_core.catalog.hot import claim, release
from sratix_core.checkout import hot
from sratix_core.checkout.models import Cart, CartLine, CartState
from sratix_core.checkout.sweep import expire_carts
from sratix_core.checkout.taking import take
from sratix_core.checkout.unit_prices import NONE, Prices
from sratix_core.db.rows import insert_rows
from sratix_core.errors import Conflict, NotFound, Refused
from sratix_core.pricing.lines import PricedLine
from sratix_core.promotions import uses
from sratix_core.values import codes

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

__all__ = [
    "CartGone", "cart_by_secret", "expire_carts", "line_rows", "must_be_open", "place", "release_cart", "secret_hash", "start_cart",
]  # fmt: skip

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


def start_cart(
    ctx: TenantContext,
    event: Event,
    quantities: Mapping[uuid.UUID, int],
    locale: str,
    secret: str | None = None,
    code: str = "",
    prices: Prices = NONE,
) -> tuple[Cart, str]:
    """Claim the units, and a use of `code`, for `hold_minutes`; the cart and its secret. Raises as `take`.

    A caller that can derive the `secret` from its request makes a repeat collide instead of holding twice.
    """
    taken = take(ctx, event, quantities, code, prices=prices)
    now = ctx.clock.now()
    secret = secret or codes.secret(ctx.random)
    opened = {
        "id": ctx.ids.new(),
        "event_id": event.id,
        "secret_hash": secret_hash(secret),
        "state": CartState.OPEN,
        "locale": locale,
        "entries": {},
        "quote": msgspec.to_builtins(taken.quote),
        "rounding_minor": taken.settled.rounding_minor,
        "promo_code_id": taken.code.id if taken.code else None,
        "promo_code": taken.code.code if taken.code else "",
        "code_discount_minor": taken.settled.code_minor,
        "vat_number": "",
        "created_at": now,
        "expires_at": now + timedelta(minutes=ctx.settings.hold_minutes),
    }
    insert_rows(ctx.db, Cart, [opened])
    cart = Cart(tenant_id=ctx.tenant.id, **opened)
    rows = line_rows(ctx, cart.id, taken.settled.lines)
    insert_rows(ctx.db, CartLine, rows)
    if taken.code is not None:
        uses.hold(ctx, taken.code.id, cart.id, taken.settled.code_minor)
    # Who goes on with this cart in the same unit of work needs not read what was just written.
    types = {t.id: t for t in taken.types}
    lines = [CartLine(tenant_id=ctx.tenant.id, **row) for row in rows]
    set_committed_value(cart, "lines", lines)
    for line in lines:
        set_committed_value(line, "ticket_type", types[line.ticket_type_id] if line.ticket_type_id else None)
    record(ctx, "cart.opened", "cart", cart.id, event_id=event.id)
    claim(ctx, taken.owed)
    return cart, secret


def line_rows(ctx: TenantContext, cart_id: uuid.UUID, lines: Sequence[PricedLine]) -> list[dict[str, Any]]:
    """The rows of a cart's priced lines."""
    return [
        {"id": ctx.ids.new(), "cart_id": cart_id, **line.columns(), "position": i}
        for i, line in enumerate(lines)
    ]


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


def place(ctx: TenantContext, cart: Cart, order_id: uuid.UUID) -> None:
    """An open cart becomes an order, once, at the prices it was read with. Raises `CartGone`, `Conflict` for other prices."""
    seen = (cart.promo_code_id, cart.code_discount_minor, cart.vat_number)
    if not _close(ctx, cart, CartState.PLACED, seen, order_id=order_id, entries={}):
        must_be_open(ctx, cart)
        raise Conflict("cart_changed")


def _close(
    ctx: TenantContext, cart: Cart, target: CartState, seen: hot.Seen | None = None, **also: Any
) -> bool:
    """Move an open cart to `target`, once, and set columns `also`; whether this call did it."""
    changed = {"state": target, **also}
    if not hot.close(ctx, cart.id, changed, seen):
        if cart in ctx.db:  # read by `cart_by_secret`; nobody else changes one that this unit opened
            ctx.db.expire(cart)
        return False
    for name, value in changed.items():
        set_committed_value(cart, name, value)
    return True


def release_cart(ctx: TenantContext, cart: Cart) -> None:
    """Give an open cart's units back. Doing it twice is the same as once."""
    if _close(ctx, cart, CartState.RELEASED):
        release(ctx, units_for(ctx, _units(cart)))
        uses.give_back(ctx, carts=[cart.id])  # a code may have come since the cart was read
        record(ctx, "cart.released", "cart", cart.id, event_id=cart.event_id)


def _units(cart: Cart) -> dict[uuid.UUID, int]:
    """Quantities by ticket type; fees hold nothing."""
    return {line.ticket_type_id: line.quantity for line in cart.lines if line.ticket_type_id is not None}
