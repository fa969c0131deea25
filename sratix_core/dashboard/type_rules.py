"""The part of a ticket type's form that is about its prices: other prices for a while, cheaper for several, a tax rate of its own,
or an amount that the buyer chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sratix_core.catalog.models import TicketType
from sratix_core.events.models import Event
from sratix_core.pricing.rules import (
    LARGEST,
    MOST_RULES,
    MOST_SUGGESTED,
    Bulk,
    OpenPrice,
    Step,
    TypeRules,
    rules_of,
)
from sratix_core.values.money import Money
from sratix_core.web.forms import Form

FEWEST = 3
"""Rows that the form shows; one more than are in use."""


def read_rules(form: Form, event: Event) -> TypeRules:
    """From rows that may be empty; errors are noted in the form."""
    steps, bulk = [], []
    for n in range(1, MOST_RULES + 1):
        price = form.money(f"step_price-{n}", event.currency, required=False)
        until = form.moment(f"step_until-{n}", event.timezone, required=False)
        first = form.integer(f"step_first-{n}", 1, 1_000_000, required=False)
        if price is not None and price.minor < 0:
            form.fail(f"step_price-{n}", "price_out_of_range")
        elif price is not None:
            steps.append(Step(price.minor, until, first))
        elif (until or first) and f"step_price-{n}" not in form.errors:
            form.fail(f"step_price-{n}", "required")
        least = form.integer(f"bulk_from-{n}", 2, 100, required=False)
        percent = form.percent(f"bulk_percent-{n}", required=least is not None)
        if least is not None and percent:
            bulk.append(Bulk(least, percent))
        elif percent == 0:
            form.fail(f"bulk_percent-{n}", "percent_range")
        elif percent and f"bulk_from-{n}" not in form.errors:
            form.fail(f"bulk_from-{n}", "required")
    tax, at_customer = form.percent("tax", required=False), form.flag("at_customer")
    return TypeRules(steps, bulk, tax, at_customer, open_price=_open_price(form, event.currency))


def _open_price(form: Form, currency: str) -> OpenPrice | None:
    """Where a largest amount is typed the buyer chooses; amounts that cannot be are a fault of both."""
    most = form.money("open_most", currency, required=False)
    typed = [form.money(f"suggest-{n}", currency, required=False) for n in range(1, MOST_SUGGESTED + 1)]
    suggested = [each.minor for each in typed if each is not None]
    if most is None:
        if suggested and "open_most" not in form.errors:
            form.fail("open_most", "required")
        return None
    if not 0 <= most.minor <= LARGEST or any(minor < 0 for minor in suggested):
        form.fail("open_most", "price_out_of_range")
        return None
    return OpenPrice(most.minor, suggested)


def rows(values: Mapping[str, Any]) -> range:
    """The numbers of the rows to show."""
    used = (n for n in range(1, MOST_RULES) if values.get(f"step_price-{n}") or values.get(f"bulk_from-{n}"))
    return range(1, max(FEWEST, max(used, default=0) + 1) + 1)


def rule_values(kind: TicketType, event: Event) -> dict[str, Any]:
    """As the form shows them."""
    rules, zone = rules_of(kind), ZoneInfo(event.timezone)
    values: dict[str, Any] = {"at_customer": rules.at_customer, "sells": rules.sells}
    for n, step in enumerate(rules.steps, 1):
        values[f"step_price-{n}"] = str(Money(step.price_minor, kind.currency).decimal())
        at = step.until
        values[f"step_until-{n}"] = at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if at else ""
        values[f"step_first-{n}"] = str(step.first or "")
    for n, rule in enumerate(rules.bulk, 1):
        values[f"bulk_from-{n}"] = str(rule.at_least)
        values[f"bulk_percent-{n}"] = f"{rule.percent_bp / 100:g}"
    if rules.open_price is not None:
        amounts = [rules.open_price.most_minor, *rules.open_price.suggested]
        names = ["open_most", *(f"suggest-{n}" for n in range(1, MOST_SUGGESTED + 1))]
        values |= {
            name: str(Money(minor, kind.currency).decimal())
            for name, minor in zip(names, amounts, strict=False)
        }
    values["tax"] = "" if rules.tax_bp is None else f"{rules.tax_bp / 100:g}"
    return values
