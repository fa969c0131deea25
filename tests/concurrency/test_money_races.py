"""Money, time and people act on one order at once: one of them wins, and units, tickets and payments agree (M2, M5, T1)."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select

from sratix_core.catalog.hot import SoldOut
from sratix_core.catalog.models import TicketType
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.orders.states import HOLDS_UNITS, OrderState
from sratix_core.payments.models import Payment
from sratix_core.payments.receiving import mark_paid, seat_late
from sratix_core.payments.refunds import owed_back, record_refund
from sratix_core.tickets.models import LIVE, Ticket, TicketState
from sratix_core.tickets.service import void
from sratix_core.values.money import Money
from tests.builders import World, again, make_event, make_order, make_pool, make_type, publish, taken
from tests.concurrency.crowd import all_at_once, codes, rounds

TERM_DAYS = 10
FAR = datetime(2090, 3, 10, 9)  # noqa: DTZ001 -- local, as typed; the clock moves ten days a round
OVERTAKEN = {"order_changed", "order_state", "ticket_state", "payment_known"}
slugs = count(1)


class Sale:
    """An event with one pool at CHF 49."""

    def __init__(self, world: World, capacity: int) -> None:
        self.world = world
        with world.open() as ctx:
            self.event: Event = make_event(
                ctx, f"money-{next(slugs)}", starts=FAR, ends=FAR + timedelta(days=1)
            )
            self.pool = make_pool(ctx, self.event, capacity)
            self.type: TicketType = make_type(ctx, self.event, 4900, pools=[self.pool])
            publish(ctx, self.event)

    def order(self, quantity: int = 2) -> Order:
        with self.world.open() as ctx:
            return make_order(ctx, self.event, {self.type: quantity})

    def on(self, order: Order, act: Callable[..., object], *arguments: str) -> Callable[[], str]:
        """`act` on the order in a unit of work of its own, from what is stored at that moment."""

        def run() -> str:
            with self.world.open() as ctx:
                act(ctx, again(ctx, order), *arguments)
            return act.__name__

        return run

    def sweep(self) -> str:
        with self.world.open() as ctx:
            return "expired" if expire_orders(ctx) else "nothing_due"

    def void_one(self, order: Order) -> Callable[[], str]:
        def run() -> str:
            with self.world.open() as ctx:
                first = select(Ticket).where(Ticket.order_id == order.id).order_by(Ticket.position)
                void(ctx, ctx.db.scalars(first).first(), "asked")  # type: ignore[arg-type]
            return "void"

        return run

    def settled(self, order: Order) -> tuple[str, int]:
        """The order's state and payments, once units, tickets and payments are seen to agree with it."""
        with self.world.open(write=False) as ctx:
            now = again(ctx, order)
            live = [t for t in now.tickets if t.state in LIVE]
            assert bool(live) <= (now.state in HOLDS_UNITS)
            if now.state == OrderState.PAID:
                assert {t.state for t in now.tickets} <= {TicketState.VALID, TicketState.VOID}
            payments = ctx.db.scalars(select(Payment).where(Payment.order_id == order.id)).all()
            assert taken(ctx, self.pool.id) == sum(
                t.state in LIVE
                for t in ctx.db.scalars(select(Ticket).where(Ticket.event_id == self.event.id))
            )
            return now.state, len(payments)


def test_pay_cancel_and_expire_end_in_one_of_the_three(world: World) -> None:
    sale = Sale(world, 1000)
    for _ in rounds(15):
        order = sale.order()
        world.later(days=TERM_DAYS)
        pay, cancel = sale.on(order, mark_paid, order.code), sale.on(order, cancel_order, "asked")
        results = all_at_once([pay, cancel, sale.sweep] * 4)
        assert set(codes(results)) <= OVERTAKEN
        state, payments = sale.settled(order)
        won = Counter(r for r in results if isinstance(r, str))
        assert won["mark_paid"] == payments <= 1
        assert state in {OrderState.PAID, OrderState.CANCELLED, OrderState.EXPIRED}
        assert (state == OrderState.CANCELLED) == (won["cancel_order"] == 1)
        assert won["expired"] <= 1


