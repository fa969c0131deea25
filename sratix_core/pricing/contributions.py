"""What plugins add to a price, as a cart freezes it. The event's own service fee is a fee that no plugin brought."""

from __future__ import annotations

from msgspec import Struct

from sratix_core.pricing.rules import Discount, Terms


class Rule(Struct, frozen=True):
    """Taken off before any code, by a plugin."""

    plugin: str
    discount: Discount


class Tax(Struct, frozen=True):
    """The rate that a plugin gave a line. Reverse-charged, a price is what is left of it without the usual tax."""

    plugin: str
    bp: int
    why: str
    reverse_charge: bool = False


class Fee(Struct, frozen=True):
    """Of orders that cost something; see `plugins.pricing.OrderFee`. `plugin` is empty for the event's own."""

    plugin: str
    code: str
    name: str
    ticket_minor: int = 0
    percent_bp: int = 0
    order_minor: int = 0
    most_minor: int | None = None
    tax_bp: int | None = None
    included: bool = False
    tax: Tax | None = None


def own_fee(terms: Terms) -> list[Fee]:
    """The service fee of the event's terms, if it has one."""
    if not terms.has_fee:
        return []
    parts = terms.fee_ticket_minor, terms.fee_bp, terms.fee_order_minor
    return [Fee("", "service_fee", terms.fee_name, *parts)]
