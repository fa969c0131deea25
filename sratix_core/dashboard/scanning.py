"""Scanning in the browser: a keyboard scanner types a code, or a person types an order code or a name and picks a ticket."""

from __future__ import annotations

from typing import Any

from pyramid.view import view_config

from sratix_core.accounts.permissions import CHECKIN_SCAN, CHECKIN_VIEW
from sratix_core.checkin.doors import gate_by_id
from sratix_core.checkin.models import Direction, Gate, ScanResult
from sratix_core.checkin.queries import feed, gates
from sratix_core.checkin.service import Sight, Verdict, admit_by_hand, scan
from sratix_core.dashboard.checkin import REASONS, feed_item, why_href
from sratix_core.dashboard.reverting import undo_href
from sratix_core.dashboard.shell import id_or_missing, path, screen, the_event, uuid_in
from sratix_core.events.models import Event
from sratix_core.tickets.queries import attendees
from sratix_core.tickets.service import ticket_by_id
from sratix_core.values.locale import format_datetime
from sratix_core.web.request import Request

WORDS = {ScanResult.ADMIT: "Admit", ScanResult.REFUSE: "Refuse", ScanResult.LOOK: "Look"}
NEXT = {
    "already_in": "Ask for the name and an ID. If it fits, send the person to the info desk.",
    "no_reentry": "This event has no re-entry. Send the person to the info desk.",
    "not_inside": "Scan the entry first, or let the person leave.",
    "exits_off": "Nothing to do: let the person leave.",
    "unreadable": "Hold the code closer, or search by name.",
    "unknown": "Search by name. If there is nothing, send the person to the info desk.",
    "other_event": "Send the person to the info desk.",
    "forged": "Keep the person at the desk and call a supervisor.",
    "replaced": "Ask for the newest mail: it holds the code that is valid.",
    "void": "Send the person to the info desk.",
    "not_paid": "Send the person to the info desk to pay.",
    "lapsed": "Send the person to the info desk.",
    "no_admission": "It is value to be spent, not a ticket. Ask for the ticket.",
}


def _page(
    request: Request,
    event: Event,
    verdict: Verdict | None = None,
    found: list[dict[str, Any]] | None = None,
    q: str = "",
) -> dict[str, Any]:
    ctx = request.ctx
    doors = gates(ctx, event)
    chosen = request.params.get("gate_id", "")
    back = path(request, "dashboard.checkin", event) if request.may(CHECKIN_VIEW) else None
    return screen(
        request,
        event,
        [*([(request.t("Check-in"), back)] if back else []), (request.t("Scan"), None)],
        action=path(request, "dashboard.scan", event),
        gates=[(str(g.id), g.name) for g in doors],
        gate_id=chosen if any(str(g.id) == chosen for g in doors) else (str(doors[0].id) if doors else ""),
        direction=_direction(request).value,
        exit_scans=event.exit_scans,
        back_href=back,
        verdict=_told(request, event, verdict) if verdict else None,
        found=found,
        q=q,
        feed=[feed_item(request, event, row, "scan") for row in feed(ctx, event, 8)],
    )


def _direction(request: Request) -> Direction:
    return Direction.EXIT if request.params.get("direction") == "exit" else Direction.ENTRY


def _gate(request: Request, event: Event) -> Gate | None:
    raw = request.POST.get("gate_id", "")
    return gate_by_id(request.ctx, event, id_or_missing(raw)) if raw else None


def _told(request: Request, event: Event, verdict: Verdict) -> dict[str, Any]:
    t, ticket, earlier = request.t, verdict.ticket, verdict.earlier
    leaves = verdict.result == ScanResult.ADMIT and _direction(request) == Direction.EXIT
    words = ""
    if earlier is not None and verdict.result == ScanResult.REFUSE:
        when = format_datetime(earlier.last_at, event.timezone, request.locale_name)
        where = earlier.gate.name if earlier.gate else ""
        words = (
            t("Scanned {when}, {gate}.", when=when, gate=where) if where else t("Scanned {when}.", when=when)
        )
    return {
        "result": verdict.result.value,
        "word": t("Out") if leaves else t(WORDS[verdict.result]),
        "who": ticket.holder if ticket else "",
        "type_name": ticket.type_name if ticket else "",
        "sentence": t(REASONS[verdict.reason]),
        "earlier": words,
        "todo": t(NEXT[verdict.reason]) if verdict.reason in NEXT else "",
        "why_href": why_href(request, verdict.scan),
        "undo_href": undo_href(request, verdict.scan.id, "scan")
        if verdict.result == ScanResult.ADMIT
        else "",
    }


@view_config(
    route_name="dashboard.scan",
    request_method="GET",
    permission=CHECKIN_SCAN,
    renderer="dashboard/checkin_scan.jinja2",
)
def scan_page(request: Request) -> dict[str, Any]:
    return _page(request, the_event(request))


@view_config(
    route_name="dashboard.scan",
    request_method="POST",
    permission=CHECKIN_SCAN,
    renderer="dashboard/checkin_scan.jinja2",
)
def scanned(request: Request) -> dict[str, Any]:
    """A ticket's code is decided at once; anything short is looked up, and nothing is decided until a ticket is picked."""
    event = the_event(request)
    raw = request.POST.get("code", "")
    if 0 < len(raw.strip()) < 60 and ":" not in raw:
        return _page(request, event, found=_lookup(request, event, raw.strip()), q=raw.strip())
    sight = Sight(raw, _direction(request), _gate(request, event), method="keyboard")
    return _page(request, event, scan(request.ctx, event, sight))


def _lookup(request: Request, event: Event, search: str) -> list[dict[str, Any]]:
    rows, _ = attendees(request.ctx, event, search=search, limit=12)
    return [
        {
            "name": row.attendee.name or row.buyer_name,
            "type_name": row.type_name,
            "order_code": row.order_code,
            "state": row.ticket.state,
            "admission": "expected"
            if row.admission is None
            else "inside"
            if row.admission.inside
            else "left",
            "href": path(request, "dashboard.admit", event, ticket=row.ticket.id),
        }
        for row in rows
    ]


@view_config(
    route_name="dashboard.admit",
    request_method="POST",
    permission=CHECKIN_SCAN,
    renderer="dashboard/checkin_scan.jinja2",
)
def picked(request: Request) -> dict[str, Any]:
    """Pass the ticket that was picked from the list."""
    event = the_event(request)
    ticket = ticket_by_id(request.ctx, event, uuid_in(request, "ticket"))
    sight = Sight(f"by hand {ticket.id}", _direction(request), _gate(request, event), method="by_hand")
    return _page(request, event, admit_by_hand(request.ctx, event, ticket, sight))
