"""What a scanner calls, with the device key that was shown when it was paired."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from sratix_core.api.devices import device_context, scanner_context
from sratix_core.api.framework import Call, endpoint
from sratix_core.api.v1.door import ScanOut, VerdictOut, scan_out, verdict_out
from sratix_core.checkin.models import Direction, Scan
from sratix_core.checkin.queries import gates, occupancy
from sratix_core.checkin.reverting import revert, undone
from sratix_core.checkin.service import Sight, scan
from sratix_core.events.models import Event
from sratix_core.web.permissions import PUBLIC

TAG = "With a scanner's key"


class ScanIn(msgspec.Struct, forbid_unknown_fields=True):
    """`device_seq` counts up on the device: the same one again returns the first answer."""

    code: str
    direction: Direction = Direction.ENTRY
    device_seq: Annotated[int, Meta(ge=0, lt=2**53)] | None = None
    scanned_at: Annotated[datetime, Meta(tz=True, description="By the device's clock.")] | None = None


class ManifestDevice(msgspec.Struct):
    id: uuid.UUID
    name: str
    gate: str | None


class ManifestEvent(msgspec.Struct):
    id: uuid.UUID
    slug: str
    name: str
    timezone: str
    starts_at: datetime
    ends_at: datetime
    reentry_allowed: bool
    exit_scans: bool


class ManifestGate(msgspec.Struct):
    id: uuid.UUID
    name: str


class Manifest(msgspec.Struct):
    """What a scanner needs to know of its event before the doors open."""

    device: ManifestDevice
    event: ManifestEvent
    gates: list[ManifestGate]
    expected: int
    inside: int
    server_time: datetime


@endpoint(
    "POST",
    "/scanner/scans",
    PUBLIC,
    "Decide one scan: a refusal is an answer, not an error",
    tag=TAG,
    route="api.scans",
    security="device",
    finds=lambda request: scanner_context(request)[1],
    body=ScanIn,
    answers=VerdictOut,
)
def scan_ticket(call: Call) -> VerdictOut:
    body, device = call.body, call.found
    sight = Sight(
        body.code, body.direction, device.gate, device, body.device_seq, body.scanned_at, "device", alone=True
    )
    return verdict_out(scan(call.ctx, device.event, sight))


@endpoint(
    "POST",
    "/scanner/scans/{scan}/reversal",
    PUBLIC,
    "Undo this scanner's own pass, where it is the ticket's last: the scan stays, and counts no more",
    tag=TAG,
    route="api.scan_reversal",
    security="device",
    finds=lambda request: scanner_context(request)[1],
    answers=ScanOut,
    errors=("scan_opened_nothing", "scan_not_last"),
)
def revert_own_scan(call: Call) -> ScanOut:
    ctx, device, scan_id = call.ctx, call.found, call.id("scan")
    revert(ctx, device.event, scan_id, only_by=device)
    return scan_out(ctx.db.get_one(Scan, scan_id), undone(ctx, [scan_id])[scan_id])


@endpoint(
    "GET",
    "/scanner/manifest",
    PUBLIC,
    "What a scanner needs to know",
    tag=TAG,
    route="api.manifest",
    security="device",
    finds=lambda request: device_context(request)[1],
    answers=Manifest,
    writes=True,
)
def get_manifest(call: Call) -> Manifest:
    ctx, device = call.ctx, call.found
    event: Event = ctx.db.get_one(Event, device.event_id)
    counts = occupancy(ctx, event)
    call.headers["Cache-Control"] = "private, no-store"
    return Manifest(
        device=ManifestDevice(device.id, device.name, device.gate.name if device.gate else None),
        event=ManifestEvent(
            event.id,
            event.slug,
            event.name,
            event.timezone,
            event.starts_at,
            event.ends_at,
            event.reentry_allowed,
            event.exit_scans,
        ),
        gates=[ManifestGate(g.id, g.name) for g in gates(ctx, event)],
        expected=counts.expected,
        inside=counts.inside,
        server_time=ctx.clock.now(),
    )
