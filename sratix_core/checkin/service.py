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
from sratix_core.checkin.hot import Shown
from sratix_core.checkin.models import Admission, Direction, Scan, ScanResult
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
    scan: Scan
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
}


def scan(ctx: TenantContext, event: Doors, sight: Sight) -> Verdict:
    """Decide and store one scan. The same (device, sequence) again returns the first answer and stores nothing."""
    stored = _stored(ctx, sight)
    if stored is not None:
        return stored
    ticket, reason = _recognise(ctx, event, sight.raw)
    return _judge(ctx, event, sight, ticket, reason)


def admit_by_hand(ctx: TenantContext, event: Doors, ticket: Known, sight: Sight) -> Verdict:
    """Pass a ticket that staff found in the list. The same rules hold; only the code was not read."""
    stored = _stored(ctx, sight)
    if stored is not None:
        return stored
    held = hot.shown(ctx, ticket.id, held=True)
    if held is None or held.event_id != event.id:
        return _judge(ctx, event, sight, None, "other_event")
    return _judge(ctx, event, sight, held, None)


def _stored(ctx: TenantContext, sight: Sight) -> Verdict | None:
    if sight.device is None or sight.device_seq is None:
        return None
    if not sight.alone:  # a repeat that comes before the first answer waits here for it
        ctx.db.execute(
            select(Device.id).where(Device.id == sight.device.id).with_for_update(key_share=True)
        ).all()
    known = hot.repeated(ctx, sight.device.id, sight.device_seq)
    if known is None:
        return None
    ticket = hot.shown(ctx, known.ticket_id) if known.ticket_id else None
    return Verdict(ScanResult(known.result), known.reason, known, ticket, door.of(ctx, ticket), repeated=True)


def _recognise(ctx: TenantContext, event: Doors, raw: str) -> tuple[Shown | None, str | None]:
    """The ticket a code names and, where the code itself is no good, why."""
    try:
        payload = signing.parse(raw.strip()[:LONGEST_CODE])
    except signing.Malformed:
        return None, "unreadable"
    ticket = hot.shown(ctx, payload.ticket_id, payload.kid, held=True)
    if ticket is None:
        return None, "unknown"
    if ticket.event_id != event.id:
        return None, "other_event"
    if ticket.public_key is None or not signing.is_signed(ticket.public_key, payload, event.id):
        return None, "forged"
    if payload.epoch != ticket.epoch:
        return ticket, "replaced"
    return ticket, None


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
