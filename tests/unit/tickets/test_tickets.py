"""Tickets: one per unit, one code at a time, ended once, found by the people at the desk."""

from __future__ import annotations

import io
import uuid

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy.exc import IntegrityError

from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.orders.service import cancel_order
from sratix_core.tickets.issuing import draw_up
from sratix_core.tickets.models import Ticket, TicketState
from sratix_core.tickets.qr import png, svg
from sratix_core.tickets.queries import attendees
from sratix_core.tickets.service import (
    LAST_EPOCH,
    payloads,
    rename,
    rotate,
    ticket_by_id,
    void,
)
from sratix_core.tickets.terms import short_code
from sratix_core.values.signing import parse, verify
from tests.builders import (
    World,
    again,
    code_of,
    make_cart,
    make_event,
    make_order,
    make_sale,
    make_type,
    make_world,
    publish,
    show,
    taken,
)


def one(ctx: TenantContext, price: int = 0) -> tuple[Event, Ticket]:
    """A published event and one ticket of it."""
    event, ticket_type = make_sale(ctx, price, capacity=10)
    return event, make_order(ctx, event, {ticket_type: 1}).tickets[0]


def test_a_code_names_its_ticket_and_is_signed_for_its_event(world: World) -> None:
    from sratix_core.tickets.keys import public_key

    with world.open() as ctx:
        event, ticket = one(ctx)
        code = code_of(ctx, event, ticket)
        public = public_key(ctx, event.id, 0)
        assert public is not None
        assert (parse(code).ticket_id, parse(code).epoch) == (ticket.id, 0)
        assert verify(public, code, event.id)
        assert not verify(public, code, uuid.UUID(int=1))
        assert code == code_of(ctx, event, ticket)


@pytest.mark.parametrize("price", [4900])
def test_only_a_valid_ticket_has_a_code(world: World, price: int) -> None:
    with world.open() as ctx:
        event, reserved = one(ctx, price)
        assert payloads(ctx, event, [reserved]) == {}
        void(ctx, reserved, "asked")
        assert payloads(ctx, event, [reserved]) == {}
        assert payloads(ctx, event, []) == {}