def test_late_money_meets_the_buyer_of_the_freed_seats(world: World) -> None:
    """Either the payer has the seats or the new buyer: never both, and the payer's money is never silent."""
    for _ in rounds(10):
        sale = Sale(world, 2)
        order = sale.order()
        world.later(days=TERM_DAYS)
        sale.sweep()

        def buy(sale: Sale = sale) -> str:
            try:
                sale.order()
            except SoldOut:
                return "sold_out"
            return "bought"

        results = all_at_once([sale.on(order, mark_paid, order.code), *[buy] * 4])
        bought = results.count("bought")
        state, payments = sale.settled(order)
        assert payments == 1
        assert (state, bought) in {(OrderState.PAID, 0), (OrderState.PAID_AFTER_EXPIRY, 1)}
        if state == OrderState.PAID_AFTER_EXPIRY:
            assert codes(all_at_once([sale.on(order, seat_late)] * 4)) == ["no_seats"] * 4


def test_seats_that_come_free_seat_a_late_payer_once(world: World) -> None:
    for _ in rounds(5):
        sale = Sale(world, 2)
        order = sale.order()
        world.later(days=TERM_DAYS)
        sale.sweep()
        other = sale.order()
        sale.on(order, mark_paid, order.code)()
        sale.on(other, cancel_order, "asked")()
        results = all_at_once([sale.on(order, seat_late)] * 8)
        assert results.count("seat_late") == 1
        assert set(codes(results)) <= OVERTAKEN | {"no_seats"}
        assert sale.settled(order) == (OrderState.PAID, 1)


def test_one_order_is_paid_once_however_often_money_is_reported(world: World) -> None:
    sale = Sale(world, 1000)
    for _ in rounds(10):
        order = sale.order()
        reports = [sale.on(order, mark_paid, f"{order.code}-{n % 4}") for n in range(16)]
        results = all_at_once(reports)
        assert results.count("mark_paid") == 1
        assert set(codes(results)) <= OVERTAKEN
        assert sale.settled(order) == (OrderState.PAID, 1)


def test_one_reference_pays_one_of_two_orders(world: World) -> None:
    sale = Sale(world, 1000)
    for _ in rounds(10):
        orders, reference = [sale.order(1), sale.order(1)], uuid.UUID(int=next(slugs)).hex
        results = all_at_once([sale.on(o, mark_paid, reference) for o in orders] * 4)
        assert results.count("mark_paid") == 1
        assert sorted(sale.settled(o)[1] for o in orders) == [0, 1]


def test_a_ticket_voided_while_its_order_is_cancelled_or_paid_is_given_back_once(world: World) -> None:
    sale = Sale(world, 1000)
    for n in rounds(15):
        order = sale.order(4)
        act = (cancel_order, "asked") if n % 2 else (mark_paid, order.code)
        results = all_at_once([sale.on(order, act[0], act[1]), *[sale.void_one(order)] * 3])
        assert set(codes(results)) <= OVERTAKEN
        state, _ = sale.settled(order)
        with world.open(write=False) as ctx:
            states = Counter(t.state for t in again(ctx, order).tickets)
        if state == OrderState.PAID:
            assert states == {TicketState.VALID: 3, TicketState.VOID: 1}
        else:
            assert states == {TicketState.VOID: 4}


def test_four_sweeps_end_every_due_order_once(world: World) -> None:
    sale = Sale(world, 1000)
    orders = [sale.order() for _ in range(20)]
    world.later(days=TERM_DAYS)
    all_at_once([sale.sweep] * 4)
    while sale.sweep() == "expired":
        pass
    assert {sale.settled(order) for order in orders} == {(OrderState.EXPIRED, 0)}


def test_of_many_refunds_of_sixty_percent_one_goes_back(world: World) -> None:
    sale = Sale(world, 1000)
    for number in rounds(5):
        order = sale.order()
        sale.on(order, mark_paid, f"{order.code}-{number}")()
        sale.on(order, cancel_order, "asked")()

        def give(attempt: int, order: Order = order) -> Callable[[], str]:
            def run() -> str:
                with world.open() as ctx:
                    record_refund(ctx, again(ctx, order), f"{order.code}-{attempt}", Money(5880, "CHF"))
                return "refunded"

            return run

        results = all_at_once([give(n) for n in range(16)])
        assert results.count("refunded") == 1
        assert set(codes(results)) <= {"refund_too_large", "order_changed"}
        with world.open(write=False) as ctx:
            assert owed_back(again(ctx, order)).minor == 9800 - 5880
