"""The tables of a tenant's folder: which keys there are and what may stand under them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

Texts = dict[str, dict[str, str]]
"""Other languages by code: `{"de": {"name": …}}`."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a file. Times are local, without an offset, as a person writes them."""


class TenantPart(Part, frozen=True):
    slug: str
    name: str
    accent: str = "#0b6fa4"
    legal: str = ""
    locales: tuple[str, ...] = ("en",)
    currency: str = "CHF"
    timezone: str = "Europe/Zurich"
    logo: str = ""
    domains: tuple[str, ...] = ()


class VenuePart(Part, frozen=True):
    name: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    directions: str = ""
    capacity: int | None = None


class PoolPart(Part, frozen=True):
    name: str
    capacity: int
    kind: Literal["event", "shared"] = "event"


class SpeakerPart(Part, frozen=True):
    name: str
    company: str = ""
    bio: str = ""


class SessionPart(Part, frozen=True):
    """`seats` gives the session a pool of its own, which ticket types draw on by the session's title."""

    title: str
    starts: datetime
    ends: datetime
    description: str = ""
    track: str = ""
    room: str = ""
    speakers: tuple[str, ...] = ()
    seats: int | None = None
    texts: Texts = {}


class TypePart(Part, frozen=True):
    """`price` in quotes, "49.50"; `pools` by name, besides the type's own `capacity`."""

    name: str
    price: str
    description: str = ""
    capacity: int | None = None
    pools: tuple[str, ...] = ()
    sales_start: datetime | None = None
    sales_end: datetime | None = None
    min_per_order: int = 1
    max_per_order: int = 10
    max_per_buyer: int | None = None
    visibility: Literal["public", "link", "hidden"] = "public"
    is_addon: bool = False
    texts: Texts = {}


class EventPart(Part, frozen=True):
    slug: str
    name: str
    starts: datetime
    ends: datetime
    tagline: str = ""
    description: str = ""
    venue: str = ""
    hero: str = ""
    status: Literal["draft", "published"] = "draft"
    is_public: bool = True
    reentry_allowed: bool = True
    exit_scans: bool = True
    gates: tuple[str, ...] = ()
    texts: Texts = {}
    pools: tuple[PoolPart, ...] = ()
    speakers: tuple[SpeakerPart, ...] = ()
    sessions: tuple[SessionPart, ...] = ()
    ticket_types: tuple[TypePart, ...] = ()


class Document(Part, frozen=True):
    """`tenant.toml`. A table under `plugins` switches that plugin on and holds its settings."""

    tenant: TenantPart
    plugins: dict[str, dict[str, str | int | bool]] = {}
    venues: tuple[VenuePart, ...] = ()


class TenantFiles(Part, frozen=True):
    """A folder, read whole. `events` keep the order of their file names."""

    folder: Path
    document: Document
    events: tuple[EventPart, ...]
