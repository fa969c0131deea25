"""What the door answers to every code there is, and that each scan is remembered once, refused or not."""

from __future__ import annotations

import hashlib
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.checkin.models import Direction, Gate, Scan, ScanResult
from sratix_core.checkin.queries import arrivals, by_type, feed, gates, occupancy, scans_of
from sratix_core.checkin.service import Sight, admit_by_hand, scan
from sratix_core.context import Actor, TenantContext
from sratix_core.devices.service import add_device
from sratix_core.events.models import Event
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.tickets.keys import make_key, signing_key
from sratix_core.tickets.models import Ticket
from sratix_core.tickets.service import rotate, void
from sratix_core.values.codes import CROCKFORD
from sratix_core.values.signing import new_key, sign_ticket
from tests.builders import (
    World,
    code_of,
    make_event,
    make_order,
    make_sale,
    make_type,
    make_world,
    publish,
    show,
)

ADMIT, REFUSE = ScanResult.ADMIT, ScanResult.REFUSE
EXIT = Direction.EXIT
MEGABYTE = 1_000_000


def one(ctx: TenantContext, price: int = 0, **event: object) -> tuple[Event, Ticket]:
    """A published event and one ticket of it."""
    held = make_event(ctx, **event)  # type: ignore[arg-type]
    ticket_type = make_type(ctx, held, price)
    publish(ctx, held)
    return held, make_order(ctx, held, {ticket_type: 1}).tickets[0]


def signed(ctx: TenantContext, event: Event, ticket: Ticket, epoch: int = 0) -> str:
    """The code of a ticket in whatever state, as the event's key signs it."""
    kid, private = signing_key(ctx, event.id)
    return sign_ticket(private, kid, epoch, event.id, ticket.id)


