"""What a scanner calls, with the device key that was shown when it was paired."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from pyramid.view import view_config

from sratix_core.api.devices import device_context, scanner_context
from sratix_core.checkin.models import Direction
from sratix_core.checkin.queries import gates, occupancy
from sratix_core.checkin.service import Sight, Verdict, scan
from sratix_core.errors import Invalid
from sratix_core.events.models import Event
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


class ScanBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /api/v1/scanner/scans`. `device_seq` counts up on the device: the same one again returns the first answer."""

    code: str
    direction: Direction = Direction.ENTRY
    device_seq: int | None = None
    scanned_at: datetime | None = None


@view_config(
    route_name="api.scans", request_method="POST", permission=PUBLIC, csrf=False, renderer="json"
)  # device key
def post_scan(request: Request) -> dict[str, Any]:
    """Decide one scan. A refusal is an answer, not an error: the status is 200 and `result` says `refuse`."""
    ctx, device = scanner_context(request)
    try:
        body = msgspec.json.decode(request.body, type=ScanBody)
    except msgspec.DecodeError as error:
        raise Invalid({"body": "json_shape"}, detail=str(error)) from error
    if body.device_seq is not None and not 0 <= body.device_seq < 2**53:
        raise Invalid({"device_seq": "range"})
    if body.scanned_at is not None and body.scanned_at.tzinfo is None:
        raise Invalid({"scanned_at": "moment"})
    try:
        at = body.scanned_at.astimezone(UTC) if body.scanned_at else None
    except OverflowError as error:  # the first or the last day there is, in a zone that leaves it
        raise Invalid({"scanned_at": "moment"}) from error
    sight = Sight(body.code, body.direction, device.gate, device, body.device_seq, at, "device", alone=True)
    return verdict_json(scan(ctx, device.event, sight))


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict on the wire."""
    ticket, earlier = verdict.ticket, verdict.earlier
    return {
        "result": verdict.result.value,
        "reason": verdict.reason,
        "scan_id": str(verdict.scan.id),
        "repeated": verdict.repeated,
        "received_at": verdict.scan.received_at.isoformat(),
        "ticket": None
        if ticket is None
        else {
            "id": str(ticket.id),
            "name": ticket.holder,
            "type": ticket.type_name,
            "state": ticket.state,
        },
        "earlier": None
        if earlier is None
        else {
            "first_at": earlier.first_at.isoformat(),
            "last_at": earlier.last_at.isoformat(),
            "gate": earlier.gate.name if earlier.gate else None,
            "inside": earlier.inside,
        },
    }


@view_config(route_name="api.manifest", request_method="GET", permission=PUBLIC, renderer="json", writes=True)
def manifest(request: Request) -> dict[str, Any]:
    """What a scanner needs to know of its event before the doors open."""
    ctx, device = device_context(request)
    event = ctx.db.get(Event, device.event_id)
    assert event is not None
    counts = occupancy(ctx, event)
    return {
        "device": {
            "id": str(device.id),
            "name": device.name,
            "gate": device.gate.name if device.gate else None,
        },
        "event": {
            "id": str(event.id),
            "slug": event.slug,
            "name": event.name,
            "timezone": event.timezone,
            "starts_at": event.starts_at.isoformat(),
            "ends_at": event.ends_at.isoformat(),
            "reentry_allowed": event.reentry_allowed,
            "exit_scans": event.exit_scans,
        },
        "gates": [{"id": str(g.id), "name": g.name} for g in gates(ctx, event)],
        "expected": counts.expected,
        "inside": counts.inside,
        "server_time": ctx.clock.now().isoformat(),
    }
