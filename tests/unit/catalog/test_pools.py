"""Pools: claimed together or not at all, counted exactly, moved along when types change what they draw on."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sratix_core.catalog.hot import SoldOut, claim, release
from sratix_core.catalog.models import CapacityPool, PoolKind, TicketType
from sratix_core.catalog.service import (
    LARGEST_POOL,
    TypeDraft,
    create_pool,
    own_pool,
    save_ticket_type,
    set_capacity,
    ticket_type_by_id,
)
from sratix_core.checkout.service import release_cart
from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.orders.service import cancel_order
from sratix_core.values.money import Money
from tests.builders import (
    World,
    again,
    make_cart,
    make_event,
    make_order,
    make_pool,
    make_sale,
    make_type,
    make_world,
    publish,
    taken,
)


def redraw(
    ctx: TenantContext,
    event: Event,
    ticket_type: TicketType,
    capacity: int | None = None,
    *pools: CapacityPool,
) -> None:
    """Save the type with other pools."""
    draft = TypeDraft("Regular", Money.zero("CHF"), capacity=capacity, pool_ids=tuple(p.id for p in pools))
    save_ticket_type(ctx, event, draft, ticket_type_by_id(ctx, event, ticket_type.id))


def test_a_ticket_takes_one_unit_of_every_pool_it_draws_on(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        hall, lunch = make_pool(ctx, event, 10), make_pool(ctx, event, 10, "Lunch")
        full, talk = make_type(ctx, event, pools=[hall, lunch]), make_type(ctx, event, pools=[hall])
        publish(ctx, event)
        make_cart(ctx, event, {full: 3, talk: 2})
        assert (taken(ctx, hall.id), taken(ctx, lunch.id)) == (5, 3)


def test_what_one_pool_cannot_give_none_gives(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        pools = [make_pool(ctx, event, n, f"Pool {n}") for n in (9, 2, 9)]
        ticket_type = make_type(ctx, event, pools=pools)
        publish(ctx, event)
    with pytest.raises(SoldOut) as refusal, world.open() as ctx:
        make_cart(ctx, event, {ticket_type: 3})
    assert (refusal.value.data["name"], refusal.value.data["left"]) == ("Pool 2", 2)
    with world.open() as ctx:
        assert [taken(ctx, p.id) for p in pools] == [0, 0, 0]


def test_an_unknown_pool_is_sold_out(world: World) -> None:
    with world.open() as ctx, pytest.raises(SoldOut):
        claim(ctx, {uuid.UUID(int=1): 1})


def test_the_pool_of_another_tenant_is_out_of_reach(world: World) -> None:
    """Ids repeat between tenants: the same id here is this tenant's pool, or none."""
    other = make_world(world.process)
    with other.open() as ctx:
        theirs = make_pool(ctx, make_event(ctx), 10)
    with world.open() as ctx, pytest.raises(SoldOut):
        claim(ctx, {theirs.id: 1})
    with other.open() as ctx:
        assert taken(ctx, theirs.id) == 0


def test_giving_back_more_than_was_taken_is_a_defect(world: World) -> None:
    with pytest.raises(RuntimeError), world.open() as ctx:
        release(ctx, {make_pool(ctx, make_event(ctx), 10).id: 1})


def test_the_database_itself_refuses_more_than_the_capacity(world: World) -> None:
    with world.open() as ctx:
        pool = make_pool(ctx, make_event(ctx), 3)
    with pytest.raises(IntegrityError), world.open() as ctx:
        again(ctx, pool).taken = 4


def test_a_pool_shrinks_to_what_is_taken_and_no_further(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=10)
        make_cart(ctx, event, {ticket_type: 4})
        pool = own_pool(ctx, ticket_type)
        assert pool is not None
        assert set_capacity(ctx, event, pool, 4).capacity == 4
        with pytest.raises(Refused, match="capacity_taken") as refusal:
            set_capacity(ctx, event, pool, 3)
        assert refusal.value.data["taken"] == 4
        assert set_capacity(ctx, event, pool, 5).capacity == 5


@pytest.mark.parametrize("capacity", [-1, LARGEST_POOL + 1])
def test_a_pool_has_a_size_a_house_can_have(world: World, capacity: int) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        with pytest.raises(Invalid):
            make_pool(ctx, event, capacity)
        with pytest.raises(Invalid):
            set_capacity(ctx, event, make_pool(ctx, event, 1), capacity)


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "\ud800", "x" * 121])
def test_a_pool_has_a_name_one_can_read(world: World, name: str) -> None:
    with world.open() as ctx, pytest.raises(Invalid):
        create_pool(ctx, make_event(ctx), PoolKind.SHARED, name, 1)


