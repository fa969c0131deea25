"""The states of an order: every move that exists, every one that does not, and what follows from each."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from sqlalchemy import select

from sratix_core.catalog.hot import SoldOut
from sratix_core.context import Actor, TenantContext
from sratix_core.errors import Conflict, DomainError, Refused
from sratix_core.events.models import Event
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order, expire_orders, resend
from sratix_core.orders.states import HOLDS_UNITS, OrderState, may
from sratix_core.payments.models import Payment
from sratix_core.payments.receiving import mark_paid, seat_late
from sratix_core.tickets.models import TicketState
from sratix_core.tickets.service import void
from sratix_core.values.money import Money
from tests.builders import World, again, make_event, make_order, make_pool, make_type, publish, taken

S = OrderState
ALLOWED = {
    (S.AWAITING_PAYMENT, S.PAID),
    (S.AWAITING_PAYMENT, S.CANCELLED),
    (S.AWAITING_PAYMENT, S.EXPIRED),
    (S.PAID, S.CANCELLED),
    (S.EXPIRED, S.PAID),
    (S.EXPIRED, S.PAID_AFTER_EXPIRY),
    (S.PAID_AFTER_EXPIRY, S.PAID),
    (S.PAID_AFTER_EXPIRY, S.CANCELLED),
}


class Sale:
    """A published event where two seats at CHF 49 are for sale."""

    def __init__(self, ctx: TenantContext) -> None:
        self.ctx = ctx
        self.event: Event = make_event(ctx)
        self.pool = make_pool(ctx, self.event, 2)
        self.type = make_type(ctx, self.event, 4900, pools=[self.pool])
        publish(ctx, self.event)

    def order(self, quantity: int = 2) -> Order:
        return make_order(self.ctx, self.event, {self.type: quantity})

    @property
    def taken(self) -> int:
        return taken(self.ctx, self.pool.id)


def expired(world: World, sale: Sale) -> Order:
    order = sale.order()
    world.later(days=8)
    world.later(days=2)
    assert expire_orders(sale.ctx) == 1
    return again(sale.ctx, order)


@pytest.fixture(autouse=True)
def long_before(world: World) -> None:
    """Ten days of grace must end before the event does."""
    world.later(days=-300)


def in_state(world: World, sale: Sale, state: OrderState) -> Order:
    """An order of two seats that came into `state` the way orders do."""
    if state == S.EXPIRED:
        return expired(world, sale)
    if state == S.PAID_AFTER_EXPIRY:
        order = expired(world, sale)
        sale.order(1)
        return mark_paid(sale.ctx, order, "late")
    order = sale.order()
    if state == S.PAID:
        mark_paid(sale.ctx, order, "in time")
    if state == S.CANCELLED:
        cancel_order(sale.ctx, order, "asked")
    return order


@pytest.mark.parametrize(("current", "target"), list(product(OrderState, OrderState)))
def test_the_moves_are_these_and_no_others(current: OrderState, target: OrderState) -> None:
    assert may(current, target) == ((current, target) in ALLOWED)


@pytest.mark.parametrize("state", OrderState)
def test_a_state_is_reached_and_holds_its_seats_or_not(world: World, state: OrderState) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = in_state(world, sale, state)
        assert order.state == state
        others = 1 if state == S.PAID_AFTER_EXPIRY else 0
        assert sale.taken == (2 if state in HOLDS_UNITS else 0) + others


@pytest.mark.parametrize("state", OrderState)
def test_cancelling_works_where_the_table_says_so(world: World, state: OrderState) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order, before = in_state(world, sale, state), sale.taken
        if (state, S.CANCELLED) in ALLOWED:
            cancel_order(ctx, order, "asked")
            assert (order.state, order.closed_at) == (S.CANCELLED, world.clock.now())
            assert sale.taken == before - (2 if state in HOLDS_UNITS else 0)
            assert {t.state for t in order.tickets} <= {TicketState.VOID, TicketState.LAPSED}
        else:
            with pytest.raises(Refused, match="order_state"):
                cancel_order(ctx, order, "asked")
            assert sale.taken == before


@pytest.mark.parametrize("state", OrderState)
def test_money_is_taken_where_the_table_says_so(world: World, state: OrderState) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = in_state(world, sale, state)
        if state in {S.AWAITING_PAYMENT, S.EXPIRED}:
            mark_paid(ctx, order, "money")
            assert (order.state, order.paid_at, order.closed_at) == (S.PAID, world.clock.now(), None)
            assert {t.state for t in order.tickets} == {TicketState.VALID}
        else:
            with pytest.raises(Refused, match="order_state"):
                mark_paid(ctx, order, "more money")


@pytest.mark.parametrize("state", OrderState)
def test_a_mail_is_sent_again_only_for_what_is_alive(world: World, state: OrderState) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = in_state(world, sale, state)
        if state not in HOLDS_UNITS:
            with pytest.raises(Refused, match="order_state"):
                resend(ctx, order)
            return
        mails = select(Message.kind).where(Message.order_id == order.id)
        before = Counter(ctx.db.scalars(mails))
        resend(ctx, order)
        resend(ctx, order)
        new = Counter(ctx.db.scalars(mails)) - before
        assert new == {"tickets_resent" if state == S.PAID else "order_placed_unpaid": 2}


def test_an_order_expires_on_its_last_instant_and_its_tickets_lapse(world: World) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = sale.order()
        world.later(days=9, hours=23, minutes=59, seconds=59)
        assert expire_orders(ctx) == 0
        world.later(seconds=1)
        assert expire_orders(ctx) == 1
        assert again(ctx, order).state == S.EXPIRED
        assert (sale.taken, {t.state for t in order.tickets}) == (0, {TicketState.LAPSED})
        assert (expire_orders(ctx), sale.taken) == (0, 0)


def test_late_money_gets_the_seats_that_are_still_there(world: World) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = expired(world, sale)
        mark_paid(ctx, order, "late")
        assert (order.state, sale.taken, len(order.payments)) == (S.PAID, 2, 1)


def test_late_money_without_seats_waits_for_a_person_and_is_not_lost(world: World) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = expired(world, sale)
        sale.order(1)
        mark_paid(ctx, order, "late")
        assert (order.state, sale.taken, len(order.payments)) == (S.PAID_AFTER_EXPIRY, 1, 1)
        assert {t.state for t in order.tickets} == {TicketState.LAPSED}


def test_a_person_seats_a_late_payer_when_seats_come_free_without_new_money(world: World) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = expired(world, sale)
        other = sale.order(1)
        mark_paid(ctx, order, "late")
        with pytest.raises(Refused, match="no_seats"):
            seat_late(ctx, order)
        cancel_order(ctx, other, "asked")
        seat_late(ctx, order)
        assert (order.state, sale.taken, len(order.payments)) == (S.PAID, 2, 1)
        assert {t.state for t in order.tickets} == {TicketState.VALID}
        with pytest.raises(Refused, match="order_state"):
            seat_late(ctx, order)


def test_the_same_reference_is_one_payment(world: World) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order, other = sale.order(1), sale.order(1)
        mark_paid(ctx, order, "bank 1")
        for each in (order, other):
            with pytest.raises(Refused, match="payment_known"):
                mark_paid(ctx, each, "bank 1")
        assert (other.state, ctx.db.scalars(select(Payment.order_id)).all()) == (
            S.AWAITING_PAYMENT,
            [order.id],
        )


@pytest.mark.parametrize(
    "amount", [Money(4899, "CHF"), Money(4901, "CHF"), Money(4900, "EUR"), Money(0, "CHF")]
)
def test_another_amount_is_not_the_payment(world: World, amount: Money) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = sale.order(1)
        with pytest.raises(Refused, match="amount_differs"):
            mark_paid(ctx, order, "bank 1", amount)
        assert (order.state, order.payments) == (S.AWAITING_PAYMENT, [])


def test_a_payment_names_the_person_who_recorded_it(world: World) -> None:
    person = Actor("user", world.process.sources.ids.new())
    with world.open() as ctx:
        sale = Sale(ctx)
        first = sale.order(1)
        mark_paid(ctx, first, "by the system")
    with world.open(person) as ctx:
        second = make_order(ctx, sale.event, {sale.type: 1})
        mark_paid(ctx, second, "by hand")
        assert [p.recorded_by for p in second.payments] == [person.id]
        assert [p.recorded_by for p in again(ctx, first).payments] == [None]


def test_a_ticket_voided_before_payment_stays_void_after_it(world: World) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = sale.order()
        void(ctx, order.tickets[0], "asked")
        mark_paid(ctx, order, "money")
        ctx.db.expire(order)
        assert [t.state for t in order.tickets] == [TicketState.VOID, TicketState.VALID]
        assert sale.taken == 1
        cancel_order(ctx, order, "asked")
        assert sale.taken == 0


def test_a_ticket_voided_before_expiry_is_not_claimed_again(world: World) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = sale.order()
        void(ctx, order.tickets[0], "asked")
        world.later(days=10)
        expire_orders(ctx)
        mark_paid(ctx, again(ctx, order), "late")
        assert sale.taken == 1


def test_cancelling_frees_the_seats_for_the_next(world: World) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        order = sale.order()
    with pytest.raises(SoldOut), world.open() as ctx:
        make_order(ctx, sale.event, {sale.type: 1})
    with world.open() as ctx:
        cancel_order(ctx, again(ctx, order), "asked")
        make_order(ctx, sale.event, {sale.type: 2})


@pytest.mark.parametrize("act", [mark_paid, cancel_order])
def test_who_acts_on_an_order_as_it_was_is_told_that_it_changed(world: World, act) -> None:  # type: ignore[no-untyped-def]
    with world.open() as ctx:
        order = Sale(ctx).order()
    with world.open() as ctx:
        cancel_order(ctx, again(ctx, order), "asked")

    def act_as_if_waiting() -> None:
        with world.open() as ctx:
            stale = again(ctx, order)
            stale.__dict__["state"] = S.AWAITING_PAYMENT
            act(ctx, stale, "late")

    with pytest.raises(Conflict, match="order_changed"):
        act_as_if_waiting()


def test_every_refusal_is_a_fact_with_a_code(world: World) -> None:
    with world.open() as ctx:
        sale = Sale(ctx)
        cancelled = in_state(world, sale, S.CANCELLED)
        for act in (lambda: cancel_order(ctx, cancelled, "x"), lambda: mark_paid(ctx, cancelled, "x")):
            with pytest.raises(DomainError) as refusal:
                act()
            assert (refusal.value.code, refusal.value.data["state"]) == ("order_state", S.CANCELLED)
