"""Every call: keys, checked parameters, idempotency, lists, expansions, headers."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from typing import Any

import pytest
import stripe

from sratix_stripe.double.testing import NOON, Bench

PAY = {
    "amount": 4900,
    "currency": "chf",
    "payment_method": "pm_card_visa",
    "confirm": True,
    "return_url": "https://shop.example",
}


def test_keys_say_whose_and_which_side(bench: Bench, stripe_api: Any) -> None:
    own = stripe_api.accounts.retrieve_current()
    assert own.charges_enabled
    live = bench.client("sk_live_double").v1.payment_intents.create(params=PAY)
    assert live.livemode
    assert stripe_api.payment_intents.list().data == []
    for key in ("sk_test_wrong", "sk_live_wrong", "nonsense"):
        with pytest.raises(stripe.AuthenticationError) as refused:
            bench.client(key).v1.balance.retrieve()
        assert refused.value.http_status == 401
        assert key not in str(refused.value)
    with pytest.raises(stripe.AuthenticationError) as public:
        bench.client("pk_test_double").v1.balance.retrieve()
    assert public.value.error.code == "secret_key_required"


def test_a_restricted_key_does_what_it_may(bench: Bench) -> None:
    bench.control("keys", {"key": "rk_test_reader", "may": ["GET /v1/refunds*"]})
    api = bench.client("rk_test_reader").v1
    assert api.refunds.list().data == []
    with pytest.raises(stripe.PermissionError) as refused:
        api.refunds.create(params={"charge": "ch_1"})
    assert refused.value.http_status == 403


@pytest.mark.parametrize(
    ("params", "code", "param"),
    [
        ({"amount": 4900}, "parameter_missing", "currency"),
        ({"amount": "much", "currency": "chf"}, "parameter_invalid_integer", "amount"),
        ({"amount": 49.5, "currency": "chf"}, "parameter_invalid_integer", "amount"),
        ({"amount": 4900, "currency": ""}, "parameter_invalid_empty", "currency"),
        ({"amount": 4900, "currency": "chf", "ammount": 1}, "parameter_unknown", "ammount"),
        (
            {"amount": 4900, "currency": "chf", "transfer_data": {"to": "x"}},
            "parameter_unknown",
            "transfer_data[to]",
        ),
        ({"amount": 4900, "currency": "chf", "capture_method": "later"}, None, "capture_method"),
        ({"amount": 4900, "currency": "chf", "confirm": "maybe"}, None, "confirm"),
        ({"amount": 4900, "currency": "chf", "metadata": "x"}, None, "metadata"),
        ({"amount": 4900, "currency": "chf", "expand": ["nothing"]}, None, "expand"),
    ],
)
def test_what_the_sdk_would_not_send_is_refused_before_it_has_an_effect(
    bench: Bench, stripe_api: Any, params: dict[str, Any], code: str | None, param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_api.payment_intents.create(params=params)
    assert (refused.value.http_status, refused.value.code, refused.value.param) == (400, code, param)
    assert bench.kept("payment_intent") == []


def test_the_same_key_gives_the_same_answer_for_a_day(bench: Bench, stripe_api: Any) -> None:
    key = {"idempotency_key": "order-1"}
    first = stripe_api.payment_intents.create(params=PAY, options=key)
    again = stripe_api.payment_intents.create(params=PAY, options=key)
    assert first.id == again.id
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(bench.kept("charge")) == 1
    with pytest.raises(stripe.IdempotencyError) as other:
        stripe_api.payment_intents.create(params={**PAY, "amount": 5900}, options=key)
    assert other.value.http_status == 400
    with pytest.raises(stripe.IdempotencyError):
        stripe_api.refunds.create(params={"payment_intent": first.id}, options=key)
    bench.client("sk_live_double").v1.payment_intents.create(params=PAY, options=key)
    bench.later(24 * 3600)
    assert stripe_api.payment_intents.create(params=PAY, options=key).id != first.id


def test_a_decline_is_remembered_and_a_mistake_is_not(bench: Bench, stripe_api: Any) -> None:
    declined = {**PAY, "payment_method": "pm_card_visa_chargeDeclined"}
    ids = set()
    for _ in range(2):
        with pytest.raises(stripe.CardError) as refused:
            stripe_api.payment_intents.create(params=declined, options={"idempotency_key": "one"})
        ids.add(refused.value.error.payment_intent.id)
    assert len(ids) == 1
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.payment_intents.create(params={**PAY, "amount": "x"}, options={"idempotency_key": "two"})
    assert (
        stripe_api.payment_intents.create(params=PAY, options={"idempotency_key": "two"}).status
        == "succeeded"
    )


def test_a_key_in_use_is_a_conflict(bench: Bench) -> None:
    bench.fault("POST /v1/payment_intents", "delay", seconds=40, when="before")
    slow: list[Any] = []
    call = {"params": PAY, "options": {"idempotency_key": "one"}}
    first = threading.Thread(target=lambda: slow.append(bench.client().v1.payment_intents.create(**call)))
    first.start()
    while not list(bench.double.store.all("_key")):
        first.join(0.01)
    with pytest.raises(stripe.APIError) as refused:
        bench.client().v1.payment_intents.create(**call)
    assert (refused.value.http_status, refused.value.error.code) == (409, "idempotency_key_in_use")
    bench.later(40)
    first.join(10)
    assert slow[0].status == "succeeded"
    assert len(bench.kept("charge")) == 1


def test_sixteen_at_once_with_one_key_charge_once(bench: Bench) -> None:
    together, seen = threading.Barrier(16), []

    def ask() -> None:
        api = bench.client().v1
        together.wait()
        try:
            seen.append(api.payment_intents.create(params=PAY, options={"idempotency_key": "one"}).id)
        except stripe.APIError as error:
            seen.append(error.http_status)

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(seen) == 16
    assert len(set(seen) - {409}) == 1
    assert len(bench.kept("charge")) == 1


@pytest.mark.parametrize(
    "body",
    [b"a" + b"[b]" * 50_000 + b"=1", b"[=1", b"amount=1&amount[a]=2", b"\xff\xfe=%ff", b"metadata[a][b]=1"],
)
def test_nonsense_is_refused_in_stripes_words(bench: Bench, body: bytes) -> None:
    request = urllib.request.Request(
        f"{bench.url}/v1/payment_intents", body, {"Authorization": "Bearer sk_test_double"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    with refused.value as answer:
        assert answer.code == 400
        assert json.load(answer)["error"]["type"] == "invalid_request_error"


def test_lists_come_in_pages_newest_first(bench: Bench, stripe_api: Any) -> None:
    ids = []
    for amount in range(100, 107):
        ids.append(stripe_api.payment_intents.create(params={"amount": amount, "currency": "chf"}).id)
        bench.later(10)
    page = stripe_api.payment_intents.list(params={"limit": 3})
    assert [one.id for one in page.data] == ids[:3:-1]
    assert page.has_more
    assert [one.id for one in page.auto_paging_iter()] == ids[::-1]
    before = stripe_api.payment_intents.list(params={"limit": 2, "ending_before": ids[3]})
    assert [one.id for one in before.data] == [ids[5], ids[4]]
    since = stripe_api.payment_intents.list(params={"created": {"gte": NOON + 20, "lt": NOON + 40}})
    assert [one.id for one in since.data] == [ids[3], ids[2]]
    for wrong in ({"limit": 0}, {"limit": 101}, {"starting_after": "pi_none"}):
        with pytest.raises(stripe.InvalidRequestError):
            stripe_api.payment_intents.list(params=wrong)


def test_lists_are_filtered(stripe_api: Any) -> None:
    customer = stripe_api.customers.create(params={"email": "ada@example.org", "name": "Ada"})
    stripe_api.customers.create(params={"email": "bob@example.org"})
    mine = stripe_api.payment_intents.create(params={**PAY, "customer": customer.id})
    stripe_api.payment_intents.create(params=PAY)
    assert [one.id for one in stripe_api.payment_intents.list(params={"customer": customer.id}).data] == [
        mine.id
    ]
    assert [one.id for one in stripe_api.customers.list(params={"email": "ada@example.org"}).data] == [
        customer.id
    ]
    assert [
        one.payment_intent for one in stripe_api.charges.list(params={"payment_intent": mine.id}).data
    ] == [mine.id]
    assert {one.type for one in stripe_api.events.list(params={"types": ["charge.succeeded"]}).data} == {
        "charge.succeeded"
    }
    assert len(stripe_api.events.list(params={"type": "charge.*"}).data) == 2


def test_answers_expand_what_is_asked(stripe_api: Any) -> None:
    paid = stripe_api.payment_intents.create(params=PAY)
    listed = stripe_api.payment_intents.list(
        params={"expand": ["data.latest_charge.balance_transaction", "data.payment_method"]}
    )
    assert listed.data[0].latest_charge.balance_transaction.amount == 4900
    assert listed.data[0].payment_method.card.last4 == "4242"
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        stripe_api.payment_intents.retrieve(paid.id, params={"expand": ["amount"]})


def test_every_answer_has_its_number_and_the_ledger_knows_it(bench: Bench, stripe_api: Any) -> None:
    paid = stripe_api.payment_intents.create(params=PAY, options={"stripe_version": "2026-10-28.endive"})
    headers = paid.last_response.headers
    assert headers["Stripe-Version"] == "2026-10-28.endive"
    (line,) = bench.control("ledger")
    assert line["id"] == headers["Request-Id"]
    assert line["key"] == "sk_test_********uble"
    assert {"object": "charge", "id": paid.latest_charge, "change": "created"} in line["effects"]
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.balance.retrieve(options={"stripe_version": "yesterday"})
    with pytest.raises(stripe.InvalidRequestError) as unknown:
        stripe_api.tax_rates.list()
    assert unknown.value.http_status == 404


def test_customers_and_endpoints_come_and_go(stripe_api: Any) -> None:
    customer = stripe_api.customers.create(params={"email": "ada@example.org", "metadata": {"a": "1"}})
    changed = stripe_api.customers.update(customer.id, params={"name": "Ada", "metadata": {"b": "2"}})
    assert (changed.name, changed.metadata.to_dict()) == ("Ada", {"a": "1", "b": "2"})
    assert (
        stripe_api.payment_methods.attach("pm_card_visa", params={"customer": customer.id}).customer
        == customer.id
    )
    assert stripe_api.customers.delete(customer.id).deleted
    assert stripe_api.customers.retrieve(customer.id).deleted
    with pytest.raises(stripe.InvalidRequestError):
        stripe_api.customers.update(customer.id, params={"name": "Ada"})
    endpoint = stripe_api.webhook_endpoints.create(
        params={"url": "https://shop.example/hook", "enabled_events": ["charge.refunded"]}
    )
    assert endpoint.secret.startswith("whsec_")
    assert stripe_api.webhook_endpoints.update(endpoint.id, params={"disabled": True}).status == "disabled"
    assert stripe_api.webhook_endpoints.delete(endpoint.id).deleted
