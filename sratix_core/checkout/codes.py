"""A code on an open cart: put on, changed or taken off; the units and their frozen prices stay."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.catalog.models import TicketType, Visibility
from sratix_core.checkout.models import Cart, CartLine
from sratix_core.checkout.rewriting import locked, quote_of, rewrite
from sratix_core.errors import Refused
from sratix_core.pricing.settling import Settled, settle
from sratix_core.promotions import uses
from sratix_core.promotions.answered import adopt, refresh
from sratix_core.promotions.models import PromoCode
from sratix_core.promotions.rules import settled_with, usable
from sratix_core.promotions.spelling import spelled

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


def put_code(ctx: TenantContext, event: Event, cart: Cart, typed: str) -> Cart:
    """The cart at its prices with this code, in place of another. Raises `CartGone`, `Refused`."""
    cart = locked(ctx, cart)
    if cart.promo_code and spelled(typed) == cart.promo_code:
        return cart
    promo = usable(ctx, event, typed)
    _keep_hidden(ctx, cart, promo.unlocks)
    adopt(ctx, promo)
    refresh(ctx, promo)
    return _settle_again(ctx, cart, promo, settled_with(quote_of(cart), promo))


def take_code_off(ctx: TenantContext, cart: Cart) -> Cart:
    """The cart at its prices without a code. Raises `CartGone`, `Refused` while the cart holds what the code unlocked."""
    cart = locked(ctx, cart)
    if cart.promo_code_id is None:
        return cart
    _keep_hidden(ctx, cart, frozenset())
    return _settle_again(ctx, cart, None, settle(quote_of(cart)))


def _keep_hidden(ctx: TenantContext, cart: Cart, unlocked: frozenset[uuid.UUID]) -> None:
    """Hidden types stay only with a code that unlocks them."""
    hidden = (
        select(TicketType.name, TicketType.id)
        .join(
            CartLine,
            (CartLine.tenant_id == TicketType.tenant_id) & (CartLine.ticket_type_id == TicketType.id),
        )
        .where(CartLine.cart_id == cart.id, TicketType.visibility == Visibility.HIDDEN)
    )
    for name, type_id in ctx.db.execute(hidden):
        if type_id not in unlocked:
            raise Refused("promo_unlocks", name=name)


def _settle_again(ctx: TenantContext, cart: Cart, promo: PromoCode | None, settled: Settled) -> Cart:
    back = uses.let_go(ctx, carts=[cart.id]) if cart.promo_code_id is not None else uses.NONE
    uses.exchange(ctx, back, Counter({promo.id: 1}) if promo else uses.NONE)
    if promo is not None:
        uses.hold(ctx, promo.id, cart.id, settled.code_minor)
    code_id, name = (promo.id, promo.code) if promo else (None, "")
    quote = replace(quote_of(cart), discount=promo.discount if promo else None)
    cart = rewrite(ctx, cart, quote, settled, promo_code_id=code_id, promo_code=name)
    record(ctx, "cart.code", "cart", cart.id, event_id=cart.event_id, promo_code=code_id)
    return cart
