"""What a shop front or a widget may read without a token."""

from __future__ import annotations

from typing import Any

from pyramid.view import view_config

from sratix_core.catalog.availability import offers
from sratix_core.events.models import Event
from sratix_core.events.queries import public_events, shown_event
from sratix_core.shop.frame import Localized
from sratix_core.values.money import Money
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


def money_json(money: Money) -> dict[str, Any]:
    return {"amount": money.minor, "currency": money.currency}


def event_json(request: Request, event: Event) -> dict[str, Any]:
    """One event, in the language that was asked for."""
    shown, venue = Localized(event, request.locale_name), event.venue
    return {
        "id": str(event.id),
        "slug": event.slug,
        "name": shown.name,
        "tagline": shown.tagline,
        "status": event.status,
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "timezone": event.timezone,
        "venue": {
            "name": venue.name,
            "street": venue.street,
            "postal_code": venue.postal_code,
            "city": venue.city,
            "country": venue.country,
        }
        if venue
        else None,
        "url": request.route_url("shop.event", tenant=request.tenant.slug, event=event.slug),
    }


@view_config(route_name="api.public_events", request_method="GET", permission=PUBLIC, renderer="json")
def events(request: Request) -> dict[str, Any]:
    return {"items": [event_json(request, e) for e in public_events(request.ctx)], "next": None}


@view_config(route_name="api.public_event", request_method="GET", permission=PUBLIC, renderer="json")
def event(request: Request) -> dict[str, Any]:
    return event_json(request, shown_event(request.ctx, request.matchdict["event"]))


@view_config(route_name="api.availability", request_method="GET", permission=PUBLIC, renderer="json")
def availability(request: Request) -> dict[str, Any]:
    """Every public offer with what is left of it; `left` is null where nothing limits it."""
    event = shown_event(request.ctx, request.matchdict["event"])
    return {
        "event": event.slug,
        "items": [
            {
                "ticket_type": str(o.ticket_type.id),
                "name": Localized(o.ticket_type, request.locale_name).name,
                "price": money_json(o.price),
                "state": o.state.value,
                "left": o.left,
                "max_quantity": o.max_quantity,
            }
            for o in offers(request.ctx, event)
        ],
    }
