"""Paying, coming back, cancelling, expiring and refunding at the same moment: one outcome, fair to the buyer, on both sides."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from tests.concurrency.crowd import all_at_once, codes, rounds
from tests.concurrency.payments.till import Till


def act(what: Callable[..., object], *args: object) -> Callable[[], str]:
    def run() -> str:
        what(*args)
        return what.__name__

    return run


def test_many_tabs_begin_one_payment(till: Till) -> None:
    for _ in rounds(2):
        order_id = till.order()
        results = all_at_once([lambda o=order_id: till.begin(o)] * 12)  # type: ignore[misc]
        pages = {r for r in results if isinstance(r, str) and r}
        assert len(pages) == 1, results
        till.pay(pages.pop())
        till.settle()
        till.fair([order_id])
    assert len(till.bench.kept("checkout.session")) == len(list(rounds(2)))


def test_many_look_at_once_and_it_is_paid_once(till: Till) -> None:
    for _ in rounds(2):
        order_id = till.order()
        till.pay(till.begin(order_id))
        all_at_once([act(till.look, order_id)] * 16 + [act(till.work)] * 4)
        till.settle()
        assert till.told(order_id) == ("paid", 9800, 0)
        till.fair([order_id])


def test_expiry_against_payment(till: Till) -> None:
    """Both may win; then the money brings the seats back, or goes back itself."""
    orders: list[uuid.UUID] = []
    for _ in rounds(20):
        order_id = till.order()
        till.pay(till.begin(order_id))
        orders.append(order_id)
    till.later(minutes=41)
    all_at_once([act(till.look, o) for o in orders[:20]] + [act(till.sweep)] * 4 + [act(till.work)] * 4)
    till.settle()
    till.fair(orders)
    assert {till.told(o)[0] for o in orders} == {"paid"}


def test_pay_cancel_and_refund_at_once(till: Till) -> None:
    for _ in rounds(2):
        order_id = till.order()
        till.pay(till.begin(order_id))
        crowd = [act(till.look, order_id)] * 8 + [act(till.cancel, order_id)] * 8
        crowd += [act(till.send_owed, order_id)] * 8 + [act(till.work)] * 8
        results = all_at_once(crowd)
        assert set(codes(results)) <= {"order_state", "order_changed", "refund_under_way"}
        till.settle()
        till.send_owed(order_id)
        till.settle()
        till.fair([order_id])


def test_of_many_refunds_of_sixty_percent_one_is_sent(till: Till) -> None:
    for _ in rounds(1):
        order_id = till.paid()
        till.cancel(order_id)
        results = all_at_once([act(till.send, order_id, 5880)] * 64)
        assert results.count("send") == 1
        till.settle()
        assert till.told(order_id) == ("cancelled", 9800, 5880)
        assert till.charged(order_id) == (9800, 5880)
        till.send_owed(order_id)
        till.settle()
        till.fair([order_id])
