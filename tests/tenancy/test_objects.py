"""Objects that were read or written past the mapper are objects like any other, behind the same walls."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from sqlalchemy import bindparam, inspect

from sratix_core.db.rows import insert_rows
from sratix_core.tenancy.errors import ForeignRow, ForeignWrite
from sratix_core.tenancy.objects import Objects, in_writing
from tests.tenancy.models import Event, Order, Ticket, uid
from tests.tenancy.world import World

BY_ID = Objects(Order, Order.id == bindparam("of_order"), with_one={"event": ("event_id", Event)})
WITH_TICKETS = Objects(
    Order,
    Order.id == bindparam("of_order"),
    joined=(Ticket.__table__, (Ticket.tenant_id == Order.tenant_id) & (Ticket.order_id == Order.id)),
    also=(Ticket.id,),
)


def mine(tenant_id: int = 1, order: int = 1) -> dict[str, Any]:
    return {"in_tenant": tenant_id, "of_order": uid(order)}


def test_it_is_the_object_that_the_session_knows(world: World) -> None:
    with world.session(1) as s:
        read = BY_ID.one_or_none(s, mine())
        assert read is not None
        assert read is s.get(Order, uid(1))
        assert inspect(read).persistent
        assert not s.dirty
        assert read is BY_ID.one_or_none(s, mine())
    with world.session(1) as s:
        known = s.get(Order, uid(1))
        known.total = 4711  # not written yet: a row that is read again must not undo it
        assert BY_ID.one_or_none(s, mine()) is known
        assert known.total == 4711


def test_what_is_changed_on_it_is_written_and_its_relations_are_found(world: World) -> None:
    with world.session(1) as s:
        order = BY_ID.one_or_none(s, mine())
        assert order is not None
        with world.engines.counted() as seen:
            assert order.event.id == order.event_id
        assert seen == []  # came along
        assert all(ticket.order_id == order.id for ticket in order.tickets)
        order.total = 815
        s.commit()
    with world.session(1) as s:
        assert s.get(Order, uid(1)).total == 815
        del order
        gc.collect()
        assert [o.total for o in BY_ID.all(s, mine())] == [815]
    with world.session(1) as s:
        found = {row for _, (row,) in WITH_TICKETS.rows(s, mine())}
        assert found == {ticket.id for ticket in s.get(Order, uid(1)).tickets}


def test_it_can_be_refreshed_and_deleted(world: World) -> None:
    with world.session(1) as s:
        row = {"id": uid(950), "code": "gone", "total": 3, "event_id": uid(1)}
        insert_rows(s, Order, [row])
        order = BY_ID.one_or_none(s, mine(order=950))
        assert order is not None
        s.expire(order)
        assert (order.code, order.total) == ("gone", 3)
        s.delete(order)
        s.flush()
        assert BY_ID.one_or_none(s, mine(order=950)) is None


def test_a_row_that_is_being_written_is_an_object_already(world: World) -> None:
    with world.session(1) as s:
        row = {"id": uid(951), "code": "new", "event_id": uid(1)}
        order = in_writing(s, Order, row, event=s.get(Event, uid(1)))
        insert_rows(s, Order, [row])
        assert (order.tenant_id, order.total, order.event.id) == (1, 0, uid(1))
        assert s.get(Order, uid(951)) is order
        order.total = 12
        s.flush()
        s.expire(order)
        assert order.total == 12


def test_another_tenants_row_never_becomes_an_object(world: World) -> None:
    with world.session(1) as s:
        with pytest.raises(ForeignRow):
            BY_ID.one_or_none(s, mine(2))
        with pytest.raises(ForeignRow):
            in_writing(s, Order, {"tenant_id": 2, "id": uid(952), "code": "x", "event_id": uid(1)})
        order = BY_ID.one_or_none(s, mine())
        assert order is not None
        order.tenant_id = 2
        with pytest.raises(ForeignWrite):
            s.flush()
