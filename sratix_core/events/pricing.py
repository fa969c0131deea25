"""An event's terms: taxes, the organizer's own fee, coins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.errors import Invalid
from sratix_core.pricing.rules import LARGEST, Terms, stored
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

ROUND_TO = (1, 5, 10, 50, 100)
_AMOUNTS = ("fee_ticket_minor", "fee_order_minor")
_RATES = ("tax_bp", "fee_bp")


def set_terms(ctx: TenantContext, event: Event, terms: Terms) -> Event:
    """Write over the event's terms; carts that are open keep theirs. Raises `Invalid`."""
    fields: dict[str, str] = {}
    try:
        name = " ".join(text.clean(terms.fee_name, 60).split())
    except text.BadText:
        name, fields["fee_name"] = "", "unreadable"
    if terms.has_fee and not name and "fee_name" not in fields:
        fields["fee_name"] = "required"
    fields |= {n: "price_out_of_range" for n in _AMOUNTS if not 0 <= getattr(terms, n) <= LARGEST}
    fields |= {n: "percent_range" for n in _RATES if not 0 <= getattr(terms, n) <= 10_000}
    if terms.round_to not in ROUND_TO:
        fields["round_to"] = "unknown_choice"
    if fields:
        raise Invalid(fields)
    event.pricing = stored(msgspec.structs.replace(terms, fee_name=name))
    event.updated_at = ctx.clock.now()
    record(ctx, "event.terms", "event", event.id, event_id=event.id, tax_bp=terms.tax_bp)
    emit(ctx, "event.updated", "event", event.id, event_id=event.id)
    ctx.db.flush()
    return event
