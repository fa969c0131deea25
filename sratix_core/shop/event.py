"""An event's public page: the same for everybody who reads it in one language, so that it is drawn once and asked for again cheaply.

What it says depends on the content (by version), on what is left, on the time and on what `_reader` lists, and on
nothing else: no form token, no name of a cart, no answer of a plugin.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

from pyramid.renderers import render
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.catalog.availability import Offer, OfferState
from sratix_core.events.models import Event, EventSession
from sratix_core.pricing.rules import DiscountKind, rules_of, terms_of
from sratix_core.promotions.models import PromoCode
from sratix_core.shop.amounts import open_told, typed_amounts
from sratix_core.shop.events import session_rows
from sratix_core.shop.frame import Localized, address, file_url, frame, own_url
from sratix_core.shop.front import Front, front_of
from sratix_core.shop.once import give_once
from sratix_core.shop.promo import linked_code
from sratix_core.shop.structured import event_data
from sratix_core.values.locale import format_percent
from sratix_core.values.money import Money, format_money
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.refund_words import policy_lines
from sratix_core.web.request import Request

FIRST_SESSIONS = 5
FEW_LEFT = 200
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Page:
    """A drawn page and the validator of its bytes."""

    body: bytes
    etag: str


def the_front(request: Request) -> Front:
    """The event of this address, if visitors may see it. Raises `NotFound`."""
    return front_of(request.runtime, request.tenant, request.registry["fronts"], request.matchdict["event"])


@view_config(route_name="shop.event", request_method="GET", permission=PUBLIC)
def event_page(request: Request) -> Response:
    front = the_front(request)
    now = request.runtime.sources.clock.now()
    response = Response(content_type="text/html", charset="utf-8")
    give_once(request, response)
    if request.query_string or request.runtime.settings.env == "development":
        code, refused = linked_code(request, front.event)
        offers = front.offers(now, _named_types(request), code.unlocks if code else frozenset())
        shown = event_variables(request, front, offers, refused, code=code)
        response.text = render("shop/event.jinja2", shown, request)
        return response
    live = request.registry["standings"].get(front.standing(now), lambda: _shown_live(front, now))
    page: Page = request.registry["pages"].get(
        (*_reader(request), *live), lambda: _drawn(request, front, now)
    )
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie, Accept-Language"
    response.etag = page.etag
    if page.etag in request.if_none_match:
        response.status_int = 304
        del response.content_type
    else:
        response.body = page.body
    return response


def _drawn(request: Request, front: Front, now: datetime) -> Page:
    body = render("shop/event.jinja2", event_variables(request, front, front.offers(now)), request).encode()
    return Page(body, hashlib.sha256(body).hexdigest()[:32])


def _reader(request: Request) -> tuple[Hashable, ...]:
    """What the page takes from who asks and where: the organizer with brand and languages, the address, language, theme."""
    theme = request.cookies.get("theme")
    here = (request.application_url, request.own_host, request.matchdict["event"])
    return (request.tenant, *here, request.locale_name, theme if theme in THEMES else "")


def _shown_live(front: Front, now: datetime) -> tuple[Hashable, ...]:
    """What the page shows besides the content: the offers as they stand, what is left in all, and in the sessions."""
    offers = front.offers(now)
    standing = tuple((o.ticket_type.id, o.state, shown_left(o), o.max_quantity, o.price) for o in offers)
    return (front.key, front.event.ends_at <= now, standing, _left(offers), tuple(front.rooms.items()))


def _is_over(event: Event, request: Request) -> bool:
    over: bool = event.ends_at <= request.ctx.clock.now()
    return over


def event_variables(
    request: Request,
    front: Front,
    offers: Sequence[Offer],
    errors: Mapping[str, str] | None = None,
    quantities: Mapping[str, int] | None = None,
    code: PromoCode | None = None,
    amounts: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The variables of `shop/event.jinja2`; also used to show the page again after a refusal."""
    event, locale = front.event, request.locale_name
    programme = front.content.sessions
    hero = file_url(request, event.hero_file_id)
    shown = Localized(event, locale)
    on_sale = [o for o in offers if o.state == OfferState.ON_SALE]
    typed = typed_amounts(request.GET) if amounts is None else amounts
    prices = [o.price for o in on_sale if not o.ticket_type.is_addon]
    prices = [p for p in prices if p.minor] or prices
    return frame(
        request,
        event=shown,
        ended=_is_over(event, request),
        hero_url=hero,
        offers=[_offer(o, locale, typed) for o in offers],
        quantities=_chosen(request) if quantities is None else quantities,
        errors=errors or {},
        code=_told(code, event.currency, locale) if code else None,
        terms=terms_of(event),
        cart_action=address(request, "shop.cart", event),
        hold_minutes=request.ctx.settings.hold_minutes,
        lowest=min(prices, key=lambda p: p.minor) if prices else None,
        left=_left(offers),
        sessions=session_rows(request, event, _highlights(programme, ZoneInfo(event.timezone)), front.rooms),
        session_count=len(programme),
        programme_href=address(request, "shop.programme", event),
        calendar_href=address(request, "shop.event_ics", event),
        give_back=policy_lines(request, front.content.policy, event),
        map_href=_map(event),
        jsonld=event_data(request, event, shown, offers),
        share={
            "title": shown.name,
            "description": shown.tagline or shown.name,
            "url": own_url(request),
            "image": request.application_url + hero if hero else "",
        },
    )