def test_a_valid_code_admits_and_says_whose_it_is(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        verdict = show(ctx, event, code_of(ctx, event, ticket))
        assert (verdict.result, verdict.reason, verdict.earlier) == (ADMIT, "ok", None)
        assert verdict.ticket is not None
        assert verdict.ticket.id == ticket.id
        assert verdict.scan.ticket_id == ticket.id


def test_the_second_scan_says_when_and_where_the_first_was(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        (gate,) = gates(ctx, event)
        code = code_of(ctx, event, ticket)
        show(ctx, event, code, gate=gate)
        world.later(minutes=7)
        verdict = show(ctx, event, code)
        assert (verdict.result, verdict.reason) == (REFUSE, "already_in")
        assert verdict.earlier is not None
        assert verdict.earlier.first_at == world.clock.now().replace(minute=0)
        assert verdict.earlier.gate.name == "Main entrance"


def test_out_and_in_again(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        code = code_of(ctx, event, ticket)
        steps = [(EXIT, "not_inside"), (Direction.ENTRY, "ok"), (EXIT, "left"), (EXIT, "not_inside")]
        steps += [(Direction.ENTRY, "again"), (Direction.ENTRY, "already_in"), (EXIT, "left")]
        assert [show(ctx, event, code, d).reason for d, _ in steps] == [reason for _, reason in steps]


def test_a_server_whose_clock_is_behind_still_counts_in_the_order_of_the_door(world: World) -> None:
    """The recount after this test folds by the stored moments; the second server's are before the first one's."""
    with world.open() as ctx:
        event, ticket = one(ctx)
        code = code_of(ctx, event, ticket)
        assert show(ctx, event, code).reason == "ok"
        world.later(minutes=-5)
        assert show(ctx, event, code, EXIT).reason == "left"
        assert occupancy(ctx, event).inside == 0


def test_without_reentry_who_left_stays_out(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx, reentry_allowed=False)
        code = code_of(ctx, event, ticket)
        reasons = [show(ctx, event, code, d).reason for d in (Direction.ENTRY, EXIT, Direction.ENTRY)]
        assert reasons == ["ok", "left", "no_reentry"]


def test_without_exit_scans_nobody_leaves(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx, exit_scans=False)
        code = code_of(ctx, event, ticket)
        reasons = [show(ctx, event, code, d).reason for d in (EXIT, Direction.ENTRY, EXIT, Direction.ENTRY)]
        assert reasons == ["exits_off", "ok", "exits_off", "already_in"]


def test_every_state_of_a_ticket_has_its_answer(world: World) -> None:
    world.later(days=-300)
    with world.open() as ctx:
        event, reserved = one(ctx, 4900)
        assert show(ctx, event, signed(ctx, event, reserved)).reason == "not_paid"
        world.later(days=10)
        expire_orders(ctx)
        assert show(ctx, event, signed(ctx, event, reserved)).reason == "lapsed"
        other, valid = one(ctx, slug="another")
        code = code_of(ctx, other, valid)
        assert show(ctx, other, code).reason == "ok"
        cancel_order(ctx, valid.order, "asked")
        verdict = show(ctx, other, code)
        assert (verdict.result, verdict.reason) == (REFUSE, "void")
        assert verdict.earlier is not None  # it was inside when it ended, and staff should know


def test_a_code_of_another_event_says_so(world: World) -> None:
    with world.open() as ctx:
        event, _ = one(ctx)
        other, ticket = one(ctx, slug="another")
        assert show(ctx, event, code_of(ctx, other, ticket)).reason == "other_event"


def test_a_code_of_another_tenant_is_unknown(world: World) -> None:
    with make_world(world.process).open() as ctx:
        world.process.sources.random.bytes(64)
        theirs, ticket = one(ctx, slug="theirs")
        code = code_of(ctx, theirs, ticket)
    with world.open() as ctx:
        event, _ = one(ctx)
        assert show(ctx, event, code).reason == "unknown"


def test_a_ticket_with_the_same_ids_in_another_tenant_is_another_ticket(world: World) -> None:
    """Two installations seeded alike: same event id, same ticket id, and still the codes do not open the other door."""
    from tests.builders import make_process

    codes = []
    for _ in range(2):
        twin = make_world(make_process(world.process.settings, world.process.engines))
        with twin.open() as ctx:
            event, ticket = one(ctx)
            codes.append((twin, event, ticket.id, code_of(ctx, event, ticket)))
    (first, event, a, _), (_, _, b, foreign) = codes
    assert a == b
    with first.open() as ctx:
        key = ctx.db.scalars(select(func.count()).select_from(Ticket)).one()
        assert key == 1
        verdict = show(ctx, event, foreign)
        assert verdict.ticket is None or verdict.ticket.tenant_id == first.tenant.id


def test_a_forged_code_is_named_so_and_tells_nothing_of_the_ticket(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        code = code_of(ctx, event, ticket)
        mine = new_key(ctx.random)
        forgeries = [
            sign_ticket(mine, 0, 0, event.id, ticket.id),
            sign_ticket(mine, 9, 0, event.id, ticket.id),
            sign_ticket(signing_key(ctx, event.id)[1], 1, 0, event.id, ticket.id),
            sign_ticket(signing_key(ctx, event.id)[1], 0, 0, uuid.UUID(int=1), ticket.id),
        ]
        for forged in forgeries:
            verdict = show(ctx, event, forged)
            assert (verdict.result, verdict.reason, verdict.ticket) == (REFUSE, "forged", None)
        assert show(ctx, event, code).reason == "ok"


def test_every_changed_letter_is_refused(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        code = code_of(ctx, event, ticket)
        reasons = set()
        for i in range(len(code)):
            other = CROCKFORD[(CROCKFORD.find(code[i]) + 1) % 32]
            reasons.add(show(ctx, event, code[:i] + other + code[i + 1 :]).reason)
        assert reasons <= {"unreadable", "unknown", "forged"}
        assert show(ctx, event, code).reason == "ok"


def test_only_the_one_spelling_is_read(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        code = code_of(ctx, event, ticket)
        spellings = [
            code.lower(),
            code.replace(":", ""),
            code + "0",
            code[:-1],
            code + "=",
            code.replace("0", "O", 1),
        ]
        spellings += [f"{code}:{code}", code[:40] + " " + code[40:], "\ufeff" + code, code.replace(":", "：")]
        for spelling in spellings:
            if spelling != code:
                assert show(ctx, event, spelling).reason == "unreadable"
        assert show(ctx, event, f" {code}\r\n").reason == "ok"  # a keyboard wedge ends with Enter


@pytest.mark.parametrize(
    "junk",
    [
        "",
        " ",
        ":",
        "\0",
        "\ud800",
        "é" * 40,
        "A" * MEGABYTE,
        "\0" * MEGABYTE,
        "🎫" * 133,
        "0" * 26 + ":" + "0" * 106,
    ],
    ids=repr,
)
def test_junk_is_refused_and_remembered_as_its_hash_only(world: World, junk: str) -> None:
    with world.open() as ctx:
        event, _ = one(ctx)
        verdict = show(ctx, event, junk)
        assert (verdict.result, verdict.ticket) == (REFUSE, None)
        assert verdict.reason in {"unreadable", "unknown"}
        digest = hashlib.sha256(junk.encode("utf-8", "surrogatepass")).digest()
        assert ctx.db.scalars(select(Scan.code_hash)).all() == [digest]


def test_a_megabyte_that_starts_with_a_valid_code_is_not_that_code(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        code = code_of(ctx, event, ticket)
        for tail in ("A" * MEGABYTE, " " * MEGABYTE + "A"):
            assert show(ctx, event, code + tail).reason == "unreadable"
        assert show(ctx, event, code).reason == "ok"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.text(max_size=300))
def test_no_text_breaks_the_door(world: World, raw: str) -> None:
    with world.open() as ctx:
        event = ctx.db.scalars(select(Event)).first() or one(ctx)[0]
        assert show(ctx, event, raw).result == REFUSE


def test_a_key_that_came_later_signs_and_the_first_still_opens(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        old = code_of(ctx, event, ticket)
        make_key(ctx, event.id, kid=1)
        ctx.db.flush()
        new = code_of(ctx, event, ticket)
        assert new != old
        assert [show(ctx, event, c).reason for c in (old, new)] == ["ok", "already_in"]


def test_a_rotated_code_names_its_ticket_for_the_desk(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        old = code_of(ctx, event, ticket)
        rotate(ctx, ticket)
        verdict = show(ctx, event, old)
        assert (verdict.result, verdict.reason) == (REFUSE, "replaced")
        assert verdict.ticket is not None


def test_the_same_sequence_number_gets_the_same_answer_and_no_second_row(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        device, _ = add_device(ctx, event, "Scanner 1")
        other, _ = add_device(ctx, event, "Scanner 2")
        code = code_of(ctx, event, ticket)
        first = show(ctx, event, code, device=device, device_seq=1)
        for raw in (code, "something else"):
            repeat = show(ctx, event, raw, device=device, device_seq=1)
            assert (repeat.result, repeat.reason, repeat.repeated) == (ADMIT, "ok", True)
            assert repeat.scan.id == first.scan.id
        assert show(ctx, event, code, device=device, device_seq=2).reason == "already_in"
        assert show(ctx, event, code, device=other, device_seq=1).reason == "already_in"
        assert [show(ctx, event, code, device=device).reason for _ in range(2)] == ["already_in"] * 2
        assert ctx.db.scalar(select(func.count()).select_from(Scan)) == 5


def test_a_refused_scan_is_repeated_as_refused(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        device, _ = add_device(ctx, event, "Scanner 1")
        assert show(ctx, event, "junk", device=device, device_seq=1).reason == "unreadable"
        repeat = show(ctx, event, code_of(ctx, event, ticket), device=device, device_seq=1)
        assert (repeat.reason, repeat.repeated, repeat.ticket) == ("unreadable", True, None)


def test_a_person_found_in_the_list_passes_by_the_same_rules(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        other, elsewhere = one(ctx, slug="another")
        device, _ = add_device(ctx, event, "Scanner 1")
        by_hand = Sight("", device=device, device_seq=1, method="list")
        assert [admit_by_hand(ctx, event, ticket, by_hand).reason for _ in range(2)] == ["ok", "ok"]
        assert admit_by_hand(ctx, event, ticket, Sight("", method="list")).reason == "already_in"
        assert admit_by_hand(ctx, event, elsewhere, Sight("", method="list")).reason == "other_event"
        void(ctx, elsewhere, "asked")
        assert admit_by_hand(ctx, other, elsewhere, Sight("", method="list")).reason == "void"


def test_a_scan_says_who_held_the_scanner_and_when_it_thought_it_was(world: World) -> None:
    person = Actor("user", world.process.sources.ids.new())
    with world.open(person) as ctx:
        event, ticket = one(ctx)
        (gate,) = gates(ctx, event)
        hour_off = world.clock.now().replace(hour=20)
        shown = show(ctx, event, code_of(ctx, event, ticket), gate=gate, scanned_at=hour_off, method="wedge")
        row = ctx.db.get_one(Scan, shown.scan.id)
        assert (row.user_id, row.gate_id, row.method) == (person.id, gate.id, "wedge")
        assert (row.scanned_at, row.received_at) == (hour_off, world.clock.now())


@pytest.mark.parametrize("change", [{"result": "admit"}, {"ticket_id": None}, {"reason": "x"}], ids=str)
def test_what_was_scanned_is_never_rewritten(world: World, change: dict[str, object]) -> None:
    from sqlalchemy import update

    with world.open() as ctx:
        event, _ = one(ctx)
        show(ctx, event, "junk")

    def rewrite() -> None:
        with world.open() as ctx:
            ctx.db.execute(update(Scan).values(**change))

    with pytest.raises(SQLAlchemyError):
        rewrite()


def test_the_page_counts_what_happened(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        tickets = make_order(ctx, event, {ticket_type: 4}).tickets
        codes = [code_of(ctx, event, t) for t in tickets]
        start = world.clock.now()
        for code in codes[:3]:
            show(ctx, event, code)
            world.later(minutes=10)
        show(ctx, event, codes[0], EXIT)
        show(ctx, event, codes[1])
        show(ctx, event, "junk")
        now = occupancy(ctx, event)
        assert (now.inside, now.arrived, now.entries, now.exits, now.refused, now.expected) == (
            2,
            3,
            3,
            1,
            2,
            4,
        )
        assert by_type(ctx, event) == [("Regular", 3, 4)]
        from datetime import timedelta

        buckets = arrivals(ctx, event, start, timedelta(minutes=15), 3)
        assert [n for _, n in buckets] == [2, 1, 0]
        assert [row.scan.reason for row in feed(ctx, event, limit=3)] == ["unreadable", "already_in", "left"]
        assert len(feed(ctx, event, result=REFUSE)) == 2
        assert [row.scan.reason for row in scans_of(ctx, tickets[0])] == ["ok", "left"]


def test_gates_stand_in_their_order(world: World) -> None:
    with world.open() as ctx:
        event, _ = one(ctx)
        ctx.db.add(Gate(id=ctx.ids.new(), event_id=event.id, name="Hall B", position=0))
        assert [g.name for g in gates(ctx, event)] == ["Hall B", "Main entrance"]
        assert scan(ctx, event, Sight("junk")).scan.gate_id is None
