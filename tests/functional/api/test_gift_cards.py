"""Gift cards for programs: issued, listed, blocked, ended; what the pages refuse is refused, and a repeat makes none twice."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sratix_core.accounts.permissions import FINANCE_VIEW
from sratix_core.tenants.service import switch_plugin
from tests.builders import faults
from tests.functional.api.client import Api
from tests.functional.api.world import Ids, make_ids
from tests.functional.credentials.hands import new_key
from tests.functional.shop.market import SETUP, TOKEN, Market

CODE = re.compile(r"(?:[A-Z3789]{4}-){4}[A-Z3789]{4}")
HERE = "/x/gift_cards"
FIFTY: dict[str, Any] = {"amount": {"amount": 5000, "currency": "CHF"}, "how": "own_bank"}


@pytest.fixture(scope="module")
def ids(market: Market) -> Ids:
    return make_ids(market)


@pytest.fixture
def api(market: Market, ids: Ids) -> Api:
    return Api(market.member(ids.full.stall.world), f"/api/v1/tenants/{ids.own['tenant']}")


def issued(api: Api, **more: Any) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = api.post(f"{HERE}/batches", {**FIFTY, **more})["items"]
    return made


def test_cards_are_issued_found_and_read_with_their_moves(api: Api, ids: Ids) -> None:
    made = issued(api, count=3, reference="Invoice 7", recipient_name="Bea Keller", message="Many years!")
    assert len({card["code"] for card in made}) == 3
    first = made[0]
    code = first.pop("code")
    assert CODE.fullmatch(code)
    assert code.endswith(first["mark"])
    read = api.get(f"{HERE}/cards/{first['id']}")
    assert [(m["kind"], m["amount"]["amount"], m["order"]) for m in read.pop("moves")] == [
        ("issued", 5000, None)
    ]
    assert read == first
    for q in (first["mark"], f"%E2%80%A6{first['mark'].lower()}", code, code.replace("-", "").lower()):
        assert first["id"] in [card["id"] for card in api.get(f"{HERE}/cards?q={q}")["items"]], q
    assert api.get(f"{HERE}/cards?q=0000")["items"] == []
    assert [c["id"] for c in api.pages(f"{HERE}/cards?batch_id={first['batch_id']}")] == [
        c["id"] for c in reversed(made)
    ]
    assert CODE.search(str(api.get(f"{HERE}/cards?limit=200"))) is None, "a list shows no code"
    shown = api.post(f"{HERE}/cards/{first['id']}/code", status=200)
    assert shown["code"] == code
    acts = [e["action"] for e in api.get("/audit")["items"]]
    assert acts.count("gift_card.code_shown") == 4, "each that was shown is in the journal"


def test_a_repeat_under_one_key_makes_no_card_twice(api: Api) -> None:
    before = len(api.get(f"{HERE}/cards?limit=200")["items"])
    first, again = (
        api.send("POST", f"{HERE}/batches", {**FIFTY, "count": 2}, status=201, Idempotency_Key="crm-1")
        for _ in range(2)
    )
    assert first.json == again.json
    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.headers["Cache-Control"] == "private, no-store"
    assert len(api.get(f"{HERE}/cards?limit=200")["items"]) == before + 2


def test_what_the_page_refuses_is_refused_with_its_path(api: Api) -> None:
    before = len(api.get(f"{HERE}/cards?limit=200")["items"])
    for wrong, field in (
        ({"count": 0}, "count"),
        ({"count": 501}, "count"),
        ({"amount": {"amount": 0, "currency": "CHF"}}, "amount.amount"),
        ({"amount": {"amount": 100_000_001, "currency": "CHF"}}, "amount.amount"),
        ({"amount": {"amount": 100, "currency": "JPY"}}, "amount.currency"),
        ({"amount": {"amount": 100, "currency": "XQZ"}}, "amount.currency"),
        ({"how": "bought"}, "how"),
        ({"ends_at": "2001-01-01T00:00:00Z"}, "ends_at"),
        ({"recipient_email": "nobody"}, "recipient_email"),
        ({"recipient_name": "x" * 161}, "recipient_name"),
        ({"message": "x" * 501}, "message"),
        ({"reference": "x" * 121}, "reference"),
        ({"batch_id": "x"}, "batch_id"),
    ):
        answer = api.post(f"{HERE}/batches", {**FIFTY, **wrong}, status=422)
        assert [e["field"] for e in answer["errors"]] == [field], wrong
    assert len(api.get(f"{HERE}/cards?limit=200")["items"]) == before


def test_a_card_is_blocked_unblocked_and_ended_once_each(api: Api, ids: Ids) -> None:
    card = issued(api)[0]
    one = f"{HERE}/cards/{card['id']}"
    assert api.post(f"{one}/blocking", status=200)["state"] == "blocked"
    assert api.post(f"{one}/blocking", status=409)["code"] == "gift_card_state"
    assert card["id"] in [c["id"] for c in api.get(f"{HERE}/cards?state=blocked")["items"]]
    assert api.post(f"{one}/unblocking", status=200)["state"] == "active"
    assert api.post(f"{one}/unblocking", status=409)["code"] == "gift_card_state"
    ended = api.post(f"{one}/ending", status=200)
    assert (ended["state"], ended["balance"]["amount"]) == ("ended", 0)
    assert [(m["kind"], m["amount"]["amount"]) for m in ended["moves"]] == [
        ("issued", 5000),
        ("ended", -5000),
    ]
    for act in ("ending", "blocking", "unblocking"):
        assert api.post(f"{one}/{act}", status=409)["code"] == "gift_card_state"
    assert faults(ids.full.stall.world.process) == []


def test_a_list_is_kept_in_step(api: Api, ids: Ids) -> None:
    cards = issued(api, count=2)
    ids.full.stall.world.later(seconds=5)
    api.post(f"{HERE}/cards/{cards[1]['id']}/blocking", status=200)
    moment = api.get(f"{HERE}/cards/{cards[1]['id']}")["updated_at"]
    changed = api.get(f"{HERE}/cards?updated_since={moment}")["items"]
    assert [card["id"] for card in changed] == [cards[1]["id"]]


def test_a_key_that_may_read_reads_and_nothing_is_left_of_a_plugin_that_is_off(
    market: Market, ids: Ids, api: Api
) -> None:
    world = ids.full.stall.world
    card = issued(api)[0]
    key, _ = new_key(world, FINANCE_VIEW)
    browser = market.browser()
    bearer = {"Authorization": f"Bearer {key}"}
    where = f"{api.base}{HERE}/cards/{card['id']}"
    assert browser.get(where, headers=bearer, status=200).json["id"] == card["id"]
    for path in (where + "/code", where + "/ending", f"{api.base}{HERE}/batches"):
        assert browser.post_json(path, FIFTY, headers=bearer, status="*").status_int == 403, path
    switch(market, ids, False)
    try:
        for path in (where, f"{api.base}{HERE}/cards"):
            assert browser.get(path, headers=bearer, status="*").json["code"] == "not_found"
        assert api.post(f"{HERE}/batches", FIFTY, status=404)["code"] == "not_found"
    finally:
        switch(market, ids, True)


def switch(market: Market, ids: Ids, on: bool) -> None:
    tenant_id = ids.full.stall.world.tenant.id
    with market.runtime.engines.begin(SETUP) as db:
        switch_plugin(db, market.runtime.sources, tenant_id, "gift_cards", on)
    market.runtime.engines.tenants.invalidate(tenant_id)


def test_the_page_asks_before_it_ends_a_card(market: Market, ids: Ids, api: Api) -> None:
    card = issued(api)[0]
    one = f"/dashboard/{ids.own['tenant']}/x/gift_cards/cards/{card['id']}/"
    browser = api.browser
    assert "CHF 50.00 is left on it" in browser.get(one + "ending/")
    assert browser.post(one + "ending/", {"csrf_token": TOKEN}).status_int == 303
    assert api.get(f"{HERE}/cards/{card['id']}")["state"] == "ended"
    assert "ending/" not in browser.get(one)
