"""Every call to Stripe under every fault: what the core is told, and that a repeat neither loses nor doubles anything."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from fnmatch import fnmatchcase
from itertools import chain, repeat
from typing import Any
from urllib.parse import urlsplit

import pytest

from sratix_core.plugin import Answer, Egress, Money, NotSent, OutcomeUnknown, Provider, RefundWanted
from sratix_plugins.stripe.tests.charges import STARTED, charge, pay
from sratix_stripe.account import Account
from sratix_stripe.double.testing import Bench
from sratix_stripe.provider import OnOurPage, OnTheirPage

theirs, ours = OnTheirPage(), OnOurPage()
DISPUTED = "4000000000000259"


@dataclass
class Shop:
    """A paid session with a dispute, an open session and an open intent to work on."""

    account: Account
    bench: Bench
    payment: str
    refundable: str
    session: str
    intent: str
    dispute: str

    @classmethod
    def open(cls, bench: Bench, account: Account) -> Shop:
        made = [theirs.begin(account, charge(key=f"before-{n}")) for n in range(3)]
        pay(bench, made[0], DISPUTED)
        pay(bench, made[1])
        intent = ours.begin_embedded(account, charge(key="before-intent"))
        payment, refundable = (theirs.read(account, one.reference).payment for one in made[:2])
        return cls(
            account,
            bench,
            payment,
            refundable,
            made[2].reference,
            intent.reference,
            bench.kept("dispute")[0]["id"],
        )


Call = Callable[[Shop], Any]
CALLS: dict[str, tuple[str, Call]] = {
    "begin on their page": ("POST /v1/checkout/sessions", lambda s: theirs.begin(s.account, charge())),
    "begin with a coupon": ("POST /v1/coupons", lambda s: theirs.begin(s.account, charge(5000, off=500))),
    "begin on our page": ("POST /v1/payment_intents", lambda s: ours.begin_embedded(s.account, charge())),
    "read a session": ("GET /v1/checkout/sessions/*", lambda s: theirs.read(s.account, s.session)),
    "read an intent": ("GET /v1/payment_intents/*", lambda s: ours.read(s.account, s.intent)),
    "end a session": ("POST /v1/checkout/sessions/*/expire", lambda s: theirs.end(s.account, s.session)),
    "end an intent": ("POST /v1/payment_intents/*/cancel", lambda s: ours.end(s.account, s.intent)),
    "refund": (
        "POST /v1/refunds",
        lambda s: theirs.refund(s.account, RefundWanted("refund-1", s.refundable, Money(500, "CHF"))),
    ),
    "list refunds": ("GET /v1/refunds", lambda s: theirs.refunds_of(s.account, s.refundable)),
    "read a dispute": ("GET /v1/disputes/*", lambda s: theirs.dispute(s.account, s.dispute)),
    "read the statement": (
        "GET /v1/balance_transactions",
        lambda s: theirs.movements(s.account, STARTED, STARTED + timedelta(days=1)),
    ),
}
"""What is called, and the request that the fault strikes."""

FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "reset": ({"kind": "reset_before"}, "unknown"),
    "answer lost": ({"kind": "lost_answer"}, "unknown"),
    "half an answer": ({"kind": "malformed"}, "unknown"),
    "500 before": ({"kind": "error_before"}, "unknown"),
    "500 after": ({"kind": "error_after"}, "unknown"),
    "500 after, not kept": ({"kind": "error_after", "stored": False}, "unknown"),
    "409": ({"kind": "conflict"}, "unknown"),
    "429": ({"kind": "rate_limited"}, "not sent"),
    "40 s": ({"kind": "delay", "seconds": 40}, "done"),
    "90 s": ({"kind": "delay", "seconds": 90}, "unknown"),
}
"""What goes wrong, and what the core is told of it."""

FOUND = {"answer lost", "half an answer", "500 after", "500 after, not kept", "90 s"}
"""The coupon was made, and looking finds it: the payment goes on."""

TWICE = {
    ("begin on their page", "500 after, not kept"),
    ("begin on our page", "500 after, not kept"),
}
"""Done, and forgotten by Stripe: a second one is made. Nobody ever had the address or the secret of the first, so only one can be paid."""

COUNTED = ("checkout.session", "payment_intent", "refund", "coupon", "charge")


def told(call: Call, shop: Shop) -> str:
    try:
        call(shop)
    except NotSent:
        return "not sent"
    except OutcomeUnknown:
        return "unknown"
    return "done"


@dataclass(frozen=True)
class Impatient(Egress):
    """For the calls that `struck` names, all but the last 0.3 of the 80 s are gone once they are under way."""

    struck: str = ""

    def call(self, provider: Provider, method: str, url: str, *rest: Any) -> Answer:
        hours = chain([0.0], repeat(79.7))
        slow = fnmatchcase(f"{method} {urlsplit(url).path}", self.struck)
        timer = (lambda: next(hours)) if slow else self.timer
        return Egress(self.settings, timer=timer).call(provider, method, url, *rest)


@contextmanager
def time_passing(bench: Bench) -> Iterator[None]:
    """Ten seconds by the double's clock whenever nothing else happens."""
    over = threading.Event()

    def pass_by() -> None:
        while not over.wait(0.02):
            bench.double.clock.advance(10)

    thread = threading.Thread(target=pass_by)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", CALLS)
