"""What an organizer sets about prices: an event's terms, and a ticket type's early prices, discounts and tax rate."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sratix_core.accounts.permissions import EVENT_EDIT, EVENT_VIEW
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import Moment
from sratix_core.api.v1.common import Money, amount_of, given
from sratix_core.catalog.models import TicketType
from sratix_core.errors import Invalid
from sratix_core.events.models import Event
from sratix_core.events.pricing import set_terms
from sratix_core.pricing.rules import (
    LARGEST,
    MOST_RULES,
    MOST_SUGGESTED,
    Bulk,
    OpenPrice,
    Step,
    Terms,
    TypeRules,
    rules_of,
    terms_of,
)

BasisPoints = Annotated[int, Meta(ge=0, le=10_000, description="Basis points: 810 is 8.1 %.")]


class PriceStep(msgspec.Struct, forbid_unknown_fields=True):
    """Another price until a moment, for the first so many of the type, or both. The first step that holds decides."""

    price: Money
    until: Moment | None = None
    first: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class BulkDiscount(msgspec.Struct, forbid_unknown_fields=True):
    """Off for everybody who takes at least so many in one order."""

    at_least: Annotated[int, Meta(ge=2, le=100)]
    percent_bp: Annotated[int, Meta(ge=1, le=10_000)]


class OpenPriceShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The buyer says what a unit costs: from the type's `price` up to `most`. A shop proposes the `suggested` amounts."""

    most: Money
    suggested: Annotated[list[Money], Meta(max_length=MOST_SUGGESTED)] = []


class TypePricing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `tax_bp` of null is the event's own rate. `at_customer`: taxed where a customer's business is, not at the event; a plugin
    that works out taxes goes by it."""

    steps: Annotated[list[PriceStep], Meta(max_length=MOST_RULES)] = []
    bulk: Annotated[list[BulkDiscount], Meta(max_length=MOST_RULES)] = []
    tax_bp: BasisPoints | None = None
    at_customer: bool = False
    sells: Annotated[
        str,
        Meta(
            max_length=40,
            description="The provider that makes value of each unit, `gift_cards` for instance: no ticket, no discount, fee or tax. "
            "Empty for admission.",
        ),
    ] = ""
    open_price: Annotated[
        OpenPriceShape | None,
        Meta(description="Null: everybody pays the price. Nothing else changes what a buyer chose to pay."),
    ] = None


class TermsOut(msgspec.Struct):
    """What goes for all prices of an event. The service fee is the sum of its parts, on orders that cost something."""

    tax_included: bool
    tax_bp: BasisPoints
    fee_name: str
    fee_per_ticket: Money
    fee_bp: BasisPoints
    fee_per_order: Money
    round_to: Annotated[int, Meta(description="Totals become a multiple of so many minor units.")]


class TermsPatch(msgspec.Struct, forbid_unknown_fields=True):
    tax_included: bool | UnsetType = UNSET
    tax_bp: BasisPoints | UnsetType = UNSET
    fee_name: Annotated[str, Meta(max_length=60)] | UnsetType = UNSET
    fee_per_ticket: Money | UnsetType = UNSET
    fee_bp: BasisPoints | UnsetType = UNSET
    fee_per_order: Money | UnsetType = UNSET
    round_to: Annotated[int, Meta(ge=1, le=100)] | UnsetType = UNSET


def pricing_out(kind: TicketType) -> TypePricing:
    """The rules of a type as the answer."""
    rules = rules_of(kind)
    steps = [PriceStep(Money(s.price_minor, kind.currency), s.until, s.first) for s in rules.steps]
    bulk = [BulkDiscount(b.at_least, b.percent_bp) for b in rules.bulk]
    return TypePricing(steps, bulk, rules.tax_bp, rules.at_customer, rules.sells, open_price_out(kind))


def open_price_out(kind: TicketType) -> OpenPriceShape | None:
    """Between what a buyer chooses; None where the price is fixed."""
    found = rules_of(kind).open_price
    if found is None:
        return None
    suggested = [Money(minor, kind.currency) for minor in found.suggested]
    return OpenPriceShape(Money(found.most_minor, kind.currency), suggested)


def rules_in(sent: TypePricing, currency: str) -> TypeRules:
    """As rooms take it. Raises `Invalid`."""
    steps = [Step(_minor(s.price, currency, "pricing.steps"), s.until, s.first) for s in sent.steps]
    bulk = [Bulk(b.at_least, b.percent_bp) for b in sent.bulk]
    chosen = _open_price(sent.open_price, currency) if sent.open_price is not None else None
    return TypeRules(steps, bulk, sent.tax_bp, sent.at_customer, sent.sells, chosen)


def _open_price(sent: OpenPriceShape, currency: str) -> OpenPrice:
    field = "pricing.open_price"
    suggested = [_minor(each, currency, f"{field}.suggested") for each in sent.suggested]
    return OpenPrice(_minor(sent.most, currency, f"{field}.most"), suggested)


def _minor(sent: Money, currency: str, field: str) -> int:
    amount = amount_of(sent, field)
    if amount.currency != currency:
        raise Invalid({field: "other_currency"})
    if not 0 <= amount.minor <= LARGEST:
        raise Invalid({field: "price_out_of_range"})
    return amount.minor


def _terms(event: Event) -> TermsOut:
    terms, currency = terms_of(event), event.currency
    return TermsOut(
        terms.tax_included,
        terms.tax_bp,
        terms.fee_name,
        Money(terms.fee_ticket_minor, currency),
        terms.fee_bp,
        Money(terms.fee_order_minor, currency),
        terms.round_to,
    )


@endpoint(
    "GET", EVENT + "/terms", EVENT_VIEW, "Taxes, service fee and rounding", tag="Events", answers=TermsOut
)
def get_terms(call: Call) -> TermsOut:
    return _terms(call.event)


@endpoint(
    "PATCH",
    EVENT + "/terms",
    EVENT_EDIT,
    "Change taxes, service fee and rounding; carts and orders keep theirs",
    tag="Events",
    body=TermsPatch,
    answers=TermsOut,
    fields=(("fee_ticket_minor", "fee_per_ticket"), ("fee_order_minor", "fee_per_order")),
)
def change_terms(call: Call) -> TermsOut:
    new: dict[str, Any] = dict(given(call.body))
    for name, column in (("fee_per_ticket", "fee_ticket_minor"), ("fee_per_order", "fee_order_minor")):
        if name in new:
            new[column] = _minor(new.pop(name), call.event.currency, name)
    terms: Terms = msgspec.structs.replace(terms_of(call.event), **new)
    return _terms(set_terms(call.ctx, call.event, terms))
