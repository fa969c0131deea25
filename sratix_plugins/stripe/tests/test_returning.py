"""Money back: in full, in part, once for each act, and what was done on Stripe's own pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sratix_core.plugin import Declined, Money, RefundWanted
from sratix_plugins.stripe.tests.charges import STARTED, charge, pay
from sratix_stripe.account import Account
from sratix_stripe.double.testing import Bench
from sratix_stripe.provider import OnTheirPage

stripe = OnTheirPage()


def paid(bench: Bench, account: Account, number: str = "4242424242424242") -> str:
    begun = stripe.begin(account, charge())
    pay(bench, begun, number)
    return stripe.read(account, begun.reference).payment


def wanted(payment: str, minor: int, key: str = "refund-1") -> RefundWanted:
    return RefundWanted(key, payment, Money(minor, "CHF"), {"order": "K7QX2"})


def test_a_part_goes_back_and_then_the_rest(bench: Bench, account: Account) -> None:
    payment = paid(bench, account)
    for key, minor in (("refund-1", 3000), ("refund-2", 6800)):
        back = stripe.refund(account, wanted(payment, minor, key))
        assert (back.state, back.amount, back.key) == ("succeeded", Money(minor, "CHF"), key)
    assert [(one.key, one.amount.minor) for one in stripe.refunds_of(account, payment)] == [
        ("refund-1", 3000),
        ("refund-2", 6800),
    ]
    with pytest.raises(Declined, match="charge_already_refunded"):
        stripe.refund(account, wanted(payment, 100, "refund-3"))


def test_the_same_act_is_one_refund(bench: Bench, account: Account) -> None:
    payment = paid(bench, account)
    assert stripe.refund(account, wanted(payment, 3000)) == stripe.refund(account, wanted(payment, 3000))
    assert len(bench.kept("refund")) == 1


def test_more_than_is_left_is_declined(bench: Bench, account: Account) -> None:
    payment = paid(bench, account)
    with pytest.raises(Declined):
        stripe.refund(account, wanted(payment, 9801))
    assert stripe.refunds_of(account, payment) == []


def test_refunds_of_stripes_dashboard_are_seen_over_all_pages(bench: Bench, account: Account) -> None:
    payment = paid(bench, account)
    dashboard = bench.client().v1
    for _ in range(120):
        dashboard.refunds.create(params={"payment_intent": payment, "amount": 10})
    stripe.refund(account, wanted(payment, 500))
    found = stripe.refunds_of(account, payment)
    assert [one.key for one in found] == [""] * 120 + ["refund-1"]
    assert len({one.reference for one in found}) == 121


@pytest.mark.parametrize(
    ("number", "at_first", "at_last"),
    [("4000000000007726", "waiting", "succeeded"), ("4000000000005126", "succeeded", "declined")],
)
def test_a_refund_may_take_its_time(
    bench: Bench, account: Account, number: str, at_first: str, at_last: str
) -> None:
    payment = paid(bench, account, number)
    assert stripe.refund(account, wanted(payment, 9800)).state == at_first
    bench.later(3600)
    (last,) = stripe.refunds_of(account, payment)
    assert last.state == at_last
    assert bool(last.reason) is (at_last == "declined")


@pytest.mark.parametrize(("outcome", "state"), [("won", "won"), ("lost", "lost")])
def test_a_dispute_says_what_it_is_about_until_it_is_decided(
    bench: Bench, account: Account, outcome: str, state: str
) -> None:
    payment = paid(bench, account, "4000000000000259")
    (made,) = bench.kept("dispute")
    found = stripe.dispute(account, made["id"])
    assert (found.payment, found.state, found.reason) == (payment, "needs_response", "fraudulent")
    assert (found.amount, found.fee) == (Money(9800, "CHF"), Money(1500, "CHF"))
    assert found.evidence_due_at == STARTED + timedelta(days=9)
    bench.control("settle", {"id": made["id"], "outcome": outcome})
    assert stripe.dispute(account, made["id"]).state == state


def test_the_statement_explains_the_balance(bench: Bench, account: Account) -> None:
    payment = paid(bench, account, "4000000000000077")
    stripe.refund(account, wanted(payment, 3000))
    bench.later(60)
    api = bench.client().v1
    api.payouts.create(params={"amount": 5000, "currency": "chf"})
    disputed = paid_again(bench, account)
    bench.later(60)
    lines = stripe.movements(account, STARTED, STARTED + timedelta(hours=1))
    assert [(line.kind, line.amount.minor, line.fee.minor) for line in lines] == [
        ("charge", 9800, 314),
        ("refund", -3000, 0),
        ("payout", -5000, 0),
        ("charge", 9800, 314),
        ("dispute", -9800, 1500),
    ]
    assert [line.payment for line in lines] == [payment, payment, "", disputed, disputed]
    balance = api.balance.retrieve()
    held = sum(one.amount for part in (balance.available, balance.pending) for one in part)
    assert sum(line.amount.minor - line.fee.minor for line in lines) == held
    assert stripe.movements(account, STARTED + timedelta(hours=1), datetime(2028, 1, 1, tzinfo=UTC)) == []


def paid_again(bench: Bench, account: Account) -> str:
    begun = stripe.begin(account, charge(key="attempt-8", begins_at=STARTED + timedelta(minutes=1)))
    pay(bench, begun, "4000000000000259")
    return stripe.read(account, begun.reference).payment
