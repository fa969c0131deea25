"""What plugins and the core tell each other about prices: plain values, checked when they are made.

A plugin contributes rules, fees and rates as data; the one fold in `sratix_core.pricing` does all arithmetic. Amounts are in
minor units of the event's currency, rates in basis points (810 is 8.1 %).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Reduction = Literal["percent", "amount", "ticket", "price"]
MOST_MINOR = 10**12
WHOLE_BP = 10_000
NAME = 60


@dataclass(frozen=True)
class EventRef:
    """The event that is bought from; `plugin_settings(ctx, plugin, event)` takes it."""

    id: uuid.UUID
    currency: str


@dataclass(frozen=True)
class CartItem:
    """Units of one ticket type at its list price, before anything is taken off."""

    ticket_type_id: uuid.UUID
    name: str
    quantity: int
    list_price_minor: int


@dataclass(frozen=True)
class PriceCart:
    """What is about to be held. With a `code` that a buyer typed and the organizer's own codes don't have, `items` may be
    empty, and only rules that answer that code count."""

    event: EventRef
    items: Sequence[CartItem] = ()
    code: str = ""


@dataclass(frozen=True)
class PriceRule:
    """What is taken off, and for which ticket types (none named: all). Rules never add and never go below 0.

    `percent` of the line · `amount` off the order, spread · `ticket` off each ticket · `price` is what each ticket costs.
    Rules apply by `priority`, then by plugin and `code`. One that `answers` what the buyer typed stands in place of a promo
    code: one use is claimed with the seats and given back with them, `most_uses` in all for this event.
    Raises `ValueError` for what cannot be.
    """

    code: str
    name: str
    kind: Reduction
    value: int
    ticket_type_ids: Sequence[uuid.UUID] = ()
    priority: int = 100
    answers: str = ""
    most_uses: int | None = None

    def __post_init__(self) -> None:
        _code(self.code)
        _name(self.name)
        if self.kind not in ("percent", "amount", "ticket", "price"):
            raise ValueError("kind")
        _within(self.value, 0, WHOLE_BP if self.kind == "percent" else MOST_MINOR)
        _within(self.priority, 0, 1000)
        if self.most_uses is not None:
            _within(self.most_uses, 1, 1_000_000)
        if not all(isinstance(each, uuid.UUID) for each in self.ticket_type_ids):
            raise ValueError("ticket_type_ids")


@dataclass(frozen=True)
class OrderFee:
    """A fee on orders that cost something: so much for each ticket that does, a share of the price, so much for the order.

    On top it is added; `included` it is part of the ticket's price and only told apart, and has no part for the order.
    `most_minor` caps it. Without a `tax_bp` it is taxed at the event's rate. Raises `ValueError` for what cannot be.
    """

    code: str
    name: str
    ticket_minor: int = 0
    percent_bp: int = 0
    order_minor: int = 0
    most_minor: int | None = None
    tax_bp: int | None = None
    included: bool = False

    def __post_init__(self) -> None:
        _code(self.code)
        _name(self.name)
        for minor in (self.ticket_minor, self.order_minor, self.most_minor or 0):
            _within(minor, 0, MOST_MINOR)
        for bp in (self.percent_bp, self.tax_bp or 0):
            _within(bp, 0, WHOLE_BP)
        if self.included and self.order_minor:
            raise ValueError("included")


@dataclass(frozen=True)
class TaxLine:
    """A line that is taxed: tickets of one type, or a fee on the tickets of the types named.

    `tax_bp` is what the organizer set. `at_customer`: all these types are taxed where a customer's business is, as the
    organizer says of each.
    """

    event: EventRef
    kind: Literal["ticket", "fee"]
    name: str
    ticket_type_ids: Sequence[uuid.UUID]
    tax_bp: int
    at_customer: bool


@dataclass(frozen=True)
class TaxBuyer:
    """A business that gave its VAT number in the checkout: the number as VIES writes it, right by its check digits, and its
    country by ISO 3166, a member state of the European Union where `in_eu`. `refuted`: VIES said lately that it is nobody's."""

    vat_number: str
    country: str
    in_eu: bool
    refuted: bool = False


@dataclass(frozen=True)
class TaxRate:
    """The rate of a line and a word why. With `reverse_charge` the rate is 0 and the tax within a price is taken off: the
    buyer owes it to their own state. Raises `ValueError` for what cannot be."""

    bp: int
    why: str
    reverse_charge: bool = False

    def __post_init__(self) -> None:
        _code(self.why)
        _within(self.bp, 0, 0 if self.reverse_charge else WHOLE_BP)


def _within(value: int, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"{value!r} is not from {least} to {most}")


def _code(value: str) -> None:
    if not (
        isinstance(value, str) and value.isascii() and value.replace("_", "").isalnum() and len(value) <= 40
    ):
        raise ValueError(f"{value!r} is not a short word of letters, digits and underscores")


def _name(value: str) -> None:
    if not (isinstance(value, str) and 0 < len(value) <= NAME and value.isprintable()):
        raise ValueError("a name is one line of 1 to 60 characters")
