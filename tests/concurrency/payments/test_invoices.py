"""Invoices that Stripe's side sends: faults at every call, kills at every point, events in any order, expiry against payment."""

from __future__ import annotations

import itertools
import json
import random
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from sratix_core.app import make_worker
from sratix_core.payments.inbox import address_code, receive
from sratix_core.tenants import plugin_settings
from sratix_stripe.double.testing import Inbox, receiving
from tests.builders import faults as broken
from tests.concurrency.crowd import LONG, all_at_once, codes, rounds
from tests.concurrency.payments.payer import INVOICED
from tests.concurrency.payments.test_faults import FAULTS
from tests.concurrency.payments.test_kills import BEGIN, LOOK, killed
from tests.concurrency.payments.test_races import act
from tests.concurrency.payments.till import PRICE, Till, make_till, share

CALLS = {
    "customer": "POST /v1/customers",
    "draft": "POST /v1/invoices",
    "lines": "POST /v1/invoices/*/add_lines",
    "finalize": "POST /v1/invoices/*/finalize",
    "send": "POST /v1/invoices/*/send",
    "read": "GET /v1/invoices/*",
    "void": "POST /v1/invoices/*/void",
    "refund": "POST /v1/refunds",
    "refunds": "GET /v1/refunds*",
}
WANTED = (
    "invoice.paid",
    "invoice.overdue",
    "invoice.payment_failed",
    "charge.succeeded",
    "payment_intent.succeeded",
)
ORDERS = list(itertools.permutations(range(5)))
PICKED = ORDERS if LONG else random.Random(5).sample(ORDERS, 12)


class Billed(Till):
    """A till whose orders are paid by invoice, within a day."""

    def charged(self, order_id: uuid.UUID) -> tuple[int, int]:
        """By the invoice that a charge has paid: it is the invoice that says whose it is."""
        bench = self.bench
        mine = {i["id"] for i in bench.kept("invoice") if i["metadata"].get("sratix_order") == str(order_id)}
        behind = {
            p["payment"]["payment_intent"] for p in bench.kept("invoice_payment") if p["invoice"] in mine
        }
        made = [
            c for c in bench.kept("charge") if c["payment_intent"] in behind and c["status"] == "succeeded"
        ]
        return sum(c["amount"] for c in made), sum(c["amount_refunded"] for c in made)

    def settle(self, rounds: int = 30) -> None:
        """As a card's; after an hour a day passes, and what nobody paid is over."""
        for n in range(rounds):
            self.later(**({"days": 1} if n == 10 else {"minutes": 6}))
            self.sweep()
            self.work()
            if not self.open():
                return
        raise AssertionError(f"still open: {self.open()}")

    def invoices(self, order_id: uuid.UUID) -> list[str]:
        """How the invoices of an order stand."""
        every = self.bench.kept("invoice")
        return [i["status"] for i in every if i["metadata"].get("sratix_order") == str(order_id)]

    def alone(self, orders: list[uuid.UUID]) -> None:
        """Nobody can pay for what is over, nor twice for what is not."""
        for order_id in orders:
            found = self.invoices(order_id)
            assert not {"open", "uncollectible"} & set(found), found
            assert found.count("paid") <= 1, found


def billed(till: Till) -> Billed:
    with till.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"invoices": True, "invoice_days": 1, "invoice_grace_days": 0})
    return Billed(till.world, till.bench, "stripe_invoice")


@pytest.fixture
def bill(till: Till) -> Billed:
    return billed(till)


def walk(bill: Billed) -> list[uuid.UUID]:
    """Three buyers: one pays and stays, one pays and is refunded in two parts, one never pays."""
    stays, refunded, leaves = (bill.order() for _ in range(3))
    for order_id in (stays, refunded):
        page = bill.begin(order_id) or bill.begin(order_id) or bill.begin(order_id)
        if page:
            bill.pay(page)
        bill.look(order_id)
    bill.begin(leaves)
    bill.settle()
    if bill.told(refunded)[0] == "paid":
        bill.cancel(refunded)
        bill.send(refunded, 5000)
        bill.settle()
        bill.send_owed(refunded)
        bill.settle()
    return [stays, refunded, leaves]


@pytest.mark.parametrize("call", CALLS)
def test_a_fault_at_a_call_costs_nobody_anything(bill: Billed, call: str) -> None:
    """Half of the faults on one database, half on the other, taking turns from call to call."""
    kinds = list(FAULTS) if list(CALLS).index(call) % 2 else list(FAULTS)[::-1]
    for fault in share(bill, kinds):
        for skip in (0, 1):
            bill.bench.fault(CALLS[call], fault, times=2, skip=skip, **FAULTS[fault])
        orders = walk(bill)
        bill.fair(orders)
        bill.alone(orders)
        assert [bill.told(o)[0] for o in orders] == ["paid", "cancelled", "expired"], fault


def test_killed_while_an_invoice_is_sent(bill: Billed) -> None:
    points = (BEGIN - {"intent written"}) | (set(INVOICED) - {"before the void", "voided"})
    for point in share(bill, sorted(points)):
        order_id = bill.order()
        assert killed(bill, "begin", order_id, point), point
        bill.later(minutes=2)
        bill.work()
        page = bill.begin(order_id)
        assert page, point
        assert len(bill.invoices(order_id)) == 1, point
        bill.pay(page)
        bill.settle()
        bill.fair([order_id])
        assert bill.told(order_id) == ("paid", PRICE, 0), point


