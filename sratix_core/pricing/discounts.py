"""What a discount takes off lines, in whole minor units and never more than they cost."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Protocol

from sratix_core.pricing.arithmetic import share, spread
from sratix_core.pricing.rules import Discount, DiscountKind


class HasDue(Protocol):
    """A line with what is due for it so far."""

    @property
    def ticket_type_id(self) -> uuid.UUID: ...
    @property
    def quantity(self) -> int: ...
    @property
    def due_minor(self) -> int: ...
    @property
    def sells(self) -> str: ...
    @property
    def chosen(self) -> bool: ...


def eligible(lines: Sequence[HasDue], discount: Discount) -> list[bool]:
    """Which lines it is for; value that is sold costs what it is worth, and what somebody chose to pay is what they pay."""
    ids = discount.type_ids
    return [not (line.sells or line.chosen) and (not ids or line.ticket_type_id in ids) for line in lines]


def offs(lines: Sequence[HasDue], discount: Discount | None) -> list[int]:
    """What it takes off each line."""
    if discount is None:
        return [0] * len(lines)
    fits = eligible(lines, discount)
    due = [line.due_minor if fit else 0 for line, fit in zip(lines, fits, strict=True)]
    if discount.kind == DiscountKind.AMOUNT:
        return spread(min(discount.value, sum(due)), due)
    each = zip(lines, due, strict=True)
    match discount.kind:
        case DiscountKind.PERCENT:
            return [share(amount, discount.value) for amount in due]
        case DiscountKind.TICKET:
            return [min(amount, discount.value * line.quantity) for line, amount in each]
        case DiscountKind.PRICE:
            return [max(0, amount - discount.value * line.quantity) for line, amount in each]
    return [0] * len(due)
