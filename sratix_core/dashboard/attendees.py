"""Who comes, as a data table and as CSV: live tickets by name, or by arrival those who came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from pyramid.csrf import get_csrf_token
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.accounts.permissions import ATTENDEE_VIEW, EXPORT, ORDER_EDIT
from sratix_core.analytics import metrics
from sratix_core.analytics import queries as rollups
from sratix_core.audit.service import record
from sratix_core.catalog.service import types_of
from sratix_core.dashboard.attendee_list import ROUTE, asked_of, filters_of, ids_in
from sratix_core.dashboard.attendee_mass import offers
from sratix_core.dashboard.order_list import BATCH, cell
from sratix_core.dashboard.order_lookup import order_links
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.dashboard.tables import Asked, tools
from sratix_core.db.keyset import Page
from sratix_core.events.models import Event
from sratix_core.search.queries import MOST
from sratix_core.tickets.models import LIVE
from sratix_core.tickets.queries import Listed, Row, by_arrival, listed, of_ids
from sratix_core.web.csv import as_csv
from sratix_core.web.request import Request


def find(request: Request, event: Event, asked: Asked, **page: Any) -> tuple[Listed, str]:
    """A page of what is asked, and the one sort it has: who came is listed by arrival, latest first."""
    filters = filters_of(asked)
    sort = "arrived" if by_arrival(filters) else "name"
    if not asked.sort:
        asked.sort = "-arrived" if sort == "arrived" else "name"
    descending = asked.descending if asked.by == sort else sort == "arrived"
    return listed(request.ctx, event, filters, descending, **page), sort


@view_config(
    route_name=ROUTE, request_method="GET", permission=ATTENDEE_VIEW, renderer="dashboard/attendees.jinja2"
)
def attendees(request: Request) -> dict[str, Any]:
    event, ctx, t = the_event(request), request.ctx, request.t
    asked, link = asked_of(request, event), order_links(request, event)
    found, sort = find(request, event, asked, cursor=asked.cursor)
    sums, types = rollups.read(ctx, [event])[event.id], types_of(ctx, event)
    sold = sum(n for state in LIVE for n in sums.of(f"tickets.{state}.").values())
    arrived = sum(sums.of("arrivals.").values())
    kinds = asked.filter(t("Ticket type"), "type", [(k.name, str(k.id)) for k in types])
    return screen(
        request,
        event,
        [(t("Attendees"), None)],
        rows=[_row(link, row) for row in found.page.rows],
        heads=asked.heads(request, () if found.more_hits else (sort,)),
        words=t("{n} people · {inside} inside", n=sold, inside=sums.totals[metrics.INSIDE]),
        views=[
            (t(text), asked.link(came=value, sort=""), n, asked["came"] == value)
            for text, value, n in (
                ("All", "", sold),
                ("Arrived", "yes", arrived),
                ("Expected", "no", max(0, sold - arrived)),
            )
        ],
        q=asked["q"],
        list_href=asked.here,
        keep=asked.keep("q"),
        filters=[kinds] if len(types) > 1 or asked["type"] else [],
        tools=tools(request, event, ROUTE, asked, "dashboard.attendees_export"),
        pages=asked.pages(t("{n} shown", n=len(found.page.rows)), found.page),
        more_hits=MOST if found.more_hits else 0,
        filtered=asked.narrowed,
        bulk=_bulk(request, event, asked),
        everybody=offers(request, event, asked) if request.may(ORDER_EDIT) else [],
    )


def _bulk(request: Request, event: Event, asked: Asked) -> list[dict[str, str]]:
    t, found = request.t, []
    if request.may(ORDER_EDIT):
        found = [
            {"href": path(request, "dashboard.attendees_mails", event), "text": t("Send mails again"), "icon": "send"},
            {"href": path(request, "dashboard.attendees_voids", event), "text": t("Void tickets"), "icon": "ban"},
        ]  # fmt: skip
    if request.may(EXPORT):
        file = f"{path(request, 'dashboard.attendees_export', event)}?{urlencode(asked.pairs())}"
        found.append({"href": file, "text": t("CSV"), "icon": "download", "token": get_csrf_token(request)})
    return found


def _row(link: Callable[[str], str], row: Row) -> dict[str, Any]:
    door = row.admission
    inside = "expected" if door is None else "inside" if door.inside else "left"
    return {
        "ticket": str(row.ticket.id),
        "name": row.attendee.name,
        "email": row.attendee.email,
        "company": row.attendee.company,
        "type": row.type_name,
        "order": row.order_code,
        "order_href": link(row.order_code),
        "state": inside if row.ticket.state == "valid" else row.ticket.state,
        "arrived": door.first_at if door else None,
    }


@view_config(route_name="dashboard.attendees_export", request_method="POST", permission=EXPORT)
def export(request: Request) -> Response:
    """All pages of what is shown, or the picked rows by name: the same columns."""
    event = the_event(request)
    asked, link = asked_of(request, event), order_links(request, event)
    only = ids_in(request.POST.getall("ticket"))

    def cells() -> Iterator[list[str]]:
        cursor: str | None = None
        while True:
            if only:
                page = Page(of_ids(request.ctx, event, only), None, None)
            else:
                page = find(request, event, asked, cursor=cursor, limit=BATCH)[0].page
            for found in page.rows:
                row = _row(link, found)
                yield [cell(row[c.key]) for c in asked.columns]
            cursor = page.after
            if cursor is None:
                return

    head = [request.t(c.title) for c in asked.columns]
    response, count = as_csv(f"{event.slug}-attendees", head, cells())
    record(request.ctx, "export.made", "event", event.id, event_id=event.id, list="attendees", rows=count)
    return response
