"""What machines read of a public page: schema.org/Event as JSON-LD, and calendars as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyramid.response import Response

from sratix_core.catalog.availability import Offer, OfferState
from sratix_core.events.models import Event
from sratix_core.shop.frame import Localized, own_url
from sratix_core.web.request import Request

STATUS = {"published": "https://schema.org/EventScheduled", "cancelled": "https://schema.org/EventCancelled"}


def event_data(request: Request, event: Event, shown: Localized, offers: Iterable[Offer]) -> dict[str, Any]:
    """schema.org/Event with its place and what is on sale."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": shown.name,
        "description": shown.tagline,
        "startDate": event.starts_at.isoformat(),
        "endDate": event.ends_at.isoformat(),
        "eventStatus": STATUS.get(event.status, STATUS["published"]),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "organizer": {"@type": "Organization", "name": request.tenant.name},
        "offers": [
            {
                "@type": "Offer",
                "name": o.ticket_type.name,
                "price": str(o.price.decimal()),
                "priceCurrency": o.price.currency,
                "availability": "https://schema.org/"
                + ("InStock" if o.state == OfferState.ON_SALE else "SoldOut"),
                "url": own_url(request),
            }
            for o in offers
        ],
    }
    if event.venue is not None:
        data["location"] = _place(event)
    return data


def _place(event: Event) -> dict[str, Any]:
    venue = event.venue
    return {
        "@type": "Place",
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.street,
            "postalCode": venue.postal_code,
            "addressLocality": venue.city,
            "addressCountry": venue.country,
        },
    }


def session_data(request: Request, event: Event, item: Localized) -> dict[str, Any]:
    """schema.org/Event of one session, inside its event."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": item.title,
        "startDate": item.starts_at.isoformat(),
        "endDate": item.ends_at.isoformat(),
        "superEvent": {"@type": "Event", "name": event.name},
    }
    if event.venue is not None:
        data["location"] = _place(event)
    return data


def calendar(request: Request, entries: Iterable[tuple[str, Any, str, str, str]]) -> Response:
    """An `.ics` file. An entry is (uid, row with starts_at and ends_at, title, place, address of its page)."""
    from icalendar import Calendar  # 3 MB that only a process that is asked for a calendar needs
    from icalendar import Event as CalendarEntry

    result = Calendar()
    result.add("prodid", "-//SRAtix//SRAtix//EN")
    result.add("version", "2.0")
    for uid, row, title, place, url in entries:
        entry = CalendarEntry()
        entry.add("uid", f"{uid}@sratix")
        entry.add("dtstamp", row.updated_at)
        entry.add("dtstart", row.starts_at)
        entry.add("dtend", row.ends_at)
        entry.add("summary", title)
        entry.add("url", url)
        if place:
            entry.add("location", place)
        result.add_component(entry)
    response = Response(result.to_ical(), content_type="text/calendar", charset="utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="event.ics"'
    return response
