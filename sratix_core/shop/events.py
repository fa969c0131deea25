"""The tenant's events, one event, its programme and its sessions."""

from __future__ import annotations

import uuid
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.catalog.availability import Offer, OfferState, offers
from sratix_core.catalog.models import CapacityPool
from sratix_core.errors import NotFound
from sratix_core.events.models import Event, EventSession
from sratix_core.events.queries import past_events, public_events, sessions_of
from sratix_core.shop.frame import Localized, address, file_url, frame, own_url, the_event, uuid_in
from sratix_core.shop.structured import event_data, session_data
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

FIRST_SESSIONS = 5
FEW_LEFT = 200


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


@view_config(route_name="shop.event", request_method="GET", permission=PUBLIC, renderer="shop/event.jinja2")
def event_page(request: Request) -> dict[str, Any]:
    event = the_event(request)
    chosen = {k.removeprefix("q-"): _count(v) for k, v in request.GET.items() if k.startswith("q-")}
    return event_variables(request, event, chosen, {})


def _count(raw: str) -> int:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0


def event_variables(
    request: Request, event: Event, quantities: dict[str, int], errors: dict[str, str]
) -> dict[str, Any]:
    """The variables of `shop/event.jinja2`; also used to show the page again after a refusal."""
    ctx, locale = request.ctx, request.locale_name
    ended = event.ends_at <= ctx.clock.now()
    found = [] if ended or event.status != "published" else offers(ctx, event, also=_named_types(request))
    on_sale = [o for o in found if o.state == OfferState.ON_SALE]
    programme = sessions_of(ctx, event)
    left = sum(o.left for o in on_sale if o.left is not None and not o.ticket_type.is_addon)
    limited = bool(on_sale) and all(o.left is not None for o in on_sale)
    hero = file_url(request, event.hero_file_id)
    shown = Localized(event, locale)
    prices = [o.price for o in on_sale if not o.ticket_type.is_addon]
    prices = [p for p in prices if p.minor] or prices
    return frame(
        request,
        event=shown,
        ended=ended,
        hero_url=hero,
        offers=[_offer(o, locale) for o in found],
        quantities=quantities,
        errors=errors,
        once=ctx.random.token(16),
        cart_action=address(request, "shop.cart", event),
        hold_minutes=ctx.settings.hold_minutes,
        lowest=min(prices, key=lambda p: p.minor) if prices else None,
        left=left if limited and 0 < left <= FEW_LEFT else None,
        sessions=_session_rows(request, event, _highlights(programme, ZoneInfo(event.timezone))),
        session_count=len(programme),
        programme_href=address(request, "shop.programme", event),
        calendar_href=address(request, "shop.event_ics", event),
        map_href=_map(event),
        jsonld=event_data(request, event, shown, found),
        share={
            "title": shown.name,
            "description": shown.tagline or shown.name,
            "url": own_url(request),
            "image": request.application_url + hero if hero else "",
        },
    )


def _named_types(request: Request) -> frozenset[uuid.UUID]:
    """Ticket types that are sold by link: `?type=<id>`, several times where wanted."""
    found = set()
    for raw in request.GET.getall("type")[:20]:
        try:
            found.add(uuid.UUID(raw))
        except ValueError:
            continue
    return frozenset(found)


def _offer(offer: Offer, locale: str) -> dict[str, Any]:
    kind = offer.ticket_type
    return {
        "ticket_type": Localized(kind, locale),
        "price": offer.price,
        "left": offer.left if offer.scarce or offer.state == OfferState.SOLD_OUT else None,
        "state": offer.state.value,
        "max_quantity": offer.max_quantity,
        "opens_at": kind.sales_start,
        "closes_at": kind.sales_end,
    }


def _map(event: Event) -> str:
    venue = event.venue
    if venue is None or not venue.city:
        return ""
    query = quote_plus(" ".join(p for p in (venue.name, venue.street, venue.postal_code, venue.city) if p))
    return f"https://www.openstreetmap.org/search?query={query}"


def _highlights(programme: list[EventSession], zone: ZoneInfo) -> list[EventSession]:
    """A few sessions spread over the first day, in order."""
    first = [
        s
        for s in programme
        if s.starts_at.astimezone(zone).date() == programme[0].starts_at.astimezone(zone).date()
    ]
    if len(first) <= FIRST_SESSIONS:
        return first
    step = len(first) / FIRST_SESSIONS
    return [first[int(i * step)] for i in range(FIRST_SESSIONS)]


def _room_left(request: Request, event: Event) -> dict[uuid.UUID, tuple[int, int]]:
    """Places left and capacity by session, for the sessions that have a pool."""
    rows = request.db.execute(
        select(CapacityPool.session_id, CapacityPool.capacity, CapacityPool.taken).where(
            CapacityPool.event_id == event.id, CapacityPool.session_id.is_not(None)
        )
    )
    return {session_id: (capacity - taken, capacity) for session_id, capacity, taken in rows if session_id}


def _session_rows(request: Request, event: Event, sessions: list[EventSession]) -> list[Localized]:
    room = _room_left(request, event) if sessions else {}
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

    rows = _session_rows(request, event, [s for s in sessions if chosen not in tracks or s.track == chosen])
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
