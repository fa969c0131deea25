"""One scan: what the code says, whether its holder may pass, and the row that remembers it, refused or not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.analytics import metrics
from sratix_core.audit.events import emit_all
from sratix_core.checkin import door, hot
from sratix_core.checkin.hot import Kept, Shown
from sratix_core.checkin.models import Admission, Direction, ScanResult
from sratix_core.devices.models import Device
from sratix_core.tickets.models import TicketState
from sratix_core.values import signing

if TYPE_CHECKING:
    from sratix_core.checkin.door import Doors, Known
    from sratix_core.context import TenantContext

LONGEST_CODE = 512
"""Characters of a code that are looked at; ours have 132."""


@dataclass(frozen=True)
class Verdict:
    """The answer to a scan. `earlier` is the admission that stands in the way, `ticket` is None for an unknown code."""

    result: ScanResult
    reason: str
    scan: Kept
    ticket: Shown | None = None
    earlier: Admission | None = None
    repeated: bool = False


@dataclass(frozen=True)
class Sight:
    """Who scanned what, where and when, as reported. `alone`: the device's row is locked already."""

    raw: str
    direction: Direction = Direction.ENTRY
    gate: Known | None = None
    device: Known | None = None
    device_seq: int | None = None
    scanned_at: datetime | None = None
    method: str = "code"
    alone: bool = False


STATE_REASONS = {
    TicketState.VOID: "void",
    TicketState.RESERVED: "not_paid",
    TicketState.LAPSED: "lapsed",
    TicketState.VALUE: "no_admission",
}


def scan(ctx: TenantContext, event: Doors, sight: Sight) -> Verdict:
    """Decide and store one scan. The same (device, sequence) again returns the first answer and stores nothing."""
    try:
        payload = signing.parse(sight.raw.strip()[:LONGEST_CODE])
    except signing.Malformed:
        payload = None
    _wait(ctx, sight)
    ticket = None
    if payload is not None:
        device_id = sight.device.id if sight.device else None
        ticket = hot.held(ctx, payload.ticket_id, payload.kid, device_id, sight.device_seq)
    if ticket is None or ticket.numbered is not None:
        stored = _stored(ctx, sight, ticket)
        if stored is not None:
            return stored
    if payload is None:
        return _judge(ctx, event, sight, None, "unreadable")
    if reason := _wrong(event, ticket, payload):
        return _judge(ctx, event, sight, None, reason)
    assert ticket is not None
    replaced = "replaced" if payload.epoch != ticket.epoch else None
    return _judge(ctx, event, sight, ticket, replaced)


def admit_by_hand(ctx: TenantContext, event: Doors, ticket: Known, sight: Sight) -> Verdict:
    """Pass a ticket that staff found in the list. The same rules hold; only the code was not read."""
    _wait(ctx, sight)
    stored = _stored(ctx, sight)
    if stored is not None:
        return stored
    held = hot.held(ctx, ticket.id)
    if held is None or held.event_id != event.id:
        return _judge(ctx, event, sight, None, "other_event")
    return _judge(ctx, event, sight, held, None)


def _wait(ctx: TenantContext, sight: Sight) -> None:
    """A repeat that comes before the first answer waits here for it."""
    if sight.device is not None and sight.device_seq is not None and not sight.alone:
        ctx.db.execute(
            select(Device.id).where(Device.id == sight.device.id).with_for_update(key_share=True)
        ).all()


def _stored(ctx: TenantContext, sight: Sight, shown: Shown | None = None) -> Verdict | None:
    """The answer that this device was given under the same number before; `shown` is the ticket of this time's code."""
    if sight.device is None or sight.device_seq is None:
        return None
    known = hot.repeated(ctx, sight.device.id, sight.device_seq)
    if known is None:
        return None
    ticket = shown if shown is not None and shown.id == known.ticket_id else None
    if ticket is None and known.ticket_id is not None:
        ticket = hot.shown(ctx, known.ticket_id)
    return Verdict(ScanResult(known.result), known.reason, known, ticket, door.of(ctx, ticket), repeated=True)


def _wrong(event: Doors, ticket: Shown | None, payload: signing.Payload) -> str | None:
    """Why a code is none of this event's, whatever ticket it names."""
    if ticket is None:
        return "unknown"
    if ticket.event_id != event.id:
        return "other_event"
    if ticket.public_key is None or not signing.is_signed(ticket.public_key, payload, event.id):
        return "forged"
    return None


def _judge(
    ctx: TenantContext, event: Doors, sight: Sight, ticket: Shown | None, reason: str | None
) -> Verdict:
    now = ctx.clock.now()
    earlier: Admission | None = None
    if reason is None and ticket is not None:
        reason = STATE_REASONS.get(TicketState(ticket.state))
    if reason is None and ticket is not None:
        passage = door.go_through(ctx, event, ticket, sight.direction, sight.gate, now)
        reason, earlier, now = passage.reason, passage.earlier, passage.at
    elif ticket is not None:
        earlier = door.of(ctx, ticket)
    result = ScanResult.ADMIT if reason in door.PASSED else ScanResult.REFUSE
    row = hot.keep(
        ctx,
        event_id=event.id,
        ticket_id=ticket.id if ticket else None,
        gate_id=sight.gate.id if sight.gate else None,
        device_id=sight.device.id if sight.device else None,
        device_seq=sight.device_seq,
        user_id=ctx.actor.id if ctx.actor.kind == "user" else None,
        direction=sight.direction,
        result=result,
        reason=reason or "ok",
        method=sight.method,
        code_hash=hashlib.sha256(sight.raw.encode("utf-8", "surrogatepass")).digest(),
        scanned_at=sight.scanned_at or now,
        received_at=now,
    )
    if result == ScanResult.ADMIT and ticket is not None:
        kind = "checkin.created" if sight.direction == Direction.ENTRY else "checkin.left"
        figures = metrics.passed(row.reason, ticket.ticket_type_id)
        emit_all(ctx, kind, "ticket", [ticket.id], event_id=event.id, figures=figures)
    if result == ScanResult.REFUSE:
        emit_all(ctx, "checkin.refused", "scan", [row.id], event_id=event.id, figures={metrics.REFUSED: 1})
    return Verdict(result, row.reason, row, ticket, earlier)
