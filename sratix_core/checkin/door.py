"""Passing the door: the compare-and-set that lets exactly one of many simultaneous scans through (C1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import joinedload

from sratix_core.checkin.models import Admission, Direction, Gate
from sratix_core.db.dialects import insert_ignore

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event
    from sratix_core.tickets.models import Ticket

PASSED = frozenset({"ok", "again", "left"})
"""Reasons that open the door: first entry, allowed re-entry, exit."""


@dataclass(frozen=True)
class Passage:
    """Why somebody passes or not, the admission that stood in the way, and the moment it counts as.

    A ticket's passes have rising moments, whatever the servers' clocks say: the fold orders them by it.
    """

    reason: str
    earlier: Admission | None
    at: datetime


def of(ctx: TenantContext, ticket: Ticket | None) -> Admission | None:
    """The ticket's state at the door, read fresh."""
    if ticket is None:
        return None
    return ctx.db.scalar(
        select(Admission)
        .where(Admission.ticket_id == ticket.id)
        .options(joinedload(Admission.gate))
        .execution_options(populate_existing=True)
    )


def go_through(
    ctx: TenantContext, event: Event, ticket: Ticket, direction: Direction, gate: Gate | None, now: datetime
) -> Passage:
    """Let the holder in or out once. Reasons: `ok`, `again`, `left`, `already_in`, `no_reentry`, `not_inside`, `exits_off`.

    The caller holds the ticket's row, so one scan of a ticket is decided after the other.
    """
    if direction == Direction.EXIT and not event.exit_scans:
        return Passage("exits_off", of(ctx, ticket), now)
    if direction == Direction.ENTRY and _first(ctx, ticket, gate, now):
        return Passage("ok", None, now)
    earlier = of(ctx, ticket)
    at = now if earlier is None else max(now, earlier.last_at + timedelta(microseconds=1))
    if direction == Direction.EXIT:
        left = _move(ctx, ticket, inside=True, now=at, gate=gate)
        return Passage("left", None, at) if left else Passage("not_inside", earlier, now)
    if event.reentry_allowed and _move(ctx, ticket, inside=False, now=at, gate=gate):
        return Passage("again", None, at)
    return Passage("already_in" if earlier is None or earlier.inside else "no_reentry", earlier, now)


def _first(ctx: TenantContext, ticket: Ticket, gate: Gate | None, now: datetime) -> bool:
    """Write a ticket's first entry; False when it has one."""
    entered = {
        "id": ctx.ids.new(),
        "event_id": ticket.event_id,
        "ticket_id": ticket.id,
        "inside": True,
        "entries": 1,
        "exits": 0,
        "first_at": now,
        "last_at": now,
        "last_gate_id": gate.id if gate else None,
    }
    return insert_ignore(ctx.db, Admission, ("ticket_id",), entered)


def _move(ctx: TenantContext, ticket: Ticket, *, inside: bool, now: datetime, gate: Gate | None) -> bool:
    """Turn a holder who is `inside` (or not) to the other side; False when they are not there."""
    counted = {"exits": Admission.exits + 1} if inside else {"entries": Admission.entries + 1}
    result = ctx.db.execute(
        update(Admission)
        .where(Admission.ticket_id == ticket.id, Admission.inside.is_(inside))
        .values(inside=not inside, last_at=now, last_gate_id=gate.id if gate else None, **counted),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
