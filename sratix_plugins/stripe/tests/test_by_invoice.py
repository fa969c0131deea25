"""What an invoice asks for: exactly what is owed in every currency, by a Customer of its own, and what it came to."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sratix_core.plugin import Begun, Charge, ChargeLine, Declined, Money, NotSent, OutcomeUnknown, Reading
from sratix_plugins.stripe.tests.charges import STARTED, charge
from sratix_stripe import invoice_readings, invoices
from sratix_stripe.account import Account
from sratix_stripe.double.testing import Bench

DAYS = timedelta(days=17)


@pytest.fixture
def by_invoice(account: Account) -> Account:
    return replace(account, due_days=14, asked_at=STARTED)


def asked(*amounts: int, **other: Any) -> Charge:
    return charge(
        *amounts, **{"ends_at": STARTED + DAYS, "name": "Analytical Engines", "invoice": "RE-2027-7", **other}
    )


def in_currency(code: str, *amounts: int, off: int = 0) -> Charge:
    lines = [ChargeLine(f"Line {n}", n, Money(minor, code)) for n, minor in enumerate(amounts, 1)]
    return asked(amount=Money(sum(amounts) - off, code), lines=lines, discount=Money(off, code))


@pytest.mark.parametrize(
    ("code", "amounts", "off"),
    [
        ("CHF", (4900, 3333, 1), 34),
        ("JPY", (5000, 4999), 1),
        ("KWD", (10000, 5550), 50),
        ("KWD", (10005, 5545), 50),
        ("ISK", (5000, 333), 0),
        ("EUR", tuple(range(100, 260)), 7),
    ],
)
def test_the_lines_are_exactly_what_is_owed(
    bench: Bench, by_invoice: Account, code: str, amounts: tuple[int, ...], off: int
) -> None:
    wanted = in_currency(code, *amounts, off=off)
    begun = invoices.begin(by_invoice, wanted)
    (made,) = bench.kept("invoice")
    factor = 100 if code == "ISK" else 1
    assert (made["status"], made["currency"]) == ("open", code.lower())
    assert made["amount_due"] == made["total"] == wanted.amount.minor * factor
    assert sum(item["amount"] for item in bench.kept("invoiceitem")) == made["total"]
    bench.get(begun.redirect, {"use": "4242424242424242", "name": "Ada"})
    said = invoice_readings.read(by_invoice, begun.reference)
    assert (said.state, said.amount, said.provider) == ("succeeded", wanted.amount, "stripe")
    assert said.payment.startswith("pi_")


def test_it_says_whose_it_is_and_what_it_is(bench: Bench, by_invoice: Account) -> None:
    begun = invoices.begin(by_invoice, asked())
    (made,) = bench.kept("invoice")
    assert made["description"] == "Robotics Days K7QX2 · RE-2027-7"
    assert (made["metadata"]["sratix_code"], made["metadata"]["sratix_invoice"]) == ("K7QX2", "RE-2027-7")
    assert "Zahlungsaufforderung" in made["footer"]
    assert (made["customer_name"], made["customer_email"]) == ("Analytical Engines", "ada@example.org")
    assert not made["auto_advance"]
    assert made["due_date"] == int((STARTED + timedelta(days=14)).timestamp())
    assert begun.client == {"due": str(made["due_date"])}
    assert len(bench.kept("customer")) == 1


def test_it_is_due_no_later_than_it_may_be_paid(by_invoice: Account) -> None:
    for left, days in ((timedelta(days=17), 14), (timedelta(days=3), 3), (timedelta(hours=5), 1)):
        assert invoices.due_days(by_invoice, asked(ends_at=STARTED + left)) == days


def test_lines_that_do_not_come_to_the_amount_are_nobodys_to_ask_for(
    bench: Bench, by_invoice: Account
) -> None:
    with pytest.raises(ValueError, match="not the amount"):
        invoices.begin(by_invoice, replace(asked(4900), amount=Money(9800, "CHF")))
    assert bench.control("ledger") == []


@pytest.mark.parametrize("call", ["", "/*/add_lines", "/*/finalize", "/*/send"])
@pytest.mark.parametrize(
    "fault", ["lost_answer", "error_before", "error_after", "reset_before", "malformed", "conflict"]
)
def test_a_repeat_goes_on_where_it_was_left(bench: Bench, by_invoice: Account, call: str, fault: str) -> None:
    bench.fault(f"POST /v1/invoices{call}", fault)
    try:
        begun = invoices.begin(by_invoice, asked())
    except OutcomeUnknown:
        begun = invoices.begin(by_invoice, asked())
    (made,) = bench.kept("invoice")
    assert (begun.reference, made["status"], made["total"]) == (made["id"], "open", 9800)
    most = (
        2 if (call, fault) == ("/*/send", "error_after") else 1
    )  # an outage that Stripe keeps: whether a mail left nobody knows
    assert 1 <= bench.events().count("invoice.sent") <= most
    assert begun.redirect == made["hosted_invoice_url"]


def test_what_stripe_refuses_halfway_is_taken_back(bench: Bench, by_invoice: Account) -> None:
    with pytest.raises(Declined) as no:
        invoices.begin(by_invoice, asked(49))
    assert no.value.reason == "amount_too_small"
    assert bench.kept("invoice") == []


def test_every_call_that_does_something_has_a_key(bench: Bench, by_invoice: Account) -> None:
    begun = invoices.begin(by_invoice, asked())
    invoices.send_again(by_invoice, begun.reference, "again-1")
    invoices.send_again(by_invoice, begun.reference, "again-1")
    invoices.end(by_invoice, begun.reference)
    calls = [line for line in bench.control("ledger") if line["method"] == "POST"]
    assert all(line["idempotency_key"] for line in calls)
    assert bench.events().count("invoice.sent") == 2


def test_an_old_attempt_is_found_again_by_its_id(bench: Bench, by_invoice: Account) -> None:
    assert invoices.request_of(by_invoice, asked()) == Reading("expired", "")
    begun = invoices.begin(by_invoice, asked())
    bench.later(26 * 3600)
    found = invoices.request_of(by_invoice, asked())
    assert isinstance(found, Begun)
    assert found.reference == begun.reference


@pytest.mark.parametrize(
    ("act", "state", "reason"),
    [
        (lambda api, id: api.invoices.void_invoice(id), "cancelled", ""),
        (lambda api, id: api.invoices.mark_uncollectible(id), "waiting", "uncollectible"),
        (lambda api, id: api.invoices.pay(id, params={"paid_out_of_band": True}), "waiting", "paid_outside"),
        (lambda api, id: None, "waiting", ""),
    ],
)
def test_how_it_stands(bench: Bench, by_invoice: Account, act: Any, state: str, reason: str) -> None:
    begun = invoices.begin(by_invoice, asked())
    act(bench.client().v1, begun.reference)
    said = invoice_readings.read(by_invoice, begun.reference)
    assert (said.state, said.reason, said.amount) == (state, reason, None)


def test_after_its_day_it_is_overdue(bench: Bench, by_invoice: Account) -> None:
    begun = invoices.begin(by_invoice, asked())
    later = replace(by_invoice, asked_at=STARTED + timedelta(days=14, seconds=1))
    assert invoice_readings.read(later, begun.reference).reason == "overdue"


def test_ending_one_that_is_marked_as_paid_claims_nothing(bench: Bench, by_invoice: Account) -> None:
    begun = invoices.begin(by_invoice, asked())
    bench.client().v1.invoices.pay(begun.reference, params={"paid_out_of_band": True})
    assert invoices.end(by_invoice, begun.reference).reason == "paid_outside"


def test_ending_one_with_a_debit_on_its_way_waits_for_it(bench: Bench, by_invoice: Account) -> None:
    begun = invoices.begin(by_invoice, in_currency("EUR", 9800))
    bench.get(begun.redirect, {"method": "sepa_debit", "iban": "DE89370400440532013000", "name": "Ada"})
    assert invoices.end(by_invoice, begun.reference).state == "waiting"
    bench.later(600)
    assert invoices.end(by_invoice, begun.reference).state == "succeeded"


@pytest.mark.parametrize(
    "fault", ["lost_answer", "error_before", "error_after", "reset_before", "malformed", "rate_limited"]
)
@pytest.mark.parametrize("look", ["GET /v1/invoices", "GET /v1/invoices/*"])
def test_looking_may_fail_as_well(bench: Bench, by_invoice: Account, look: str, fault: str) -> None:
    """An outage that Stripe keeps makes it look; where that fails, nothing is sent twice, and the next repeat finds it."""
    bench.fault(
        "POST /v1/invoices" if look == "GET /v1/invoices" else "POST /v1/invoices/*/finalize", "error_after"
    )
    bench.fault(look, fault)
    for _ in range(3):
        try:
            begun = invoices.begin(by_invoice, asked())
            break
        except (OutcomeUnknown, NotSent):
            continue
    (made,) = bench.kept("invoice")
    assert (begun.reference, made["status"]) == (made["id"], "open")
    assert bench.events().count("invoice.sent") == 1


@pytest.mark.parametrize(
    "fault",
    ["lost_answer", "error_before", "error_after", "reset_before", "malformed", "conflict", "rate_limited"],
)
def test_sending_again_is_one_mail_for_a_press_of_the_button(
    bench: Bench, by_invoice: Account, fault: str
) -> None:
    begun = invoices.begin(by_invoice, asked())
    bench.fault("POST /v1/invoices/*/send", fault)
    for _ in range(2):
        with contextlib.suppress(OutcomeUnknown, NotSent):
            invoices.send_again(by_invoice, begun.reference, "again-1")
    assert bench.events().count("invoice.sent") == 2


@pytest.mark.parametrize("fault", ["lost_answer", "error_after", "reset_before"])
def test_a_draft_that_could_not_be_thrown_away_is_thrown_away_later(
    bench: Bench, by_invoice: Account, fault: str
) -> None:
    bench.fault("POST /v1/invoices/*/add_lines", "reset_before")
    with pytest.raises(OutcomeUnknown):
        invoices.begin(by_invoice, asked())
    bench.fault("DELETE /v1/invoices/*", fault)
    with contextlib.suppress(OutcomeUnknown):
        invoices.request_of(by_invoice, asked())
    over = invoices.request_of(by_invoice, asked())
    assert isinstance(over, Reading)
    assert over.state == "expired"
    assert bench.kept("invoice") == []


def test_a_void_that_was_refused_is_tried_anew(bench: Bench, by_invoice: Account) -> None:
    """Stripe keeps the refusal for a day; the debit that was in the way has failed meanwhile."""
    begun = invoices.begin(by_invoice, in_currency("EUR", 9800))
    debit = {"method": "sepa_debit", "iban": "DE62370400440532013001", "name": "Ada"}
    bench.get(begun.redirect, debit)
    assert invoices.end(by_invoice, begun.reference).state == "waiting"
    bench.later(600)
    later = replace(by_invoice, asked_at=STARTED + timedelta(minutes=10))
    assert invoices.end(later, begun.reference).state == "cancelled"
    assert bench.kept("invoice")[0]["status"] == "void"
