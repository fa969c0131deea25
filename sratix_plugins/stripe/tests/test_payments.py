"""PaymentIntents, charges and their fees, driven by Stripe's SDK."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from sratix_stripe.double.testing import Bench

PAY = {
    "amount": 4900,
    "currency": "chf",
    "payment_method": "pm_card_visa",
    "confirm": True,
    "return_url": "https://shop.example/back",
}


def test_a_payment_is_charged_once_with_stripes_fee(bench: Bench, stripe_api: Any) -> None:
    paid = stripe_api.payment_intents.create(
        params={**PAY, "metadata": {"order": "A1"}, "expand": ["latest_charge.balance_transaction"]}
    )
    assert (paid.status, paid.amount_received, paid.metadata["order"]) == ("succeeded", 4900, "A1")
    booked = paid.latest_charge.balance_transaction
    assert (booked.amount, booked.fee, booked.net) == (4900, 172, 4728)  # 2.9 % of 49.00 is 1.421, and 0.30
    assert [charge["amount"] for charge in bench.kept("charge")] == [4900]
    assert bench.events() == ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]
    assert [line["status"] for line in bench.control("ledger?path=/v1/payment_intents")] == [200]


@pytest.mark.parametrize(
    ("method", "code", "decline_code"),
    [
        ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
    ],
)
def test_a_declined_card_leaves_an_intent_that_wants_another(
    bench: Bench, stripe_api: Any, method: str, code: str, decline_code: str
) -> None:
    with pytest.raises(stripe.CardError) as refused:
        stripe_api.payment_intents.create(params={**PAY, "payment_method": method})
    assert (refused.value.http_status, refused.value.code) == (402, code)
    assert refused.value.error.decline_code == decline_code
    intent = stripe_api.payment_intents.retrieve(refused.value.error.payment_intent.id)
    assert intent.status == "requires_payment_method"
    assert intent.last_payment_error.decline_code == decline_code
    assert stripe_api.charges.retrieve(intent.latest_charge).status == "failed"
    assert "payment_intent.payment_failed" in bench.events()
    assert (
        stripe_api.payment_intents.confirm(
            intent.id, params={"payment_method": "pm_card_visa", "return_url": "https://shop.example"}
        ).status
        == "succeeded"
    )
    assert bench.kept("balance_transaction")[0]["amount"] == 4900
    assert len(bench.kept("balance_transaction")) == 1


def test_three_d_secure_asks_and_the_answer_decides(bench: Bench, stripe_api: Any) -> None:
    asked = stripe_api.payment_intents.create(
        params={**PAY, "payment_method": "pm_card_authenticationRequired"}
    )
    assert asked.status == "requires_action"
    url = asked.next_action.redirect_to_url.url
    status, page, _ = bench.get(url)
    assert status == 200
    assert "CHF 49.00" in page
    status, _, back = bench.get(url, {"answer": "approve"})
    assert status == 303
    assert back.startswith(f"https://shop.example/back?payment_intent={asked.id}&")
    assert back.endswith("redirect_status=succeeded")
    assert stripe_api.payment_intents.retrieve(asked.id).status == "succeeded"
    bench.get(url, {"answer": "fail"})
    assert stripe_api.payment_intents.retrieve(asked.id).status == "succeeded"


def test_a_failed_three_d_secure_charges_nothing(bench: Bench, stripe_api: Any) -> None:
    asked = stripe_api.payment_intents.create(
        params={**PAY, "payment_method": "pm_card_authenticationRequired"}
    )
    _, _, back = bench.get(asked.next_action.redirect_to_url.url, {"answer": "fail"})
    assert back.endswith("redirect_status=failed")
    failed = stripe_api.payment_intents.retrieve(asked.id)
    assert failed.status == "requires_payment_method"
    assert failed.last_payment_error.code == "payment_intent_authentication_failure"
    assert bench.kept("balance_transaction") == []


def test_money_may_be_held_then_taken_in_part_or_let_go(bench: Bench, stripe_api: Any) -> None:
    held = stripe_api.payment_intents.create(params={**PAY, "capture_method": "manual"})
    assert (held.status, held.amount_capturable) == ("requires_capture", 4900)
    assert bench.kept("balance_transaction") == []
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.payment_intents.capture(held.id, params={"amount_to_capture": 5000})
    assert refused.value.code == "amount_too_large"
    taken = stripe_api.payment_intents.capture(held.id, params={"amount_to_capture": 3000})
    assert (taken.status, taken.amount_received) == ("succeeded", 3000)
    other = stripe_api.payment_intents.create(params={**PAY, "capture_method": "manual"})
    let_go = stripe_api.payment_intents.cancel(other.id, params={"cancellation_reason": "abandoned"})
    assert (let_go.status, let_go.cancellation_reason) == ("canceled", "abandoned")
    with pytest.raises(stripe.InvalidRequestError) as late:
        stripe_api.payment_intents.cancel(taken.id)
    assert late.value.code == "payment_intent_unexpected_state"


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [(49, "chf", "amount_too_small"), (49, "jpy", "amount_too_small"), (1499, "czk", "amount_too_small"), (5003, "kwd", None),
     (100_000_000, "chf", "amount_too_large"), (500, "xxx", "invalid_currency")],
)  # fmt: skip
def test_amounts_stripe_would_not_charge_are_refused(
    stripe_api: Any, amount: int, currency: str, code: str | None
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.payment_intents.create(params={"amount": amount, "currency": currency})
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("amount", "currency"), [(50, "chf"), (50, "jpy"), (5000, "kwd"), (99_999_999, "chf"), (30, "gbp")]
)
def test_amounts_at_the_border_are_taken(stripe_api: Any, amount: int, currency: str) -> None:
    assert stripe_api.payment_intents.create(params={"amount": amount, "currency": currency}).client_secret


def test_an_intent_changes_until_it_is_paid(stripe_api: Any) -> None:
    intent = stripe_api.payment_intents.create(
        params={"amount": 4900, "currency": "chf", "metadata": {"a": "1", "b": "2"}}
    )
    changed = stripe_api.payment_intents.update(
        intent.id, params={"amount": 5900, "metadata": {"a": "", "c": "3"}}
    )
    assert (changed.amount, changed.metadata.to_dict()) == (5900, {"b": "2", "c": "3"})
    stripe_api.payment_intents.confirm(
        intent.id, params={"payment_method": "pm_card_visa", "return_url": "https://shop.example"}
    )
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.payment_intents.update(intent.id, params={"amount": 100})


def test_a_saved_card_pays_later_without_its_owner(stripe_api: Any) -> None:
    customer = stripe_api.customers.create(params={"email": "ada@example.org"})
    setup = stripe_api.setup_intents.create(
        params={"customer": customer.id, "payment_method": "pm_card_authenticationRequiredOnSetup"}
    )
    asked = stripe_api.setup_intents.confirm(setup.id, params={"return_url": "https://shop.example/saved"})
    assert asked.status == "requires_action"
    assert stripe_api.payment_methods.list(params={"customer": customer.id}).data == []


def test_a_card_set_up_with_its_owner_is_not_asked_again(bench: Bench, stripe_api: Any) -> None:
    customer = stripe_api.customers.create(params={"email": "ada@example.org"})
    setup = stripe_api.setup_intents.create(
        params={
            "customer": customer.id,
            "payment_method": "pm_card_authenticationRequiredOnSetup",
            "confirm": True,
            "return_url": "https://shop.example",
        }
    )
    bench.get(setup.next_action.redirect_to_url.url, {"answer": "approve"})
    (method,) = stripe_api.customers.payment_methods.list(customer.id).data
    charge = {
        "amount": 900,
        "currency": "chf",
        "customer": customer.id,
        "payment_method": method.id,
        "confirm": True,
        "off_session": True,
    }
    assert stripe_api.payment_intents.create(params=charge).status == "succeeded"
    with pytest.raises(stripe.CardError) as refused:
        stripe_api.payment_intents.create(
            params={**charge, "payment_method": "pm_card_authenticationRequired"}
        )
    assert refused.value.code == "authentication_required"
    stripe_api.payment_methods.detach(method.id)
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.payment_intents.create(params=charge)


def test_a_debit_is_processing_until_the_bank_answers(bench: Bench, stripe_api: Any) -> None:
    ends = {}
    for iban in ("DE89370400440532013000", "DE62370400440532013001"):
        method = stripe_api.payment_methods.create(
            params={
                "type": "sepa_debit",
                "sepa_debit": {"iban": iban},
                "billing_details": {"name": "Ada", "email": "ada@example.org"},
            }
        )
        intent = stripe_api.payment_intents.create(
            params={
                "amount": 4900,
                "currency": "eur",
                "allowed_payment_method_types": ["sepa_debit"],
                "payment_method": method.id,
                "confirm": True,
            }
        )
        assert intent.status == "processing"
        ends[iban[:4]] = intent.id
    bench.later(180)
    assert stripe_api.payment_intents.retrieve(ends["DE89"]).status == "succeeded"
    assert stripe_api.payment_intents.retrieve(ends["DE62"]).status == "requires_payment_method"


def test_a_server_may_not_send_card_numbers(stripe_api: Any) -> None:
    card = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034, "cvc": "123"}
    with pytest.raises(stripe.InvalidRequestError, match="unsafe"):
        stripe_api.payment_methods.create(params={"type": "card", "card": card})
