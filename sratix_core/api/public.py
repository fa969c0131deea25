"""What a shop front or a widget may read without a token."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from sratix_core.api.framework import Call, endpoint
from sratix_core.api.v1.common import Money, money
from sratix_core.api.v1.prices import OpenPriceShape, open_price_out
from sratix_core.catalog.availability import OfferState, offers
from sratix_core.errors import Invalid
from sratix_core.events.models import Event
from sratix_core.events.queries import public_events, shown_event
from sratix_core.pricing.rules import DiscountKind, rules_of
from sratix_core.promotions.rules import usable
from sratix_core.shop.frame import Localized
from sratix_core.shop.promo import may_try
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
    price: Annotated[Money, Meta(description="With an `open_price` the least that a buyer may choose.")]
    state: OfferState
    left: int | None
    max_quantity: int
    sells: Annotated[
        str, Meta(description="Whose value each unit is, `gift_cards` for instance; empty for admission.")
    ]
    open_price: Annotated[
        OpenPriceShape | None,
        Meta(description="Where the buyer chooses the price: an order says it as the `price` of its line."),
    ]


class Availability(msgspec.Struct):
    event: str
    items: list[PublicOffer]


class CodeQuery(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, Meta(max_length=60)] = ""


class PublicCode(msgspec.Struct):
    """A code that can be used now. `value` is in basis points for `percent`, else in minor units of `currency`."""

    code: str
    kind: DiscountKind
    value: int
    currency: str
    type_ids: Annotated[list[uuid.UUID], Meta(description="What it is for; none: for everything.")]
    min_order_minor: int
    min_quantity: int
    expires_at: datetime | None


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


def _declare(path: str, summary: str, route: str, answers: Any, **also: Any) -> Any:
    more: dict[str, Any] = {"route": route, "security": "public", "answers": answers, **also}
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
            sells=rules_of(o.ticket_type).sells,
            open_price=open_price_out(o.ticket_type),
        )
        for o in offers(call.ctx, event)
    ]
    return Availability(event.slug, items)


@_declare(
    EVENTS + "/{event}/promo-code",
    "Whether a promo code can be used now, and what it does; wrong ones are counted",
    "api.public_promo_code",
    PublicCode,
    query=CodeQuery,
    errors=("promo_unknown", "promo_not_yet", "promo_over", "promo_used_up", "promo_paused"),
)
def get_public_promo_code(call: Call) -> PublicCode:
    event = shown_event(call.ctx, call.word("event"))
    if not call.query.code.strip():
        raise Invalid({"code": "required"})
    may_try(call.request, event, call.query.code)
    code = usable(call.ctx, event, call.query.code)
    return PublicCode(
        code=code.code,
        kind=DiscountKind(code.kind),
        value=code.value,
        currency=event.currency,
        type_ids=sorted(code.discount.type_ids),
        min_order_minor=code.min_order_minor,
        min_quantity=code.min_quantity,
        expires_at=code.expires_at,
    )
