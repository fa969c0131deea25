"""Who comes: live tickets by name, with who is inside."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from pyramid.view import view_config

from sratix_core.accounts.permissions import ATTENDEE_VIEW
from sratix_core.checkin.queries import occupancy
from sratix_core.dashboard.shell import id_or_missing, path, screen, the_event
from sratix_core.events.models import Event
from sratix_core.orders.figures import by_type
from sratix_core.tickets.queries import Row
from sratix_core.tickets.queries import attendees as find
from sratix_core.web.request import Request


@view_config(
    route_name="dashboard.attendees",
    request_method="GET",
    permission=ATTENDEE_VIEW,
    renderer="dashboard/attendees.jinja2",
)
def attendees(request: Request) -> dict[str, Any]:
    event, ctx, t = the_event(request), request.ctx, request.t
    search, came, kind = (request.GET.get(k, "").strip()[:100] for k in ("q", "came", "type"))
    inside = {"yes": True, "no": False}.get(came)
    rows, older = find(
        ctx,
        event,
        search=search,
        type_id=id_or_missing(kind) if kind else None,
        inside=inside,
        cursor=request.GET.get("cursor") or None,
    )
    counts, here = occupancy(ctx, event), path(request, "dashboard.attendees", event)

    def link(**query: str) -> str:
        kept = {k: v for k, v in query.items() if v}
        return f"{here}?{urlencode(kept)}" if kept else here

    types = [c for c in by_type(ctx, event) if c.sold]
    return screen(
        request,
        event,
        [(t("Attendees"), None)],
        rows=[_row(request, event, row) for row in rows],
        words=t("{n} people · {inside} inside", n=counts.expected, inside=counts.inside),
        views=[
            (t("All"), link(q=search, type=kind), counts.expected, not came),
            (t("Arrived"), link(q=search, type=kind, came="yes"), counts.arrived, came == "yes"),
            (
                t("Expected"),
                link(q=search, type=kind, came="no"),
                max(0, counts.expected - counts.arrived),
                came == "no",
            ),
        ],
        q=search,
        list_href=here,
        keep=[(k, v) for k, v in (("came", came), ("type", kind)) if v],
        filters=[
            {
                "text": t("Ticket type"),
                "options": [
                    (
                        c.ticket_type.name,
                        link(q=search, came=came, type=str(c.ticket_type.id)),
                        str(c.ticket_type.id) == kind,
                    )
                    for c in types
                ],
                "clear_href": link(q=search, came=came) if kind else None,
            }
        ]
        if len(types) > 1
        else [],
        sort={},
        pages={
            "words": t("{n} shown, by name", n=len(rows)),
            "newer": link(q=search, came=came, type=kind) if request.GET.get("cursor") else None,
            "older": link(q=search, came=came, type=kind, cursor=older) if older else None,
        },
        filtered=bool(search or came or kind),
    )


def _row(request: Request, event: Event, row: Row) -> dict[str, Any]:
    door = row.admission
    return {
        "name": row.attendee.name,
        "email": row.attendee.email,
        "company": row.attendee.company,
        "type_name": row.type_name,
        "order_code": row.order_code,
        "order_href": path(request, "dashboard.order", event, code=row.order_code),
        "state": row.ticket.state,
        "admission": "expected" if door is None else "inside" if door.inside else "left",
        "first_at": door.first_at if door else None,
    }
