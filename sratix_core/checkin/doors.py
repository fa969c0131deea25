"""Gates: added by organizers, found by id, counted from the scans."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, select

from sratix_core.audit.service import record
from sratix_core.checkin.models import STANDING, Direction, Gate, Scan, ScanResult
from sratix_core.errors import Invalid, NotFound
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


def add_gate(ctx: TenantContext, event: Event, name: str) -> Gate:
    """A gate with a name of its own. Raises `Invalid`."""
    try:
        name = " ".join(text.clean(name, 80).split())
    except text.BadText as error:
        raise Invalid({"name": "too_long" if error.reason == "too_long" else "bad_text"}) from error
    if not name:
        raise Invalid({"name": "required"})
    known = list(ctx.db.scalars(select(Gate).where(Gate.event_id == event.id)))
    if any(g.name.casefold() == name.casefold() for g in known):
        raise Invalid({"name": "name_taken"})
    gate = Gate(id=ctx.ids.new(), event_id=event.id, name=name, position=len(known))
    ctx.db.add(gate)
    ctx.db.flush()
    record(ctx, "gate.added", "gate", gate.id, event_id=event.id)
    return gate


def gate_by_id(ctx: TenantContext, event: Event, gate_id: uuid.UUID) -> Gate:
    """A gate of this event. Raises `NotFound`."""
    gate = ctx.db.scalar(select(Gate).where(Gate.id == gate_id, Gate.event_id == event.id))
    if gate is None:
        raise NotFound("gate")
    return gate


def gate_counts(ctx: TenantContext, event: Event) -> dict[uuid.UUID, dict[str, Any]]:
    """By gate: entries, exits, refused, and when it last scanned; what was undone is no pass."""
    admitted = and_(Scan.result == ScanResult.ADMIT, STANDING)
    rows = ctx.db.execute(
        select(
            Scan.gate_id,
            func.sum(case((and_(admitted, Scan.direction == Direction.ENTRY), 1), else_=0)),
            func.sum(case((and_(admitted, Scan.direction == Direction.EXIT), 1), else_=0)),
            func.sum(case((Scan.result == ScanResult.REFUSE, 1), else_=0)),
            func.max(Scan.received_at),
        )
        .where(Scan.event_id == event.id, Scan.gate_id.is_not(None))
        .group_by(Scan.gate_id)
    )
    return {
        gate_id: {"entries": int(entries), "exits": int(exits), "refused": int(refused), "last_at": last}
        for gate_id, entries, exits, refused, last in rows
        if gate_id is not None
    }
