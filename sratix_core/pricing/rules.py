"""What an organizer sets about prices: of an event, of a ticket type, and of a code. Kept as JSON beside their owner."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Protocol

import msgspec
from msgspec import Meta, Struct

LARGEST = 10**12
"""Minor units of one price: what a ticket type may cost at most."""
MOST_RULES = 10
MOST_SUGGESTED = 6

Minor = Annotated[int, Meta(ge=0, le=LARGEST)]
BasisPoints = Annotated[int, Meta(ge=0, le=10_000)]


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """Another price until a moment, for the first so many of a type, or both; at least one of the two."""

    price_minor: Minor
    until: datetime | None = None
    first: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class Bulk(Struct, frozen=True, forbid_unknown_fields=True):
    """Off for everybody who takes at least so many of a type."""

    at_least: Annotated[int, Meta(ge=2, le=100)]
    percent_bp: Annotated[int, Meta(ge=1, le=10_000)]


class OpenPrice(Struct, frozen=True, forbid_unknown_fields=True):
    """The buyer says what a unit costs: from the type's own price up to `most_minor`. The shop proposes the `suggested` amounts."""

    most_minor: Minor
    suggested: Annotated[list[Minor], Meta(max_length=MOST_SUGGESTED)] = []


class TypeRules(Struct, frozen=True, forbid_unknown_fields=True):
    """Of the `steps` the first that holds decides, of `bulk` the one with the largest number that is reached."""

    steps: Annotated[list[Step], Meta(max_length=MOST_RULES)] = []
    bulk: Annotated[list[Bulk], Meta(max_length=MOST_RULES)] = []
    tax_bp: BasisPoints | None = None
    """None: the event's own rate."""
    at_customer: bool = False
    """Taxed where a customer's business is (directive 2006/112/EC, article 44), not where the event takes place, as admission
    to it is (article 53): the organizer says so, of each type."""
    sells: Annotated[str, Meta(max_length=40)] = ""
    """The provider that makes value of each unit that is sold, for as much as it cost: no admission, no revenue and no tax yet."""
    open_price: OpenPrice | None = None
    """Where the buyer chooses the price. No step, discount, code or rule of a plugin is about what somebody chose to pay."""


class Terms(Struct, frozen=True, forbid_unknown_fields=True):
    """Of an event. The service fee is the sum of its three parts, on orders that cost something."""

    tax_included: bool = True
    tax_bp: BasisPoints = 0
    fee_name: Annotated[str, Meta(max_length=60)] = ""
    fee_ticket_minor: Minor = 0
    fee_bp: BasisPoints = 0
    fee_order_minor: Minor = 0
    round_to: Annotated[int, Meta(ge=1, le=100)] = 1
    """Totals become a multiple of so many minor units: 5 for Swiss coins."""

    @property
    def has_fee(self) -> bool:
        return bool(self.fee_ticket_minor or self.fee_bp or self.fee_order_minor)


class DiscountKind(StrEnum):
    """`amount` is spread over the order, `ticket` taken off each ticket, `price` is what each ticket costs, `access` takes nothing off."""

    PERCENT = "percent"
    AMOUNT = "amount"
    TICKET = "ticket"
    PRICE = "price"
    ACCESS = "access"


class Discount(Struct, frozen=True):
    """What a code does: `value` in basis points or minor units, for these types, or for all where there are none.

    `plugin` is whose code it is, if it is not the organizer's own.
    """

    code: str
    kind: DiscountKind
    value: int
    type_ids: frozenset[uuid.UUID] = frozenset()
    plugin: str = ""


class _HasPricing(Protocol):
    @property
    def pricing(self) -> Any: ...


def terms_of(event: _HasPricing) -> Terms:
    """As stored with the event."""
    return msgspec.convert(event.pricing or {}, Terms)


def rules_of(ticket_type: _HasPricing) -> TypeRules:
    """As stored with the ticket type."""
    return msgspec.convert(ticket_type.pricing or {}, TypeRules)


def stored(rules: Struct) -> dict[str, Any]:
    """As JSON, without what is as usual."""
    usual = msgspec.to_builtins(type(rules)())
    return {k: v for k, v in msgspec.to_builtins(rules).items() if v != usual[k]}


def faults_of(rules: TypeRules, has_capacity: bool, price_minor: int = 0) -> dict[str, str]:
    """Field to code of what cannot be at this price: `steps`, `bulk`, `tax`, `open_price`."""
    faults: dict[str, str] = {}
    if (chosen := rules.open_price) is not None:
        if chosen.most_minor < max(price_minor, 1):
            faults["open_price"] = "open_price_bounds"
        elif not all(price_minor <= minor <= chosen.most_minor for minor in chosen.suggested):
            faults["open_price"] = "open_price_suggested"
        if rules.steps or rules.bulk:
            faults["steps" if rules.steps else "bulk"] = "open_price_alone"
    if any(step.until is None and step.first is None for step in rules.steps):
        faults["steps"] = "step_needs_end"
    elif any(step.until is not None and step.until.tzinfo is None for step in rules.steps):
        faults["steps"] = "unreadable"
    elif any(step.first is not None for step in rules.steps) and not has_capacity:
        faults["steps"] = "step_needs_capacity"
    if rules.sells and (rules.steps or rules.bulk):
        faults["steps" if rules.steps else "bulk"] = "value_has_one_price"
    if rules.sells and (rules.tax_bp or rules.at_customer):
        faults["tax"] = "value_has_no_tax"
    if len({rule.at_least for rule in rules.bulk}) < len(rules.bulk):
        faults["bulk"] = "bulk_twice"
    return faults


def step_at(steps: Sequence[Step], gone: int, now: datetime) -> Step | None:
    """The step that decides the price of the unit after `gone` others; None for the list price."""
    for step in steps:
        if (step.until is None or now < step.until) and (step.first is None or gone < step.first):
            return step
    return None
