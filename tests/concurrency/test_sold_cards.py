"""Gift cards that orders sell: made once however often they are paid for and asked for, and never both spent and given back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

from sratix_core.catalog.models import TicketType
from sratix_core.checkout.service import start_cart
from sratix_core.events.models import Event
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.orders.service import cancel_order
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.refunds import owed_back
from sratix_core.payments.selling import issue
from sratix_core.payments.stored import Part
from sratix_core.pricing.rules import TypeRules
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.returning import give_back
from sratix_core.refunds.service import save_policy
from sratix_core.runtime import Runtime
from sratix_core.values.money import Money
from sratix_gift_cards.issuing import block
from sratix_gift_cards.models import GiftCard, How, Kind, Movement
from sratix_gift_cards.moving import end
from sratix_gift_cards.provider import GiftCards
from tests.builders import World, again, faults, make_event, make_process, make_type, publish
from tests.concurrency.conftest import Place
from tests.concurrency.crowd import all_at_once, codes, rounds
from tests.concurrency.test_kill import ROOT, environment
from tests.concurrency.test_money_races import FAR
from tests.gift_cards import PLUGINS, with_cards

OVERTAKEN = {
    "order_changed", "order_state", "value_changed", "gift_card_state", "payment_known", "refund_changed",
    "value_was_spent", "value_all_spent", "nothing_to_give_back", "ticket_state",
    "value_back_blocked", "cancel_by_organizer",
}  # fmt: skip
slugs = count(1)


@pytest.fixture
def process(place: Place) -> Runtime:
    return make_process(*place, plugins=PLUGINS)


@pytest.fixture
def world(process: Runtime) -> Iterator[World]:
    yield with_cards(process)
    assert faults(process) == []


class Stall:
    """An event that sells gift cards at CHF 50 and tickets at CHF 15, and an order of some of the cards."""

    def __init__(self, world: World, cards: int, *, paid: bool = True) -> None:
        self.world = world
        with world.open() as ctx:
            self.event: Event = make_event(
                ctx, f"sold-{next(slugs)}", starts=FAR, ends=FAR + timedelta(days=1)
            )
            self.ticket: TicketType = make_type(ctx, self.event, 1500)
            self.card: TicketType = make_type(
                ctx, self.event, 5000, 50, rules=TypeRules(sells="gift_cards"), name="Card"
            )
            publish(ctx, self.event)
            cart, _ = start_cart(ctx, self.event, {self.card.id: cards}, "en")
            buyer = Buyer("Ada", "ada@example.org")
            self.order, _ = place_order(ctx, self.event, cart, buyer, [Holder()] * cards, "transfer")
        if paid:
            self.on(mark_paid, f"ref {self.order.code}")()
            self.on(lambda ctx, order: issue(ctx, order.id))()

    def on(self, act: Callable[..., object], *arguments: object) -> Callable[[], object]:
        def run() -> object:
            with self.world.open() as ctx:
                return act(ctx, again(ctx, self.order), *arguments)

        return run

    def make(self) -> object:
        with self.world.open() as ctx:
            return issue(ctx, self.order.id)

    def sold(self) -> list[GiftCard]:
        with self.world.open(write=False) as ctx:
            mine = select(GiftCard).where(GiftCard.how == How.SHOP, GiftCard.recipient_email != "")
            lines = {line.id for line in again(ctx, self.order).lines}
            return [
                card for card in ctx.db.scalars(mine.order_by(GiftCard.ordinal)) if card.batch_id in lines
            ]

    def spender(self, card: GiftCard) -> Callable[[], object]:
        """Buys a ticket with CHF 15 of a card, as its holder saw it a moment ago."""
        with self.world.open() as ctx:
            cart, _ = start_cart(ctx, self.event, {self.ticket.id: 1}, "en")

        def run() -> object:
            with self.world.open() as ctx:
                held = GiftCards().held(ctx, card.id)
                assert held is not None
                chosen = [Part(GiftCards(), held, Money(1500, "CHF"))]
                mine = ctx.db.get_one(type(cart), cart.id)
                return place_order(
                    ctx, self.event, mine, Buyer("B", "b@example.org"), [Holder()], None, chosen
                )

        return run

    def back(self) -> Callable[[], object]:
        return self.on(lambda ctx, order: give_back(ctx, order, None, ReturnTerms.FULL, "goodwill"))

    def by_buyer(self, *units: uuid.UUID) -> Callable[[], object]:
        return self.on(
            lambda ctx, order: give_back(ctx, order, units, ReturnTerms.POLICY, "buyer", by_buyer=True)
        )

    def blocks(self, card: GiftCard) -> Callable[[], object]:
        def run() -> object:
            with self.world.open() as ctx:
                block(ctx, ctx.db.get_one(GiftCard, card.id))
            return "blocked"

        return run

    def ends(self, card: GiftCard) -> Callable[[], object]:
        def run() -> object:
            with self.world.open() as ctx:
                return end(ctx, ctx.db.get_one(GiftCard, card.id))

        return run

    def spent(self) -> int:
        """What orders were paid of these cards."""
        return sum(card.issued_minor - card.balance_minor for card in self.sold() if card.state == "active")


def test_paid_and_made_by_many_at_once_there_is_one_card_for_each_unit(world: World) -> None:
    for turn in rounds(4):
        stall = Stall(world, 3, paid=False)
        pays = [stall.on(mark_paid, f"ref {turn} {n}") for n in range(4)]
        results = all_at_once([*pays, *[stall.make] * 8])
        assert set(codes(results)) <= OVERTAKEN
        stall.make()
        assert [card.ordinal for card in stall.sold()] == [0, 1, 2]
        with world.open(write=False) as ctx:
            cards = [str(card.id) for card in stall.sold()]
            mails = select(Message).where(Message.kind == "gift_cards.card")
            assert sorted(m.data["card"] for m in ctx.db.scalars(mails) if m.data["card"] in cards) == sorted(
                cards
            )


def test_made_while_the_order_is_cancelled_nobody_keeps_both(world: World) -> None:
    for _ in rounds(6):
        stall = Stall(world, 2, paid=False)
        stall.on(mark_paid, f"ref {stall.order.code}")()
        results = all_at_once([stall.make, stall.make, stall.on(cancel_order, "asked"), stall.make])
        assert codes(results) == []
        assert {card.state for card in stall.sold()} <= {"ended"}
        with world.open(write=False) as ctx:
            assert owed_back(again(ctx, stall.order)).minor == 10_000


def test_spent_and_given_back_at_once_every_cent_is_in_one_place(world: World) -> None:
    for turn in rounds(8):
        stall = Stall(world, 2)
        first, second = stall.sold()
        spenders = [stall.spender(first) for _ in range(3)] + [stall.spender(second)]
        acts = [*spenders, stall.back(), stall.back(), stall.on(cancel_order, "asked")]
        acts += [stall.ends(second)] if turn % 2 else []
        results = all_at_once(acts)
        assert set(codes(results)) <= OVERTAKEN
        with world.open(write=False) as ctx:
            order = again(ctx, stall.order)
            back = owed_back(order).minor
            spent = select(func.sum(GiftCard.issued_minor)).where(GiftCard.id.in_([first.id, second.id]))
            assert ctx.db.scalar(spent) == 10_000
            if order.state == "cancelled":
                assert back + order.kept_minor == 10_000
                assert {card.state for card in stall.sold()} == {"ended"}
            else:
                assert back == 0


def test_a_buyer_spends_and_gives_back_at_once_and_has_every_cent_once(world: World) -> None:
    for turn in rounds(8):
        stall = Stall(world, 2)
        with world.open() as ctx:
            save_policy(ctx, stall.event, Policy(tiers=(Tier(0, 5000),), self_service=True))
        first, second = stall.sold()
        with world.open(write=False) as ctx:
            one, other = [unit.id for unit in again(ctx, stall.order).value_units]
        acts = [stall.spender(first) for _ in range(3)] + [stall.spender(second)]
        acts += [stall.by_buyer(one), stall.by_buyer(one), stall.by_buyer(other), stall.by_buyer(one, other)]
        acts += [stall.back()] if turn % 2 else []
        results = all_at_once(acts)
        assert set(codes(results)) <= OVERTAKEN
        with world.open(write=False) as ctx:
            mine = [first.id, second.id]
            left = ctx.db.scalar(select(func.sum(GiftCard.balance_minor)).where(GiftCard.id.in_(mine)))
            moved = select(func.sum(Movement.amount_minor)).where(Movement.card_id.in_(mine))
            spent = -(ctx.db.scalar(moved.where(Movement.kind == Kind.SPENT)) or 0)
            back = owed_back(again(ctx, stall.order)).minor
            assert left + spent + back == 10_000, (left, spent, back)


def test_blocked_and_given_back_at_once_what_is_blocked_stays(world: World) -> None:
    for _ in rounds(8):
        stall = Stall(world, 1)
        with world.open() as ctx:
            save_policy(ctx, stall.event, Policy(tiers=(Tier(0, 5000),), self_service=True))
        with world.open(write=False) as ctx:
            unit = again(ctx, stall.order).value_units[0].id
        stop = stall.blocks(stall.sold()[0])
        results = all_at_once([stop, stall.by_buyer(unit), stall.by_buyer(unit), stop])
        assert set(codes(results)) <= OVERTAKEN
        state = stall.sold()[0].state
        assert state == ("blocked" if "blocked" in results else "ended"), "what staff stopped goes to nobody"


MAKER = """
import os, sys, uuid
from pathlib import Path
from sratix_core import models as _
from sratix_core.payments.selling import issue
from sratix_core.settings import load
from sratix_core.tenancy.engines import Engines
from tests.builders import World, make_process
from tests.gift_cards import PLUGINS
folder, tenant, order = sys.argv[1:]
settings = load(os.environ, {"data_dir": Path(folder), "threads": 2, "worker": "false"})
process = make_process(settings, Engines(settings), plugins=PLUGINS)
world = World(process, process.engines.tenants.by_id(int(tenant)))
with world.open() as ctx:
    assert issue(ctx, uuid.UUID(order)) == 2
    ctx.db.flush()
    print("made", flush=True)
    sys.stdin.read()
