"""One card, many orders at once, and its value coming back from several sides: it is never spent twice and never lost (V1, V2, V3)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

from sratix_core.catalog.models import TicketType
from sratix_core.checkout.models import Cart
from sratix_core.checkout.service import start_cart
from sratix_core.context import TenantContext
from sratix_core.events.models import Event
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.payments.models import Payment
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.refunds import owed_back
from sratix_core.payments.sending import send_back
from sratix_core.payments.stored import Part
from sratix_core.runtime import Runtime
from sratix_core.values.money import Money
from sratix_gift_cards.issuing import Draft, block, issue, unblock
from sratix_gift_cards.models import GiftCard, How
from sratix_gift_cards.moving import end_due
from sratix_gift_cards.provider import GiftCards
from tests.builders import World, again, faults, make_event, make_process, make_type, publish
from tests.concurrency.conftest import Place
from tests.concurrency.crowd import CROWD, all_at_once, codes, rounds
from tests.concurrency.test_kill import ROOT, environment
from tests.concurrency.test_money_races import FAR, TERM_DAYS
from tests.gift_cards import PLUGINS, make_card, with_cards

OVERTAKEN = {
    "order_changed", "order_state", "value_changed", "gift_card_state", "nothing_owed", "refund_by_hand",
    "refund_too_large", "payment_known", "credit_over_price",
}  # fmt: skip
slugs = count(1)


@pytest.fixture
def process(place: Place) -> Runtime:
    return make_process(*place, plugins=PLUGINS)


@pytest.fixture
def world(process: Runtime) -> Iterator[World]:
    yield with_cards(process)
    assert faults(process) == []


class Till:
    """An event at CHF 15, and buyers who all hold the same card."""

    def __init__(self, world: World, minor: int) -> None:
        self.world = world
        with world.open() as ctx:
            self.event: Event = make_event(
                ctx, f"gift-{next(slugs)}", starts=FAR, ends=FAR + timedelta(days=1)
            )
            self.type: TicketType = make_type(ctx, self.event, 1500)
            publish(ctx, self.event)
            self.card = make_card(ctx, minor)

    def carts(self, n: int, units: int = 1) -> list[Cart]:
        with self.world.open() as ctx:
            return [start_cart(ctx, self.event, {self.type.id: units}, "en")[0] for _ in range(n)]

    def spend(self, cart: Cart, minor: int) -> Callable[[], Order]:
        """Place the order of a cart with so much of the card, as its buyer saw it a moment ago."""

        def run() -> Order:
            with self.world.open() as ctx:
                return self.order(ctx, cart, minor)

        return run

    def order(self, ctx: TenantContext, cart: Cart, minor: int) -> Order:
        provider = GiftCards()
        value = provider.held(ctx, self.card.id)
        assert value is not None
        chosen = [Part(provider, value, Money(minor, "CHF"))]
        mine = ctx.db.get_one(Cart, cart.id)
        people = [Holder() for line in mine.lines for _ in range(line.quantity)]
        return place_order(
            ctx, self.event, mine, Buyer("Ada", "ada@example.org"), people, "transfer", chosen
        )[0]

    def on(self, order: Order, act: Callable[..., object], *arguments: object) -> Callable[[], object]:
        def run() -> object:
            with self.world.open() as ctx:
                return act(ctx, again(ctx, order), *arguments)

        return run

    def switch(self, act: Callable[[TenantContext, GiftCard], None]) -> Callable[[], object]:
        def run() -> object:
            with self.world.open() as ctx:
                return act(ctx, ctx.db.get_one(GiftCard, self.card.id))

        return run

    def sweep(self) -> object:
        with self.world.open() as ctx:
            return expire_orders(ctx), end_due(ctx)

    def balance(self) -> int:
        with self.world.open(write=False) as ctx:
            return int(ctx.db.get_one(GiftCard, self.card.id).balance_minor)

    def kept(self) -> int:
        """What orders keep of the card."""
        with self.world.open(write=False) as ctx:
            paid = ctx.db.scalars(select(Payment).where(Payment.stored))
            mine = (p for p in paid if p.reference.startswith(str(self.card.id)))
            return sum(p.amount_minor - p.refunded_minor for p in mine)


def test_of_64_orders_on_one_card_as_many_are_placed_as_it_pays(world: World) -> None:
    till = Till(world, 5000)
    results = all_at_once([till.spend(cart, 1500) for cart in till.carts(CROWD)])
    placed = [each for each in results if isinstance(each, Order)]
    assert (len(placed), till.balance(), till.kept()) == (3, 500, 4500)
    assert {each.state for each in placed} == {"paid"}
    assert codes(results) == ["value_changed"] * (CROWD - 3)
    with world.open(write=False) as ctx:
        orders = select(func.count()).select_from(Order).where(Order.event_id == till.event.id)
        assert ctx.db.scalar(orders) == 3, "who came too late has no order and keeps the cart"


def test_spending_paying_expiring_cancelling_and_refunding_leave_every_cent_somewhere(world: World) -> None:
    for _ in rounds(6):
        till = Till(world, 6000)
        carts = till.carts(8, 2)
        orders = [till.spend(cart, 1000)() for cart in carts[:4]]
        world.later(days=TERM_DAYS)
        acts = [till.sweep, till.switch(block), till.switch(unblock), till.sweep]
        acts += [till.spend(cart, 1500) for cart in carts[4:]]
        for order in orders:
            acts += [
                till.on(order, mark_paid, order.code),
                till.on(order, cancel_order, "asked"),
                till.on(order, send_back),
            ]
        results = all_at_once(acts)
        assert set(codes(results)) <= OVERTAKEN
        assert till.balance() + till.kept() == 6000


def test_partial_refunds_of_one_order_at_once_come_back_once(world: World) -> None:
    for _ in rounds(6):
        till = Till(world, 3000)
        order = till.spend(till.carts(1, 2)[0], 3000)()
        with world.open() as ctx:
            credit(ctx, again(ctx, order), Money(1000, "CHF"), "goodwill")
        back = [till.on(order, send_back, Money(400, "CHF")) for _ in range(12)]
        results = all_at_once(
            [
                *back,
                till.on(order, cancel_order, "asked"),
                till.on(order, credit, Money(300, "CHF"), "goodwill"),
            ]
        )
        assert set(codes(results)) <= OVERTAKEN
        assert till.balance() + till.kept() == 3000
        with world.open(write=False) as ctx:
            assert owed_back(again(ctx, order)).minor == 0, "an order that is over keeps nothing of a card"


def test_one_form_sent_by_many_hands_is_one_batch(world: World) -> None:
    with world.open() as ctx:
        draft = Draft(ctx.ids.new(), Money(2000, "CHF"), How.TILL, 3)

    def send() -> list[GiftCard]:
        with world.open() as ctx:
            return issue(ctx, draft)

    all_at_once([send] * 16)
    with world.open(write=False) as ctx:
        assert ctx.db.scalar(select(func.count()).select_from(GiftCard)) == 3


SPENDER = """
import os, sys, uuid
from pathlib import Path
from sratix_core import models as _
from sratix_core.checkout.models import Cart
from sratix_core.events.models import Event
from sratix_core.payments.stored import parts
from sratix_core.settings import load
from sratix_core.tenancy.engines import Engines
from sratix_core.values.money import Money
from sratix_core.orders.placing import Buyer, Holder, place_order
from tests.builders import World, make_process
from tests.gift_cards import PLUGINS
folder, tenant, cart, card = sys.argv[1:]
settings = load(os.environ, {"data_dir": Path(folder), "threads": 2, "worker": "false"})
process = make_process(settings, Engines(settings), plugins=PLUGINS)
world = World(process, process.engines.tenants.by_id(int(tenant)))
with world.open() as ctx:
    mine = ctx.db.get_one(Cart, uuid.UUID(cart))
    chosen = parts(ctx, [("gift_cards", uuid.UUID(card))], Money(1500, "CHF"))
    event = ctx.db.get_one(Event, mine.event_id)
    place_order(ctx, event, mine, Buyer("Ada", "ada@example.org"), [Holder()], None, chosen)
    ctx.db.flush()
    print("claimed", flush=True)
    sys.stdin.read()
"""


def test_killed_between_the_claim_and_the_commit_nothing_was_spent(world: World, place: Place) -> None:
    till = Till(world, 5000)
    cart = till.carts(1)[0]
    settings = place[0]
    arguments = [str(settings.data_dir), str(world.tenant.id), str(cart.id), str(till.card.id)]
    with subprocess.Popen(
        [sys.executable, "-c", SPENDER, *arguments],
        cwd=ROOT,
        env={**environment(settings), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as spender:
        assert spender.stdout is not None
        assert spender.stdout.readline() == b"claimed\n"
        os.kill(spender.pid, signal.SIGKILL)
    assert (till.balance(), till.kept()) == (5000, 0)
    order = till.spend(cart, 1500)()
    assert (order.state, till.balance()) == ("paid", 3500)
