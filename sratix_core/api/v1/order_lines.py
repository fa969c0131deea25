"""What an order is made of: its lines with discount and tax, as every answer about an order shows them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from sratix_core.api.v1.common import Money, Shown, money, picked
from sratix_core.orders.models import Order
from sratix_core.values.money import Money as Amount


class LineOut(msgspec.Struct):
    """A line at the price of the moment when its units were taken."""

    kind: Annotated[
        Literal["ticket", "fee", "value"],
        Meta(
            description="A fee has no ticket type and no tickets. Of value, a gift card for instance, each unit is a ticket in the state "
            "`value`, which admits nobody."
        ),
    ]
    ticket_type_id: uuid.UUID | None
    name: str
    quantity: int
    unit_price: Shown
    subtotal: Shown
    discount: Shown
    tax_bp: Annotated[int, Meta(description="The tax rate in basis points: 810 is 8.1 %.")]
    net: Shown
    tax: Shown
    total: Shown
    reverse_charge: Annotated[bool, Meta(description="The buyer owes the tax; the price is without it.")]


LINE_AMOUNTS = ("unit_price", "subtotal", "discount", "net", "tax", "total")


def facts(order: Order, seen: bool) -> dict[str, Any]:
    """Its amounts and lines, for `picked`; `seen` says whether the caller may see amounts."""
    shown: Callable[[Amount], Money | None] = money if seen else lambda amount: None
    return {
        "total": shown(order.total),
        "tax": shown(order.tax),
        "rounding": shown(order.rounding),
        "code_discount": shown(order.summary.code_discount),
        "lines": [
            picked(line, LineOut, **{name: shown(getattr(line, name)) for name in LINE_AMOUNTS})
            for line in order.lines
        ],
    }
