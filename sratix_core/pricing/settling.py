"""The second half of the fold: a code, the organizer's fee, taxes and coins. Runs again on a frozen quote when a code comes or goes."""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple

from sratix_core.pricing.arithmetic import rounded, share, spread, tax_within
from sratix_core.pricing.lines import LineKind, PricedLine
from sratix_core.pricing.quoting import Quote, QuotedLine
from sratix_core.pricing.rules import Discount, DiscountKind, Terms
from sratix_core.values.trace import Trace


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
    def tax_minor(self) -> int:
        return sum(line.tax_minor for line in self.lines)


def settle(quote: Quote, discount: Discount | None = None) -> Settled:
    """The same quote and discount give the same lines, always."""
    terms, currency = quote.terms, quote.currency
    offs = code_offs(quote, discount)
    lines = [
        _ticket(line, off, discount, terms, currency) for line, off in zip(quote.lines, offs, strict=True)
    ]
    if (fee := _fee(quote, lines)) is not None:
        lines.append(fee)
    total = sum(line.total_minor for line in lines)
    return Settled(lines, terms.tax_included, rounded(total, terms.round_to) - total, sum(offs))


def eligible(quote: Quote, discount: Discount) -> list[bool]:
    """Which lines the code is for."""
    return [not discount.type_ids or line.ticket_type_id in discount.type_ids for line in quote.lines]


def code_offs(quote: Quote, discount: Discount | None) -> list[int]:
    """What a code takes off each line, never more than the line costs."""
    if discount is None:
        return [0] * len(quote.lines)
    due = [
        line.due_minor if fits else 0
        for line, fits in zip(quote.lines, eligible(quote, discount), strict=True)
    ]
    if discount.kind == DiscountKind.AMOUNT:
        return spread(min(discount.value, sum(due)), due)
    each = zip(quote.lines, due, strict=True)
    match discount.kind:
        case DiscountKind.PERCENT:
            return [share(amount, discount.value) for amount in due]
        case DiscountKind.TICKET:
            return [min(amount, discount.value * line.quantity) for line, amount in each]
        case DiscountKind.PRICE:
            return [max(0, amount - discount.value * line.quantity) for line, amount in each]
    return [0] * len(due)


def _ticket(line: QuotedLine, off: int, discount: Discount | None, terms: Terms, currency: str) -> PricedLine:
    said: dict[str, Any] | None = None
    if discount is not None and off:
        rate = discount.value if discount.kind == DiscountKind.PERCENT else None
        said = {"code": discount.code, "percent_bp": rate, "amount": -off, "currency": currency}
    return _priced(
        LineKind.TICKET, line.ticket_type_id, line.name, line.quantity, line.unit_minor, line.off_minor + off,
        line.tax_bp, terms, line.trace, ("promo_code", said) if said else None, currency,
    )  # fmt: skip


def _fee(quote: Quote, tickets: list[PricedLine]) -> PricedLine | None:
    """The organizer's fee for an order that costs something."""
    terms = quote.terms
    paid = [line for line in tickets if line.subtotal_minor > line.discount_minor]
    if not paid:
        return None
    price = sum(line.subtotal_minor - line.discount_minor for line in paid)
    count = sum(line.quantity for line in paid)
    fee = terms.fee_ticket_minor * count + share(price, terms.fee_bp) + terms.fee_order_minor
    if not fee:
        return None
    said = {"tickets": count, "percent_bp": terms.fee_bp or None, "amount": fee, "currency": quote.currency}
    return _priced(
        LineKind.FEE, None, terms.fee_name, 1, fee, 0, terms.tax_bp, terms, [], ("service_fee", said), quote.currency
    )  # fmt: skip


def _priced(
    kind: LineKind,
    ticket_type_id: uuid.UUID | None,
    name: str,
    quantity: int,
    unit: int,
    discount: int,
    tax_bp: int,
    terms: Terms,
    before: list[dict[str, Any]],
    said: tuple[str, dict[str, Any]] | None,
    currency: str,
) -> PricedLine:
    due = unit * quantity - discount
    tax = tax_within(due, tax_bp) if terms.tax_included else share(due, tax_bp)
    net = due - tax if terms.tax_included else due
    trace = Trace()
    if said is not None:
        trace.passed(said[0], **said[1])
    if tax_bp:
        rule = "tax_included" if terms.tax_included else "tax_added"
        trace.passed(rule, percent_bp=tax_bp, amount=tax, currency=currency)
    return PricedLine(
        kind, ticket_type_id, name, quantity, unit, discount, tax_bp, net, tax, [*before, *trace.steps()]
    )
