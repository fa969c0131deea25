"""Answers carry what the SDK's classes promise, all the way down, and every call the table lists has its types in the SDK."""

from __future__ import annotations

import inspect
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

import pytest
import stripe

from sratix_stripe.double import contract, routes
from sratix_stripe.double.kinds import KINDS
from sratix_stripe.double.testing import Bench

PAY = {
    "amount": 10000,
    "currency": "chf",
    "payment_method": "pm_card_visa",
    "confirm": True,
    "return_url": "https://shop.example",
}
CLASSES = {kind: shape.shape for kind, shape in KINDS.items()}
# Built from others on the way out, never kept.
ELSEWHERE = {"balance", "account_link", "login_link"}


def promised(shape: type) -> dict[str, Any]:
    return {
        name: hint
        for base in reversed(shape.__mro__)
        if base.__module__.startswith("stripe.") and base is not stripe.StripeObject
        for name, hint in inspect.get_annotations(base).items()
        if not name.startswith("_") and "ClassVar" not in str(hint)
    }


def lacking(shape: type, answer: dict[str, Any], at: str) -> list[str]:
    """Names and places where the answer breaks the class: absent, null where it may not be, of a wrong kind or word."""
    found = []
    for name, hint in promised(shape).items():
        optional = type(None) in get_args(hint)
        if name not in answer:
            found += [] if optional else [f"{at}.{name} is absent"]
        elif answer[name] is None:
            found += [] if optional else [f"{at}.{name} is null"]
        else:
            found += _wrong(shape, hint, answer[name], f"{at}.{name}")
    return found


def _wrong(shape: type, hint: Any, value: Any, at: str) -> list[str]:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Union:
        words = [word for part in parts if get_origin(part) is Literal for word in get_args(part)]
        if words and isinstance(value, str):
            return [] if value in words else [f"{at} is {value!r}, none of {words[:9]}"]
        each = [_wrong(shape, part, value, at) for part in parts if part is not type(None)]
        return min(each, key=len)
    if origin is Literal:
        return [] if value in parts else [f"{at} is {value!r}, not {parts}"]
    if origin is list:
        if not isinstance(value, list):
            return [f"{at} is no list"]
        return [
            line for place, one in enumerate(value) for line in _wrong(shape, parts[0], one, f"{at}[{place}]")
        ]
    if isinstance(hint, (str, ForwardRef)):
        return []
    if inspect.isclass(hint) and issubclass(hint, stripe.StripeObject):
        return lacking(hint, value, at) if isinstance(value, dict) else [f"{at} is no object"]
    if hint in (int, str, bool, float):
        right = type(value) is hint or (hint is float and type(value) is int)
        return [] if right else [f"{at} is {value!r}, no {hint.__name__}"]
    return []