def test_a_pool_linked_later_claims_what_is_held_and_sold(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        hall = make_pool(ctx, event, 10)
        make_order(ctx, event, {ticket_type: 2})
        cancel_order(ctx, make_order(ctx, event, {ticket_type: 5}), "asked")
        release_cart(ctx, make_cart(ctx, event, {ticket_type: 1})[0])
        make_cart(ctx, event, {ticket_type: 4})
        redraw(ctx, event, ticket_type, None, hall)
        assert taken(ctx, hall.id) == 6
        redraw(ctx, event, ticket_type, None, hall)
        assert taken(ctx, hall.id) == 6


def test_a_pool_too_small_for_what_is_sold_is_not_linked(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        hall = make_pool(ctx, event, 5)
        make_order(ctx, event, {ticket_type: 6})
    with pytest.raises(SoldOut), world.open() as ctx:
        redraw(ctx, event, ticket_type, None, hall)
    with world.open() as ctx:
        assert taken(ctx, hall.id) == 0
        assert again(ctx, ticket_type).draws == []


def test_a_pool_that_is_left_gets_its_units_back(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        old, new = make_pool(ctx, event, 10, "Old"), make_pool(ctx, event, 10, "New")
        ticket_type = make_type(ctx, event, pools=[old])
        publish(ctx, event)
        make_order(ctx, event, {ticket_type: 3})
        redraw(ctx, event, ticket_type, None, new)
        assert (taken(ctx, old.id), taken(ctx, new.id)) == (0, 3)


def test_a_limit_of_its_own_comes_changes_and_goes(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        make_order(ctx, event, {ticket_type: 3})
        redraw(ctx, event, ticket_type, 8)
        pool = own_pool(ctx, ticket_type)
        assert pool is not None
        assert (pool.taken, pool.capacity) == (3, 8)
        redraw(ctx, event, ticket_type, 3)
        with pytest.raises(Refused, match="capacity_taken"):
            redraw(ctx, event, ticket_type, 2)
        redraw(ctx, event, ticket_type)
        assert own_pool(ctx, ticket_type) is None
        assert ctx.db.scalars(select(CapacityPool).where(CapacityPool.event_id == event.id)).all() == []


def test_only_shared_pools_of_the_same_event_can_be_linked(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        first = make_type(ctx, event, capacity=5)
        own = own_pool(ctx, first)
        elsewhere = make_pool(ctx, make_event(ctx, "another"), 5)
        for pool in (own, elsewhere):
            assert pool is not None
            with pytest.raises(Invalid) as error:
                make_type(ctx, event, pools=[pool])
            assert error.value.fields == {"pools": "unknown_choice"}


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "n" * 121}, "name"),
        ({"name": "a\0"}, "name"),
        ({"description": "d" * 401}, "description"),
        ({"price": -1}, "price"),
        ({"price": 10**12 + 1}, "price"),
        ({"min_per_order": 3, "max_per_order": 2}, "max_per_order"),
        ({"min_per_order": 0}, "max_per_order"),
        ({"max_per_order": 101}, "max_per_order"),
        ({"max_per_buyer": 0}, "max_per_buyer"),
        ({"capacity": -1}, "capacity"),
        ({"status": "gone"}, "status"),
        ({"visibility": "secret"}, "status"),
    ],
)
def test_a_type_that_makes_no_sense_is_refused_by_field(
    world: World, draft: dict[str, object], field: str
) -> None:
    with world.open() as ctx, pytest.raises(Invalid) as error:
        make_type(ctx, make_event(ctx), **draft)  # type: ignore[arg-type]
    assert list(error.value.fields) == [field]


def test_a_price_is_in_the_currency_of_the_event(world: World) -> None:
    with world.open() as ctx, pytest.raises(Invalid) as error:
        save_ticket_type(ctx, make_event(ctx), TypeDraft("Regular", Money(100, "EUR")))
    assert error.value.fields == {"price": "other_currency"}


def test_a_type_is_found_in_its_event_only(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        assert ticket_type_by_id(ctx, event, ticket_type.id).id == ticket_type.id
        with pytest.raises(NotFound):
            ticket_type_by_id(ctx, make_event(ctx, "another"), ticket_type.id)
