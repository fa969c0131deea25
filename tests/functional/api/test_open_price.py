"""Programs choose a price where a ticket type leaves it open: for staff and for guests, within the same bounds."""

from __future__ import annotations

from typing import Any

import pytest

from sratix_core.pricing.rules import OpenPrice, TypeRules
from tests.builders import faults
from tests.functional.api.client import Api
from tests.functional.api.test_public_orders import below, of
from tests.functional.shop.market import Market, Stall
from tests.functional.shop.test_gift_cards import card
from tests.functional.shop.test_open_price import OPEN_CARD, OPEN_TICKET
from tests.functional.shop.test_price_plugins import open_stall


@pytest.fixture
def stall(market: Market) -> Stall:
    types: dict[str, Any] = {
        "Paid": {"price": 4900, "capacity": 50},
        "Card": {"price": 1000, "capacity": 50, "rules": OPEN_CARD},
        "Wish": {"price": 0, "rules": OPEN_TICKET},
        "Later": {"price": 500, "rules": TypeRules(open_price=OpenPrice(900))},
    }
    return open_stall(market, types, "gift_cards", "bank_transfer")


@pytest.fixture
def staff(market: Market, stall: Stall) -> Api:
    return Api(market.member(stall.world), f"/api/v1/tenants/{stall.world.tenant.slug}/events/{stall.slug}")


@pytest.fixture
def guest(market: Market, stall: Stall) -> Api:
    return of(market, stall)


def line(
    stall: Stall, kind: str, minor: int | None = None, quantity: int = 1, currency: str = "CHF"
) -> dict[str, Any]:
    made: dict[str, Any] = {"ticket_type_id": str(stall.types[kind]), "quantity": quantity}
    return made if minor is None else {**made, "price": {"amount": minor, "currency": currency}}


