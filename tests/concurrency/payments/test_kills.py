"""kill -9 at every named point between an intent and the books: afterwards charged once or refunded, and nothing is stuck."""

from __future__ import annotations

import subprocess
import sys
import uuid

from tests.concurrency.payments.payer import POINTS, SAVED
from tests.concurrency.payments.till import Till, share
from tests.concurrency.test_kill import ROOT, environment

REFUND = {"refund recorded", "before the refund's books", "claimed"}
BEGIN = {
    "intent written",
    "before the call",
    "after the call",
    "answer heard",
    "attempt held",
    "attempt moved",
}
LOOK = set(POINTS) - REFUND - {"intent written"}


def killed(till: Till, act: str, order_id: uuid.UUID, point: str, *more: str) -> bool:
    """Do `act` in a process that ends itself at `point`; whether it got there."""
    settings = till.process.settings
    env = environment(settings) | {
        "AT": till.world.clock.now().isoformat(),
        "SRATIX_STRIPE_API_BASE": str(settings.stripe_api_base),
        "SRATIX_STRIPE_TEST_SECRET_KEY": settings.stripe_test_secret_key or "",
    }
    command = [sys.executable, "-m", "tests.concurrency.payments.payer"]
    command += [str(till.world.tenant.id), act, str(order_id), point, *more]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, timeout=120, check=False)
    assert ended.returncode in (0, -9), ended.stderr.decode()
    return ended.returncode == -9


def test_killed_while_a_payment_is_begun(till: Till) -> None:
    for point in share(till, sorted(BEGIN)):
        order_id = till.order()
        assert killed(till, "begin", order_id, point), point
        page = till.begin(order_id)
        assert page, point
        till.pay(page)
        till.settle()
        till.fair([order_id])
        assert till.told(order_id) == ("paid", 9800, 0), point


def test_killed_while_a_kept_card_pays(till: Till) -> None:
    """Whoever comes again pays once; of whoever doesn't, nothing is taken but what was taken while they waited."""
    card = till.keep_card()
    for point in share(till, [*sorted(SAVED), "intent written", "attempt held"]):
        stays, leaves = till.order(), till.order()
        for order_id in (stays, leaves):
            assert killed(till, "pay_saved", order_id, point, card), point
        till.pay_saved(stays, card)
        till.settle()
        till.fair([stays, leaves])
        assert till.told(stays) == ("paid", 9800, 0), point
        assert till.told(leaves)[1] == (9800 if point == "card used" else 0), point


def test_killed_while_a_payment_is_settled(till: Till) -> None:
    for point in share(till, sorted(LOOK)):
        order_id = till.order()
        till.pay(till.begin(order_id))
        assert killed(till, "look", order_id, point), point
        till.settle()
        till.fair([order_id])
        assert till.told(order_id) == ("paid", 9800, 0), point


def test_killed_while_money_goes_back(till: Till) -> None:
    for point in share(till, sorted(BEGIN | REFUND)):
        order_id = till.paid()
        till.cancel(order_id)
        if point in {"intent written", "claimed"}:
            assert killed(till, "send_owed", order_id, point), point
            till.send_owed(order_id)
        else:
            till.send_owed(order_id)
            assert killed(till, "work", order_id, point), point
        till.settle()
        till.fair([order_id])
        assert till.told(order_id) == ("cancelled", 9800, 9800), point
