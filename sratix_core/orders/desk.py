"""An order that staff places for somebody: the cart is held and turned into the order in one unit of work."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sratix_core.checkout.service import start_cart
from sratix_core.errors import Invalid
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


@dataclass(frozen=True)
class Wanted:
    """What is ordered and by whom; `lines` are (ticket type, quantity), no `holders` leaves every name open."""

    lines: Sequence[tuple[uuid.UUID, int]]
    buyer: Buyer
    holders: Sequence[Holder] = ()
    provider: str | None = None
    locale: str = ""


def place(ctx: TenantContext, event: Event, wanted: Wanted) -> Order:
    """Claim the units and place the order. Raises what `start_cart` and `place_order` raise; then nothing is held."""
    locale = wanted.locale or ctx.tenant.default_locale
    if locale not in ctx.tenant.locales:
        raise Invalid({"locale": "unknown_choice"})
    quantities: Counter[uuid.UUID] = Counter()
    for type_id, quantity in wanted.lines:
        quantities[type_id] += quantity
    cart, _ = start_cart(ctx, event, quantities, locale)
    holders = wanted.holders or [Holder("", "")] * quantities.total()
    return place_order(ctx, event, cart, wanted.buyer, holders, wanted.provider)[0]
