"""Amounts that a visitor chose to pay, as the event page posts them: `a-<ticket type>`, written as people write money."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sratix_core.errors import Invalid
from sratix_core.pricing.rules import OpenPrice
from sratix_core.values.money import BadMoney, Money, parse_money

FIELD = "a-"
MOST_LETTERS = 30


def typed_amounts(fields: Mapping[str, str]) -> dict[str, str]:
    """As typed, by ticket type; what names no type in the usual spelling is nobody's."""
    found = {}
    for name, raw in fields.items():
        kind = name.removeprefix(FIELD)
        if name.startswith(FIELD) and len(kind) == 36 and isinstance(raw, str):
            found[kind] = raw.strip()[:MOST_LETTERS]
    return found


def chosen_prices(
    typed: Mapping[str, str], wanted: Mapping[uuid.UUID, int], currency: str
) -> dict[uuid.UUID, int]:
    """Minor units by ticket type, of the types that are wanted. Raises `Invalid` with `price_<type>`: "money"."""
    found = {}
    for kind, quantity in wanted.items():
        if quantity and (raw := typed.get(str(kind))):
            try:
                found[kind] = parse_money(raw, currency).minor
            except BadMoney as error:
                raise Invalid({f"price_{kind}": "money"}) from error
    return found


def field_of(name: str) -> str:
    """Where an error about a price stands on the page; "" for any other, which stands above the form."""
    return FIELD + name.removeprefix("price_") if name.startswith("price_") else ""


def open_told(open_price: OpenPrice | None, least: Money, typed: str | None) -> dict[str, Any] | None:
    """What the page asks where the buyer chooses; the first proposal is filled in."""
    if open_price is None:
        return None
    suggested = [Money(minor, least.currency) for minor in open_price.suggested]
    first = str(suggested[0].decimal()) if suggested else ""
    return {
        "most": Money(open_price.most_minor, least.currency),
        "suggested": [{"amount": each, "typed": str(each.decimal())} for each in suggested],
        "typed": first if typed is None else typed,
    }
