"""What an order is found by: its code, and the buyer's name, company and address."""

from __future__ import annotations

from typing import Any

from sratix_core.search import terms
from sratix_core.search.models import Kind
from sratix_core.search.service import Entry


def entry_of(order: Any) -> Entry:
    """The terms of an `Order`, or of a row with its columns."""
    return Entry(
        Kind.ORDER,
        order.id,
        order.event_id,
        frozenset(
            terms.of_code(order.code)
            | terms.of_name(order.buyer_name)
            | terms.of_name(order.buyer_company)
            | terms.of_email(order.buyer_email)
        ),
    )
