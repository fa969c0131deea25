"""Paying on Stripe's page: what it shows, what it collects, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sratix_core.plugin import Begun, ChargeLine, Declined, Money
from sratix_plugins.stripe.tests.charges import ATTEMPT, DECLINED, SECURE, STARTED, VISA, charge, pay
from sratix_stripe import hosted
from sratix_stripe.account import Account
from sratix_stripe.double.testing import NOON, Bench
from sratix_stripe.provider import OnTheirPage

stripe = OnTheirPage()


def test_a_buyer_pays_what_the_lines_say(bench: Bench, account: Account) -> None:
    begun = stripe.begin(account, charge())
    assert begun.reference.startswith("cs_test_")
    status, page, _ = bench.get(begun.redirect)
    assert (status, "Standard" in page, "98.00" in page) == (200, True, True)
    assert stripe.read(account, begun.reference).state == "waiting"
    assert pay(bench, begun)[2] == "https://shop.example/back"
    paid = stripe.read(account, begun.reference)
    assert (paid.state, paid.amount, paid.payment[:3]) == ("succeeded", Money(9800, "CHF"), "pi_")
    (session,), (intent,) = bench.kept("checkout.session"), bench.kept("payment_intent")
    assert session["client_reference_id"] == str(ATTEMPT)
    assert session["metadata"] == intent["metadata"] == charge().metadata
    assert (session["locale"], session["customer_email"]) == ("de", "ada@example.org")


def test_the_same_attempt_is_one_page_and_one_coupon(bench: Bench, account: Account) -> None:
    first, second = (stripe.begin(account, charge(5000, off=500)) for _ in range(2))
    assert first == second
    assert (len(bench.kept("checkout.session")), len(bench.kept("coupon"))) == (1, 1)


def test_a_discount_is_shown_as_a_coupon_for_once(bench: Bench, account: Account) -> None:
    begun = stripe.begin(account, charge(5000, 3000, off=1500))
    (coupon,) = bench.kept("coupon")
    assert (coupon["amount_off"], coupon["currency"], coupon["duration"], coupon["max_redemptions"]) == (
        1500,
        "chf",
        "once",
        1,
    )
    assert coupon["name"] == "Rabatt"
    pay(bench, begun)
    assert stripe.read(account, begun.reference).amount == Money(6500, "CHF")
    assert bench.kept("coupon")[0]["valid"] is False


def test_a_coupon_whose_answer_was_an_outage_is_found_again(bench: Bench, account: Account) -> None:
    bench.fault("POST /v1/coupons", "error_after")
    begun = stripe.begin(account, charge(5000, off=500))
    pay(bench, begun)
    assert stripe.read(account, begun.reference).amount == Money(4500, "CHF")
    assert len(bench.kept("coupon")) == 1


def test_a_line_below_zero_is_part_of_the_discount(bench: Bench, account: Account) -> None:
    rounded = charge(5003, -3)
    assert [text for text, _, _ in hosted.shown_lines(rounded)] == ["Line 1"]
    pay(bench, begun := stripe.begin(account, rounded))
    assert stripe.read(account, begun.reference).amount == Money(5000, "CHF")


def test_lines_that_do_not_come_to_the_amount_never_leave(bench: Bench, account: Account) -> None:
    with pytest.raises(ValueError, match="amount of the charge"):
        stripe.begin(account, charge(5000, amount=Money(4000, "CHF")))
    assert bench.control("ledger") == []


def test_an_amount_that_cannot_be_divided_is_shown_as_one_line() -> None:
    uneven = charge(lines=[ChargeLine("Pass", 3, Money(1000, "CHF"))], amount=Money(1000, "CHF"))
    assert hosted.shown_lines(uneven) == [("3 × Pass", 1, Money(1000, "CHF"))]


def test_a_hundred_and_twenty_lines_fit_on_the_page(bench: Bench, account: Account) -> None:
    pay(bench, begun := stripe.begin(account, charge(*range(100, 220))))
    assert stripe.read(account, begun.reference).amount == Money(sum(range(100, 220)), "CHF")
    assert len(hosted.shown_lines(charge(*range(100, 220)))) == 100


@pytest.mark.parametrize(
    ("open_for", "until"),
    [(5 * 60, 31 * 60), (3600, 3600), (3 * 86400, 86400)],
    ids=["short", "fits", "long"],
)
def test_the_page_closes_when_the_seats_are_gone_within_stripes_bounds(
    bench: Bench, account: Account, open_for: int, until: int
) -> None:
    begun = stripe.begin(account, charge(ends_at=STARTED + timedelta(seconds=open_for)))
    assert bench.kept("checkout.session")[0]["expires_at"] == NOON + until
    bench.later(until)
    assert stripe.read(account, begun.reference).state == "expired"
    assert pay(bench, begun)[0] != 303


def test_a_declined_card_waits_for_another(bench: Bench, account: Account) -> None:
    begun = stripe.begin(account, charge())
    assert pay(bench, begun, DECLINED)[0] == 402
    read = stripe.read(account, begun.reference)
    assert (read.state, read.reason) == ("waiting", "generic_decline")
    pay(bench, begun, VISA)
    assert stripe.read(account, begun.reference).state == "succeeded"


def test_the_bank_may_ask_first(bench: Bench, account: Account) -> None:
    begun = stripe.begin(account, charge())
    _, _, bank = pay(bench, begun, SECURE)
    assert stripe.read(account, begun.reference).state == "waiting"
    bench.get(bench.get(bank, {"answer": "approve"})[2])
    assert stripe.read(account, begun.reference).state == "succeeded"


@pytest.mark.parametrize("outcome", ["succeeded", "failed"])
def test_a_debit_says_days_later_what_it_came_to(bench: Bench, account: Account, outcome: str) -> None:
    euros = charge(
        amount=Money(9800, "EUR"), discount=Money(0, "EUR"), lines=[ChargeLine("Pass", 1, Money(9800, "EUR"))]
    )
    params: Any = {
        **hosted.session_params(euros),
        "allowed_payment_method_types": ["sepa_debit"],
    }  # as Stripe's dashboard has it
    session = bench.client().v1.checkout.sessions.create(params=params)
    begun = Begun(session.id, session.url or "")
    iban = {"succeeded": "DE89370400440532013000", "failed": "DE62370400440532013001"}[outcome]
    status, page, _ = bench.get(
        begun.redirect,
        {"method": "sepa_debit", "iban": iban, "email": "ada@example.org", "name": "Ada Lovelace"},
    )
    assert status == 303, page
    assert stripe.read(account, begun.reference).state == "waiting"
    assert stripe.end(account, begun.reference).state == "waiting"
    bench.later(600)
    assert stripe.read(account, begun.reference).state == {"failed": "declined"}.get(outcome, outcome)


def test_an_ended_page_takes_no_more_money(bench: Bench, account: Account) -> None:
    begun = stripe.begin(account, charge())
    assert [stripe.end(account, begun.reference).state for _ in range(2)] == ["expired", "expired"]
    assert pay(bench, begun)[0] != 303
    assert bench.kept("charge") == []


def test_a_page_that_was_paid_meanwhile_says_so_at_its_end(bench: Bench, account: Account) -> None:
    begun = stripe.begin(account, charge())
    pay(bench, begun)
    ended = stripe.end(account, begun.reference)
    assert (ended.state, ended.amount) == ("succeeded", Money(9800, "CHF"))


def test_what_stripe_will_not_take_is_declined_with_its_word(bench: Bench, account: Account) -> None:
    with pytest.raises(Declined, match="amount_too_small"):
        stripe.begin(account, charge(20))


def test_the_keys_are_in_no_log(account: Account) -> None:
    assert "sk_test" not in repr(account)
    assert "sk_test" not in str(replace(account, mode="live"))
