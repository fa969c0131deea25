"""The first half of the fold, at the moment when units are taken: list price, price steps, discounts for many, rules of plugins.

Its result is what a cart freezes: no later change of a price, a rule or a rate reaches it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sratix_core.pricing.arithmetic import share
from sratix_core.pricing.contributions import Fee, Rule, Tax, own_fee
from sratix_core.pricing.discounts import offs
from sratix_core.pricing.rules import Bulk, Discount, DiscountKind, Step, Terms, TypeRules, step_at
from sratix_core.values.trace import Trace


class Wanted(Struct, frozen=True):
    """Units of a ticket type at its list price, or at what the buyer chose; `gone` counts the units that others took before."""

    ticket_type_id: uuid.UUID
    name: str
    quantity: int
    price_minor: int
    rules: TypeRules = TypeRules()
    gone: int = 0


class QuotedLine(Struct, frozen=True):
    """Tickets before a code, fees and taxes; `off_minor` is what price steps, discounts for many and plugins take off in all.

    What `sells` value keeps its price: no rule, code, fee or tax is about it. One that was `chosen` by the buyer stands, too: no rule
    and no code takes anything off it.
    `tax` is what a plugin says instead of `tax_bp`; `at_customer` what the organizer said of the type.
    """

    ticket_type_id: uuid.UUID
    name: str
    quantity: int
    unit_minor: int
    off_minor: int
    tax_bp: int
    trace: list[dict[str, Any]]
    at_customer: bool = False
    tax: Tax | None = None
    sells: str = ""
    chosen: bool = False

    @property
    def due_minor(self) -> int:
        return self.unit_minor * self.quantity - self.off_minor


class Quote(Struct, frozen=True):
    """All that the second half needs; `discount` is the code whose use is held with it."""

    currency: str
    terms: Terms
    lines: list[QuotedLine]
    fees: list[Fee] = []
    discount: Discount | None = None


def quote(
    currency: str,
    terms: Terms,
    wanted: Sequence[Wanted],
    now: datetime,
    rules: Sequence[Rule] = (),
    fees: Sequence[Fee] = (),
) -> Quote:
    """The lines at the prices of this moment; `rules` of plugins in the order in which they apply."""
    lines = [_line(currency, terms, each, now) for each in wanted]
    for rule in rules:
        taken = offs(lines, rule.discount)
        lines = [_less(line, rule, off, currency) for line, off in zip(lines, taken, strict=True)]
    return Quote(currency, terms, lines, [*own_fee(terms), *fees])


def _less(line: QuotedLine, rule: Rule, off: int, currency: str) -> QuotedLine:
    if not off:
        return line
    trace, done = Trace(), rule.discount
    rate = done.value if done.kind == DiscountKind.PERCENT else None
    trace.passed(
        "plugin_price",
        plugin=rule.plugin,
        name=done.code,
        percent_bp=rate,
        amount=-off,
        currency=currency,
    )
    return replace(line, off_minor=line.off_minor + off, trace=[*line.trace, *trace.steps()])


def _line(currency: str, terms: Terms, wanted: Wanted, now: datetime) -> QuotedLine:
    rules, trace = wanted.rules, Trace()
    chosen = rules.open_price is not None
    first = "price_chosen" if chosen else "list_price"
    trace.passed(first, name=wanted.name, amount=wanted.price_minor, currency=currency)
    steps = [step_at(rules.steps, wanted.gone + n, now) for n in range(wanted.quantity)]
    prices = [wanted.price_minor if step is None else step.price_minor for step in steps]
    for step, units in groupby(steps):
        if step is not None:
            _say_step(trace, step, len(list(units)), currency)
    # A line has one price for each of its units; where a step ended in the middle, the cheaper ones are a discount.
    unit = max(prices)
    due = sum(prices)
    if (bulk := _bulk(rules.bulk, wanted.quantity)) is not None:
        off = share(due, bulk.percent_bp)
        due -= off
        trace.passed(
            "bulk_discount",
            at_least=bulk.at_least,
            percent_bp=bulk.percent_bp,
            amount=-off,
            currency=currency,
        )
    tax_bp = terms.tax_bp if rules.tax_bp is None else rules.tax_bp
    if rules.sells:
        tax_bp = 0
        trace.passed("sells_value", provider=rules.sells)
    off_minor = unit * wanted.quantity - due
    return QuotedLine(
        wanted.ticket_type_id,
        wanted.name,
        wanted.quantity,
        unit,
        off_minor,
        tax_bp,
        trace.steps(),
        rules.at_customer,
        sells=rules.sells,
        chosen=chosen,
    )


def _say_step(trace: Trace, step: Step, units: int, currency: str) -> None:
    facts = {"units": units, "amount": step.price_minor, "currency": currency}
    if step.first is not None:
        trace.passed("price_step_first", first=step.first, **facts)
    else:
        trace.passed("price_step_until", ends_at=step.until, **facts)


def _bulk(rules: Sequence[Bulk], quantity: int) -> Bulk | None:
    reached = [rule for rule in rules if rule.at_least <= quantity]
    return max(reached, key=lambda rule: rule.at_least, default=None)
