"""The tenant's events, an event's programme and its sessions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.catalog.models import CapacityPool
from sratix_core.errors import NotFound
from sratix_core.events.models import Event, EventSession
from sratix_core.events.queries import past_events, public_events, sessions_of
from sratix_core.shop.frame import Localized, address, file_url, frame, the_event, uuid_in
from sratix_core.shop.structured import session_data
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


@view_config(route_name="shop.brand", request_method="GET", permission=PUBLIC)
def brand(request: Request) -> Response:
    """The accent as a style sheet, because the policy allows no inline style. The address changes with the colour."""
    css = f"@layer tokens {{ :root {{ --accent: {request.tenant.accent}; }} }}\n"
    response = Response(css, content_type="text/css", charset="utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@view_config(route_name="shop.home", request_method="GET", permission=PUBLIC, renderer="shop/events.jinja2")
def home(request: Request) -> dict[str, Any]:
    return frame(
        request,
        events=[_card(request, e) for e in public_events(request.ctx)],
        past=[_card(request, e) for e in past_events(request.ctx)],
    )


def _card(request: Request, event: Event) -> Localized:
    return Localized(
        event,
        request.locale_name,
        place=", ".join(p for p in (event.venue.name, event.venue.city) if p) if event.venue else "",
        href=address(request, "shop.event", event),
        hero_url=file_url(request, event.hero_file_id),
    )


def _room_left(request: Request, event: Event) -> dict[uuid.UUID, tuple[int, int]]:
    """Places left and capacity by session, for the sessions that have a pool."""
    rows = request.db.execute(
        select(CapacityPool.session_id, CapacityPool.capacity, CapacityPool.taken).where(
            CapacityPool.event_id == event.id, CapacityPool.session_id.is_not(None)
        )
    )
    return {session_id: (capacity - taken, capacity) for session_id, capacity, taken in rows if session_id}


def session_rows(
    request: Request, event: Event, sessions: list[EventSession], room: Mapping[uuid.UUID, tuple[int, int]]
) -> list[Localized]:
    """Sessions as `shop/_sessions.jinja2` shows them; `room` is (left, capacity) of those that have a pool."""
    return [
        Localized(
            s,
            request.locale_name,
            speakers=[", ".join(p for p in (a.speaker.name, a.speaker.company) if p) for a in s.appearances],
            left=room.get(s.id, (None, None))[0],
            href=address(request, "shop.session", event, session=s.id),
        )
        for s in sessions
    ]


@view_config(
    route_name="shop.programme", request_method="GET", permission=PUBLIC, renderer="shop/programme.jinja2"
)
def programme(request: Request) -> dict[str, Any]:
    event = the_event(request)
    sessions = sessions_of(request.ctx, event)
    tracks = sorted({s.track for s in sessions if s.track})
    chosen = request.GET.get("track", "")
    zone = ZoneInfo(event.timezone)

    def day(row: Any) -> Any:
        at: datetime = row.starts_at
        return at.astimezone(zone).date()

    shown = [s for s in sessions if chosen not in tracks or s.track == chosen]
    rows = session_rows(request, event, shown, _room_left(request, event) if shown else {})
    days = [(list(group)) for _, group in groupby(rows, key=day)]
    here = address(request, "shop.programme", event)
    links = [{"name": t, "href": f"{here}?track={quote_plus(t)}", "current": t == chosen} for t in tracks]
    everything = {"name": request.t("All"), "href": here, "current": chosen not in tracks}
    return frame(
        request,
        event=Localized(event, request.locale_name),
        event_href=address(request, "shop.event", event),
        days=[{"at": d[0].starts_at, "sessions": d} for d in days],
        tracks=[everything, *links] if tracks else [],
        calendar_href=address(request, "shop.programme_ics", event),
    )


@view_config(
    route_name="shop.session", request_method="GET", permission=PUBLIC, renderer="shop/session.jinja2"
)
def session(request: Request) -> dict[str, Any]:
    event = the_event(request)
    found = session_of(request, event)
    left, capacity = _room_left(request, event).get(found.id, (None, None))
    item = Localized(found, request.locale_name, left=left, capacity=capacity)
    return frame(
        request,
        event=Localized(event, request.locale_name),
        event_href=address(request, "shop.event", event),
        programme_href=address(request, "shop.programme", event),
        item=item,
        speakers=[a.speaker for a in found.appearances],
        calendar_href=address(request, "shop.session_ics", event, session=found.id),
        jsonld=session_data(request, event, item),
    )


def session_of(request: Request, event: Event) -> EventSession:
    """The session of this address. Raises `NotFound`."""
    found = request.db.scalar(
        select(EventSession).where(
            EventSession.id == uuid_in(request, "session"), EventSession.event_id == event.id
        )
    )
    if found is None:
        raise NotFound("session")
    return found
