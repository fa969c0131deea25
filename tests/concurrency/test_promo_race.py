"""Many buyers with one code: never one use too many, none lost, whatever ends when (P1, P2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import ModuleType

import pytest
from sqlalchemy import select

from sratix_core.checkout.codes import put_code, take_code_off
from sratix_core.checkout.models import Cart
from sratix_core.checkout.service import cart_by_secret, expire_carts, release_cart, start_cart
from sratix_core.context import TenantContext
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.payments.receiving import mark_paid
from sratix_core.plugins import PluginHost, PluginInfo, hookimpl
from sratix_core.plugins.pricing import PriceCart, PriceRule
from sratix_core.pricing.rules import DiscountKind
from sratix_core.promotions import guesses
from sratix_core.promotions.drafts import CodeDraft
from sratix_core.promotions.models import PromoCode
from sratix_core.promotions.service import create_code
from sratix_core.runtime import Runtime
from sratix_core.tenants.service import switch_plugin
from sratix_core.values.ids import SeededRandom
from tests.builders import TESTS, World, again, faults, make_sale, make_world, order_of, transfer_plugin
from tests.concurrency.crowd import CROWD, all_at_once, codes, rounds


@pytest.mark.parametrize("most", [1, 5])
def test_64_redeem_a_code_of_which_few_are_left(world: World, most: int) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000, 1000)
        code = create_code(ctx, event, CodeDraft("TEN", DiscountKind.PERCENT, 1000, max_uses=most))

    def redeem() -> str:
        with world.open() as ctx:
            return start_cart(ctx, event, {kind.id: 1}, "en", code="ten")[1]

    results = all_at_once([redeem] * CROWD)
    assert codes(results) == ["promo_used_up"] * (CROWD - most)
    with world.open(write=False) as ctx:
        assert again(ctx, code).used == most


def test_64_redeem_one_members_number_that_nobody_used_before(process: Runtime) -> None:
    """Its code is made by whoever comes first, while others wait to make the same; one of them has the use."""
    numbers = ModuleType("numbers_for_tests")

    @hookimpl
    def price_rules(ctx: TenantContext, cart: PriceCart) -> list[PriceRule]:
        return (
            [PriceRule("member", "Member", "percent", 2000, answers="M-1", most_uses=1)] if cart.code else []
        )

    info = PluginInfo(name="numbers", title="Numbers", version="1", category="sales")
    numbers.__dict__.update(info=info, price_rules=price_rules)
    world = make_world(replace(process, plugins=PluginHost([transfer_plugin(), numbers])))
    with world.process.engines.begin(TESTS) as db:
        switch_plugin(db, process.sources, world.tenant.id, "numbers", True)
    world.process.engines.tenants.invalidate(world.tenant.id)
    info_now = world.process.engines.tenants.by_id(world.tenant.id)
    assert info_now is not None
    world = World(world.process, info_now)
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000, 1000)
        late = [start_cart(ctx, event, {kind.id: 1}, "en")[1] for _ in range(CROWD // 2)]

    def redeem() -> None:
        with world.open() as ctx:
            start_cart(ctx, event, {kind.id: 1}, "en", code="m-1")

    def put(secret: str) -> None:
        with world.open() as ctx:
            put_code(ctx, event, cart_by_secret(ctx, event, secret), "M-1")

    results = all_at_once([*[redeem] * (CROWD // 2), *(partial(put, secret) for secret in late)])
    assert codes(results) == ["promo_used_up"] * (CROWD - 1)
    with world.open() as ctx:
        (code,) = ctx.db.scalars(select(PromoCode))
        assert (code.plugin, code.used, code.max_uses) == ("numbers", 1, 1)
        world.clock.move(timedelta(hours=1))
        expire_carts(ctx)
        assert again(ctx, code).used == 0
    assert faults(process) == []


def test_one_buyer_places_64_carts_with_a_code_for_two(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000, 1000)
        create_code(ctx, event, CodeDraft("TEN", DiscountKind.PERCENT, 1000, max_uses_per_buyer=2))
        secrets = [start_cart(ctx, event, {kind.id: 1}, "en", code="ten")[1] for _ in range(CROWD)]

    def place(secret: str) -> str:
        with world.open() as ctx:
            return order_of(ctx, event, cart_by_secret(ctx, event, secret)).code

    results = all_at_once([partial(place, secret) for secret in secrets])
    assert codes(results) == ["promo_buyer_limit"] * (CROWD - 2)


class OneCart:
    """A cart with the first of two codes, and what its buyer does to it in several tabs."""

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        with world.open() as ctx:
            event, kind = make_sale(ctx, 5000, 1000, slug=f"round-{number}")
            drafts = [CodeDraft(f"C{n}", DiscountKind.AMOUNT, 100 + n, max_uses=9) for n in range(2)]
            self.event, self.made = event, [create_code(ctx, event, draft) for draft in drafts]
            _, self.secret = start_cart(ctx, event, {kind.id: 2}, "en", code="c0")

    def cart(self, ctx: TenantContext) -> Cart:
        return cart_by_secret(ctx, self.event, self.secret)

    def put(self, code: PromoCode) -> None:
        with self.world.open() as ctx:
            put_code(ctx, self.event, self.cart(ctx), code.code)

    def off(self) -> None:
        with self.world.open() as ctx:
            take_code_off(ctx, self.cart(ctx))

    def end(self) -> None:
        with self.world.open() as ctx:
            release_cart(ctx, self.cart(ctx))

    def place(self) -> None:
        with self.world.open() as ctx:
            order_of(ctx, self.event, self.cart(ctx))


def test_a_code_goes_on_and_off_one_cart_from_all_sides(world: World) -> None:
    """Two codes put on and off, given back and ordered at once: each use is there once, or came back once."""
    for number in rounds(8):
        one = OneCart(world, number)
        acts: list[Callable[[], None]] = [*(partial(one.put, c) for c in one.made * 4), one.off, one.off]
        acts += [one.end, one.place, one.place]
        chance = SeededRandom(f"codes {number}")
        acts.sort(key=lambda _, chance=chance: chance.below(1000))  # type: ignore[misc]
        assert set(codes(all_at_once(acts))) <= {"cart_gone", "cart_changed"}
        with world.open(write=False) as ctx:
            assert sum(again(ctx, code).used for code in one.made) <= 1


def test_orders_with_a_code_end_in_all_ways_at_once(world: World) -> None:
    """Paid late, cancelled and expired at the same moment, while others wait for the last use."""
    with world.open() as ctx:
        event, kind = make_sale(ctx, 5000, 1000)
        create_code(ctx, event, CodeDraft("TEN", DiscountKind.PERCENT, 1000, max_uses=8))
        orders = [
            order_of(ctx, event, start_cart(ctx, event, {kind.id: 1}, "en", code="ten")[0]) for _ in range(8)
        ]
    world.later(days=10)

    def cancel(order: object) -> None:
        with world.open() as ctx:
            cancel_order(ctx, again(ctx, order), "asked")  # type: ignore[type-var]

    def pay(order: object) -> None:
        with world.open() as ctx:
            found = again(ctx, order)  # type: ignore[type-var]
            mark_paid(ctx, found, f"ref {found.code}")  # type: ignore[attr-defined]

    def sweep() -> None:
        with world.open() as ctx:
            expire_orders(ctx)
            expire_carts(ctx)

    def redeem() -> None:
        with world.open() as ctx:
            start_cart(ctx, event, {kind.id: 1}, "en", code="ten")

    acts: list[Callable[[], None]] = [sweep] * 4 + [redeem] * 12
    for order in orders:
        acts += [partial(cancel, order), partial(pay, order)]
    results = all_at_once(acts)
    allowed = {"promo_used_up", "order_state", "order_changed", "event_not_on_sale"}
    assert set(codes(results)) <= allowed, codes(results)


def test_guesses_at_once_count_like_guesses_in_a_row(world: World) -> None:
    def guess() -> bool:
        with world.open() as ctx:
            return guesses.count(ctx, "192.0.2.1")

    assert sum(bool(x) for x in all_at_once([guess] * CROWD)) == guesses.MOST
