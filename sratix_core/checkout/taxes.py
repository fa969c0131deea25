"""The VAT number of a business that buys: what it changes about the taxes of an open cart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sratix_core.audit.service import record
from sratix_core.checkout.asking import taxed
from sratix_core.checkout.models import Cart
from sratix_core.checkout.rewriting import locked, quote_of, rewrite
from sratix_core.errors import Invalid
from sratix_core.invoices import vat, vat_checks
from sratix_core.invoices.models import VatState
from sratix_core.plugins.pricing import TaxBuyer
from sratix_core.pricing.settling import settle

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

FIELD = "buyer_vat_number"


def business(ctx: TenantContext, typed: str) -> TaxBuyer | None:
    """Who buys, by a number as it was typed; None for none. VIES is not waited for, but what it refuted lately counts.

    Raises `Invalid` for a number whose check digits are wrong or whose country is not known.
    """
    if not typed.strip():
        return None
    number = vat.read(typed)
    if number.verdict != "right":
        raise Invalid({FIELD: "vat_number_unusable"})
    refuted = vat_checks.state_of(ctx, number.number, number.country) == VatState.INVALID
    return TaxBuyer(number.number, number.country, number.in_eu, refuted)


def put_vat_number(ctx: TenantContext, event: Event, cart: Cart, typed: str) -> Cart:
    """The cart at the taxes of the business that has this number, or of anybody where there is none.

    Raises `CartGone`, `Invalid` as `business`, `NoAnswer`.
    """
    buyer = business(ctx, typed)
    number = buyer.vat_number if buyer else ""
    cart = locked(ctx, cart)
    if number == cart.vat_number:
        return cart
    quote = taxed(ctx, event, quote_of(cart), buyer)
    cart = rewrite(ctx, cart, quote, settle(quote, quote.discount), vat_number=number)
    if buyer is not None:
        vat_checks.ask(ctx, buyer.vat_number, buyer.country)
    record(ctx, "cart.vat_number", "cart", cart.id, event_id=cart.event_id)
    return cart