def test_killed_while_a_paid_invoice_is_settled(bill: Billed) -> None:
    for point in share(bill, sorted(LOOK)):
        order_id = bill.order()
        bill.pay(bill.begin(order_id))
        assert killed(bill, "look", order_id, point), point
        bill.settle()
        bill.fair([order_id])
        assert bill.told(order_id) == ("paid", PRICE, 0), point


def test_killed_while_an_invoice_is_voided(bill: Billed) -> None:
    for point in share(bill, ["before the void", "voided", "answer heard", "attempt held", "attempt moved"]):
        order_id = bill.order()
        bill.begin(order_id)
        bill.cancel(order_id)
        assert killed(bill, "look", order_id, point), point
        bill.settle()
        bill.fair([order_id])
        bill.alone([order_id])


def test_expiry_against_payment(bill: Billed) -> None:
    """Some pay before the end and some after it, while it is swept and voided: each is paid with seats, or has nothing to pay."""
    orders = [bill.order() for _ in rounds(12)]
    pages = {order_id: bill.begin(order_id) for order_id in orders}
    half = orders[: len(orders) // 2]
    for order_id in half:
        bill.pay(pages[order_id])
    bill.later(days=1, minutes=1)
    crowd = [act(bill.look, o) for o in orders] + [act(bill.pay, pages[o]) for o in orders]
    all_at_once(crowd + [act(bill.sweep)] * 4 + [act(bill.work)] * 4)
    bill.settle()
    bill.fair(orders)
    bill.alone(orders)
    assert {bill.told(o)[0] for o in half} == {"paid"}
    assert {bill.told(o)[0] for o in orders} <= {"paid", "expired"}


def test_paying_voiding_and_cancelling_at_once(bill: Billed) -> None:
    for _ in rounds(3):
        order_id = bill.order()
        page = bill.begin(order_id)
        crowd = [act(bill.pay, page)] * 3 + [act(bill.cancel, order_id)] * 3 + [act(bill.look, order_id)] * 4
        assert set(codes(all_at_once(crowd))) <= {"order_state", "order_changed"}
        bill.settle()
        if bill.told(order_id)[0] == "cancelled":
            bill.send_owed(order_id)
            bill.settle()
        bill.fair([order_id])
        bill.alone([order_id])


def test_many_begin_one_invoice_and_one_mail(bill: Billed) -> None:
    order_id = bill.order()
    all_at_once([act(bill.begin, order_id)] * 8 + [act(bill.work)] * 2)
    page = bill.begin(order_id) or bill.begin(order_id)
    assert page
    assert bill.invoices(order_id) == ["open"]
    assert bill.bench.events("invoice.sent") == ["invoice.sent"]
    bill.pay(page)
    bill.settle()
    bill.fair([order_id])


@pytest.fixture
def inbox(bill: Billed) -> Iterator[Inbox]:
    with receiving() as box:
        bill.bench.control("webhooks", {"hold": True, "listen": box.url, "secret": "whsec_test"})
        yield box


def hear(till: Till, signature: str, body: bytes) -> bool:
    with till.world.open() as ctx:
        return receive(
            ctx, "stripe", address_code(ctx, "stripe", "test"), {"stripe-signature": signature}, body
        )


def events_of_one(bill: Billed, box: Inbox) -> tuple[uuid.UUID, list[tuple[str, bytes]]]:
    """An order whose invoice was declined once, became overdue and was paid, of which nothing was heard yet; the five events."""
    with bill.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", {"invoice_days": 1, "invoice_grace_days": 1})
    bill.bench.control("webhooks/flush", {})
    before = len(box.got)
    order_id = bill.order()
    page = bill.begin(order_id)
    bill.pay(page, "4000000000000002")
    bill.later(days=1, minutes=1)
    bill.pay(page)
    bill.bench.control("webhooks/flush", {})
    told: dict[str, Any] = {json.loads(body)["type"]: (sig, body) for sig, body in box.got[before:]}
    assert set(WANTED) <= set(told), set(told)
    return order_id, [told[kind] for kind in WANTED]


def test_five_events_in_many_orders_come_to_one_state(bill: Billed, inbox: Inbox) -> None:
    chance, orders = random.Random(7), []
    order_id, _ = events_of_one(bill, inbox)
    bill.settle()
    assert bill.told(order_id) == ("paid", PRICE, 0)
    for permutation in PICKED[: 12 if LONG else 5]:
        order_id, events = events_of_one(bill, inbox)
        orders.append(order_id)
        for place in permutation:
            for _ in range(chance.randint(1, 5)):
                hear(bill, *events[place])
            if chance.random() < 0.5:
                bill.work()
        bill.work()
        assert bill.told(order_id) == ("paid", PRICE, 0)
    bill.fair(orders)
    bill.alone(orders)


def test_two_organizers_hear_only_of_their_own(bill: Billed, inbox: Inbox) -> None:
    order_id, events = events_of_one(bill, inbox)
    other = billed(make_till(bill.process, bill.bench))
    theirs = other.order()
    other.begin(theirs)
    for event in events:
        hear(other, *event)
    make_worker(bill.process, wakeups=False).drain()  # nobody's reconciler has its turn here
    assert other.told(theirs) == ("awaiting_payment", 0, 0)
    assert bill.told(order_id) == ("awaiting_payment", 0, 0)
    for event in events:
        hear(bill, *event)
    make_worker(bill.process, wakeups=False).drain()
    assert bill.told(order_id) == ("paid", PRICE, 0)
    assert broken(bill.process) == []
