"""A priced line: the result of the fold, as carts and orders keep it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class LineKind(StrEnum):
    """A `fee` is what the organizer adds to an order; it has no ticket type and issues no ticket. A `value` line is value that
    is sold to be spent later: its units hold their places, admit nobody, cost what they are worth and carry no tax."""

    TICKET = "ticket"
    FEE = "fee"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class PricedLine:
    """All amounts in minor units of one currency; the tax rate in basis points (810 = 8.1 %).

    `subtotal` less `discount` is `total` where prices include the tax, and `net` where it comes on top. With `reverse_charge`
    the buyer owes the tax and both are the same.
    """

    kind: LineKind
    ticket_type_id: uuid.UUID | None
    name: str
    quantity: int
    unit_price_minor: int
    discount_minor: int
    tax_bp: int
    net_minor: int
    tax_minor: int
    trace: list[dict[str, Any]] = field(default_factory=list)
    reverse_charge: bool = False

    @property
    def subtotal_minor(self) -> int:
        return self.unit_price_minor * self.quantity

    @property
    def total_minor(self) -> int:
        return self.net_minor + self.tax_minor

    def columns(self) -> dict[str, Any]:
        """By the names of the columns in `pricing.columns`."""
        return {
            "kind": self.kind,
            "ticket_type_id": self.ticket_type_id,
            "name": self.name,
            "quantity": self.quantity,
            "unit_price_minor": self.unit_price_minor,
            "subtotal_minor": self.subtotal_minor,
            "discount_minor": self.discount_minor,
            "tax_bp": self.tax_bp,
            "net_minor": self.net_minor,
            "tax_minor": self.tax_minor,
            "total_minor": self.total_minor,
            "price_trace": self.trace,
            "reverse_charge": self.reverse_charge,
        }
