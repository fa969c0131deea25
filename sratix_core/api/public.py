"""What a shop front or a widget may read without a token."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import msgspec

from sratix_core.api.framework import Call, endpoint
from sratix_core.api.v1.common import Money, money
from sratix_core.catalog.availability import OfferState, offers
from sratix_core.events.models import Event
from sratix_core.events.queries import public_events, shown_event
from sratix_core.shop.frame import Localized
from sratix_core.web.permissions import PUBLIC

TAG = "Without a token"
EVENTS = "/public/{tenant}/events"


class PublicVenue(msgspec.Struct):
    name: str
    street: str
    postal_code: str
    city: str
    country: str


class PublicEvent(msgspec.Struct):
    """An event as visitors see it, in the language that was asked for."""

    id: uuid.UUID
    slug: str
    name: str
    tagline: str
    status: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    venue: PublicVenue | None
    url: str


class PublicEvents(msgspec.Struct):
    items: list[PublicEvent]
    next: str | None


class PublicOffer(msgspec.Struct):
    """A ticket type and what is left of it; `left` is null where nothing limits it."""

    ticket_type: uuid.UUID
    name: str
    price: Money
    state: OfferState
    left: int | None
    max_quantity: int


class Availability(msgspec.Struct):
    event: str
    items: list[PublicOffer]


def _event(call: Call, event: Event) -> PublicEvent:
    shown, venue = Localized(event, call.request.locale_name), event.venue
    return PublicEvent(
        id=event.id,
        slug=event.slug,
        name=shown.name,
        tagline=shown.tagline,
        status=event.status,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        timezone=event.timezone,
        venue=PublicVenue(venue.name, venue.street, venue.postal_code, venue.city, venue.country)
        if venue
        else None,
        url=call.request.route_url("shop.event", tenant=call.ctx.tenant.slug, event=event.slug),
    )


def _declare(path: str, summary: str, route: str, answers: Any) -> Any:
    more: dict[str, Any] = {"route": route, "security": "public", "answers": answers}
    return endpoint("GET", path, PUBLIC, summary, tag=TAG, **more)


@_declare(EVENTS, "Published events that are not over, the next one first", "api.public_events", PublicEvents)
def list_public_events(call: Call) -> PublicEvents:
    return PublicEvents([_event(call, e) for e in public_events(call.ctx)], None)


@_declare(EVENTS + "/{event}", "One event", "api.public_event", PublicEvent)
def get_public_event(call: Call) -> PublicEvent:
    return _event(call, shown_event(call.ctx, call.word("event")))


@_declare(
    EVENTS + "/{event}/availability",
    "Every public offer with what is left of it",
    "api.availability",
    Availability,
)
def get_availability(call: Call) -> Availability:
    event = shown_event(call.ctx, call.word("event"))
    items = [
        PublicOffer(
            ticket_type=o.ticket_type.id,
            name=Localized(o.ticket_type, call.request.locale_name).name,
            price=money(o.price),
            state=o.state,
            left=o.left,
            max_quantity=o.max_quantity,
        )
        for o in offers(call.ctx, event)
    ]
    return Availability(event.slug, items)
