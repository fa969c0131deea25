"""One ticket held under 64 scanners at once is admitted once, and what is stored equals what was answered (C1, C2, C3, T4)."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import count

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from sratix_core.checkin.models import Admission, Direction, Scan, ScanResult
from sratix_core.checkin.service import Sight, admit_by_hand, scan
from sratix_core.devices.service import add_device
from sratix_core.events.models import Event
from sratix_core.orders.service import cancel_order
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import rotate, void
from sratix_core.values.clock import SystemClock
from tests.builders import World, again, code_of, make_event, make_order, make_process, make_type, publish
from tests.concurrency.crowd import CROWD, all_at_once, rounds

LOCK_TIMEOUT = "55P03"
"""Of 64 at one ticket the last waits for 63; a slow machine takes longer for them than a lock is waited for."""

slugs = count(1)
Guest = tuple[Event, Ticket, str]


def guest(world: World, **event: bool) -> Guest:
    """A published event, one valid ticket and its code."""
    with world.open() as ctx:
        held = make_event(ctx, f"door-{next(slugs)}", **event)
        ticket_type = make_type(ctx, held)
        publish(ctx, held)
        ticket = make_order(ctx, held, {ticket_type: 1}).tickets[0]
        return held, ticket, code_of(ctx, held, ticket)


def scanner(
    world: World, found: Guest, direction: Direction = Direction.ENTRY, **sight: object
) -> Callable[[], str]:
    """One scan in a unit of work of its own; its reason. Whoever has waited in vain for the others asks again, as devices do."""

    def act() -> str:
        while True:
            try:
                with world.open() as ctx:
                    return scan(ctx, found[0], Sight(found[2], direction, **sight)).reason  # type: ignore[arg-type]
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) != LOCK_TIMEOUT:
                    raise

    return act


def test_sixty_four_scanners_admit_one(world: World) -> None:
    for _ in rounds(3):
        found = guest(world)
        reasons = Counter(all_at_once([scanner(world, found)] * CROWD))
        assert reasons == {"ok": 1, "already_in": CROWD - 1}
        reasons = Counter(all_at_once([scanner(world, found, Direction.EXIT)] * CROWD))
        assert reasons == {"left": 1, "not_inside": CROWD - 1}
        reasons = Counter(all_at_once([scanner(world, found)] * CROWD))
        assert reasons == {"again": 1, "already_in": CROWD - 1}
        with world.open(write=False) as ctx:
            stored = select(func.count()).select_from(Scan).where(Scan.ticket_id == found[1].id)
            assert ctx.db.scalar(stored) == 3 * CROWD


def test_without_reentry_an_exit_is_the_end(world: World) -> None:
    found = guest(world, reentry_allowed=False)
    all_at_once([scanner(world, found)] * 8)
    all_at_once([scanner(world, found, Direction.EXIT)] * 8)
    assert Counter(all_at_once([scanner(world, found)] * 16)) == {"no_reentry": 16}


@pytest.mark.parametrize("moving", [False, True], ids=["clock stands", "clock runs"])
def test_entries_and_exits_at_the_same_moment_leave_what_the_fold_says(world: World, moving: bool) -> None:
    """The recount after this test folds every scan: whoever came last by the books is last at the door."""
    process = world.process
    if moving:
        process = make_process(process.settings, process.engines, SystemClock(), process.sources.random)
    busy = World(process, world.tenant)
    for _ in rounds(10):
        found = guest(world)
        acts = [scanner(busy, found), scanner(busy, found, Direction.EXIT)] * (CROWD // 4)
        reasons = Counter(all_at_once(acts))
        assert 0 <= reasons["ok"] + reasons["again"] - reasons["left"] <= 1
        with world.open(write=False) as ctx:
            state = ctx.db.scalars(select(Admission).where(Admission.ticket_id == found[1].id)).one()
            assert state.entries == reasons["ok"] + reasons["again"]
            assert state.exits == reasons["left"]
            assert state.inside == (state.entries > state.exits)


def test_a_scan_that_is_sent_again_and_again_is_stored_once(world: World) -> None:
    for _ in rounds(10):
        found = guest(world)
        with world.open() as ctx:
            device, _ = add_device(ctx, found[0], "Scanner 1")
        again_and_again = scanner(world, found, device=device, device_seq=7)
        assert Counter(all_at_once([again_and_again] * 16)) == {"ok": 16}
        with world.open(write=False) as ctx:
            rows = ctx.db.scalars(select(Scan).where(Scan.device_id == device.id)).all()
            assert [(row.device_seq, row.result) for row in rows] == [(7, ScanResult.ADMIT)]


def test_a_person_admitted_by_hand_twice_comes_in_once(world: World) -> None:
    found = guest(world)

    def by_hand() -> str:
        with world.open() as ctx:
            return admit_by_hand(ctx, found[0], again(ctx, found[1]), Sight("", method="list")).reason

    reasons = Counter(all_at_once([by_hand, scanner(world, found)] * 16))
    assert reasons == {"ok": 1, "already_in": 31}


@pytest.mark.parametrize("ending", ["cancel", "void", "rotate"])
def test_nobody_enters_once_the_ticket_has_ended(world: World, ending: str) -> None:
    """A scan that is answered after the end was committed is refused: its code was read before, its verdict was not."""
    late = {"cancel": "void", "void": "void", "rotate": "replaced"}[ending]

    for _ in rounds(10):
        found = guest(world)
        ended: list[float] = []
        began: list[tuple[float, str]] = []

        def end(found: Guest = found, ended: list[float] = ended) -> None:
            with world.open() as ctx:
                ticket = again(ctx, found[1])
                if ending == "cancel":
                    cancel_order(ctx, ticket.order, "asked")
                elif ending == "void":
                    void(ctx, ticket, "asked")
                else:
                    rotate(ctx, ticket)
            ended.append(time.monotonic())

        def enter(found: Guest = found, began: list[tuple[float, str]] = began) -> None:
            start = time.monotonic()
            began.append((start, scanner(world, found)()))

        all_at_once([end, *[enter] * 15])
        assert {reason for start, reason in began if start > ended[0]} <= {late}
        reasons = Counter(reason for _, reason in began)
        assert reasons["ok"] <= 1
        assert set(reasons) <= {"ok", "already_in", late}
        assert scanner(world, found)() == late


def test_a_scan_waits_for_an_end_that_is_under_way_and_is_refused(world: World) -> None:
    found = guest(world)
    voided, answers = threading.Event(), []

    def end() -> None:
        with world.open() as ctx:
            void(ctx, again(ctx, found[1]), "asked")
            voided.set()
            time.sleep(0.3)  # a commit that takes its time

    def enter() -> None:
        voided.wait()
        answers.append(scanner(world, found)())

    all_at_once([end, enter])
    assert answers == ["void"]


def test_an_end_waits_for_a_scan_that_is_under_way(world: World) -> None:
    """So no ticket is admitted after its end was confirmed: the end is confirmed after the admission."""
    found = guest(world)
    scanned, order = threading.Event(), []

    def enter() -> None:
        with world.open() as ctx:
            scan(ctx, found[0], Sight(found[2]))
            scanned.set()
            time.sleep(0.3)
            order.append("admitted")

    def end() -> None:
        scanned.wait()
        with world.open() as ctx:
            void(ctx, again(ctx, found[1]), "asked")
            order.append("ended")

    all_at_once([enter, end])
    assert order == ["admitted", "ended"]
