"""A pass that was a mistake is undone: the scan stays, the ticket is where it was, and every figure follows."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from sratix_core.audit.models import AuditEntry
from sratix_core.checkin.doors import add_gate, gate_counts
from sratix_core.checkin.models import Direction, Scan
from sratix_core.checkin.queries import by_type, feed, inside_of, occupancy
from sratix_core.checkin.reverting import last_passes, revert, undone
from sratix_core.checkin.service import Sight, scan
from sratix_core.context import TenantContext
from sratix_core.decisions import scans
from sratix_core.errors import NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.tickets.models import Ticket
from tests.builders import (
    World,
    code_of,
    faults,
    make_event,
    make_order,
    make_type,
    make_world,
    publish,
    show,
)

EXIT = Direction.EXIT


def one(ctx: TenantContext, slug: str = "fair", **event: bool) -> tuple[Event, Ticket]:
    held = make_event(ctx, slug, **event)  # type: ignore[arg-type]
    kind = make_type(ctx, held)
    publish(ctx, held)
    return held, make_order(ctx, held, {kind: 1}).tickets[0]


def pass_through(
    ctx: TenantContext, event: Event, ticket: Ticket, way: Direction = Direction.ENTRY
) -> uuid.UUID:
    verdict = scan(ctx, event, Sight(code_of(ctx, event, ticket), way))
    assert verdict.result == "admit", verdict.reason
    return verdict.scan.id


def test_an_undone_entry_was_none_and_the_ticket_admits_again(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        gate = add_gate(ctx, event, "North")
        verdict = scan(ctx, event, Sight(code_of(ctx, event, ticket), gate=gate))
        assert (occupancy(ctx, event).inside, by_type(ctx, event)[0][1]) == (1, 1)
        made = revert(ctx, event, verdict.scan.id)
        assert revert(ctx, event, verdict.scan.id).id == made.id, "the same again is the same as once"
        now = occupancy(ctx, event)
        assert (now.inside, now.arrived, now.entries, now.exits) == (0, 0, 0, 0)
        assert by_type(ctx, event)[0][1] == 0
        assert gate_counts(ctx, event)[gate.id]["entries"] == 0
        assert (inside_of(ctx, [ticket]), last_passes(ctx, [ticket.id])) == (set(), {})
        (row,) = feed(ctx, event)
        assert row.undone is not None
        assert (row.scan.result, row.last) == ("admit", False)
        kept = ctx.db.scalars(select(AuditEntry).where(AuditEntry.action == "checkin.reverted")).one()
        assert (kept.target_id, kept.data) == (ticket.id, {"scan": str(verdict.scan.id)})
    with world.open() as ctx:
        again = show(ctx, event, code_of(ctx, event, ticket))
        assert again.reason == "ok", "it is a first entry once more"
        assert (occupancy(ctx, event).inside, by_type(ctx, event)[0][1]) == (1, 1)
    assert faults(world.process, of=world.tenant) == []


def test_passes_are_undone_from_the_newest_on(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx, exit_scans=True, reentry_allowed=True)
        came = pass_through(ctx, event, ticket)
        left = pass_through(ctx, event, ticket, EXIT)
        back = pass_through(ctx, event, ticket)
        for early in (came, left):
            with pytest.raises(Refused) as told:
                revert(ctx, event, early)
            assert told.value.code == "scan_not_last"
        seen = []
        for newest in (back, left, came):
            assert last_passes(ctx, [ticket.id]) == {ticket.id: newest}
            revert(ctx, event, newest)
            now = occupancy(ctx, event)
            seen.append((now.inside, now.arrived, now.entries, now.exits))
        assert seen == [(0, 1, 1, 1), (1, 1, 1, 0), (0, 0, 0, 0)]
        assert len(undone(ctx, [came, left, back])) == 3
    assert faults(world.process, of=world.tenant) == []


def test_a_refused_scan_an_unknown_one_and_another_events_are_not_undone(world: World) -> None:
    other = make_world(world.process)
    with other.open() as ctx:
        theirs, ticket = one(ctx)
        foreign = pass_through(ctx, theirs, ticket)
    with world.open() as ctx:
        event, ticket = one(ctx)
        second, _ = one(ctx, "other")
        mine = pass_through(ctx, event, ticket)
        refused = show(ctx, event, code_of(ctx, event, ticket)).scan.id
        for scan_id in (refused, show(ctx, event, "nonsense").scan.id):
            with pytest.raises(Refused) as told:
                revert(ctx, event, scan_id)
            assert told.value.code == "scan_opened_nothing"
        for where, scan_id in ((event, foreign), (second, mine), (event, uuid.UUID(int=1))):
            with pytest.raises(NotFound):
                revert(ctx, where, scan_id)
        assert occupancy(ctx, event).inside == 1
    assert faults(world.process, of=world.tenant) == []


def test_the_reasons_of_a_scan_forget_what_was_undone_before_it(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        first = pass_through(ctx, event, ticket)
    world.later(minutes=1)
    with world.open() as ctx:
        stopped = show(ctx, event, code_of(ctx, event, ticket)).scan.id
    world.later(minutes=1)
    with world.open() as ctx:
        revert(ctx, event, first)
    world.later(minutes=1)
    with world.open() as ctx:
        second = pass_through(ctx, event, ticket)
    world.later(minutes=1)
    with world.open() as ctx:
        late = show(ctx, event, code_of(ctx, event, ticket)).scan.id

        def earlier(scan_id: uuid.UUID) -> str:
            return str(scans.why(ctx, ctx.db.get_one(Scan, scan_id)).steps()[-1]["found"]["earlier_scan"])

        assert (earlier(stopped), earlier(late)) == (str(first), str(second))
