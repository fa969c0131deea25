"""What a unit costs before any rule: its listed price, or what the buyer chose where the type leaves it open."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from sratix_core.errors import Invalid
from sratix_core.pricing.rules import rules_of
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.catalog.models import TicketType

Prices = Mapping[uuid.UUID, int]
"""What a buyer chose to pay for each unit, in minor units, by ticket type."""

NONE: Prices = MappingProxyType({})


def unit_prices(types: Sequence[TicketType], chosen: Prices) -> dict[uuid.UUID, int]:
    """The price of a unit of each of these types, in minor units.

    Raises `Invalid` with `price_<type>`: "price_missing", "price_not_open" for a choice where there is none, and "price_bounds"
    with `least` and `most`. What is chosen of a type that is not among these means nothing.
    """
    return {kind.id: _unit_price(kind, chosen.get(kind.id)) for kind in types}


def _unit_price(kind: TicketType, chosen: int | None) -> int:
    open_price, field = rules_of(kind).open_price, f"price_{kind.id}"
    if open_price is None:
        if chosen is not None:
            raise Invalid({field: "price_not_open"}, name=kind.name)
        return kind.price_minor
    if chosen is None:
        raise Invalid({field: "price_missing"}, name=kind.name)
    least, most = kind.price_minor, open_price.most_minor
    if not least <= chosen <= most:
        bounds = {"least": Money(least, kind.currency), "most": Money(most, kind.currency)}
        raise Invalid({field: "price_bounds"}, name=kind.name, **bounds)
    return chosen