def _left(offers: Sequence[Offer]) -> int | None:
    """Places left over all, where everything is limited and few are left."""
    on_sale = [o for o in offers if o.state == OfferState.ON_SALE]
    if not on_sale or any(o.left is None for o in on_sale):
        return None
    left = sum(o.left or 0 for o in on_sale if not o.ticket_type.is_addon)
    return left if 0 < left <= FEW_LEFT else None


def _chosen(request: Request) -> dict[str, int]:
    """Quantities in the address, by ticket type: `?q-<id>=2`."""
    return {k.removeprefix("q-"): _count(v) for k, v in request.GET.items() if k.startswith("q-")}


def _count(raw: str) -> int:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0


def _named_types(request: Request) -> frozenset[uuid.UUID]:
    """Ticket types that are sold by link: `?type=<id>`, several times where wanted."""
    found = set()
    for raw in request.GET.getall("type")[:20]:
        try:
            found.add(uuid.UUID(raw))
        except ValueError:
            continue
    return frozenset(found)


def shown_left(offer: Offer) -> int | None:
    """How many are left, where the page says so."""
    return offer.left if offer.scarce or offer.state == OfferState.SOLD_OUT else None


def _offer(offer: Offer, locale: str, typed: Mapping[str, str]) -> dict[str, Any]:
    kind, rules = offer.ticket_type, rules_of(offer.ticket_type)
    return {
        "ticket_type": Localized(kind, locale),
        "price": offer.price,
        "list_price": offer.list_price,
        "step": offer.step,
        "tax_bp": rules.tax_bp,
        "open": open_told(rules.open_price, offer.price, typed.get(str(kind.id))),
        "left": shown_left(offer),
        "state": offer.state.value,
        "max_quantity": offer.max_quantity,
        "opens_at": kind.sales_start,
        "closes_at": kind.sales_end,
    }


def _told(code: PromoCode, currency: str, locale: str) -> dict[str, str]:
    """A code that a link brought, and what it does."""
    value = Money(code.value, currency) if code.kind != DiscountKind.PERCENT else None
    shown = format_money(value, locale) if value else format_percent(code.value, locale)
    return {"code": code.code, "kind": code.kind, "value": shown}


def _map(event: Event) -> str:
    venue = event.venue
    if venue is None or not venue.city:
        return ""
    query = quote_plus(" ".join(p for p in (venue.name, venue.street, venue.postal_code, venue.city) if p))
    return f"https://www.openstreetmap.org/search?query={query}"


def _highlights(programme: Sequence[EventSession], zone: ZoneInfo) -> list[EventSession]:
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
