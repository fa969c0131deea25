"""Guests pay with gift cards in one call: quoted, taken with the order, guessed no faster than in the shop."""

from __future__ import annotations

from typing import Any

import pytest

from sratix_core.pricing.rules import TypeRules
from sratix_gift_cards.issuing import block
from sratix_gift_cards.models import GiftCard
from tests.builders import faults
from tests.functional.api.client import Api
from tests.functional.api.test_public_orders import below, of, wanted
from tests.functional.shop.market import Market, Stall
from tests.functional.shop.test_gift_cards import balances, card
from tests.functional.shop.test_price_plugins import open_stall


@pytest.fixture
def stall(market: Market) -> Stall:
    types: dict[str, Any] = {
        "Paid": {"price": 4900, "capacity": 50},
        "Free": 0,
        "Card": {"price": 5000, "rules": TypeRules(sells="gift_cards")},
    }
    return open_stall(market, types, "gift_cards", "bank_transfer")


@pytest.fixture
def guest(market: Market, stall: Stall) -> Api:
    return of(market, stall)


def quote(guest: Api, body: dict[str, Any], status: int = 200) -> Any:
    asked = {k: v for k, v in body.items() if k in ("lines", "value_codes")}
    return guest.post("/quotes", asked, status=status)


def test_a_quote_shows_what_cards_cover_and_the_order_takes_it(
    market: Market, stall: Stall, guest: Api
) -> None:
    codes = [card(stall, 3000), card(stall, 1000)]
    body = wanted(stall, {"Paid": 1}, provider="bank_transfer", value_codes=[codes[0].lower(), codes[1]])
    told = quote(guest, body)
    assert [(v["title"], v["amount"]["amount"], v["left"]["amount"]) for v in told["value"]] == [
        ("Gift card", 3000, 0), ("Gift card", 1000, 0),
    ]  # fmt: skip
    assert (told["total"]["amount"], told["due"]["amount"]) == (4900, 900)
    assert [p["name"] for p in told["providers"]] == ["bank_transfer"]
    assert balances(stall) == [3000, 1000], "a quote takes nothing"
    order = guest.post("/orders", {**body, "total": told["total"]})
    assert (order["state"], order["payment"]["due"]["amount"]) == ("awaiting_payment", 900)
    assert [v["amount"]["amount"] for v in order["value"]] == [3000, 1000]
    assert balances(stall) == [0, 0]
    assert guest.get(below(order)) == order
    assert guest.post(below(order, "/cancellation"), status=200)["state"] == "cancelled"
    assert balances(stall) == [3000, 1000], "what is given up goes back to its cards"
    assert faults(market.runtime) == []


def test_cards_that_cover_all_need_no_provider_and_make_the_tickets_valid(
    market: Market, stall: Stall, guest: Api
) -> None:
    body = wanted(stall, {"Paid": 1}, value_codes=[card(stall, 10_000)])
    told = quote(guest, body)
    assert (told["due"]["amount"], told["providers"], told["value"][0]["left"]["amount"]) == (0, [], 5100)
    order = guest.post("/orders", body)
    assert (order["state"], order["payment"], order["tickets"][0]["state"]) == ("paid", None, "valid")
    assert order["tickets"][0]["qr"]
    assert balances(stall) == [5100]
    assert faults(market.runtime) == []


def test_a_key_spends_a_card_once(stall: Stall, guest: Api) -> None:
    body = wanted(stall, {"Paid": 1}, value_codes=[card(stall, 20_000)])
    first, again = (
        guest.send("POST", "/orders", body, status=201, Idempotency_Key="gift-1") for _ in range(2)
    )
    assert first.json == again.json
    assert balances(stall) == [15_100]


def test_a_code_named_twice_pays_once_and_a_free_order_takes_nothing(stall: Stall, guest: Api) -> None:
    code = card(stall, 3000)
    body = wanted(stall, {"Paid": 1}, provider="bank_transfer", value_codes=[code, code.lower()])
    assert quote(guest, body)["due"]["amount"] == 1900
    order = guest.post("/orders", wanted(stall, {"Free": 1}, value_codes=[code]))
    assert (order["state"], balances(stall)) == ("paid", [3000])


def test_what_the_shop_refuses_is_refused_and_holds_nothing(stall: Stall, guest: Api) -> None:
    good, blocked = card(stall, 3000), card(stall, 3000)
    with stall.world.open() as ctx:
        block(ctx, ctx.db.query(GiftCard).order_by(GiftCard.id.desc()).first())
    for codes, refused in (
        (["nobody"], "value_unknown"),
        ([good, blocked], "value_blocked"),
    ):
        body = wanted(stall, {"Paid": 1}, provider="bank_transfer", value_codes=codes)
        assert quote(guest, body, 409)["code"] == refused
        assert guest.post("/orders", body, status=409)["code"] == refused
    body = wanted(stall, {"Card": 1}, provider="bank_transfer", value_codes=[good])
    assert quote(guest, body, 409)["code"] == "value_for_value"
    assert guest.post("/orders", body, status=409)["code"] == "value_for_value"
    assert (stall.count(), stall.taken("Paid"), balances(stall)) == (0, 0, [3000, 3000])
    many = wanted(stall, {"Paid": 1}, value_codes=[good] * 11)
    assert guest.post("/orders", many, status=422)["errors"][0]["field"] == "value_codes"


def test_a_card_pays_for_the_tickets_of_a_mixed_order(stall: Stall, guest: Api) -> None:
    body = wanted(stall, {"Paid": 1, "Card": 1}, provider="bank_transfer", value_codes=[card(stall, 50_000)])
    assert quote(guest, body)["due"]["amount"] == 5000
    order = guest.post("/orders", body)
    assert (order["state"], order["payment"]["due"]["amount"]) == ("awaiting_payment", 5000)
    assert sorted(t["state"] for t in order["tickets"]) == ["reserved", "value"]


def test_guesses_are_counted_with_those_at_promo_codes(market: Market, stall: Stall) -> None:
    guest = of(market, stall)
    tried = [
        quote(guest, wanted(stall, {"Paid": 1}, value_codes=[f"wrong {n}"]), 409)["code"] for n in range(14)
    ]
    body = wanted(stall, {"Free": 1}, promo_code="WRONG")
    tried.append(guest.post("/orders", body, status=409)["code"])
    right = wanted(stall, {"Paid": 1}, provider="bank_transfer", value_codes=[card(stall, 3000)])
    tried.append(guest.post("/orders", right, status=409)["code"])
    assert tried == ["value_unknown"] * 14 + ["promo_unknown", "promo_paused"]


def test_many_guesses_in_one_call_are_many_guesses(market: Market, stall: Stall) -> None:
    guest = of(market, stall)
    for n in range(2):
        body = wanted(stall, {"Paid": 1}, value_codes=[f"wrong {n} {m}" for m in range(10)])
        refused = quote(guest, body, 409)["code"]
    assert refused == "promo_paused"