def test_what_the_core_is_told(bench: Bench, account: Account, call: str, fault: str) -> None:
    shop = Shop.open(bench, account)
    path, act = CALLS[call]
    what, outcome = FAULTS[fault]
    before = {kind: len(bench.kept(kind)) for kind in COUNTED}
    if call == "begin with a coupon" and fault in FOUND:
        outcome = "done"
    bench.fault(path, **what)
    if what.get("seconds") == 40:
        with time_passing(bench):
            assert told(act, shop) == outcome
    elif what.get("seconds") == 90:
        egress = Impatient(account.egress.settings, struck=path)
        assert told(act, replace(shop, account=replace(account, egress=egress))) == outcome
        bench.double.clock.advance(90)
    else:
        assert told(act, shop) == outcome
    assert told(act, shop) == "done"
    assert told(act, shop) == "done"
    begun = 2 if (call, fault) in TWICE else 1
    more = {kind: len(bench.kept(kind)) - count for kind, count in before.items()}
    assert more == {
        "checkout.session": begun * (call in {"begin on their page", "begin with a coupon"}),
        "payment_intent": begun * (call == "begin on our page"),
        "refund": int(call == "refund"),
        "coupon": int(call == "begin with a coupon"),
        "charge": 0,
    }


@pytest.mark.parametrize("stored", [True, False])
def test_a_refund_whose_answer_was_an_outage_is_found_by_looking(
    bench: Bench, account: Account, stored: bool
) -> None:
    shop = Shop.open(bench, account)
    bench.fault("POST /v1/refunds", "error_after", stored=stored)
    assert told(CALLS["refund"][1], shop) == "unknown"
    (found,) = theirs.refunds_of(account, shop.refundable)
    assert (found.key, found.state, found.amount) == ("refund-1", "succeeded", Money(500, "CHF"))
    bench.later(2 * 86400)  # Stripe has forgotten the key
    assert told(CALLS["refund"][1], shop) == "done"
    assert len(bench.kept("refund")) == 1


def test_nobody_listening_is_not_sent(bench: Bench, account: Account) -> None:
    nowhere = replace(account.egress.settings, stripe_api_base="http://127.0.0.1:9")
    with pytest.raises(NotSent):
        theirs.begin(replace(account, egress=Egress(nowhere)), charge())


@pytest.mark.parametrize(
    ("key", "code"), [("sk_test_unknown", "stripe_key_refused"), ("rk_test_limited", "stripe_key_may_not")]
)
def test_a_key_that_may_not_says_which_and_nothing_was_done(
    bench: Bench, account: Account, key: str, code: str
) -> None:
    bench.control("keys", {"key": "rk_test_limited", "may": ["GET /v1/refunds*"]})
    with pytest.raises(NotSent) as refused:
        theirs.begin(replace(account, secret_key=key), charge())
    assert refused.value.code == code
    assert bench.kept("checkout.session") == []


def test_no_call_leaves_twice_by_itself(bench: Bench, account: Account) -> None:
    bench.fault("POST /v1/payment_intents", "conflict")
    with pytest.raises(OutcomeUnknown):
        ours.begin_embedded(account, charge())
    (line,) = bench.control("ledger")
    assert (line["status"], line["idempotency_key"]) == (409, "attempt-7")


def test_every_call_names_the_version_it_was_written_for(bench: Bench, account: Account) -> None:
    import stripe

    from sratix_stripe.transport import API_VERSION

    assert stripe.api_version == API_VERSION
