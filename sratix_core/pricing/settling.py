"""The second half of the fold: a code, fees, taxes and coins. Runs again on a frozen quote when a code comes or goes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import NamedTuple

from msgspec.structs import replace

from sratix_core.pricing.arithmetic import rounded, share, tax_within
from sratix_core.pricing.contributions import Fee
from sratix_core.pricing.discounts import offs
from sratix_core.pricing.lines import LineKind, PricedLine
from sratix_core.pricing.quoting import Quote, QuotedLine
from sratix_core.pricing.rules import Discount, DiscountKind, Terms
from sratix_core.values.trace import Trace

NO_TYPE = uuid.UUID(int=0)


class Settled(NamedTuple):
    """Priced lines, and what the whole comes to; `code_minor` is what the code took off."""

    lines: list[PricedLine]
    tax_included: bool
    rounding_minor: int
    code_minor: int

    @property
    def total_minor(self) -> int:
        return sum(line.total_minor for line in self.lines) + self.rounding_minor

    @property
    def value_minor(self) -> int:
        """What of it is value that is sold: no other value pays for it."""
        return sum(line.total_minor for line in self.lines if line.kind == LineKind.VALUE)

    @property
    def tax_minor(self) -> int:
        return sum(line.tax_minor for line in self.lines)


@dataclass
class _Open:
    """A line while it is worked on; `code_off` is what the code takes off."""

    line: QuotedLine
    unit: int
    off: int
    code_off: int
    trace: Trace

    @property
    def due(self) -> int:
        return self.unit * self.line.quantity - self.off - self.code_off


def settle(quote: Quote, discount: Discount | None = None) -> Settled:
    """The same quote and discount give the same lines, always."""
    terms, currency = quote.terms, quote.currency
    taken = offs(quote.lines, discount)
    open_lines = [
        _Open(line, line.unit_minor, line.off_minor, off, Trace())
        for line, off in zip(quote.lines, taken, strict=True)
    ]
    for each in open_lines:
        if discount is not None and each.code_off:
            rate = discount.value if discount.kind == DiscountKind.PERCENT else None
            each.trace.passed(
                "plugin_code" if discount.plugin else "promo_code",
                code=discount.code,
                plugin=discount.plugin or None,
                percent_bp=rate,
                amount=-each.code_off,
                currency=currency,
            )
    fees = [_fee(fee, open_lines, terms, currency) for fee in quote.fees]
    tickets = [
        _priced(LineKind.VALUE if each.line.sells else LineKind.TICKET, each, terms, currency)
        for each in open_lines
    ]
    lines = [*tickets, *(fee for fee in fees if fee is not None)]
    total = sum(line.total_minor for line in lines)
    code_minor = sum(each.code_off for each in open_lines)
    return Settled(lines, terms.tax_included, rounded(total, terms.round_to) - total, code_minor)


def _fee(fee: Fee, lines: list[_Open], terms: Terms, currency: str) -> PricedLine | None:
    """A fee of an order that costs something; one that is included leaves the price of the tickets."""
    paid = [each for each in lines if each.due and not each.line.sells]
    if not paid:
        return None
    count = sum(each.line.quantity for each in paid)
    if fee.included:
        amount = _taken_out(fee, paid, currency)
    else:
        price = sum(each.due for each in paid)
        amount = fee.ticket_minor * count + share(price, fee.percent_bp) + fee.order_minor
        amount = amount if fee.most_minor is None else min(amount, fee.most_minor)
    if not amount:
        return None
    trace = Trace()
    trace.passed(
        "plugin_fee" if fee.plugin else "service_fee",
        plugin=fee.plugin or None,
        tickets=count,
        percent_bp=fee.percent_bp or None,
        amount=amount,
        currency=currency,
    )
    shown = QuotedLine(
        NO_TYPE, fee.name, 1, amount, 0, terms.tax_bp if fee.tax_bp is None else fee.tax_bp, []
    )
    charged = _Open(replace(shown, tax=fee.tax), amount, 0, 0, trace)
    return _priced(LineKind.FEE, charged, terms, currency)


def _taken_out(fee: Fee, paid: list[_Open], currency: str) -> int:
    """Takes the fee out of the tickets' prices, the same of each ticket of a line; what it comes to."""
    left, amount = fee.most_minor, 0
    for each in paid:
        quantity = each.line.quantity
        part = min(fee.ticket_minor + share(each.due, fee.percent_bp) // quantity, each.due // quantity)
        if left is not None:
            part = min(part, (left - amount) // quantity)
        if part:
            each.unit -= part
            amount += part * quantity
            each.trace.passed(
                "fee_included", plugin=fee.plugin, name=fee.name, amount=-part * quantity, currency=currency
            )
    return amount


def _priced(kind: LineKind, each: _Open, terms: Terms, currency: str) -> PricedLine:
    line, trace, tax = each.line, each.trace, each.line.tax
    reverse = tax is not None and tax.reverse_charge
    if reverse and terms.tax_included and line.tax_bp:
        _take_tax_off(each, currency)
    due, bp = each.due, line.tax_bp if tax is None else tax.bp
    if tax is not None:
        trace.passed(
            "reverse_charge" if reverse else "plugin_tax", plugin=tax.plugin, why=tax.why, percent_bp=tax.bp
        )
    amount = tax_within(due, bp) if terms.tax_included else share(due, bp)
    if bp:
        rule = "tax_included" if terms.tax_included else "tax_added"
        trace.passed(rule, percent_bp=bp, amount=amount, currency=currency)
    return PricedLine(
        kind, line.ticket_type_id if kind != LineKind.FEE else None, line.name, line.quantity, each.unit,
        each.off + each.code_off, bp, due - amount if terms.tax_included else due, amount,
        [*line.trace, *trace.steps()], reverse,
    )  # fmt: skip


def _take_tax_off(each: _Open, currency: str) -> None:
    """Every amount of the line becomes what is left of it without the usual tax; what is due is exact, the rest follows it."""
    bp, before = each.line.tax_bp, each.due
    each.unit -= tax_within(each.unit, bp)
    subtotal, due = each.unit * each.line.quantity, before - tax_within(before, bp)
    reduced = subtotal - min(due, subtotal) if each.off or each.code_off else 0
    code = each.code_off - tax_within(each.code_off, bp) if each.off else reduced
    each.code_off = min(code, reduced) if each.code_off else 0
    each.off = reduced - each.code_off
    each.trace.passed("tax_taken_off", percent_bp=bp, amount=each.due - before, currency=currency)
