"""Calendar files of an event, its whole programme and one session."""

from __future__ import annotations

from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.events.models import Event
from sratix_core.events.queries import localized, sessions_of
from sratix_core.shop.events import session_of
from sratix_core.shop.frame import address, the_event
from sratix_core.shop.structured import calendar
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


def _place(event: Event, room: str = "") -> str:
    venue = event.venue
    parts = (
        (room, venue.name, venue.street, f"{venue.postal_code} {venue.city}".strip()) if venue else (room,)
    )
    return ", ".join(p for p in parts if p)


@view_config(route_name="shop.event_ics", request_method="GET", permission=PUBLIC)
def event_ics(request: Request) -> Response:
    event = the_event(request)
    url = request.application_url + address(request, "shop.event", event)
    return calendar(
        request, [(str(event.id), event, localized(event, "name", request.locale_name), _place(event), url)]
    )


@view_config(route_name="shop.programme_ics", request_method="GET", permission=PUBLIC)
def programme_ics(request: Request) -> Response:
    event = the_event(request)
    return calendar(request, [_entry(request, event, s) for s in sessions_of(request.ctx, event)])


@view_config(route_name="shop.session_ics", request_method="GET", permission=PUBLIC)
def session_ics(request: Request) -> Response:
    event = the_event(request)
    return calendar(request, [_entry(request, event, session_of(request, event))])


def _entry(request: Request, event: Event, session: object) -> tuple[str, object, str, str, str]:
    url = request.application_url + address(request, "shop.session", event, session=session.id)  # type: ignore[attr-defined]
    title = localized(session, "title", request.locale_name)
    return str(session.id), session, title, _place(event, session.room), url  # type: ignore[attr-defined]
