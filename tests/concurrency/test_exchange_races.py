"""Changes of ticket type meet each other, refunds and the door: one of them happens, and units, tickets and money agree."""

from __future__ import annotations

from collections.abc import Callable

from sratix_core.catalog.models import TicketType
from sratix_core.checkin.queries import inside_of
from sratix_core.checkin.service import Sight, scan
from sratix_core.context import TenantContext
from sratix_core.orders.models import Order
from sratix_core.payments.receiving import Receipt, mark_paid, received
from sratix_core.payments.refunds import owed_back
from sratix_core.refunds.exchanging import Difference, change_type
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.own_exchange import exchange_own
from sratix_core.refunds.policy import Policy, Tier
from sratix_core.refunds.returning import give_back
from sratix_core.refunds.service import save_policy
from sratix_core.refunds.undoing import undo
from sratix_core.tickets.models import LIVE, TicketState
from sratix_core.values.money import Money
from tests.builders import World, again, code_of, faults, make_type, taken
from tests.concurrency.crowd import all_at_once, codes, rounds
from tests.concurrency.test_money_races import Sale

OVERTAKEN = {
    "order_state", "ticket_state", "ticket_changed", "difference_open", "no_difference", "order_changed", "sold_out",
    "payment_known", "ticket_in_use", "amount_differs", "nothing_to_give_back",
}  # fmt: skip


class Counter:
    """A sale with a dearer type of a few places, whose buyers may change by themselves."""

    def __init__(self, world: World, places: int = 100) -> None:
        self.world, self.sale = world, Sale(world, 1000)
        with world.open() as ctx:
            event = again(ctx, self.sale.event)
            self.vip: TicketType = make_type(ctx, event, 9900, places, name="VIP")
            self.pool = self.vip.draws[0].pool_id
            save_policy(ctx, event, Policy(tiers=(Tier(0, 5000),), self_service=True, exchanges=True))

    def paid(self, quantity: int = 2) -> Order:
        order = self.sale.order(quantity)
        with self.world.open() as ctx:
            return mark_paid(ctx, again(ctx, order), order.code)

    def on(self, order: Order, act: Callable[[TenantContext, Order], object], name: str) -> Callable[[], str]:
        def run() -> str:
            with self.world.open() as ctx:
                act(ctx, again(ctx, order))
            return name

        return run

    def staff(self, order: Order, n: int = 0) -> Callable[[], str]:
        def act(ctx: TenantContext, o: Order) -> object:
            return change_type(ctx, o, o.tickets[n], self.vip.id, Difference.ASKED)

        return self.on(order, act, "staff")

    def buyer(self, order: Order, n: int = 0) -> Callable[[], str]:
        def act(ctx: TenantContext, o: Order) -> object:
            return exchange_own(ctx, o, o.tickets[n], self.vip.id, Money(5000, "CHF"))

        return self.on(order, act, "buyer")

    def seen(self, order: Order) -> tuple[int, int, int]:
        """Live tickets, of those VIPs, and what is outstanding; units are seen to agree."""
        with self.world.open(write=False) as ctx:
            now = again(ctx, order)
            live = [t for t in now.tickets if t.state in LIVE]
            dear = [t for t in live if t.ticket_type_id == self.vip.id]
            return len(live), len(dear), now.outstanding.minor


def test_one_ticket_is_exchanged_once_by_whoever_was_first(world: World) -> None:
    for _ in rounds(3):
        desk = Counter(world)
        order = desk.paid()
        results = all_at_once([desk.staff(order), desk.buyer(order)] * 8)
        assert results.count("staff") + results.count("buyer") == 1
        assert set(codes(results)) <= OVERTAKEN
        assert desk.seen(order) == (2, 1, 5000)
        with world.open(write=False) as ctx:
            assert taken(ctx, desk.pool) == 1
    assert faults(world.process, of=world.tenant) == []


