"""Ticket types that sell value instead of admission: which may, and that they stay what they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.errors import Invalid
from sratix_core.payments.providers import known_provider
from sratix_core.plugins.stored import ISellsValue
from sratix_core.pricing.rules import rules_of
from sratix_core.tickets.models import Ticket

if TYPE_CHECKING:
    from sratix_core.catalog.models import TicketType
    from sratix_core.catalog.service import TypeDraft
    from sratix_core.context import TenantContext


def check_sells(
    ctx: TenantContext,
    draft: TypeDraft,
    ticket_type: TicketType | None,
    units_out: Callable[[TenantContext, TicketType], int],
) -> None:
    """Value has a price and somebody who makes it, and nothing changes once a unit was bought. Raises `Invalid` with `sells`, `price`."""
    wanted, before = draft.rules.sells, rules_of(ticket_type).sells if ticket_type is not None else ""
    if wanted and draft.price.minor == 0:
        raise Invalid({"price": "value_needs_price"})
    if wanted == before:
        return
    if wanted and not ISellsValue.providedBy(known_provider(ctx, wanted)):
        raise Invalid({"sells": "unknown_choice"})
    if ticket_type is None:
        return
    ever = select(Ticket.id).where(Ticket.ticket_type_id == ticket_type.id).limit(1)
    if ctx.db.scalar(ever) is not None or units_out(ctx, ticket_type):
        raise Invalid({"sells": "sells_fixed"})
