"""What plugins say about the prices of a cart: asked once, when units are taken, and about tax again when a business names itself.

A plugin that fails has the sale refused (`NoAnswer`): without its answer a price would be another than the organizer set.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sratix_core.plugins.pricing import (
    CartItem,
    EventRef,
    OrderFee,
    PriceCart,
    PriceRule,
    TaxBuyer,
    TaxLine,
    TaxRate,
)
from sratix_core.pricing.contributions import Fee, Rule, Tax
from sratix_core.pricing.quoting import Quote
from sratix_core.pricing.rules import Discount, DiscountKind, rules_of

if TYPE_CHECKING:
    from sratix_core.catalog.models import TicketType
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


def contributions(
    ctx: TenantContext,
    event: Event,
    types: Sequence[TicketType],
    quantities: Mapping[uuid.UUID, int],
    listed: Mapping[uuid.UUID, int],
) -> tuple[list[Rule], list[Fee]]:
    """Rules and fees in the order in which they apply, at these `listed` prices: by priority, plugin and code. Raises `NoAnswer`."""
    items = [CartItem(t.id, t.name, quantities[t.id], listed[t.id]) for t in types if not rules_of(t).sells]
    if not items:
        return [], []  # value that is sold costs what it is worth
    cart = PriceCart(EventRef(event.id, event.currency), items)
    rules = [
        (rule.priority, plugin, rule.code, rule)
        for plugin, answers in ctx.hooks.insist("price_rules", PriceRule, ctx=ctx, cart=cart)
        for rule in answers
        if not rule.answers
    ]
    fees = [
        _fee(plugin, fee)
        for plugin, answers in ctx.hooks.insist("order_fees", OrderFee, ctx=ctx, cart=cart)
        for fee in sorted(answers, key=lambda fee: fee.code)
    ]
    return [_rule(plugin, rule) for _, plugin, _, rule in sorted(rules, key=lambda each: each[:3])], fees


def _rule(plugin: str, rule: PriceRule) -> Rule:
    ids = frozenset(rule.ticket_type_ids)
    return Rule(plugin, Discount(rule.name, DiscountKind(rule.kind), rule.value, ids))


def _fee(plugin: str, fee: OrderFee) -> Fee:
    return Fee(
        plugin,
        fee.code,
        fee.name,
        fee.ticket_minor,
        fee.percent_bp,
        fee.order_minor,
        fee.most_minor,
        fee.tax_bp,
        fee.included,
    )


def taxed(ctx: TenantContext, event: Event, quote: Quote, buyer: TaxBuyer | None) -> Quote:
    """The quote with the rates that plugins give its lines and fees for this buyer. Raises `NoAnswer`."""
    if not ctx.hooks.has("tax_rate"):
        return quote
    delivered = [line for line in quote.lines if not line.sells]
    of, every = EventRef(event.id, event.currency), [line.ticket_type_id for line in delivered]
    abroad = all(line.at_customer for line in delivered)

    def rate(line: TaxLine) -> Tax | None:
        for plugin, (answer, *_) in ctx.hooks.insist("tax_rate", TaxRate, ctx=ctx, line=line, buyer=buyer):
            return Tax(plugin, answer.bp, answer.why, answer.reverse_charge)
        return None

    lines = [
        replace(
            line,
            tax=rate(TaxLine(of, "ticket", line.name, [line.ticket_type_id], line.tax_bp, line.at_customer))
            if not line.sells
            else None,
        )
        for line in quote.lines
    ]
    usual = quote.terms.tax_bp
    fees = [
        replace(
            fee,
            tax=rate(
                TaxLine(of, "fee", fee.name, every, usual if fee.tax_bp is None else fee.tax_bp, abroad)
            ),
        )
        for fee in quote.fees
    ]
    return replace(quote, lines=lines, fees=fees)
