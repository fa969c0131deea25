"""What an organizer types about an event, checked field by field before anything is written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sratix_core.errors import Invalid
from sratix_core.values import locale, slugs, text
from sratix_core.values.money import BadMoney, exponent

RESERVED_HERE = frozenset({"new"})
"""Words that are addresses beside the events."""


@dataclass(frozen=True)
class EventDraft:
    """Times are local to `timezone`, without an offset, as a person types them, or moments as a program sends them."""

    name: str
    slug: str
    starts: datetime
    ends: datetime
    timezone: str
    currency: str
    tagline: str = ""
    description: str = ""
    venue_id: uuid.UUID | None = None
    is_public: bool = True
    reentry_allowed: bool = True
    exit_scans: bool = True
    texts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckedDraft:
    """The same, clean, with moments in UTC; keys are columns of `Event`."""

    columns: dict[str, Any]


def check(draft: EventDraft) -> CheckedDraft:
    """Raises `Invalid` with every field that cannot be used."""
    fields: dict[str, str] = {}
    columns: dict[str, Any] = {
        "venue_id": draft.venue_id,
        "is_public": draft.is_public,
        "reentry_allowed": draft.reentry_allowed,
        "exit_scans": draft.exit_scans,
        "texts": draft.texts,
        "timezone": draft.timezone,
        "currency": draft.currency.upper(),
    }
    for name, most in (("name", 160), ("tagline", 300), ("description", 20_000)):
        try:
            columns[name] = text.clean(getattr(draft, name), most, multiline=name == "description").strip()
        except text.BadText:
            fields[name] = "too_long" if len(getattr(draft, name)) > most else "unreadable"
    if not columns.get("name") and "name" not in fields:
        fields["name"] = "required"
    try:
        columns["slug"] = slugs.check_slug(draft.slug or slugs.slugify(columns.get("name", "")))
    except slugs.BadSlug as error:
        fields["slug"] = error.reason
    if columns.get("slug") in RESERVED_HERE:
        fields["slug"] = "reserved"
    try:
        exponent(columns["currency"])
    except BadMoney:
        fields["currency"] = "unknown_choice"
    for name, local in (("starts_at", draft.starts), ("ends_at", draft.ends)):
        try:
            columns[name] = _instant(local, draft.timezone)
        except locale.BadTime as error:
            fields["timezone" if error.reason == "zone" else name] = error.reason
    if "starts_at" in columns and "ends_at" in columns and columns["ends_at"] <= columns["starts_at"]:
        fields["ends_at"] = "ends_before_start"
    if fields:
        raise Invalid(fields)
    return CheckedDraft(columns)


def _instant(at: datetime, timezone: str) -> datetime:
    """UTC of a wall time or of a moment. Raises `locale.BadTime`."""
    if at.tzinfo is None:
        return locale.local_to_utc(at, timezone)
    locale.zone(timezone)
    return at.astimezone(UTC)