def body(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    buyer = {"name": "Ann Miller", "email": "ann@example.org"}
    return {"lines": list(lines), "buyer": buyer, "provider": "bank_transfer", **more}


def test_the_offers_say_what_is_open_what_sells_value_and_between_what(stall: Stall, guest: Api) -> None:
    offers = {o["name"]: o for o in guest.get("/availability")["items"]}
    assert offers["Card"]["sells"] == "gift_cards"
    assert offers["Card"]["price"] == {"amount": 1000, "currency": "CHF"}
    assert offers["Card"]["open_price"] == {
        "most": {"amount": 50_000, "currency": "CHF"},
        "suggested": [{"amount": 5000, "currency": "CHF"}, {"amount": 10_000, "currency": "CHF"}],
    }
    assert (offers["Wish"]["sells"], offers["Wish"]["open_price"]["suggested"]) == ("", [])
    assert (offers["Paid"]["sells"], offers["Paid"]["open_price"]) == ("", None)


def test_a_guest_is_quoted_and_orders_what_was_chosen(market: Market, stall: Stall, guest: Api) -> None:
    lines = [line(stall, "Card", 7777, 2), line(stall, "Wish", 1500)]
    told = guest.post("/quotes", {"lines": lines}, status=200)
    assert [(x["kind"], x["unit_price"]["amount"]) for x in told["lines"]] == [
        ("value", 7777),
        ("ticket", 1500),
    ]
    order = guest.post("/orders", body(*lines, total=told["total"]))
    assert order["total"]["amount"] == 2 * 7777 + 1500
    assert guest.get(below(order)) == order
    assert faults(market.runtime) == []


def test_staff_order_what_was_chosen_and_a_card_pays_for_the_ticket_beside(stall: Stall, staff: Api) -> None:
    lines = [line(stall, "Card", 2500), line(stall, "Wish", 2000)]
    order = staff.post("/orders", body(*lines, value_codes=[card(stall, 9000)]))
    assert (order["total"]["amount"], order["payments"][0]["amount"]["amount"]) == (4500, 2000)
    steps = [step["rule"] for step in staff.get(f"/orders/{order['code']}/why")[0]["steps"]]
    assert steps[0] == "price_chosen"


def test_what_no_price_can_be_is_refused_at_its_line_by_every_call(
    stall: Stall, staff: Api, guest: Api
) -> None:
    wrong: list[tuple[list[dict[str, Any]], str, str]] = [
        ([line(stall, "Card")], "lines[0].price", "price_missing"),
        ([line(stall, "Paid"), line(stall, "Card")], "lines[1].price", "price_missing"),
        ([line(stall, "Card", 0)], "lines[0].price", "price_bounds"),
        ([line(stall, "Card", -5000)], "lines[0].price.amount", "range"),
        ([line(stall, "Card", 999)], "lines[0].price", "price_bounds"),
        ([line(stall, "Card", 50_001)], "lines[0].price", "price_bounds"),
        ([line(stall, "Wish", -1)], "lines[0].price.amount", "range"),
        ([line(stall, "Paid", 4900)], "lines[0].price", "price_not_open"),
        ([line(stall, "Card", 5000, currency="EUR")], "lines[0].price", "other_currency"),
        ([line(stall, "Card", 5000, currency="XQZ")], "lines[0].price.currency", "unknown_choice"),
        ([line(stall, "Card", 5000), line(stall, "Card", 6000)], "lines[1].price", "price_twice"),
        ([line(stall, "Card", 5000), line(stall, "Card")], "lines[1].price", "price_twice"),
        ([line(stall, "Card", 50.5)], "lines[0].price.amount", "field_type"),  # type: ignore[arg-type]
        ([line(stall, "Card", "5000")], "lines[0].price.amount", "field_type"),  # type: ignore[arg-type]
        ([line(stall, "Card", 2**70)], "lines[0].price.amount", "range"),
        ([line(stall, "Paid", quantity=99)], "lines[0].quantity", "quantity_out_of_range"),
    ]
    for lines, field, code in wrong:
        for answer in (
            staff.post("/orders", body(*lines), status=422),
            guest.post("/orders", body(*lines), status=422),
            guest.post("/quotes", {"lines": lines}, status=422),
        ):
            assert [(e["field"], e["code"]) for e in answer["errors"]] == [(field, code)], lines
    assert (stall.count(), stall.taken("Card")) == (0, 0)
    told = guest.post("/orders", body(line(stall, "Card", 1)), status=422)["errors"][0]["detail"]
    assert told == "Card: choose an amount from CHF 10.00 to CHF 500.00."


def test_the_same_line_twice_at_one_price_is_one_choice(stall: Stall, guest: Api) -> None:
    order = guest.post("/orders", body(line(stall, "Card", 5000), line(stall, "Card", 5000)))
    assert [(x["quantity"], x["unit_price"]["amount"]) for x in order["lines"]] == [(2, 5000)]


def test_staff_set_and_take_away_an_open_price(stall: Stall, staff: Api) -> None:
    def chf(minor: int) -> dict[str, Any]:
        return {"amount": minor, "currency": "CHF"}

    open_price = {"most": chf(9000), "suggested": [chf(2000)]}
    kind = staff.post(
        "/ticket-types", {"name": "Any", "price": chf(1000), "pricing": {"open_price": open_price}}
    )
    assert kind["pricing"]["open_price"] == open_price
    one = f"/ticket-types/{kind['id']}"
    for pricing, field, code in (
        ({"open_price": {"most": chf(999)}}, "pricing.open_price", "open_price_bounds"),
        (
            {"open_price": {"most": chf(2000), "suggested": [chf(2001)]}},
            "pricing.open_price",
            "open_price_suggested",
        ),
        ({"open_price": {"most": chf(-1)}}, "pricing.open_price.most.amount", "range"),
        (
            {"open_price": open_price, "bulk": [{"at_least": 2, "percent_bp": 10}]},
            "pricing.bulk",
            "open_price_alone",
        ),
    ):
        answer = staff.patch(one, {"pricing": pricing}, status=422)
        assert [(e["field"], e["code"]) for e in answer["errors"]] == [(field, code)], pricing
    assert staff.patch(one, {"pricing": {}})["pricing"]["open_price"] is None


def test_a_ticket_becomes_no_card_and_nothing_whose_price_is_open(
    market: Market, stall: Stall, staff: Api
) -> None:
    order = staff.post("/orders", body(line(stall, "Paid")))
    staff.post(f"/orders/{order['code']}/payments", {"reference": "7"}, status=200)
    ticket = order["tickets"][0]["id"]
    page = staff.browser.get(f"{stall.office}tickets/{ticket}/exchange/", expect_errors=True)
    assert page.status_int == 200, "the page works beside a type that nothing can become"
    assert "Wish" not in page.text
