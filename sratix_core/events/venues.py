"""Places: made and changed by organizers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sratix_core.audit.service import record
from sratix_core.errors import Invalid
from sratix_core.events.models import Venue
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

LENGTHS = {"name": 160, "street": 160, "postal_code": 16, "city": 80, "country": 2, "directions": 400}


@dataclass(frozen=True)
class VenueDraft:
    """`country` is ISO 3166 alpha-2, `capacity` people."""

    name: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    directions: str = ""
    capacity: int | None = None


def save_venue(ctx: TenantContext, draft: VenueDraft, venue: Venue | None = None) -> Venue:
    """Create a venue or write over one. Raises `Invalid`."""
    fields: dict[str, str] = {}
    columns: dict[str, Any] = {}
    for name, most in LENGTHS.items():
        try:
            columns[name] = text.clean(getattr(draft, name), most).strip()
        except text.BadText:
            fields[name] = "too_long" if len(getattr(draft, name)) > most else "unreadable"
    if not columns.get("name") and "name" not in fields:
        fields["name"] = "required"
    if draft.capacity is not None and not 1 <= draft.capacity <= 1_000_000:
        fields["capacity"] = "range"
    if fields:
        raise Invalid(fields)
    now = ctx.clock.now()
    if venue is None:
        venue = Venue(id=ctx.ids.new(), created_at=now, updated_at=now)
        ctx.db.add(venue)
    for name, value in columns.items():
        setattr(venue, name, value)
    venue.country = venue.country.upper()
    venue.capacity, venue.updated_at = draft.capacity, now
    ctx.db.flush()
    record(ctx, "venue.saved", "venue", venue.id)
    return venue
