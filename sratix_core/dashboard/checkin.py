"""The door as a page: who is inside, how they arrived, which gates and scanners there are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import CHECKIN_VIEW, DEVICE_EDIT, EVENT_EDIT
from sratix_core.checkin.doors import add_gate, gate_counts
from sratix_core.checkin.hot import Kept
from sratix_core.checkin.models import Scan, ScanResult
from sratix_core.checkin.queries import FeedRow, arrivals, by_type, feed, first_arrival, gates, occupancy
from sratix_core.dashboard.reverting import undo_href, undone_words
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.devices.service import list_devices
from sratix_core.errors import Invalid
from sratix_core.events.models import Event
from sratix_core.values.locale import format_time
from sratix_core.web.messages import sentence
from sratix_core.web.request import Request

LOOKS = {
    ScanResult.ADMIT: ("check", "ok"),
    ScanResult.REFUSE: ("ban", "bad"),
    ScanResult.LOOK: ("eye", "warn"),
}
STEPS = 16


@view_config(
    route_name="dashboard.checkin",
    request_method="GET",
    permission=CHECKIN_VIEW,
    renderer="dashboard/checkin.jinja2",
)
def checkin(request: Request) -> dict[str, Any]:
    return checkin_page(request, the_event(request))


def checkin_page(
    request: Request,
    event: Event,
    values: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    new_key: str = "",
) -> dict[str, Any]:
    """Also answers a posted form: with its errors, or with the key of a new scanner, shown this once."""
    ctx, t = request.ctx, request.t
    counts = occupancy(ctx, event)
    may_edit = request.may(EVENT_EDIT)
    doors = gates(ctx, event)
    per_gate = gate_counts(ctx, event)
    return screen(
        request,
        event,
        [(t("Check-in"), None)],
        scan_href=path(request, "dashboard.scan", event),
        inside=counts.inside,
        expected=counts.expected,
        entries=counts.entries,
        exits=counts.exits,
        refused=counts.refused,
        still=max(0, counts.expected - counts.arrived),
        limit=event.venue.capacity if event.venue else None,
        by_type=[
            {"name": name, "arrived": arrived, "total": total} for name, arrived, total in by_type(ctx, event)
        ],
        arrivals=_chart(request, event),
        gates=[{"name": g.name, **per_gate.get(g.id, NOTHING)} for g in doors],
        gate_action=path(request, "dashboard.gates", event) if may_edit else "",
        devices=_devices(request, event),
        devices_href=path(request, "dashboard.devices", event) if request.may(DEVICE_EDIT) else "",
        gate_options=[(str(g.id), g.name) for g in doors],
        new_key=new_key,
        feed=[feed_item(request, event, row, "door") for row in feed(ctx, event)],
        values=values or {},
        errors=errors or {},
        **({"flash": [{"text": words, "tone": "bad"} for words in errors.values()]} if errors else {}),
    )


NOTHING: dict[str, Any] = {"entries": 0, "exits": 0, "refused": 0, "last_at": None}


def _devices(request: Request, event: Event) -> list[dict[str, Any]]:
    return [
        {
            "name": d.name,
            "gate": d.gate.name if d.gate else "",
            "state": "revoked" if d.revoked_at else "active",
            "last_seen_at": d.last_seen_at,
            "scans": n,
        }
        for d, n in list_devices(request.ctx, event)
    ]


def why_href(request: Request, scan: Scan | Kept) -> str:
    """Where the reasons of a scan are told, for those who may see them."""
    if not request.may(CHECKIN_VIEW):
        return ""
    return path(request, "dashboard.why_scan", event=request.matchdict["event"], scan=scan.id)


def feed_item(request: Request, event: Event, row: FeedRow, back: str) -> dict[str, Any]:
    """One scan in words; undone from the page `back`."""
    icon, tone = LOOKS[ScanResult(row.scan.result)]
    if row.scan.reason == "left":
        icon, tone = "log-out", "mute"
    if row.undone is not None:
        icon, tone = "undo-2", "mute"
    why = (
        request.t(REASONS.get(row.scan.reason, row.scan.reason)) if row.scan.reason != "ok" else row.type_name
    )
    said = undone_words(request, row.undone, event.timezone) if row.undone is not None else ""
    return {
        "who": row.name or row.type_name or request.t("Unknown code"),
        "detail": said or " · ".join(p for p in (why, row.gate) if p),
        "undo_href": undo_href(request, row.scan.id, back) if row.last else "",
        "at": row.scan.received_at,
        "href": why_href(request, row.scan),
        "icon": icon,
        "tone": tone,
    }


REASONS = {
    "ok": "Admitted",
    "again": "Back inside",
    "left": "Left",
    "already_in": "Already inside",
    "no_reentry": "Has left, no re-entry",
    "not_inside": "Is not inside",
    "exits_off": "Exits are not scanned",
    "unreadable": "Not a ticket code",
    "unknown": "No such ticket",
    "other_event": "Ticket of another event",
    "forged": "Signature is wrong",
    "replaced": "Code was replaced by a newer one",
    "void": "Ticket is void",
    "not_paid": "Order is not paid",
    "lapsed": "Order has lapsed",
    "no_admission": "Not a ticket",
}


def _chart(request: Request, event: Event) -> dict[str, Any] | None:
    """First entries in quarters of an hour from the first one on; None before anybody came."""
    first = first_arrival(request.ctx, event)
    if first is None:
        return None
    step = timedelta(minutes=15)
    start = first - timedelta(minutes=first.minute % 15, seconds=first.second, microseconds=first.microsecond)
    points = arrivals(request.ctx, event, start, step, STEPS)
    while len(points) > 4 and points[-1][1] == 0:
        points.pop()
    most_at, most = max(points, key=lambda p: p[1])

    def clock(at: datetime) -> str:
        return format_time(at, event.timezone, request.locale_name)

    return {
        "id": "arrivals",
        "title": request.t("Arrivals"),
        "finding": request.t(
            "Most came in the quarter from {when}: {n} people.", when=clock(most_at), n=most
        ),
        "points": [
            {"label": clock(at), "value": n, "tone": "now" if at == most_at else ""} for at, n in points
        ],
        "table": {
            "head": [request.t("From"), request.t("People")],
            "rows": [[clock(at), str(n)] for at, n in points],
        },
    }


@view_config(
    route_name="dashboard.gates",
    request_method="POST",
    permission=EVENT_EDIT,
    renderer="dashboard/checkin.jinja2",
)
def new_gate(request: Request) -> Any:
    event = the_event(request)
    try:
        add_gate(request.ctx, event, request.POST.get("name", ""))
    except Invalid as error:
        request.response.status_int = 422
        return checkin_page(
            request,
            event,
            dict(request.POST),
            {k: sentence(c, request.locale_name) for k, c in error.fields.items()},
        )
    return HTTPSeeOther(path(request, "dashboard.checkin", event) + "?done=saved")
