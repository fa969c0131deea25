"""The door: scans by staff, the scan log, gates, and who is inside."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sratix_core.accounts.permissions import CHECKIN_SCAN, CHECKIN_VIEW, EVENT_EDIT
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import ListQuery, Moment, Sort, page, page_of
from sratix_core.api.v1.common import picked
from sratix_core.api.v1.reasons import StepOut, steps_out
from sratix_core.checkin import doors
from sratix_core.checkin.doors import gate_by_id
from sratix_core.checkin.models import Admission, Direction, Gate, Scan, ScanResult
from sratix_core.checkin.reverting import Undone, revert, undone
from sratix_core.checkin.service import Sight, Verdict, admit_by_hand, scan
from sratix_core.decisions import scans
from sratix_core.errors import Invalid
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import ticket_by_id

TAG = "Check-in"


class GateOut(msgspec.Struct):
    id: uuid.UUID
    name: str
    position: int


class GateIn(msgspec.Struct, forbid_unknown_fields=True):
    name: str


class ScanOut(msgspec.Struct):
    """One scan as it happened. `reason` says why, `result` what the screen showed."""

    id: uuid.UUID
    result: ScanResult
    reason: str
    direction: Direction
    method: str
    ticket_id: uuid.UUID | None
    gate_id: uuid.UUID | None
    device_id: uuid.UUID | None
    user_id: uuid.UUID | None
    scanned_at: datetime
    received_at: datetime
    reverted_at: Annotated[datetime | None, Meta(description="When it was undone; then it counts no more.")]
    reverted_by: uuid.UUID | None


class SeenTicket(msgspec.Struct):
    """The ticket a scan was about."""

    id: uuid.UUID
    name: str
    type: str
    state: str


class EarlierScan(msgspec.Struct):
    """The admission that stands in the way."""

    first_at: datetime
    last_at: datetime
    gate: str | None
    inside: bool


class VerdictOut(msgspec.Struct):
    """The answer to a scan. A refusal is an answer too."""

    result: ScanResult
    reason: str
    scan_id: uuid.UUID
    repeated: bool
    received_at: datetime
    ticket: SeenTicket | None
    earlier: EarlierScan | None


class StaffScanIn(msgspec.Struct, forbid_unknown_fields=True):
    """Either the `code` that was read, or the `ticket_id` that staff picked from the list."""

    code: Annotated[str, Meta(max_length=4000)] | None = None
    ticket_id: uuid.UUID | None = None
    gate_id: uuid.UUID | None = None
    direction: Direction = Direction.ENTRY


class ScanQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    result: ScanResult | UnsetType = UNSET
    ticket_id: uuid.UUID | UnsetType = UNSET
    gate_id: uuid.UUID | UnsetType = UNSET
    since: Annotated[datetime, Meta(tz=True, description="Received at or after.")] | UnsetType = UNSET


class CheckInOut(msgspec.Struct):
    """What all scans of a ticket fold to."""

    id: uuid.UUID
    ticket_id: uuid.UUID
    attendee_id: uuid.UUID
    name: str
    inside: bool
    entries: int
    exits: int
    first_at: datetime
    last_at: datetime
    last_gate_id: uuid.UUID | None


class CheckInQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    inside: bool | UnsetType = UNSET
    since: Moment | UnsetType = UNSET


def verdict_out(verdict: Verdict) -> VerdictOut:
    ticket, earlier = verdict.ticket, verdict.earlier
    return VerdictOut(
        result=verdict.result,
        reason=verdict.reason,
        scan_id=verdict.scan.id,
        repeated=verdict.repeated,
        received_at=verdict.scan.received_at,
        ticket=SeenTicket(ticket.id, ticket.holder, ticket.type_name, ticket.state) if ticket else None,
        earlier=EarlierScan(
            earlier.first_at, earlier.last_at, earlier.gate.name if earlier.gate else None, earlier.inside
        )
        if earlier
        else None,
    )


def scan_out(scan: Scan, gone: Undone | None) -> ScanOut:
    reverted = {"reverted_at": gone.at if gone else None, "reverted_by": gone.by if gone else None}
    return picked(scan, ScanOut, **reverted)


@endpoint(
    "GET",
    EVENT + "/gates",
    CHECKIN_SCAN,
    "List gates in their order",
    tag=TAG,
    query=ListQuery,
    answers=page_of(GateOut),
)
def list_gates(call: Call) -> Any:
    def convert(rows: Sequence[Gate]) -> list[GateOut]:
        return [picked(g, GateOut) for g in rows]

    query = select(Gate).where(Gate.event_id == call.event.id)
    return page(call, query, Sort(Gate.position, Gate.id, int), convert)


@endpoint(
    "POST", EVENT + "/gates", EVENT_EDIT, "Add a gate", tag=TAG, body=GateIn, answers=GateOut, status=201
)
def create_gate(call: Call) -> Any:
    gate = doors.add_gate(call.ctx, call.event, call.body.name)
    return picked(gate, GateOut)


@endpoint(
    "GET",
    EVENT + "/scans",
    CHECKIN_VIEW,
    "List scans, the newest first",
    tag=TAG,
    query=ScanQuery,
    answers=page_of(ScanOut),
)
def list_scans(call: Call) -> Any:
    query, asked = select(Scan).where(Scan.event_id == call.event.id), call.query
    for name in ("result", "ticket_id", "gate_id"):
        if (wanted := getattr(asked, name)) is not UNSET:
            query = query.where(getattr(Scan, name) == wanted)
    if asked.since is not UNSET:
        query = query.where(Scan.received_at >= asked.since)

    def convert(rows: Sequence[Scan]) -> list[ScanOut]:
        gone = undone(call.ctx, [s.id for s in rows])
        return [scan_out(s, gone.get(s.id)) for s in rows]

    return page(call, query, Sort(Scan.received_at, Scan.id, descending=True), convert)


@endpoint(
    "POST",
    EVENT + "/scans",
    CHECKIN_SCAN,
    "Scan a ticket as staff",
    tag=TAG,
    body=StaffScanIn,
    answers=VerdictOut,
)
def create_scan(call: Call) -> VerdictOut:
    body, ctx, event = call.body, call.ctx, call.event
    if (body.code is None) == (body.ticket_id is None):
        raise Invalid({"code": "code_or_ticket"})
    gate = gate_by_id(ctx, event, body.gate_id) if body.gate_id else None
    if body.code is not None:
        return verdict_out(scan(ctx, event, Sight(body.code, body.direction, gate, method="keyboard")))
    ticket = ticket_by_id(ctx, event, body.ticket_id)
    sight = Sight(f"by hand {ticket.id}", body.direction, gate, method="by_hand")
    return verdict_out(admit_by_hand(ctx, event, ticket, sight))


@endpoint(
    "POST",
    EVENT + "/scans/{scan}/reversal",
    CHECKIN_SCAN,
    "Undo the last pass of a ticket: the scan stays, and counts no more",
    tag=TAG,
    answers=ScanOut,
    errors=("scan_opened_nothing", "scan_not_last"),
)
def revert_scan(call: Call) -> ScanOut:
    ctx, scan_id = call.ctx, call.id("scan")
    revert(ctx, call.event, scan_id)
    return scan_out(ctx.db.get_one(Scan, scan_id), undone(ctx, [scan_id])[scan_id])


@endpoint(
    "GET",
    EVENT + "/scans/{scan}/why",
    CHECKIN_VIEW,
    "Why a scan got its verdict: the door's rules up to the one that decided",
    tag=TAG,
    answers=list[StepOut],
)
def explain_scan(call: Call) -> list[StepOut]:
    found = scans.scan_by_id(call.ctx, call.event, call.id("scan"))
    return steps_out(scans.why(call.ctx, found).steps())


@endpoint(
    "GET",
    EVENT + "/check-ins",
    CHECKIN_VIEW,
    "List who came, the first one first",
    tag=TAG,
    query=CheckInQuery,
    answers=page_of(CheckInOut),
)
def list_check_ins(call: Call) -> Any:
    query, asked = select(Admission).where(Admission.event_id == call.event.id), call.query
    query = query.options(joinedload(Admission.ticket).joinedload(Ticket.attendee))
    if asked.inside is not UNSET:
        query = query.where(Admission.inside == asked.inside)
    if asked.since is not UNSET:
        query = query.where(Admission.first_at >= asked.since)

    def convert(rows: Sequence[Admission]) -> list[CheckInOut]:
        return [
            picked(a, CheckInOut, attendee_id=a.ticket.attendee_id, name=a.ticket.attendee.name) for a in rows
        ]

    return page(call, query, Sort(Admission.first_at, Admission.id), convert)
