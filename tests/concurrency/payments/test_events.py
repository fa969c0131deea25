"""What Stripe tells us in any order, any number of times, all at once, or not at all: one final state."""

from __future__ import annotations

import itertools
import json
import random
import uuid

import pytest

from sratix_core.payments.inbox import address_code, receive
from sratix_core.plugins.paying import BadSignature
from sratix_stripe.double.testing import Inbox, receiving
from tests.concurrency.crowd import LONG, all_at_once
from tests.concurrency.payments.till import Till

ORDERS = list(itertools.permutations(range(5)))
PICKED = ORDERS if LONG else random.Random(5).sample(ORDERS, 24)
WANTED = (
    "checkout.session.completed",
    "payment_intent.succeeded",
    "charge.succeeded",
    "charge.refunded",
    "refund.created",
)


@pytest.fixture
def inbox(till: Till) -> Inbox:
    with receiving() as box:
        till.bench.control("webhooks", {"hold": True, "listen": box.url, "secret": "whsec_test"})
        yield box  # type: ignore[misc]


def sent(till: Till, box: Inbox) -> list[tuple[str, str, bytes]]:
    """What Stripe's side has sent since the last time: type, signature, body."""
    before = len(box.got)
    till.bench.control("webhooks/flush", {})
    return [(json.loads(body)["type"], sig, body) for sig, body in box.got[before:]]


def hear(till: Till, signature: str, body: bytes) -> bool:
    with till.world.open() as ctx:
        code = address_code(ctx, "stripe", "test")
        return receive(ctx, "stripe", code, {"stripe-signature": signature}, body)


def paid_and_half_refunded_there(till: Till, box: Inbox) -> tuple[uuid.UUID, list[tuple[str, bytes]]]:
    """An order that was paid, and half of it refunded on Stripe's own pages, of which nothing was heard yet; the five events."""
    sent(till, box)
    order_id = till.order()
    till.pay(till.begin(order_id))
    (charge,) = [c for c in till.bench.kept("charge") if c["metadata"].get("sratix_order") == str(order_id)]
    till.bench.client().v1.refunds.create(params={"charge": charge["id"], "amount": 4900})
    told = {kind: (sig, body) for kind, sig, body in sent(till, box)}
    assert set(WANTED) <= set(told), set(told)
    return order_id, [told[kind] for kind in WANTED]


def test_five_events_in_every_order_come_to_one_state(till: Till, inbox: Inbox) -> None:
    chance, orders = random.Random(7), []
    for permutation in PICKED:
        order_id, events = paid_and_half_refunded_there(till, inbox)
        orders.append(order_id)
        for place in permutation:
            for _ in range(chance.randint(1, 5)):
                hear(till, *events[place])
            if chance.random() < 0.5:
                till.work()
    till.settle()
    assert {till.told(o) for o in orders} == {("paid", 9800, 4900)}
    assert {till.charged(o) for o in orders} == {(9800, 4900)}


def test_the_same_event_by_a_crowd_is_kept_once(till: Till, inbox: Inbox) -> None:
    order_id, events = paid_and_half_refunded_there(till, inbox)
    results = all_at_once([lambda e=e: hear(till, *e) for e in events for _ in range(6)])  # type: ignore[misc]
    assert results.count(True) == len(events)
    till.settle()
    assert till.told(order_id) == ("paid", 9800, 4900)


def test_what_is_not_signed_for_us_changes_nothing(till: Till, inbox: Inbox) -> None:
    order_id, events = paid_and_half_refunded_there(till, inbox)
    signature, body = events[0]
    stamp, rest = signature.split(",", 1)
    forged = [
        ("", body),
        ("t=1,v1=00", body),
        (signature[:-1] + ("0" if signature[-1] != "0" else "1"), body),
        (signature, body + b" "),
        (
            signature,
            body.replace(b'"livemode": false', b'"livemode": true').replace(
                b'"livemode":false', b'"livemode":true'
            ),
        ),
        (f"t={int(stamp[2:]) - 301},{rest}", body),
    ]
    for wrong in forged:
        with pytest.raises(BadSignature):
            hear(till, *wrong)
    till.later(seconds=301)
    with pytest.raises(BadSignature):
        hear(till, signature, body)
    assert till.told(order_id) == ("awaiting_payment", 0, 0)
    till.settle()
    assert till.told(order_id)[0] == "paid"


def test_all_of_them_lost_and_it_is_healed(till: Till, inbox: Inbox) -> None:
    order_id, _ = paid_and_half_refunded_there(till, inbox)
    till.settle()
    assert till.told(order_id)[:2] == ("paid", 9800)