def test_the_last_place_of_the_dearer_type_goes_to_one_order(world: World) -> None:
    for _ in rounds(3):
        desk = Counter(world, places=1)
        orders = [desk.paid(1) for _ in range(8)]
        results = all_at_once([desk.buyer(order) for order in orders])
        assert results.count("buyer") == 1
        assert codes(results) == ["sold_out"] * 7
        with world.open(write=False) as ctx:
            assert taken(ctx, desk.pool) == 1
    assert faults(world.process, of=world.tenant) == []


def test_an_exchange_meets_a_refund(world: World) -> None:
    for _ in rounds(3):
        desk = Counter(world)
        order = desk.paid()

        def back(ctx: TenantContext, o: Order) -> object:
            return give_back(ctx, o, [o.tickets[0].id], ReturnTerms.FULL, "goodwill")

        results = all_at_once([desk.staff(order), desk.buyer(order), desk.on(order, back, "back")] * 4)
        assert len([r for r in results if isinstance(r, str)]) == 1, results
        assert set(codes(results)) <= OVERTAKEN
        exchanged = "back" not in results
        assert desk.seen(order) == ((2, 1, 5000) if exchanged else (1, 0, 0))
        with world.open(write=False) as ctx:
            assert owed_back(again(ctx, order)).minor == (0 if exchanged else 4900)
    assert faults(world.process, of=world.tenant) == []


def test_who_is_let_in_keeps_the_ticket(world: World) -> None:
    for _ in rounds(6):
        desk = Counter(world)
        order = desk.paid(1)
        with world.open(write=False) as ctx:
            ticket = again(ctx, order).tickets[0]
            code = code_of(ctx, desk.sale.event, ticket)

        def door(code: str = code, desk: Counter = desk) -> str:
            with world.open() as ctx:
                return scan(ctx, desk.sale.event, Sight(code)).reason

        results = all_at_once([door, desk.buyer(order), desk.staff(order)] * 3)
        assert set(codes(results)) <= OVERTAKEN
        with world.open(write=False) as ctx:
            now = again(ctx, ticket)
            let_in = bool(inside_of(ctx, [now]))
            assert let_in == ("ok" in results)
            assert let_in == (now.state == TicketState.VALID)
    assert faults(world.process, of=world.tenant) == []


def test_the_rest_is_paid_while_the_change_is_undone(world: World) -> None:
    for n in rounds(4):
        desk = Counter(world)
        order = desk.paid()
        desk.staff(order)()

        def pays(ctx: TenantContext, o: Order, n: int = n) -> object:
            return received(ctx, o, Receipt(o.provider, f"rest-{n}-{o.code}", Money(5000, "CHF")))

        results = all_at_once([desk.on(order, pays, "paid"), desk.on(order, undo, "undone")] * 4)
        assert results.count("paid") == 1
        assert results.count("undone") <= 1
        assert set(codes(results)) <= OVERTAKEN
        undone = "undone" in results
        assert desk.seen(order) == (2, 0 if undone else 1, 0)
        with world.open(write=False) as ctx:
            now = again(ctx, order)
            assert owed_back(now).minor == (5000 if undone else 0)
            assert {t.state for t in now.tickets} == {TicketState.VALID, TicketState.VOID}
    assert faults(world.process, of=world.tenant) == []


def test_an_undone_change_finds_its_place_taken(world: World) -> None:
    """The place of before may be somebody else's by then: the change stands, and says so."""
    sale = Sale(world, 1)
    placed = sale.order(1)
    with world.open() as ctx:
        vip = make_type(ctx, again(ctx, sale.event), 9900, 5, name="VIP").id
        order = mark_paid(ctx, again(ctx, placed), "one")
        change_type(ctx, order, order.tickets[0], vip, Difference.ASKED)
    sale.order(1)

    def act() -> str:
        with world.open() as ctx:
            undo(ctx, again(ctx, placed))
        return "undone"

    assert codes(all_at_once([act] * 4)) == ["sold_out"] * 4
    assert faults(world.process, of=world.tenant) == []
