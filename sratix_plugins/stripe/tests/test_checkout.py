"""Checkout Sessions: made by the SDK, paid on the page by its form."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from sratix_stripe.double.testing import NOON, Bench

SESSION: dict[str, Any] = {
    "mode": "payment",
    "success_url": "https://shop.example/ok?session={CHECKOUT_SESSION_ID}",
    "cancel_url": "https://shop.example/cart",
    "client_reference_id": "A1",
    "line_items": [
        {
            "quantity": 2,
            "price_data": {"currency": "chf", "unit_amount": 4900, "product_data": {"name": "Early bird"}},
        },
        {
            "quantity": 1,
            "price_data": {"currency": "chf", "unit_amount": 1000, "product_data": {"name": "<b>Night</b>"}},
        },
    ],
}
BUYER = {"email": "ada@example.org", "name": "Ada"}


def make(api: Any, **more: Any) -> Any:
    return api.checkout.sessions.create(params={**SESSION, **more})


def test_a_session_is_paid_on_its_page(bench: Bench, stripe_api: Any) -> None:
    session = make(stripe_api, payment_intent_data={"metadata": {"order": "A1"}}, metadata={"event": "7"})
    assert (session.status, session.payment_status, session.amount_total, session.payment_intent) == (
        "open",
        "unpaid",
        10800,
        None,
    )
    status, page, _ = bench.get(session.url)
    assert status == 200
    assert "no real money" in page.lower()
    assert "&lt;b&gt;Night&lt;/b&gt;" in page
    typed = {"number": "4242 4242 4242 4242", "expiry": "12 / 34", "cvc": "123", **BUYER}
    status, _, back = bench.get(session.url, typed)
    assert (status, back) == (303, f"https://shop.example/ok?session={session.id}")
    paid = stripe_api.checkout.sessions.retrieve(
        session.id, params={"expand": ["payment_intent", "line_items"]}
    )
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.customer_details.email == "ada@example.org"
    assert (paid.payment_intent.amount_received, paid.payment_intent.metadata["order"]) == (10800, "A1")
    assert [(one.description, one.amount_total) for one in paid.line_items.data] == [
        ("Early bird", 9800),
        ("<b>Night</b>", 1000),
    ]
    assert stripe_api.checkout.sessions.line_items.list(session.id).data[0].quantity == 2
    assert bench.events("checkout") == ["checkout.session.completed"]


def test_sending_the_page_twice_charges_once(bench: Bench, stripe_api: Any) -> None:
    session = make(stripe_api)
    answers = [bench.get(session.url, {**BUYER, "use": "4242424242424242"}) for _ in range(2)]
    assert [(status, back) for status, _, back in answers] == [
        (303, f"https://shop.example/ok?session={session.id}")
    ] * 2
    assert len(bench.kept("charge")) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"use": "4000000000000002"}, "Your card was declined."),
        ({"use": "4000000000009995"}, "insufficient funds"),
        ({"number": "1234", "expiry": "12/34", "cvc": "123"}, "card number is incorrect"),
        ({"number": "4242424242424242", "expiry": "12/20", "cvc": "123"}, "expiration year is invalid"),
        ({"number": "4242424242424242", "expiry": "13/34", "cvc": "123"}, "expiration month is invalid"),
        ({"number": "4242424242424242", "expiry": "12/34", "cvc": "1"}, "security code is invalid"),
        ({}, "card number is incorrect"),
    ],
)
def test_a_refused_card_keeps_the_page_open(
    bench: Bench, stripe_api: Any, typed: dict[str, str], said: str
) -> None:
    session = make(stripe_api)
    status, page, _ = bench.get(session.url, {**BUYER, **typed})
    assert status == 402
    assert said in page.replace("&#39;", "'")
    assert 'value="ada@example.org"' in page
    assert stripe_api.checkout.sessions.retrieve(session.id).status == "open"
    bench.get(session.url, {**BUYER, "use": "4242424242424242"})
    assert stripe_api.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_the_bank_is_asked_between_page_and_shop(bench: Bench, stripe_api: Any) -> None:
    session = make(stripe_api)
    _, _, bank = bench.get(session.url, {**BUYER, "use": "4000002760003184"})
    assert "/3ds/pi_" in bank
    _, _, back = bench.get(bank, {"answer": "fail"})
    assert back == session.url
    status, page, _ = bench.get(back)
    assert status == 200
    assert "unable to authenticate" in page
    _, _, bank = bench.get(session.url, {**BUYER, "use": "4000002760003184"})
    _, _, back = bench.get(bank, {"answer": "approve"})
    assert bench.get(back)[2] == f"https://shop.example/ok?session={session.id}"
    assert len([charge for charge in bench.kept("charge") if charge["paid"]]) == 1


def test_a_session_expires_by_itself_or_by_hand(bench: Bench, stripe_api: Any) -> None:
    by_itself = make(stripe_api, expires_at=NOON + 1800)
    by_hand = make(stripe_api)
    assert stripe_api.checkout.sessions.expire(by_hand.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.checkout.sessions.expire(by_hand.id)
    bench.later(1799)
    assert stripe_api.checkout.sessions.retrieve(by_itself.id).status == "open"
    bench.later(1)
    assert stripe_api.checkout.sessions.retrieve(by_itself.id).status == "expired"
    status, page, _ = bench.get(by_itself.url, {**BUYER, "use": "4242424242424242"})
    assert status == 410
    assert "https://shop.example/cart" in page
    assert bench.kept("charge") == []
    assert bench.events("checkout") == ["checkout.session.expired"] * 2


@pytest.mark.parametrize("seconds", [1700, 86500])
def test_a_session_lives_half_an_hour_to_a_day(stripe_api: Any, seconds: int) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="between 30 minutes and 24 hours"):
        make(stripe_api, expires_at=NOON + seconds)


def test_a_coupon_takes_off_once(bench: Bench, stripe_api: Any) -> None:
    coupon = stripe_api.coupons.create(
        params={"amount_off": 1000, "currency": "chf", "duration": "once", "max_redemptions": 1}
    )
    session = make(stripe_api, discounts=[{"coupon": coupon.id}])
    assert (session.amount_subtotal, session.amount_total, session.total_details.amount_discount) == (
        10800,
        9800,
        1000,
    )
    bench.get(session.url, {**BUYER, "use": "4242424242424242"})
    used = stripe_api.coupons.retrieve(coupon.id)
    assert (used.times_redeemed, used.valid) == (1, False)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        make(stripe_api, discounts=[{"coupon": coupon.id}])
    assert refused.value.code == "coupon_expired"
    half = stripe_api.coupons.create(params={"percent_off": 33.33, "duration": "once"})
    assert make(stripe_api, discounts=[{"coupon": half.id}]).amount_total == 10800 - 3600
    whole = stripe_api.coupons.create(params={"percent_off": 100, "duration": "once"})
    free = make(stripe_api, discounts=[{"coupon": whole.id}])
    assert free.payment_status == "no_payment_required"
    bench.get(free.url, BUYER)
    assert stripe_api.checkout.sessions.retrieve(free.id).status == "complete"
    assert stripe_api.coupons.delete(whole.id).deleted


def test_a_debit_completes_the_session_before_it_is_paid(bench: Bench, stripe_api: Any) -> None:
    lines = [
        {
            "quantity": 1,
            "price_data": {"currency": "eur", "unit_amount": 4900, "product_data": {"name": "Day"}},
        }
    ]
    sessions = {}
    for iban in ("DE89370400440532013000", "DE62370400440532013001"):
        session = make(stripe_api, line_items=lines, allowed_payment_method_types=["card", "sepa_debit"])
        bench.get(session.url, {**BUYER, "method": "sepa_debit", "iban": iban})
        waiting = stripe_api.checkout.sessions.retrieve(session.id)
        assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
        sessions[iban[:4]] = session.id
    bench.later(180)
    assert stripe_api.checkout.sessions.retrieve(sessions["DE89"]).payment_status == "paid"
    assert stripe_api.checkout.sessions.retrieve(sessions["DE62"]).payment_status == "unpaid"
    assert bench.events("async") == [
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
    ]


def test_twint_sends_the_buyer_away_and_back(bench: Bench, stripe_api: Any) -> None:
    session = make(stripe_api, allowed_payment_method_types=["card", "twint"])
    _, _, app = bench.get(session.url, {**BUYER, "method": "twint"})
    assert "confirm in your app" in bench.get(app)[1]
    bench.get(app, {"answer": "fail"})
    assert stripe_api.checkout.sessions.retrieve(session.id).status == "open"
    _, _, app = bench.get(session.url, {**BUYER, "method": "twint"})
    _, _, back = bench.get(app, {"answer": "approve"})
    assert bench.get(back)[2].startswith("https://shop.example/ok")
    (charge,) = stripe_api.charges.list().data
    assert (charge.paid, charge.payment_method_details.type) == (True, "twint")
    plain = make(stripe_api)
    status, page, _ = bench.get(plain.url, {**BUYER, "method": "twint"})
    assert status == 402
    assert "isn&#39;t allowed here" in page


def test_a_page_may_save_a_card_for_later(bench: Bench, stripe_api: Any) -> None:
    customer = stripe_api.customers.create(params={"email": "ada@example.org"})
    session = stripe_api.checkout.sessions.create(
        params={
            "mode": "setup",
            "currency": "chf",
            "customer": customer.id,
            "success_url": "https://shop.example/saved",
        }
    )
    assert bench.get(session.url, {**BUYER, "use": "4242424242424242"})[2] == "https://shop.example/saved"
    (method,) = stripe_api.customers.payment_methods.list(customer.id).data
    assert method.card.last4 == "4242"
    kept = make(stripe_api, customer=customer.id, payment_intent_data={"setup_future_usage": "off_session"})
    bench.get(kept.url, {**BUYER, "use": "5555555555554444"})
    assert {one.card.last4 for one in stripe_api.customers.payment_methods.list(customer.id).data} == {
        "4242",
        "4444",
    }


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"success_url": "shop"}, "success_url"),
        ({"line_items": []}, "line_items"),
        ({"mode": "pay"}, "mode"),
        ({"discounts": [{"coupon": "none"}]}, "discounts[0][coupon]"),
        ({"line_items": [{"price_data": SESSION["line_items"][0]["price_data"]}]}, "line_items[0][quantity]"),
        (
            {
                "line_items": [
                    {
                        "quantity": 1,
                        "price_data": {"currency": "chf", "unit_amount": 49, "product_data": {"name": "x"}},
                    }
                ]
            },
            "line_items",
        ),
        (
            {"line_items": [{"quantity": 1, "price_data": {"currency": "chf", "unit_amount": 4900}}]},
            "line_items[0][price_data][product_data]",
        ),
        ({"payment_intent_data": {"application_fee_amount": 10}}, "application_fee_amount"),
        ({"payment_intent_data": {"transfer_data": {"destination": "acct_0"}}}, "transfer_data[destination]"),
        ({"automatic_tax": {"enabled": True}}, "automatic_tax"),
        ({"locale": "xx"}, "locale"),
    ],
)
def test_a_session_that_could_not_be_paid_is_refused(
    stripe_api: Any, change: dict[str, Any], param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        make(stripe_api, **change)
    assert refused.value.param == param