"""


def test_killed_between_the_payment_and_the_cards_they_are_made_by_the_next(
    world: World, place: Place
) -> None:
    stall = Stall(world, 2, paid=False)
    stall.on(mark_paid, f"ref {stall.order.code}")()
    settings = place[0]
    arguments = [str(settings.data_dir), str(world.tenant.id), str(stall.order.id)]
    with subprocess.Popen(
        [sys.executable, "-c", MAKER, *arguments],
        cwd=ROOT,
        env={**environment(settings), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as maker:
        assert maker.stdout is not None
        assert maker.stdout.readline() == b"made\n"
        os.kill(maker.pid, signal.SIGKILL)
    assert stall.sold() == []
    assert [stall.make(), stall.make()] == [2, 0]
    assert len(stall.sold()) == 2


def test_two_tenants_sell_cards_that_the_other_cannot_spend_or_end(process: Runtime) -> None:
    one, two = with_cards(process), with_cards(process)
    ours, theirs = Stall(one, 1), Stall(two, 1)
    with one.open(write=False) as ctx:
        units = [unit.id for unit in again(ctx, ours.order).value_units]
        assert len(GiftCards().sold(ctx, units)) == 1
    with two.open() as ctx:
        assert GiftCards().held(ctx, ours.sold()[0].id) is None
        assert ctx.db.get(Order, ours.order.id) is None
        assert GiftCards().sold(ctx, units) == {}
        assert GiftCards().take_back(ctx, units[0]) is None
    assert [card.state for card in (*ours.sold(), *theirs.sold())] == ["active", "active"]
    assert faults(process) == []
