"""What is typed becomes a fee, and what cannot be a fee is refused beside its field."""

import uuid
from collections.abc import Iterator

import pytest

import sratix_service_fees
from sratix_core.plugin import EventRef, OrderFee, PriceCart
from sratix_core.plugindev import World
from sratix_service_fees.amounts import points, units

PAGE = "/dashboard/alpha/plugins/service_fees/"
FEE = {"name": "Booking fee", "ticket": "1,50", "percent": "2.5", "order": "3", "most": "20", "tax": "8.1"}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World.open(sratix_service_fees) as world:
        yield world


def fees(world: World, tenant: str = "alpha", currency: str = "CHF") -> list[OrderFee]:
    with world.ctx(tenant) as ctx:
        cart = PriceCart(EventRef(uuid.UUID(int=1), currency))
        return [fee for answer in ctx.hooks.order_fees(ctx=ctx, cart=cart) for fee in answer]


def test_nothing_set_is_no_fee(world: World) -> None:
    assert fees(world, "bravo") == []


def test_what_was_typed_is_the_fee_of_this_organizer_alone(world: World) -> None:
    assert world.post(PAGE, FEE).status_int == 303
    assert fees(world) == [OrderFee("service_fees", "Booking fee", 150, 250, 300, 2000, 810)]
    assert fees(world, currency="JPY")[0].ticket_minor == 2, "half a yen goes up"
    assert fees(world, "bravo") == []


def test_an_included_fee_has_no_part_for_the_order(world: World) -> None:
    world.post(PAGE, {**FEE, "included": "1"})
    (fee,) = fees(world)
    assert (fee.included, fee.order_minor, fee.ticket_minor) == (True, 0, 150)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("ticket", "-1"),
        ("ticket", "a lot"),
        ("percent", "101"),
        ("percent", "1e1"),
        ("name", "x" * 61),
        ("most", "\u0661"),
    ],
)
def test_what_is_no_amount_is_refused(world: World, field: str, typed: str) -> None:
    assert world.post(PAGE, {**FEE, field: typed}).status_int == 422


def test_amounts_are_exact() -> None:
    assert [units(each, "CHF") for each in ("0.01", "1.5", "1.005", None)] == [1, 150, 101, 0]
    assert [units("1.005", each) for each in ("KWD", "JPY")] == [1005, 1]
    assert [points(each) for each in ("2.6", "0.01", "100", None)] == [260, 1, 10_000, 0]


def test_it_is_gone_with_the_switch(world: World) -> None:
    world.switch("service_fees", False)
    assert fees(world) == []
    world.switch("service_fees", True)
