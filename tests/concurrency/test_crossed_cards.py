"""Orders that sold the gift cards which others spend, and spent ones themselves: whoever holds one card and wants the next waits in one order (K2)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

import pytest

from sratix_core.checkout.models import Cart
from sratix_core.checkout.service import start_cart
from sratix_core.context import TenantContext
from sratix_core.orders.bulk import cancel_orders
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.orders.service import cancel_order
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.selling import issue
from sratix_core.payments.stored import Part
from sratix_core.pricing.rules import TypeRules
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.returning import give_back
from sratix_core.runtime import Runtime
from sratix_core.values.money import Money
from sratix_gift_cards.models import GiftCard
from sratix_gift_cards.provider import GiftCards
from sratix_gift_cards.selling import cards_of
from tests.builders import World, again, faults, make_event, make_process, make_type, publish
from tests.concurrency.conftest import Place
from tests.concurrency.crowd import all_at_once, codes, rounds
from tests.concurrency.test_money_races import FAR
from tests.concurrency.test_sold_cards import OVERTAKEN
from tests.gift_cards import PLUGINS, make_card, with_cards

slugs = count(1)
Act = Callable[[], object]


@pytest.fixture
def process(place: Place) -> Runtime:
    return make_process(*place, plugins=PLUGINS)


@pytest.fixture
def world(process: Runtime) -> Iterator[World]:
    yield with_cards(process)
    assert faults(process) == []


class Crossing:
    """A first order bought a card and tickets, which it paid with an older card; others pay with both cards."""

    def __init__(self, world: World) -> None:
        self.world = world
        with world.open() as ctx:
            self.event = make_event(ctx, f"crossed-{next(slugs)}", starts=FAR, ends=FAR + timedelta(days=1))
            self.ticket = make_type(ctx, self.event, 1500)
            sells = TypeRules(sells="gift_cards")
            self.card = make_type(ctx, self.event, 5000, rules=sells, name="Card")
            publish(ctx, self.event)
            self.older = make_card(ctx, 9000).id
        self.first = self.bought({self.card.id: 1, self.ticket.id: 2}, {self.older: 3000})()
        with world.open() as ctx:
            order = mark_paid(ctx, again(ctx, self.first), f"ref {self.first.code}")
            issue(ctx, order.id)
            (self.unit,) = [unit.id for unit in order.value_units]
            self.newer: uuid.UUID = cards_of(ctx, [self.unit])[self.unit].id

    def bought(self, units: dict[uuid.UUID, int], spends: dict[uuid.UUID, int]) -> Callable[[], Order]:
        """Place an order that is paid with so much of these cards, as their holder saw them before."""
        with self.world.open() as ctx:
            cart, _ = start_cart(ctx, self.event, units, "en")

        def run() -> Order:
            with self.world.open() as ctx:
                chosen = [self.part(ctx, card, minor) for card, minor in spends.items()]
                mine, people = ctx.db.get_one(Cart, cart.id), [Holder()] * sum(units.values())
                buyer = Buyer("Ada", "ada@example.org")
                return place_order(ctx, self.event, mine, buyer, people, "transfer", chosen)[0]

        return run

    @staticmethod
    def part(ctx: TenantContext, card: uuid.UUID, minor: int) -> Part:
        held = GiftCards().held(ctx, card)
        assert held is not None
        return Part(GiftCards(), held, Money(minor, "CHF"))

    def by_both(self) -> Callable[[], Order]:
        """Somebody else's two tickets, one by each card."""
        return self.bought({self.ticket.id: 2}, {self.older: 1500, self.newer: 1500})

    def cancelled(self, order: Order) -> Act:
        def run() -> object:
            with self.world.open() as ctx:
                return cancel_order(ctx, again(ctx, order), "asked")

        return run

    def given_back(self, *, whole: bool) -> Act:
        """Of the first order: all of it, or the card and a ticket."""

        def run() -> object:
            with self.world.open() as ctx:
                order = again(ctx, self.first)
                some = [self.unit, order.admissions[0].id]
                return give_back(ctx, order, None if whole else some, ReturnTerms.FULL, "goodwill")

        return run

    def balances(self) -> tuple[int, int]:
        with self.world.open(write=False) as ctx:
            older, newer = (ctx.db.get_one(GiftCard, card) for card in (self.older, self.newer))
            return older.balance_minor, newer.balance_minor


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "partly"])
def test_given_back_while_who_paid_with_both_cards_cancels(world: World, whole: bool) -> None:
    for _ in rounds(16):
        crossing = Crossing(world)
        other = crossing.by_both()()
        results = all_at_once([crossing.given_back(whole=whole), crossing.cancelled(other)])
        assert set(codes(results)) <= OVERTAKEN
        if not codes(results):
            older, newer = crossing.balances()
            assert older == 9000, "what was spent of it came back to it"
            assert newer in (0, 1500), "what came back before the return ended with it"


def test_cancelled_while_somebody_pays_with_both_cards(world: World) -> None:
    for _ in rounds(32):
        crossing = Crossing(world)
        results = all_at_once([crossing.by_both(), crossing.cancelled(crossing.first), crossing.by_both()])
        assert set(codes(results)) <= OVERTAKEN
        placed = [each for each in (results[0], results[2]) if isinstance(each, Order)]
        stands = isinstance(results[1], Exception)
        assert bool(placed) == stands, "the card is spent, or it was given back"
        kept = 3000 if stands else 0
        assert crossing.balances()[0] == 9000 - kept - 1500 * len(placed)


def test_many_who_paid_with_both_cards_cancel_beside_the_return(world: World) -> None:
    for _ in rounds(4):
        crossing = Crossing(world)
        others = [crossing.by_both()() for _ in range(3)]
        acts = [crossing.cancelled(other) for other in others]
        results = all_at_once([*acts, crossing.given_back(whole=False), crossing.cancelled(crossing.first)])
        assert set(codes(results)) <= OVERTAKEN


def test_several_are_cancelled_at_once_while_somebody_pays_with_the_cards_of_all(world: World) -> None:
    for _ in rounds(32):
        crossing = Crossing(world)
        # The order of the later card is cancelled first.
        orders = [
            crossing.bought({crossing.ticket.id: 1}, {card: 1500})()
            for card in (crossing.newer, crossing.older)
        ]
        both = [order.code for order in orders]

        def all_of_them(at: Crossing = crossing, both: list[str] = both) -> object:
            with world.open() as ctx:
                return cancel_orders(ctx, at.event, both, "organizer")

        results = all_at_once([crossing.by_both(), all_of_them, crossing.by_both()])
        assert (codes(results), results[1]) == ([], 2)
        assert crossing.balances() == (9000 - 3000 - 3000, 5000 - 3000)
