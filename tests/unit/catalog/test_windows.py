"""What is on sale when: windows, visibility, limits and what the shop is told about them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sratix_core.catalog.availability import Offer, OfferState, offers
from sratix_core.checkout.choosing import MOST_PER_CART, NotOnSale
from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event, EventStatus
from sratix_core.events.service import move
from tests.builders import NOON, World, again, make_cart, make_event, make_sale, make_type, publish

HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)


def the_offer(ctx: TenantContext, event: Event) -> Offer:
    (offer,) = offers(ctx, event)
    return offer


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (None, None, OfferState.ON_SALE),
        (NOON, None, OfferState.ON_SALE),
        (NOON + INSTANT, None, OfferState.NOT_YET),
        (None, NOON + INSTANT, OfferState.ON_SALE),
        (None, NOON, OfferState.ENDED),
        (NOON - HOUR, NOON, OfferState.ENDED),
        (NOON, NOON + HOUR, OfferState.ON_SALE),
    ],
)
def test_a_window_holds_its_first_instant_and_not_its_last(world: World, start, end, state) -> None:  # type: ignore[no-untyped-def]
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=5, sales_start=start, sales_end=end)
        assert the_offer(ctx, event).state == state
        if state == OfferState.ON_SALE:
            make_cart(ctx, event, {ticket_type: 1})
        else:
            with pytest.raises(NotOnSale) as refusal:
                make_cart(ctx, event, {ticket_type: 1})
            assert refusal.value.data["state"] == state


def test_an_ended_type_is_ended_even_when_it_is_sold_out(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=1, sales_end=NOON + HOUR)
        make_cart(ctx, event, {ticket_type: 1})
        assert the_offer(ctx, event).state == OfferState.SOLD_OUT
        world.later(hours=1)
        assert the_offer(ctx, event).state == OfferState.ENDED


def test_what_is_not_on_sale_cannot_be_chosen(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        make_type(ctx, event, status="paused")
        make_type(ctx, event, capacity=0)
        make_type(ctx, event, sales_start=NOON + HOUR)
        assert [(o.state, o.max_quantity) for o in offers(ctx, event)] == [
            (OfferState.PAUSED, 0),
            (OfferState.SOLD_OUT, 0),
            (OfferState.NOT_YET, 0),
        ]


def test_the_most_one_can_choose_is_what_is_left(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=12, max_per_order=10)
        assert the_offer(ctx, event).max_quantity == 10
        make_cart(ctx, event, {ticket_type: 9})
        offer = the_offer(ctx, event)
        assert (offer.left, offer.max_quantity, offer.scarce) == (3, 3, True)


def test_a_type_without_a_pool_has_no_number_left(world: World) -> None:
    with world.open() as ctx:
        event, _ = make_sale(ctx, max_per_order=7)
        offer = the_offer(ctx, event)
        assert (offer.left, offer.capacity, offer.scarce, offer.max_quantity) == (None, None, False, 7)


@pytest.mark.parametrize(("left", "scarce"), [(101, False), (100, True), (11, True), (0, False)])
def test_few_left_is_one_in_ten_or_ten(world: World, left: int, scarce: bool) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, capacity=1000, max_per_order=100)
        gone = 1000 - left
        while gone:
            make_cart(ctx, event, {ticket_type: min(gone, 100)})
            gone -= min(gone, 100)
        assert the_offer(ctx, event).scarce is scarce


def test_types_stand_in_their_order_and_only_public_ones_show(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        make_type(ctx, event, name="B", position=2)
        link = make_type(ctx, event, name="Partner", position=1, visibility="link")
        make_type(ctx, event, name="Staff", position=0, visibility="hidden")
        make_type(ctx, event, name="A", position=2)

        def names(**given) -> list[str]:  # type: ignore[no-untyped-def]
            return [o.ticket_type.name for o in offers(ctx, event, **given)]

        assert names() == ["A", "B"]
        assert names(also=frozenset({link.id})) == ["Partner", "A", "B"]
        assert names(staff=True) == ["Staff", "Partner", "A", "B"]


def test_a_hidden_type_is_not_sold_and_a_link_type_is(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        hidden, link = (make_type(ctx, event, visibility=v) for v in ("hidden", "link"))
        publish(ctx, event)
        make_cart(ctx, event, {link: 1})
        with pytest.raises(NotOnSale):
            make_cart(ctx, event, {hidden: 1})


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CANCELLED, EventStatus.ARCHIVED])
def test_only_a_published_event_sells(world: World, status: EventStatus) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        move(ctx, event, status)
        with pytest.raises(Refused, match="event_not_on_sale"):
            make_cart(ctx, event, {ticket_type: 1})


def test_an_event_that_is_over_sells_nothing(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        world.clock.move(event.ends_at - NOON - INSTANT)
        make_cart(ctx, event, {ticket_type: 1})
        world.clock.move(INSTANT)
        with pytest.raises(Refused, match="event_not_on_sale"):
            make_cart(ctx, event, {ticket_type: 1})


@pytest.mark.parametrize(("quantity", "taken"), [(1, False), (2, True), (4, True), (5, False), (-1, False)])
def test_limits_per_order_hold_at_both_ends(world: World, quantity: int, taken: bool) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, min_per_order=2, max_per_order=4)
        if taken:
            assert again(ctx, make_cart(ctx, event, {ticket_type: quantity})[0]).lines[0].quantity == quantity
        else:
            with pytest.raises(Invalid):
                make_cart(ctx, event, {ticket_type: quantity})


def test_nothing_chosen_is_no_cart(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        for nothing in ({}, {ticket_type: 0}):
            with pytest.raises(Invalid) as error:
                make_cart(ctx, event, nothing)
            assert error.value.fields == {"quantity": "nothing_chosen"}


def test_a_cart_stays_small_whatever_its_types_allow(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        a, b = (make_type(ctx, event, max_per_order=100) for _ in range(2))
        publish(ctx, event)
        make_cart(ctx, event, {a: MOST_PER_CART - 1, b: 1})
        with pytest.raises(Invalid):
            make_cart(ctx, event, {a: MOST_PER_CART, b: 1})
        with pytest.raises(Invalid):
            make_cart(ctx, event, {a: 2**63})


def test_a_type_of_another_event_is_unknown(world: World) -> None:
    with world.open() as ctx:
        event, _ = make_sale(ctx)
        other = make_type(ctx, make_event(ctx, "another"))
        with pytest.raises(NotOnSale) as refusal:
            make_cart(ctx, event, {other: 1})
        assert refusal.value.data["state"] == "unknown"


def test_an_add_on_needs_a_ticket_for_each_of_its_own(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        ticket, workshop = make_type(ctx, event), make_type(ctx, event, is_addon=True)
        publish(ctx, event)
        make_cart(ctx, event, {ticket: 2, workshop: 2})
        for alone in ({workshop: 1}, {ticket: 1, workshop: 2}):
            with pytest.raises(Refused, match="addon_needs_ticket"):
                make_cart(ctx, event, alone)