@pytest.fixture
def busy(bench: Bench) -> Bench:
    """A double in which every kind of object has come to be."""
    api = bench.client().v1
    account = api.accounts.create(params={"type": "express", "email": "org@example.org"}).id
    bench.control("accounts", {"id": account})
    customer = api.customers.create(params={"email": "ada@example.org"}).id
    coupon = api.coupons.create(params={"percent_off": 10, "duration": "once"}).id
    lines = [
        {
            "quantity": 2,
            "price_data": {"currency": "chf", "unit_amount": 4900, "product_data": {"name": "Day"}},
        }
    ]
    session = api.checkout.sessions.create(
        params={
            "mode": "payment",
            "success_url": "https://shop.example",
            "line_items": lines,
            "discounts": [{"coupon": coupon}],
        }
    )
    bench.get(session.url, {"email": "ada@example.org", "use": "4242424242424242"})
    api.checkout.sessions.create(
        params={"mode": "payment", "success_url": "https://shop.example", "line_items": lines}
    )
    api.setup_intents.create(params={"customer": customer, "payment_method": "pm_card_visa", "confirm": True})
    method = api.payment_methods.create(
        params={"type": "sepa_debit", "sepa_debit": {"iban": "DE89370400440532013000"}}
    ).id
    api.payment_intents.create(
        params={
            **PAY,
            "currency": "eur",
            "payment_method": method,
            "allowed_payment_method_types": ["sepa_debit"],
        }
    )
    api.payment_intents.create(params={**PAY, "payment_method": "pm_card_authenticationRequired"})
    with pytest.raises(stripe.CardError):
        api.payment_intents.create(params={**PAY, "payment_method": "pm_card_visa_chargeDeclined"})
    paid = api.payment_intents.create(
        params={
            **PAY,
            "application_fee_amount": 500,
            "transfer_data": {"destination": account},
            "customer": customer,
        }
    )
    api.refunds.create(
        params={
            "payment_intent": paid.id,
            "amount": 1000,
            "reverse_transfer": True,
            "refund_application_fee": True,
        }
    )
    dispute = api.payment_intents.create(params={**PAY, "payment_method": "pm_card_createDispute"})
    api.disputes.update(
        api.disputes.list(params={"payment_intent": dispute.id}).data[0].id,
        params={"evidence": {"uncategorized_text": "winning_evidence"}},
    )
    api.payment_intents.create(params={**PAY, "payment_method": "pm_card_bypassPending"})
    api.payouts.create(params={"amount": 100, "currency": "chf"})
    api.webhook_endpoints.create(params={"url": "https://shop.example", "enabled_events": ["*"]})
    asked = {
        "customer": customer,
        "collection_method": "send_invoice",
        "days_until_due": 14,
        "currency": "chf",
    }
    for act in ("pay", "void_invoice", "mark_uncollectible"):
        invoice = api.invoices.create(params=asked).id
        api.invoices.add_lines(invoice, params={"lines": [{"amount": 9800, "description": "2 × Day"}]})
        api.invoices.finalize_invoice(invoice)
        api.invoices.send_invoice(invoice)
        getattr(api.invoices, act)(invoice, *([{"payment_method": "pm_card_visa"}] if act == "pay" else []))
    return bench


def test_every_answer_has_what_the_sdk_promises(busy: Bench) -> None:
    kept = busy.control("state")
    assert set(CLASSES) - ELSEWHERE == set(kept)
    found = [
        line
        for kind, records in kept.items()
        for record in records
        for line in lacking(CLASSES[kind], record, kind)
    ]
    assert found == []


def test_answers_that_are_never_kept_have_it_too(busy: Bench) -> None:
    api = busy.client().v1
    account = busy.kept("transfer")[0]["destination"]
    link = {
        "account": account,
        "type": "account_onboarding",
        "refresh_url": "https://shop.example",
        "return_url": "https://shop.example",
    }
    made = {
        "balance": api.balance.retrieve(),
        "account_link": api.account_links.create(params=link),
        "login_link": api.accounts.login_links.create(account),
        "account": api.accounts.retrieve_current(),
    }
    found = [line for kind, answer in made.items() for line in lacking(CLASSES[kind], answer.to_dict(), kind)]
    assert found == []


def test_no_answer_shows_what_is_the_doubles_own(busy: Bench) -> None:
    assert '"_' not in str(busy.control("state")).replace("'", '"')


def test_every_event_is_of_a_type_the_sdk_knows(busy: Bench) -> None:
    known = set(get_args(promised(stripe.Event)["type"]))
    assert {event["type"] for event in busy.kept("event")} <= known


@pytest.mark.parametrize("route", routes.ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_call_is_held_against_types_of_the_sdk(route: routes.Route) -> None:
    known, needed = contract._fields(contract.params(route.params))
    assert needed <= set(known)
    assert not {"idempotency_key", "stripe_account"} & set(known)
    with pytest.raises(Exception, match="Received unknown parameter: not_a_parameter"):
        contract.check(contract.params(route.params), {"not_a_parameter": "1"})
