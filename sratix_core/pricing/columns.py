"""The columns of a priced line and the checks behind them, the same for a cart's lines and an order's."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.types import Json, one_of, state_column
from sratix_core.pricing.lines import LineKind, PricedLine


class PricedColumns:
    """A mixin; the model lists `priced_checks()` among its constraints."""

    kind: Mapped[str] = mapped_column(state_column(), default=LineKind.TICKET)
    ticket_type_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, doc="None for a fee")
    name: Mapped[str] = mapped_column(String(120), doc="the type's name when its units were taken")
    quantity: Mapped[int] = mapped_column(Integer)
    unit_price_minor: Mapped[int] = mapped_column(BigInteger)
    subtotal_minor: Mapped[int] = mapped_column(BigInteger)
    discount_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    tax_bp: Mapped[int] = mapped_column(Integer, default=0, doc="basis points: 810 is 8.1 %")
    net_minor: Mapped[int] = mapped_column(BigInteger)
    tax_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    total_minor: Mapped[int] = mapped_column(BigInteger, doc="what is paid for the line, tax and all")
    price_trace: Mapped[list[dict[str, Any]]] = mapped_column(
        Json, default=list, doc="the rules that made the price when the units were taken"
    )
    reverse_charge: Mapped[bool] = mapped_column(
        Boolean, default=False, doc="the buyer owes the tax to their own state"
    )
    position: Mapped[int] = mapped_column(Integer, default=0)

    @property
    def is_ticket(self) -> bool:
        return self.kind == LineKind.TICKET

    @property
    def is_fee(self) -> bool:
        return self.kind == LineKind.FEE

    @property
    def is_value(self) -> bool:
        return self.kind == LineKind.VALUE

    def priced(self) -> PricedLine:
        """The columns as a value."""
        return PricedLine(
            LineKind(self.kind), self.ticket_type_id, self.name, self.quantity, self.unit_price_minor,
            self.discount_minor, self.tax_bp, self.net_minor, self.tax_minor, self.price_trace,
            self.reverse_charge,
        )  # fmt: skip


def priced_checks() -> tuple[CheckConstraint, ...]:
    """Behind the fold: whatever computed the numbers, a line that doesn't add up is not written (M6, P3)."""
    return (
        one_of("kind", LineKind),
        CheckConstraint("quantity >= 1", name="quantity_positive"),
        CheckConstraint("(kind <> 'fee') = (ticket_type_id IS NOT NULL)", name="ticket_has_type"),
        CheckConstraint("subtotal_minor = unit_price_minor * quantity", name="subtotal_exact"),
        CheckConstraint(
            "unit_price_minor >= 0 AND discount_minor >= 0 AND discount_minor <= subtotal_minor",
            name="discount_within_line",
        ),
        CheckConstraint(
            "net_minor >= 0 AND tax_minor >= 0 AND tax_bp >= 0 AND tax_bp <= 10000", name="tax_not_negative"
        ),
        CheckConstraint("net_minor + tax_minor = total_minor", name="total_exact"),
        CheckConstraint(
            "kind <> 'value' OR (tax_minor = 0 AND discount_minor = 0)", name="value_is_its_price"
        ),
        CheckConstraint(
            "NOT reverse_charge OR (tax_minor = 0 AND tax_bp = 0)", name="reverse_charge_untaxed"
        ),
        CheckConstraint(
            "total_minor = subtotal_minor - discount_minor OR net_minor = subtotal_minor - discount_minor",
            name="net_or_total_of_price",
        ),
    )
