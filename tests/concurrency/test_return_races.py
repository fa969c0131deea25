"""Giving back, paying, cancelling and refunding meet on one order: money goes back once, and never more than came in (M1, M3, T1, I1)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import pytest
from sqlalchemy import func, select

from sratix_core.context import TenantContext
from sratix_core.jobs.kinds import registry_for
from sratix_core.jobs.runner import Runner
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order
from sratix_core.payments.models import Payment, Refund
from sratix_core.payments.refunds import owed_back
from sratix_core.payments.sending import send_back
from sratix_core.refunds.models import OrderReturn, ReturnTerms
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.returning import give_back
from sratix_core.refunds.service import save_policy
from sratix_core.tickets.models import Ticket
from sratix_core.values.money import Money
from tests.builders import World, again, faults, make_process
from tests.concurrency.conftest import Place
from tests.concurrency.crowd import CROWD, all_at_once, codes, rounds
from tests.concurrency.sender import Sender, pay, sending_plugin, sending_world
from tests.concurrency.test_money_races import Sale

OVERTAKEN = {
    "order_changed",
    "order_state",
    "ticket_state",
    "payment_known",
    "nothing_owed",
    "refund_under_way",
    "refund_too_large",
    "credit_too_large",
    "nothing_to_give_back",
}
HALF = Policy(tiers=(Tier(0, 5000),), fee_minor=300, self_service=True)
references = count(1)


@dataclass
class Desk:
    """A tenant whose buyers pay by something that sends money back by itself."""

    world: World
    sender: Sender
    sale: Sale

    def paid(self, quantity: int = 2) -> Order:
        order = self.sale.order(quantity)
        self.sale.on(order, pay, f"paid-{next(references)}")()
        return order

    def work(self) -> None:
        Runner(self.world.process, registry_for(self.world.process.plugins)).drain()

    def on(self, order: Order, act: Callable[[TenantContext, Order], object], name: str) -> Callable[[], str]:
        def run() -> str:
            with self.world.open() as ctx:
                act(ctx, again(ctx, order))
            return name

        return run

    def money(self, order: Order) -> tuple[int, int]:
        """What came in and what went back, as the books have it."""
        with self.world.open(write=False) as ctx:
            came = select(func.coalesce(func.sum(Payment.amount_minor), 0)).where(
                Payment.order_id == order.id
            )
            went = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(Refund.order_id == order.id)
            return int(ctx.db.scalar(came) or 0), int(ctx.db.scalar(went) or 0)


@pytest.fixture
def desk(place: Place) -> Iterator[Desk]:
    sender = Sender()
    world = sending_world(make_process(*place, plugins=[sending_plugin(sender)]))
    sale = Sale(world, 10_000)
    with world.open() as ctx:
        save_policy(ctx, sale.event, HALF)
    yield Desk(world, sender, sale)
    assert faults(world.process, of=world.tenant) == []


def test_pay_give_back_refund_and_cancel_on_one_order(desk: Desk) -> None:
    for _ in rounds(3):
        order = desk.sale.order(3)
        reference = f"race-{next(references)}"
        acts = [
            desk.sale.on(order, pay, reference),
            desk.on(
                order, lambda ctx, o: give_back(ctx, o, [o.tickets[0].id], ReturnTerms.POLICY, "buyer"), "one"
            ),
            desk.on(order, lambda ctx, o: give_back(ctx, o, None, ReturnTerms.POLICY, "buyer"), "all"),
            desk.on(order, lambda ctx, o: credit(ctx, o, Money(500, "CHF"), "favour"), "favour"),
            desk.on(order, lambda ctx, o: send_back(ctx, o), "send"),
            desk.on(order, lambda ctx, o: cancel_order(ctx, o, "asked"), "cancel"),
            desk.sale.void_one(order),
            desk.sale.on(order, pay, reference),
        ]
        results = all_at_once(acts * 4)
        assert set(codes(results)) <= OVERTAKEN
        desk.work()
        desk.work()
        came, went = desk.money(order)
        assert went <= came
        with desk.world.open(write=False) as ctx:
            now = again(ctx, order)
            assert results.count("all") + results.count("cancel") <= 1
            assert owed_back(now).minor + went + (now.kept_minor if now.is_over else now.price.minor) >= came
        assert faults(desk.world.process, journal=False, of=desk.world.tenant) == []


def test_of_many_refunds_of_sixty_percent_through_the_provider_one_goes_back(desk: Desk) -> None:
    for _ in rounds(2):
        order = desk.paid()
        desk.sale.on(order, cancel_order, "asked")()
        send = desk.on(order, lambda ctx, o: send_back(ctx, o, Money(5880, "CHF")), "sent")
        before = len(desk.sender.sent)
        results = all_at_once([send] * CROWD)
        assert results.count("sent") == 1
        assert set(codes(results)) <= {"refund_under_way", "refund_too_large", "order_changed"}
        desk.work()
        assert desk.money(order) == (9800, 5880)
        assert len(desk.sender.sent) == before + 1


def test_a_ticket_is_given_back_once_however_often_it_is_asked(desk: Desk) -> None:
    for _ in rounds(3):
        order = desk.paid(3)

        def one(ctx: TenantContext, o: Order) -> object:
            return give_back(ctx, o, [o.tickets[1].id], ReturnTerms.POLICY, "buyer", by_buyer=True)

        results = all_at_once([desk.on(order, one, "given")] * 16)
        assert results.count("given") == 1
        assert set(codes(results)) <= OVERTAKEN
        desk.work()
        assert desk.money(order) == (14_700, 2450 - 300)


def test_different_tickets_at_once_keep_the_fee_once(desk: Desk) -> None:
    for _ in rounds(3):
        order = desk.paid(4)

        def nth(n: int, order: Order = order) -> Callable[[], str]:
            return desk.on(
                order,
                lambda ctx, o: give_back(ctx, o, [_ticket(ctx, o, n)], ReturnTerms.POLICY, "buyer"),
                "given",
            )

        results = all_at_once([nth(n) for n in range(4)])
        assert results.count("given") == 4, results
        for _ in range(3):
            desk.work()
            desk.world.later(minutes=1)
        assert desk.money(order) == (19_600, 9800 - 300)
        with desk.world.open(write=False) as ctx:
            fees = select(func.sum(OrderReturn.fee_minor)).where(OrderReturn.order_id == order.id)
            assert ctx.db.scalar(fees) == 300
            assert again(ctx, order).state == "cancelled"


def _ticket(ctx: TenantContext, order: Order, n: int) -> uuid.UUID:
    mine = select(Ticket.id).where(Ticket.order_id == order.id).order_by(Ticket.position)
    return list(ctx.db.scalars(mine))[n]
