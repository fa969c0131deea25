"""A guest orders in one call: what the shop allows passes, what it refuses is refused with the same reason, and nothing is done twice."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sratix_core.catalog.models import Visibility
from sratix_core.events.queries import event_by_slug
from sratix_core.idempotency.models import IdempotencyKey
from sratix_core.promotions.service import CodeDraft, create_code
from tests.builders import NOON
from tests.functional.api.client import Api
from tests.functional.shop.market import Market, Stall, make_market, make_stall
from tests.support import TestApp

ANN = {"name": "Ann Miller", "email": "Ann@Example.org"}
TYPES = {
    "Free": 0,
    "Paid": 4900,
    "Two": {"price": 1000, "max_per_order": 2},
    "Once": {"price": 0, "max_per_buyer": 1},
    "Secret": {"price": 0, "visibility": Visibility.HIDDEN},
    "Later": {"price": 0, "sales_start": NOON.replace(year=2030)},
    "Last": {"price": 0, "capacity": 1},
}


@pytest.fixture
def stall(market: Market) -> Stall:
    return make_stall(market.tenant(), types=TYPES)


@pytest.fixture
def guest(market: Market, stall: Stall) -> Api:
    return of(market, stall)


def of(market: Market, stall: Stall, browser: TestApp | None = None) -> Api:
    slug = stall.world.tenant.slug
    return Api(browser or market.browser(), f"/api/v1/public/{slug}/events/{stall.slug}")


def wanted(stall: Stall, quantities: dict[str, int], **more: Any) -> dict[str, Any]:
    lines = [{"ticket_type_id": stall.types[name], "quantity": n} for name, n in quantities.items()]
    return {"lines": lines, "buyer": ANN, **more}


def below(order: dict[str, Any], path: str = "") -> str:
    return f"/orders/{order['code']}/{order['secret']}{path}"


def test_a_free_order_is_paid_at_once_and_brings_its_tickets(stall: Stall, guest: Api) -> None:
    answer = guest.send("POST", "/orders", wanted(stall, {"Free": 2}), status=201)
    order = answer.json
    assert (order["state"], order["payment"], order["total"]["amount"]) == ("paid", None, 0)
    assert [t["attendee_name"] for t in order["tickets"]] == ["Ann Miller", ""]
    assert all(t["qr"].count(":") == 1 and t["qr_url"].endswith("/qr.png") for t in order["tickets"])
    assert answer.headers["Location"] == f"http://localhost{guest.base}{below(order)}"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert guest.get(below(order)) == order, "what was told is what was written"
    page = guest.browser.get(order["url"].removeprefix("http://localhost"))
    assert order["code"] in page.text


def test_what_is_paid_by_transfer_says_how(stall: Stall, guest: Api) -> None:
    order = guest.post("/orders", wanted(stall, {"Paid": 2}, provider="bank_transfer", locale="de"))
    assert (order["state"], order["locale"], order["total"]["amount"]) == ("awaiting_payment", "de", 9800)
    assert order["expires_at"] > order["created_at"]
    told = order["payment"]
    assert (told["due"]["amount"], told["url"], told["trouble"]) == (9800, "", "")
    assert "CH93 0076 2011 6238 5295 7" in [line["value"] for line in told["instructions"]["lines"]]
    assert [t["qr"] for t in order["tickets"]] == [None, None]
    assert guest.post(below(order, "/payments"), status=409)["code"] == "not_paid_online"


@pytest.mark.parametrize(
    ("quantities", "more", "code"),
    [
        ({"Last": 2}, {}, "sold_out"),
        ({"Secret": 1}, {}, "not_on_sale"),
        ({"Later": 1}, {}, "not_on_sale"),
        ({"Once": 2}, {}, "buyer_limit"),
        ({"Paid": 1}, {"provider": "bank_transfer", "promo_code": "NOBODYS"}, "promo_unknown"),
        (
            {"Paid": 1},
            {"provider": "bank_transfer", "total": {"amount": 4800, "currency": "CHF"}},
            "cart_changed",
        ),
    ],
)
def test_a_rule_that_says_no_in_the_shop_says_no_here(
    stall: Stall, guest: Api, quantities: dict[str, int], more: dict[str, Any], code: str
) -> None:
    refused = guest.post("/orders", wanted(stall, quantities, **more), status=409)
    assert (refused["code"], bool(refused["reference"])) == (code, True)
    assert stall.count() == 0
    assert [stall.taken(name) for name in quantities] == [0]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"seats": 1}, "seats", "unknown_field"),
        ({"provider": None}, "provider", "required"),
        ({"provider": "stripe"}, "provider", "unknown_choice"),
        ({"locale": "fr"}, "locale", "unknown_choice"),
        ({"buyer": {**ANN, "email": "ann"}}, "buyer.email", "not_an_email"),
        ({"buyer": {**ANN, "vat_number": "DE136695976"}}, "buyer.company", "company_of_vat_number"),
        ({"buyer": {**ANN, "company": "A", "vat_number": "DE1"}}, "buyer.vat_number", "vat_number_unusable"),
        ({"attendees": [{"name": ""}]}, "attendees[0].name", "required"),
        ({"attendees": [{"name": "A"}, {"name": "B"}]}, "attendees", "wrong_count"),
        ({"attendees": [{"name": "A", "email": "b"}]}, "attendees[0].email", "not_an_email"),
        ({"lines": []}, "lines", "wrong_size"),
        ({"total": {"amount": 4900, "currency": "XQZ"}}, "total.currency", "unknown_choice"),
        ({"buyer": {**ANN, "name": "A\u0000"}}, "$", "bad_text"),
    ],
)
def test_input_that_cannot_be_used_names_its_field(
    stall: Stall, guest: Api, change: dict[str, Any], field: str, code: str
) -> None:
    body = {**wanted(stall, {"Paid": 1}, provider="bank_transfer"), **change}
    refused = guest.post("/orders", body, status=422)
    assert [(e["field"], e["code"]) for e in refused["errors"]] == [(field, code)]
    assert (stall.count(), stall.taken("Paid")) == (0, 0)


def test_limits_count_across_lines_and_orders(stall: Stall, guest: Api) -> None:
    line = {"ticket_type_id": stall.types["Two"], "quantity": 2}
    body = {"lines": [line, line], "buyer": ANN, "provider": "bank_transfer"}
    assert guest.post("/orders", body, status=422)["errors"][0]["code"] == "quantity_out_of_range"
    guest.post("/orders", wanted(stall, {"Once": 1}))
    assert guest.post("/orders", wanted(stall, {"Once": 1}), status=409)["code"] == "buyer_limit"


def test_a_code_opens_hidden_types_and_takes_off_its_part(stall: Stall, guest: Api) -> None:
    with stall.world.open() as ctx:
        event = event_by_slug(ctx, stall.slug)
        hidden = uuid.UUID(stall.types["Secret"])
        create_code(ctx, event, CodeDraft("OPEN", value=1000, unlocked_ids=(hidden,)))
    body = wanted(stall, {"Secret": 1, "Paid": 1}, provider="bank_transfer", promo_code=" open ")
    quote = guest.post("/quotes", {"lines": body["lines"], "promo_code": "OPEN"}, status=200)
    order = guest.post("/orders", {**body, "total": quote["total"]})
    assert (order["promo_code"], order["code_discount"]["amount"], order["total"]["amount"]) == (
        "OPEN",
        490,
        4410,
    )
    for name in ("lines", "total", "tax", "tax_included", "rounding", "code_discount"):
        assert order[name] == quote[name]


def test_a_quote_holds_nothing_and_names_the_ways_to_pay(stall: Stall, guest: Api) -> None:
    lines = wanted(stall, {"Paid": 2})["lines"]
    quote = guest.post("/quotes", {"lines": lines}, status=200)
    assert (quote["total"]["amount"], [p["name"] for p in quote["providers"]]) == (9800, ["bank_transfer"])
    free = guest.post("/quotes", {"lines": wanted(stall, {"Free": 1})["lines"]}, status=200)
    assert (free["total"]["amount"], free["providers"]) == (0, [])
    assert (stall.taken("Paid"), stall.count()) == (0, 0)
    hidden = {"lines": wanted(stall, {"Secret": 1})["lines"]}
    assert guest.post("/quotes", hidden, status=409)["code"] == "not_on_sale"


def test_guessing_codes_ends_after_a_few_tries_with_and_without_a_key(market: Market, stall: Stall) -> None:
    guest = of(market, stall)
    body = wanted(stall, {"Free": 1}, promo_code="WRONG")
    seen = [
        guest.send("POST", "/orders", body, status=409, Idempotency_Key=f"guess-{n}").json["code"]
        for n in range(15)
    ]
    seen += [guest.post("/quotes", {"lines": body["lines"], "promo_code": "WRONG"}, status=409)["code"]]
    assert (seen[0], seen[-1]) == ("promo_unknown", "promo_paused")


def test_a_key_makes_one_order_of_many_posts(stall: Stall, guest: Api) -> None:
    body = wanted(stall, {"Paid": 1}, provider="bank_transfer")
    first = guest.send("POST", "/orders", body, status=201, Idempotency_Key="widget-1")
    again = guest.send("POST", "/orders", body, status=201, Idempotency_Key="widget-1")
    assert (again.json, again.headers["Location"]) == (first.json, first.headers["Location"])
    assert again.headers["Idempotent-Replayed"] == "true"
    other = wanted(stall, {"Free": 1})
    refused = guest.send("POST", "/orders", other, status="*", Idempotency_Key="widget-1")
    assert refused.json["code"] == "idempotency_mismatch"
    assert stall.count() == 1
    with stall.world.open(write=False) as ctx:
        kept = ctx.db.scalars(select(IdempotencyKey)).one()
        secret = first.json["secret"]
        assert secret not in str(kept.headers)
        assert secret.encode() not in (kept.body or b"")


def test_a_wrong_secret_another_organizers_order_and_none_are_the_same(
    market: Market, stall: Stall, guest: Api
) -> None:
    order = guest.post("/orders", wanted(stall, {"Free": 1}))
    other = make_stall(market.tenant(), types=TYPES)
    known = of(market, other).post("/orders", wanted(other, {"Free": 1}))
    foreign = {**known, "code": order["code"]}
    answers = [
        guest.send(method, below(who, path), status=404).json
        for who in ({**order, "secret": "x" * 22}, {**order, "code": "XXXXXX"}, known, foreign)
        for method, path in (("GET", ""), ("POST", "/cancellation"), ("POST", "/payments"))
    ]
    assert len({(a["code"], a["detail"]) for a in answers}) == 1
    foreign_type = {"lines": [{"ticket_type_id": other.types["Free"], "quantity": 1}], "buyer": ANN}
    assert guest.post("/orders", foreign_type, status=409)["code"] == "not_on_sale"


def test_a_buyer_cancels_once_and_the_places_are_free(stall: Stall, guest: Api) -> None:
    order = guest.post("/orders", wanted(stall, {"Last": 1}))
    assert (order["can_cancel"], stall.taken("Last")) == (True, 1)
    for _ in range(2):
        gone = guest.post(below(order, "/cancellation"), status=200)
        assert (gone["state"], gone["can_cancel"], stall.taken("Last")) == ("cancelled", False, 0)
        assert [(t["state"], t["qr"]) for t in gone["tickets"]] == [("void", None)]


def test_what_is_paid_goes_back_through_the_organizer(market: Market, stall: Stall, guest: Api) -> None:
    order = guest.post("/orders", wanted(stall, {"Paid": 1}, provider="bank_transfer"))
    office = Api(market.member(stall.world), f"/api/v1/tenants/{stall.world.tenant.slug}/events/{stall.slug}")
    office.post(f"/orders/{order['code']}/payments", {"reference": "statement 1"}, status=200)
    paid = guest.get(below(order))
    assert (paid["state"], paid["payment"], bool(paid["tickets"][0]["qr"])) == ("paid", None, True)
    refused = guest.post(below(order, "/cancellation"), status=409)
    assert refused["code"] == "cancel_by_organizer"


def test_who_orders_too_often_waits(market: Market, stall: Stall) -> None:
    guest = of(market, stall)
    body = wanted(stall, {"Later": 1})
    seen = [guest.send("POST", "/orders", body).status_int for _ in range(62)]
    assert (seen[0], seen[-1]) == (409, 429)


def test_a_widget_on_an_allowed_site_may_order(tmp_path_factory: pytest.TempPathFactory) -> None:
    market = make_market(tmp_path_factory.mktemp("cors"), cors_origins="https://club.example.org")
    stall = make_stall(market.tenant(), types=TYPES)
    guest = of(market, stall)
    for origin, allowed in (
        ("https://club.example.org", "https://club.example.org"),
        ("https://else.example", None),
    ):
        answer = guest.send("POST", "/orders", wanted(stall, {"Free": 1}), status=201, Origin=origin)
        assert answer.headers.get("Access-Control-Allow-Origin") == allowed


def test_the_guide_shows_what_is_sent_and_answered(stall: Stall, guest: Api) -> None:
    guide = (
        Path("docs/api.md").read_text(encoding="utf-8").split("## Ordering as a guest")[1].split("\n## ")[0]
    )
    sent = re.findall(r"-d '(.*?)'", guide, re.DOTALL)[0].replace("0197…", stall.types["Paid"])
    shown = json.loads(re.findall(r"```json\n(.*?)```", guide, re.DOTALL)[0])
    order = guest.post("/orders", json.loads(sent))

    def same(told: dict[str, Any], real: dict[str, Any]) -> None:
        for name, value in told.items():
            if isinstance(value, dict):
                same(value, real[name])
            elif not value or name in ("state", "provider", "amount", "currency", "expires_at"):
                assert value in (real[name], []), name
            else:
                assert real[name], name

    same(shown, order)
