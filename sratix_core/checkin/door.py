"""Passing the door: the compare-and-set that lets exactly one of many simultaneous scans through (C1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import joinedload

from sratix_core.checkin import hot
from sratix_core.checkin.models import Admission, Direction

if TYPE_CHECKING:
    import uuid

    from sratix_core.checkin.hot import Shown
    from sratix_core.context import TenantContext


class Known(Protocol):
    """A gate or a device, of which only the id counts here."""

    @property
    def id(self) -> uuid.UUID: ...


class Doors(Protocol):
    """An event, of which only this counts here."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def exit_scans(self) -> bool: ...
    @property
    def reentry_allowed(self) -> bool: ...


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


def of(ctx: TenantContext, ticket: Known | None) -> Admission | None:
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
    ctx: TenantContext, event: Doors, ticket: Shown, direction: Direction, gate: Known | None, now: datetime
) -> Passage:
    """Let the holder in or out once. Reasons: `ok`, `again`, `left`, `already_in`, `no_reentry`, `not_inside`, `exits_off`.

    The caller holds the ticket's row, so one scan of a ticket is decided after the other.
    """
    if direction == Direction.EXIT and not event.exit_scans:
        return Passage("exits_off", of(ctx, ticket), now)
    if direction == Direction.ENTRY and hot.enter(ctx, ticket, gate.id if gate else None, now):
        return Passage("ok", None, now)
    earlier = of(ctx, ticket)
    at = now if earlier is None else max(now, earlier.last_at + timedelta(microseconds=1))
    if direction == Direction.EXIT:
        left = _move(ctx, ticket, inside=True, now=at, gate=gate)
        return Passage("left", None, at) if left else Passage("not_inside", earlier, now)
    if event.reentry_allowed and _move(ctx, ticket, inside=False, now=at, gate=gate):
        return Passage("again", None, at)
    return Passage("already_in" if earlier is None or earlier.inside else "no_reentry", earlier, now)


def _move(ctx: TenantContext, ticket: Shown, *, inside: bool, now: datetime, gate: Known | None) -> bool:
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
