"""A cart is a hold: it keeps its units and its price for a quarter of an hour and gives them back exactly once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sratix_core.catalog.hot import SoldOut
from sratix_core.checkout.models import Cart, CartState
from sratix_core.checkout.service import (
    CartGone,
    cart_by_secret,
    expire_carts,
    must_be_open,
    release_cart,
    secret_hash,
    start_cart,
)
from sratix_core.errors import NotFound
from sratix_core.jobs.models import Job
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
    order_of,
    publish,
    taken,
)

HOLD = {"minutes": 15}


def test_a_cart_holds_its_units_for_fifteen_minutes(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=10)
        cart, _ = make_cart(ctx, event, {ticket_type: 3})
        assert cart.expires_at == world.clock.now().replace(minute=15)
        pool_id = again(ctx, ticket_type).draws[0].pool_id
        world.later(minutes=14, seconds=59)
        assert (expire_carts(ctx), taken(ctx, pool_id)) == (0, 3)
        world.later(seconds=1)
        assert (expire_carts(ctx), taken(ctx, pool_id)) == (1, 0)
        assert again(ctx, cart).state == CartState.EXPIRED
        assert (expire_carts(ctx), taken(ctx, pool_id)) == (0, 0)


def test_releasing_twice_is_releasing_once(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=10)
        pool_id = again(ctx, ticket_type).draws[0].pool_id
        make_cart(ctx, event, {ticket_type: 1})
        cart, _ = make_cart(ctx, event, {ticket_type: 2})
        release_cart(ctx, cart)
        release_cart(ctx, cart)
        assert (taken(ctx, pool_id), cart.state) == (1, CartState.RELEASED)


def test_the_next_buyer_gets_what_an_expired_cart_held_without_waiting_for_a_sweep(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=2)
        make_cart(ctx, event, {ticket_type: 2})
        with pytest.raises(SoldOut):
            make_cart(ctx, event, {ticket_type: 1})
    world.later(**HOLD)
    with world.open() as ctx:
        make_cart(ctx, event, {ticket_type: 2})


def test_a_sale_that_fails_after_it_swept_leaves_the_sweep_to_others(world: World) -> None:
    """The refusal rolls everything back, so the expired cart still holds its units until somebody commits."""
    with world.open() as ctx:
        event = make_event(ctx)
        hall, lunch = make_pool(ctx, event, 5), make_pool(ctx, event, 0, "Lunch")
        plain, full = make_type(ctx, event, pools=[hall]), make_type(ctx, event, pools=[hall, lunch])
        publish(ctx, event)
        make_cart(ctx, event, {plain: 5})
    world.later(**HOLD)
    with pytest.raises(SoldOut), world.open() as ctx:
        make_cart(ctx, event, {full: 1})
    with world.open() as ctx:
        assert taken(ctx, hall.id) == 5
        assert (expire_carts(ctx), taken(ctx, hall.id)) == (1, 0)


def test_a_sweep_gives_each_pool_what_was_drawn_from_it(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        hall, lunch = make_pool(ctx, event, 50), make_pool(ctx, event, 50, "Lunch")
        full, talk = make_type(ctx, event, pools=[hall, lunch]), make_type(ctx, event, pools=[hall])
        publish(ctx, event)
        for _ in range(5):
            make_cart(ctx, event, {full: 1, talk: 2})
        world.later(minutes=5)
        make_cart(ctx, event, {full: 4})
        world.later(minutes=10)
        assert expire_carts(ctx) == 5
        assert (taken(ctx, hall.id), taken(ctx, lunch.id)) == (4, 4)


def test_a_sweep_of_one_event_leaves_others_alone(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        make_cart(ctx, event, {ticket_type: 1})
        other = make_event(ctx, "another")
        world.later(**HOLD)
        assert expire_carts(ctx, other.id) == 0
        assert expire_carts(ctx, event.id) == 1


def test_time_alone_does_not_end_a_cart(world: World) -> None:
    """A buyer who comes a moment late still gets the seats nobody else has asked for."""
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=1)
        cart, _ = make_cart(ctx, event, {ticket_type: 1})
        world.later(minutes=16)
        assert must_be_open(ctx, cart) is cart
        order_of(ctx, event, cart)


@pytest.mark.parametrize("end", ["placed", "released", "expired"])
def test_a_cart_that_ended_says_how(world: World, end: str) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        cart, secret = make_cart(ctx, event, {ticket_type: 1})
        order_id = None
        if end == "placed":
            order_id = order_of(ctx, event, cart).id
        elif end == "released":
            release_cart(ctx, cart)
        else:
            world.later(**HOLD)
            expire_carts(ctx)
        with pytest.raises(CartGone) as gone:
            must_be_open(ctx, again(ctx, cart_by_secret(ctx, event, secret)))
        assert (gone.value.data["state"], gone.value.data["order_id"]) == (end, order_id)


def test_a_placed_cart_is_neither_released_nor_swept(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=5)
        pool_id = again(ctx, ticket_type).draws[0].pool_id
        cart, _ = make_cart(ctx, event, {ticket_type: 2})
        order_of(ctx, event, cart)
        release_cart(ctx, cart)
        world.later(days=1)
        assert (expire_carts(ctx), taken(ctx, pool_id)) == (0, 2)


def test_the_price_is_frozen_when_the_cart_opens(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, 4900)
        cart, _ = make_cart(ctx, event, {ticket_type: 2})
        again(ctx, ticket_type).price_minor = 9900
        order = order_of(ctx, event, cart)
        assert (order.total.minor, order.lines[0].unit_price.minor) == (9800, 4900)


def test_a_cart_is_opened_by_its_secret_alone(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        cart, secret = make_cart(ctx, event, {ticket_type: 1})
        assert cart_by_secret(ctx, event, secret).id == cart.id
        assert cart.secret_hash == secret_hash(secret) != secret.encode()
        for wrong in ("", secret.lower(), secret + "0", str(cart.id), "\0", "\ud800", "x" * 10**6):
            with pytest.raises(NotFound):
                cart_by_secret(ctx, event, wrong)
        with pytest.raises(NotFound):
            cart_by_secret(ctx, make_event(ctx, "another"), secret)


def test_another_tenant_does_not_know_the_secret(world: World) -> None:
    other = make_world(world.process)
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        _, secret = make_cart(ctx, event, {ticket_type: 1})
    with other.open() as ctx, pytest.raises(NotFound):
        cart_by_secret(ctx, event, secret)


def test_a_given_secret_opens_one_cart_only(world: World) -> None:
    from sqlalchemy.exc import IntegrityError

    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=9)
        pool_id = again(ctx, ticket_type).draws[0].pool_id
        start_cart(ctx, event, {ticket_type.id: 2}, "en", "of the form")
    with pytest.raises(IntegrityError), world.open() as ctx:
        start_cart(ctx, event, {ticket_type.id: 2}, "en", "of the form")
    with world.open() as ctx:
        assert taken(ctx, pool_id) == 2


def test_a_refused_cart_leaves_nothing_behind(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=1)
    with pytest.raises(SoldOut), world.open() as ctx:
        make_cart(ctx, event, {ticket_type: 2})
    with world.open() as ctx:
        assert ctx.db.scalars(select(Cart)).all() == []
        assert ctx.db.scalars(select(Job)).all() == []


def test_an_order_and_a_cart_together_count_once_each(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=9)
        make_order(ctx, event, {ticket_type: 2})
        make_cart(ctx, event, {ticket_type: 3})
        assert taken(ctx, again(ctx, ticket_type).draws[0].pool_id) == 5
