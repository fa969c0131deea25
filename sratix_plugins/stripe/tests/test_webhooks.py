"""Signed deliveries, their retries, and what may go wrong on the way."""

from __future__ import annotations

import json
from typing import Any

import pytest
import stripe

from sratix_stripe.double.testing import NOON, Bench, Inbox

SECRET = "whsec_test"
PAY = {
    "amount": 4900,
    "currency": "chf",
    "payment_method": "pm_card_visa",
    "confirm": True,
    "return_url": "https://shop.example",
}


@pytest.fixture
def listening(bench: Bench, inbox: Inbox) -> Inbox:
    bench.control("webhooks", {"hold": True, "listen": inbox.url, "secret": SECRET})
    return inbox


def verified(signature: str, body: bytes, at: int = NOON) -> dict[str, Any]:
    """What the SDK says of it, at the double's hour."""
    stripe.WebhookSignature.verify_header(body.decode(), signature, SECRET, tolerance=None)
    stamp = int(signature.split(",")[0].removeprefix("t="))
    assert abs(stamp - at) <= 300, f"stale by {at - stamp} s"
    found: dict[str, Any] = json.loads(body)
    return found


def test_events_arrive_signed_and_in_order(bench: Bench, stripe_api: Any, listening: Inbox) -> None:
    paid = stripe_api.payment_intents.create(params=PAY)
    bench.control("webhooks/flush", {})
    assert listening.types() == ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]
    event = verified(*listening.got[-1])
    assert (event["livemode"], event["data"]["object"]["id"], event["api_version"]) == (
        False,
        paid.id,
        stripe.api_version,
    )
    assert "account" not in event
    assert stripe_api.events.retrieve(event["id"]).pending_webhooks == 0
    assert event["request"]["id"] == bench.control("ledger")[0]["id"]


def test_the_sdk_reads_an_event_on_the_days_clock(bench: Bench, listening: Inbox) -> None:
    bench.control("clock", {"run": True})
    bench.client().v1.payment_intents.create(params=PAY)
    bench.control("webhooks/flush", {})
    signature, body = listening.got[-1]
    event = stripe.Webhook.construct_event(body, signature, SECRET)
    assert event.data.object.status == "succeeded"
    for wrong in (
        (body + b" ", signature, SECRET),
        (body, signature, "whsec_other"),
        (body, signature.replace("t=1", "t=2"), SECRET),
    ):
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(*wrong)


def test_what_is_not_taken_is_sent_again_later(bench: Bench, stripe_api: Any, listening: Inbox) -> None:
    listening.status = 500
    stripe_api.customers.create(params={})
    bench.control("webhooks/flush", {})
    (delivery,) = bench.control("webhooks")["deliveries"]
    assert (delivery["state"], delivery["attempts"][0]["status"], delivery["due"]) == (
        "queued",
        500,
        NOON + 10,
    )
    listening.status = 200
    bench.later(10)
    bench.control("webhooks/flush", {})
    assert bench.control("webhooks")["deliveries"][0]["state"] == "delivered"
    assert len(listening.got) == 2
    assert listening.got[0][1] == listening.got[1][1].replace(
        b'"pending_webhooks": 0', b'"pending_webhooks": 1'
    )


def test_an_endpoint_hears_what_it_asked_for(bench: Bench, stripe_api: Any, inbox: Inbox) -> None:
    bench.control("webhooks", {"hold": True})
    account = stripe_api.accounts.create(params={"type": "express"}).id
    bench.control("accounts", {"id": account})
    own = stripe_api.webhook_endpoints.create(
        params={"url": inbox.url + "?own", "enabled_events": ["payment_intent.succeeded"]}
    )
    stripe_api.webhook_endpoints.create(
        params={"url": inbox.url + "?connect", "enabled_events": ["*"], "connect": True}
    )
    stripe_api.payment_intents.create(params=PAY)
    bench.control("webhooks/flush", {})
    assert inbox.types() == ["payment_intent.succeeded"]
    stripe.WebhookSignature.verify_header(
        inbox.got[0][1].decode(), inbox.got[0][0], own.secret, tolerance=None
    )
    stripe_api.payment_intents.create(params=PAY, options={"stripe_account": account})
    bench.control("webhooks/flush", {})
    assert {json.loads(body).get("account") for _, body in inbox.got[1:]} == {account}


def test_deliveries_go_out_by_themselves(bench: Bench, stripe_api: Any, inbox: Inbox) -> None:
    bench.double.listen(inbox.url, SECRET)
    stripe_api.customers.create(params={})
    assert inbox.arrived.wait(10)
    assert inbox.types() == ["customer.created"]


@pytest.mark.parametrize(
    ("kind", "more", "seen"),
    [
        ("repeat", {"count": 3}, ["customer.created"] * 3 + ["customer.updated"]),
        ("lose", {}, ["customer.updated"]),
        ("reorder", {}, ["customer.updated", "customer.created"]),
    ],
)
def test_deliveries_are_repeated_lost_and_overtaken(
    bench: Bench, stripe_api: Any, listening: Inbox, kind: str, more: dict[str, Any], seen: list[str]
) -> None:
    bench.control("faults", {"webhook": "customer.created", "kind": kind, **more})
    customer = stripe_api.customers.create(params={})
    stripe_api.customers.update(customer.id, params={"name": "Ada"})
    bench.control("webhooks/flush", {})
    assert listening.types() == seen
    assert len({json.loads(body)["id"] for _, body in listening.got}) == len(set(seen))


def test_a_delayed_delivery_waits_for_the_clock(bench: Bench, stripe_api: Any, inbox: Inbox) -> None:
    bench.double.listen(inbox.url, SECRET)
    bench.control("faults", {"webhook": "*", "kind": "delay", "seconds": 3600})
    stripe_api.customers.create(params={})
    assert bench.control("webhooks")["deliveries"][0]["due"] == NOON + 3600
    assert inbox.got == []


@pytest.mark.parametrize("kind", ["wrong_signature", "stale_timestamp", "wrong_mode", "wrong_account"])
def test_deliveries_that_should_not_be_believed(
    bench: Bench, stripe_api: Any, listening: Inbox, kind: str
) -> None:
    bench.control("faults", {"webhook": "*", "kind": kind})
    stripe_api.customers.create(params={})
    bench.control("webhooks/flush", {})
    if kind in ("wrong_signature", "stale_timestamp"):
        with pytest.raises((stripe.SignatureVerificationError, AssertionError)):
            verified(*listening.got[0])
    else:
        event = verified(*listening.got[0])
        assert event["livemode"] == (kind == "wrong_mode")
        assert event.get("account") == ("acct_of_somebody_else" if kind == "wrong_account" else None)
