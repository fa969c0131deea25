"""Staff place orders that gift cards pay: the rules of the shop, its refusals and its limit on guesses."""

from __future__ import annotations

from typing import Any

import pytest

from sratix_core.accounts.permissions import ORDER_EDIT, ORDER_VIEW
from sratix_core.pricing.rules import TypeRules
from sratix_core.promotions import guesses
from tests.builders import faults
from tests.functional.api.client import Api
from tests.functional.credentials.hands import new_key
from tests.functional.shop.market import Market, Stall
from tests.functional.shop.test_gift_cards import balances, card
from tests.functional.shop.test_price_plugins import open_stall


@pytest.fixture
def stall(market: Market) -> Stall:
    types: dict[str, Any] = {
        "Paid": {"price": 4900, "capacity": 50},
        "Card": {"price": 5000, "rules": TypeRules(sells="gift_cards")},
    }
    return open_stall(market, types, "gift_cards", "bank_transfer")


@pytest.fixture
def api(market: Market, stall: Stall) -> Api:
    return Api(market.member(stall.world), f"/api/v1/tenants/{stall.world.tenant.slug}/events/{stall.slug}")


def wanted(stall: Stall, kind: str = "Paid", **more: Any) -> dict[str, Any]:
    return {
        "lines": [{"ticket_type_id": str(stall.types[kind]), "quantity": 1}],
        "buyer": {"name": "Ann Miller", "email": "ann@example.org"},
        **more,
    }


def test_codes_pay_what_they_can_and_what_is_left_waits(market: Market, stall: Stall, api: Api) -> None:
    codes = [card(stall, 3000).lower(), card(stall, 1000)]
    body = wanted(stall, provider="bank_transfer", value_codes=codes)
    order = api.post("/orders", body)
    assert (order["state"], [p["amount"]["amount"] for p in order["payments"]]) == (
        "awaiting_payment",
        [3000, 1000],
    )
    assert balances(stall) == [0, 0], "the value is held with the order"
    one = f"/orders/{order['code']}"
    wrong = {"reference": "77", "amount": {"amount": 4900, "currency": "CHF"}}
    assert api.post(f"{one}/payments", wrong, status=409)["code"] == "amount_differs"
    assert api.post(f"{one}/cancellation", status=200)["state"] == "cancelled"
    assert balances(stall) == [3000, 1000]
    assert faults(market.runtime) == []


def test_covered_by_cards_it_is_paid_at_once_and_a_repeat_spends_once(
    market: Market, stall: Stall, api: Api
) -> None:
    body = wanted(stall, value_codes=[card(stall, 10_000)])
    first, again = (api.send("POST", "/orders", body, status=201, Idempotency_Key="desk-1") for _ in range(2))
    assert first.json == again.json
    order = first.json
    assert (order["state"], order["provider"], order["tickets"][0]["state"]) == (
        "paid",
        "gift_cards",
        "valid",
    )
    assert balances(stall) == [5100]
    assert faults(market.runtime) == []


def test_what_the_shop_refuses_is_refused_and_holds_nothing(stall: Stall, api: Api) -> None:
    good = card(stall, 3000)
    for kind, codes, refused in (
        ("Paid", ["nobody"], "value_unknown"),
        ("Paid", [good, "<script>"], "value_unknown"),
        ("Card", [good], "value_for_value"),
    ):
        body = wanted(stall, kind, provider="bank_transfer", value_codes=codes)
        assert api.post("/orders", body, status=409)["code"] == refused
    short = api.post("/orders", wanted(stall, value_codes=[good]), status=422)
    assert [e["field"] for e in short["errors"]] == ["provider"], "what is left needs a way to pay"
    for codes, field in (([good] * 11, "value_codes"), (["x" * 61], "value_codes[0]"), ("x", "value_codes")):
        answer = api.post("/orders", wanted(stall, value_codes=codes), status=422)
        assert [e["field"] for e in answer["errors"]] == [field]
    assert (stall.count(), stall.taken("Paid"), balances(stall)) == (0, 0, [3000])


def test_staff_guess_no_faster_than_buyers(stall: Stall, api: Api) -> None:
    right = card(stall, 3000)
    for n in range(guesses.MOST):
        body = wanted(stall, value_codes=[f"wrong {n}"])
        assert api.post("/orders", body, status=409)["code"] == "value_unknown"
    body = wanted(stall, provider="bank_transfer", value_codes=[right])
    assert api.post("/orders", body, status=409)["code"] == "promo_paused"
    assert balances(stall) == [3000]
    assert api.post("/orders", wanted(stall, provider="bank_transfer"))["state"] == "awaiting_payment"


def test_a_key_orders_with_codes_and_one_that_only_reads_learns_nothing(
    market: Market, stall: Stall, api: Api
) -> None:
    body = wanted(stall, value_codes=[card(stall, 4900)])
    reader, writer = (
        new_key(stall.world, *rights)[0] for rights in ((ORDER_VIEW,), (ORDER_VIEW, ORDER_EDIT))
    )
    browser, where = market.browser(), f"{api.base}/orders"
    refused = browser.post_json(where, body, headers={"Authorization": f"Bearer {reader}"}, status="*")
    assert (refused.status_int, balances(stall)) == (403, [4900])
    done = browser.post_json(where, body, headers={"Authorization": f"Bearer {writer}"}, status="*")
    assert (done.status_int, done.json["state"], balances(stall)) == (201, "paid", [0])