def test_a_rotated_ticket_has_a_new_code_and_the_old_one_ends(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        old = code_of(ctx, event, ticket)
        rotate(ctx, ticket)
        new = code_of(ctx, event, ticket)
        assert show(ctx, event, old).reason == "replaced"
        assert show(ctx, event, new).reason == "ok"


def test_rotations_end_with_the_byte_they_are_counted_in(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        ticket.epoch = LAST_EPOCH - 1
        ctx.db.flush()
        assert rotate(ctx, ticket).epoch == LAST_EPOCH
        with pytest.raises(Refused, match="ticket_rotations_used_up"):
            rotate(ctx, ticket)
        assert show(ctx, event, code_of(ctx, event, ticket)).reason == "ok"


def test_a_rotation_from_an_old_page_is_refused(world: World) -> None:
    with world.open() as ctx:
        _, ticket = one(ctx)
        rotate(ctx, ticket)

    def rotate_as_if_first() -> None:
        with world.open() as ctx:
            stale = again(ctx, ticket)
            stale.__dict__["epoch"] = 0
            rotate(ctx, stale)

    with pytest.raises(Refused, match="ticket_changed"):
        rotate_as_if_first()


def test_voiding_gives_the_unit_back_once(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        pool_id = again(ctx, ticket.ticket_type).draws[0].pool_id
        code = code_of(ctx, event, ticket)
        void(ctx, ticket, "asked")
        assert (ticket.state, ticket.voided_at) == (TicketState.VOID, world.clock.now())
        assert taken(ctx, pool_id) == 0
        with pytest.raises(Refused, match="ticket_state"):
            void(ctx, ticket, "asked again")
        assert taken(ctx, pool_id) == 0
        assert show(ctx, event, code).reason == "void"
        for act in (lambda: rotate(ctx, ticket), lambda: rename(ctx, ticket, "Ada", "")):
            with pytest.raises(Refused, match="ticket_state"):
                act()


def test_one_ticket_of_an_order_ends_and_the_others_stay(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=10)
        order = make_order(ctx, event, {ticket_type: 3})
        void(ctx, order.tickets[1], "asked")
        assert [t.state for t in order.tickets] == [TicketState.VALID, TicketState.VOID, TicketState.VALID]
        assert taken(ctx, again(ctx, ticket_type).draws[0].pool_id) == 2
        cancel_order(ctx, order, "asked")
        assert taken(ctx, again(ctx, ticket_type).draws[0].pool_id) == 0


def test_a_line_is_never_issued_twice(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        order = make_order(ctx, event, {ticket_type: 1})

    def issue_again() -> None:
        with world.open() as ctx:
            known = again(ctx, order)
            lines = [
                {"id": line.id, "ticket_type_id": line.ticket_type_id, "quantity": 1} for line in known.lines
            ]
            draw_up(ctx, known, lines, [Holder()], TicketState.VALID).write(ctx)

    with pytest.raises(IntegrityError):
        issue_again()


def test_renaming_says_who_comes(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        rename(ctx, ticket, "  Grace   Hopper ", " Grace@Example.org ")
        known = ticket_by_id(ctx, event, ticket.id)
        assert (known.attendee.name, known.attendee.email) == ("Grace Hopper", "grace@example.org")
        assert [r.ticket.id for r in attendees(ctx, event, search="grace h")[0]] == [ticket.id]
        for name, email, fields in (
            ("", "", {"name": "required"}),
            ("Ada", "ada", {"email": "not_an_email"}),
            ("\0", "", {"name": "unreadable"}),
            ("n" * 161, "", {"name": "unreadable"}),
        ):
            with pytest.raises(Invalid) as error:
                rename(ctx, ticket, name, email)
            assert error.value.fields == fields


def test_a_ticket_is_found_in_its_event_and_its_tenant_only(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        with pytest.raises(NotFound):
            ticket_by_id(ctx, make_event(ctx, "another"), ticket.id)
        with pytest.raises(NotFound):
            ticket_by_id(ctx, event, uuid.UUID(int=1))
    with make_world(world.process).open() as ctx, pytest.raises(NotFound):
        ticket_by_id(ctx, event, ticket.id)


def test_the_printed_short_code_admits_nobody(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        for read_out in (
            short_code(ticket.id),
            str(ticket.id),
            ticket.id.hex,
            code_of(ctx, event, ticket)[:26],
        ):
            assert show(ctx, event, read_out).reason == "unreadable"


def test_people_are_listed_by_name_page_by_page(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        talk, party = make_type(ctx, event), make_type(ctx, event, name="Party")
        publish(ctx, event)
        cart, _ = make_cart(ctx, event, {talk: 5, party: 2})
        names = ["Émile", "ada", "Zoë", "", "Émile", "Bo", ""]
        people = [Holder(n, f"{i}@example.org" if n else "") for i, n in enumerate(names)]
        order, _ = place_order(ctx, event, cart, Buyer("Ada", "ada@example.org"), people, None)
        seen, cursor = [], None
        while True:
            rows, cursor = attendees(ctx, event, cursor=cursor, limit=2)
            seen += [r.attendee.name for r in rows]
            if cursor is None:
                break
        assert seen == ["ada", "Bo", "Émile", "Émile", "Zoë", "", ""]
        assert len(attendees(ctx, event, search="emi")[0]) == 2
        assert len(attendees(ctx, event, search=order.code.lower())[0]) == 7
        assert len(attendees(ctx, event, search="2@EXAMPLE")[0]) == 1
        assert len(attendees(ctx, event, type_id=party.id)[0]) == 2
        assert show(ctx, event, code_of(ctx, event, order.tickets[0])).reason == "ok"
        assert len(attendees(ctx, event, inside=True)[0]) == 1
        assert len(attendees(ctx, event, inside=False)[0]) == 6
        with pytest.raises(NotFound):
            attendees(ctx, event, cursor="made up")


def test_a_ticket_that_ended_is_not_expected(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        void(ctx, ticket, "asked")
        assert attendees(ctx, event) == ([], None)


def test_the_picture_of_a_code_reads_back_as_the_code(world: World) -> None:
    with world.open() as ctx:
        event, ticket = one(ctx)
        code = code_of(ctx, event, ticket)
        (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png(code))))
        assert read.text == code
        drawn = svg(code, 'Ticket of "A<B>"')
        assert 'aria-label="Ticket of &quot;A&lt;B>&quot;"' in drawn
        assert "<script" not in drawn
        assert "style=" not in drawn
