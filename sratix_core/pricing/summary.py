"""How a price is told: lines, then what came off and why, the taxes by rate, the rounding, the total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sratix_core.values.money import Money


class HasPrice(Protocol):
    """A line of a cart or of an order."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def quantity(self) -> int: ...
    @property
    def unit_price_minor(self) -> int: ...
    @property
    def discount_minor(self) -> int: ...
    @property
    def tax_bp(self) -> int: ...
    @property
    def net_minor(self) -> int: ...
    @property
    def tax_minor(self) -> int: ...
    @property
    def reverse_charge(self) -> bool: ...


@dataclass(frozen=True)
class Row:
    """One line, before what comes off."""

    kind: str
    name: str
    quantity: int
    unit_price: Money
    subtotal: Money


@dataclass(frozen=True)
class TaxRow:
    """The tax of one rate, in basis points, on `net`."""

    bp: int
    net: Money
    tax: Money


@dataclass(frozen=True)
class Summary:
    """`saved` came off without a code, by price steps, for many and by plugins; both discounts are positive.

    `reverse_charge`: of some of it the buyer owes the tax.
    """

    rows: list[Row]
    saved: Money
    code: str
    code_discount: Money
    taxes: list[TaxRow]
    tax_included: bool
    rounding: Money
    total: Money
    reverse_charge: bool = False


def summary_of(
    lines: Iterable[HasPrice],
    currency: str,
    *,
    tax_included: bool,
    rounding_minor: int,
    code: str,
    code_minor: int,
) -> Summary:
    """From the lines as they stand."""
    rows, taxes, off, total = [], defaultdict[int, list[int]](lambda: [0, 0]), 0, rounding_minor
    reverse = False
    for line in lines:
        reverse = reverse or line.reverse_charge
        subtotal = line.unit_price_minor * line.quantity
        unit = Money(line.unit_price_minor, currency)
        rows.append(Row(line.kind, line.name, line.quantity, unit, Money(subtotal, currency)))
        off += line.discount_minor
        total += line.net_minor + line.tax_minor
        if line.tax_bp:
            taxes[line.tax_bp][0] += line.net_minor
            taxes[line.tax_bp][1] += line.tax_minor
    return Summary(
        rows,
        Money(off - code_minor, currency),
        code,
        Money(code_minor, currency),
        [TaxRow(bp, Money(net, currency), Money(tax, currency)) for bp, (net, tax) in sorted(taxes.items())],
        tax_included,
        Money(rounding_minor, currency),
        Money(total, currency),
        reverse,
    )
