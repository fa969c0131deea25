"""Through the platform's account: every fault at every call, kill -9 while an account is opened, and two who press the button at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from sratix_core.errors import OutcomeUnknown
from sratix_core.ledger.queries import balances
from sratix_core.payments.accounts import connected_account
from sratix_core.plugins.paying import Declined
from sratix_core.reconciliation.jobs import read_now
from sratix_core.tenants import plugin_settings
from sratix_core.values.clock import FixedClock
from sratix_core.values.ids import SystemRandom
from sratix_stripe.double.testing import Bench
from tests.builders import NOON, faults, make_process
from tests.concurrency.conftest import Place
from tests.concurrency.payments.payer import OPENING
from tests.concurrency.payments.test_faults import FAULTS, walk
from tests.concurrency.payments.test_kills import killed
from tests.concurrency.payments.till import KEYS, PLUGIN, Till, make_till, share

PLATFORM = {
    "stripe_test_secret_key": "sk_test_double",
    "application_fee_basis_points": 250,
    "application_fee_minor": 30,
}
OPEN_CALLS = {"accounts": "GET /v1/accounts*", "open": "POST /v1/accounts"}
PAY_CALLS = {
    "begin": "POST /v1/checkout/sessions",
    "read": "GET /v1/checkout/sessions/*",
    "refund": "POST /v1/refunds",
    "look behind": "GET /v1/payment_intents/*",
}
STATEMENT_CALLS = {"transfers": "GET /v1/transfers*", "lines": "GET /v1/balance_transactions*"}


@pytest.fixture
def till(place: Place, bench: Bench) -> Iterator[Till]:
    """An organizer without keys, on an installation that has one."""
    settings, engines = place
    before = {name: getattr(settings, name) for name in PLATFORM}
    for name, value in {**PLATFORM, "stripe_api_base": bench.url}.items():
        object.__setattr__(settings, name, value)
    process = make_process(settings, engines, FixedClock(NOON), SystemRandom(), [PLUGIN])
    made = make_till(process, bench)
    with made.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", dict.fromkeys(KEYS))
    made.provider = "stripe_connect"
    yield made
    assert faults(process) == []
    for name, value in before.items():
        object.__setattr__(settings, name, value)


def fresh(till: Till) -> Till:
    """Another organizer like this one."""
    made = make_till(till.process, till.bench)
    with made.world.open() as ctx:
        plugin_settings.change(ctx, "stripe", dict.fromkeys(KEYS))
    made.provider = "stripe_connect"
    return made


def accounts(till: Till) -> list[str]:
    """What Stripe's side opened for this organizer."""
    mine = {"sratix_tenant": till.world.tenant.slug}
    return [a["id"] for a in till.bench.kept("account") if mine.items() <= a["metadata"].items()]


def connect(till: Till, tries: int = 4) -> None:
    """Press the button until it works."""
    for left in reversed(range(tries)):
        try:
            till.connect()
        except Exception:
            if not left:
                raise
        else:
            break
    with till.world.open(write=False) as ctx:
        row = connected_account(ctx, "stripe_connect", "test")
        assert row is not None
        assert [row.reference] == accounts(till)
        assert row.ready


@pytest.mark.parametrize("call", OPEN_CALLS)
def test_a_fault_while_an_account_is_opened_opens_no_second_one(till: Till, call: str) -> None:
    for fault in FAULTS:
        for times in (1, 2):
            organizer = fresh(till)
            till.bench.fault(OPEN_CALLS[call], fault, times=times, **FAULTS[fault])
            connect(organizer)
            till.bench.control("faults", method="DELETE")


def test_an_answer_that_was_lost_for_longer_than_stripe_keeps_the_key(till: Till) -> None:
    till.bench.fault("POST /v1/accounts", "lost_answer")
    with pytest.raises(OutcomeUnknown):
        till.connect()
    assert len(accounts(till)) == 1
    till.later(hours=30)
    connect(till)


def test_killed_while_an_account_is_opened(till: Till) -> None:
    for point in OPENING:
        organizer = fresh(till)
        assert killed(organizer, "connect", uuid.uuid4(), point), point
        connect(organizer)


def test_two_who_press_the_button_at_once_get_one_account(till: Till) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: _tried(till), range(4)))
    connect(till)


def _tried(till: Till) -> None:
    with suppress(OutcomeUnknown, Declined):
        till.connect()


@pytest.mark.parametrize("call", PAY_CALLS)
def test_a_fault_at_a_call_costs_nobody_anything(till: Till, call: str) -> None:
    connect(till)
    faults = list(FAULTS) if list(PAY_CALLS).index(call) % 2 else list(FAULTS)[::-1]
    for fault in share(till, faults):
        for skip in (0, 1):
            till.bench.fault(PAY_CALLS[call], fault, times=2, skip=skip, **FAULTS[fault])
        orders = walk(till)
        till.fair(orders)
        assert [till.told(o)[0] for o in orders] == ["paid", "cancelled", "expired"], fault
        till.bench.control("faults", method="DELETE")
    passed_on(till)


def passed_on(till: Till) -> None:
    """All that was taken and not given back is with the organizer, less the fee, and the books say so."""
    there: Any = {"stripe_account": accounts(till)[0]}
    lines = till.bench.client().v1.balance_transactions.list(params={"limit": 100}, options=there)
    with till.world.open() as ctx:
        read_now(ctx)
    till.later(minutes=5)
    till.work()
    with till.world.open(write=False) as ctx:
        held = {b.account.value: b.amount.minor for b in balances(ctx)}
    assert held["cash"] == sum(line.net for line in lines.auto_paging_iter())
    assert held["cash"] + held["provider_fees"] == -held["revenue"]
    assert held["buyers"] == 0


@pytest.mark.parametrize("call", STATEMENT_CALLS)
def test_a_fault_while_the_statement_is_read_books_nothing_twice(till: Till, call: str) -> None:
    connect(till)
    till.paid()
    till.later(minutes=5)
    for fault in FAULTS:
        till.bench.fault(STATEMENT_CALLS[call], fault, times=2, **FAULTS[fault])
        with till.world.open() as ctx:
            read_now(ctx)
        for _ in range(4):
            till.later(minutes=20)
            till.work()
    passed_on(till)
