"""What a program does in a season: plan, sell, let in, look back. Every answer is held against the document."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.functional.api.client import Api
from tests.functional.api.rows import TIMES
from tests.functional.dashboard.full import Full, make_full
from tests.functional.shop.market import Market


@pytest.fixture
def full(market: Market) -> Full:
    return make_full(market)


@pytest.fixture
def api(market: Market, full: Full) -> Api:
    return Api(market.member(full.stall.world), f"/api/v1/tenants/{full.ids['tenant']}")


def test_an_event_from_the_first_draft_to_the_archive(api: Api) -> None:
    venue = api.post("/venues", {"name": "Kursaal", "country": "ch", "capacity": 900})
    assert (venue["country"], api.get(f"/venues/{venue['id']}")) == ("CH", venue)
    assert api.patch(f"/venues/{venue['id']}", {"capacity": None})["capacity"] is None
    made = api.send("POST", "/events", {"name": "Autumn Fair", **TIMES, "venue_id": venue["id"]}, status=201)
    event = made.json
    assert made.headers["Location"] == f"http://localhost{api.base}/events/autumn-fair"
    assert (event["status"], event["timezone"], event["currency"]) == ("draft", "Europe/Zurich", "CHF")
    assert event["starts_at"] == "2027-03-10T09:00:00Z"
    here = "/events/autumn-fair"
    assert api.post(f"{here}/publish", status=409)["code"] == "event_needs_ticket_type"
    kind = api.post(f"{here}/ticket-types", {"name": "Day", "price": {"amount": 4900, "currency": "CHF"}})
    assert (kind["capacity"], kind["left"]) == (None, None)
    assert api.post(f"{here}/publish", status=200)["status"] == "published"
    changed = api.patch(here, {"tagline": "Robots", "texts": {"de": {"name": "Herbstmesse"}}})
    assert (changed["tagline"], changed["name"], changed["starts_at"]) == (
        "Robots",
        "Autumn Fair",
        event["starts_at"],
    )
    assert changed["texts"] == {"de": {"name": "Herbstmesse"}}
    assert api.patch(here, {"currency": "EUR"}, status=422)["errors"][0]["code"] == "currency_fixed"
    assert api.post(f"{here}/cancel", status=200)["status"] == "cancelled"
    assert api.post(f"{here}/publish", status=409)["code"] == "event_state"
    assert api.post(f"{here}/archive", status=200)["status"] == "archived"
    assert api.post(f"{here}/withdraw", status=200)["status"] == "draft"
    acts = [e["action"] for e in api.get(f"/audit?event_id={event['id']}")["items"]]
    assert acts[:3] == ["event.draft", "event.archived", "event.cancelled"]


def test_a_programme_is_planned_and_changed(api: Api, full: Full) -> None:
    here = f"/events/{full.stall.slug}"
    ada = api.post(f"{here}/speakers", {"name": "Ada Muster", "company": "Acme"})
    assert api.patch(f"{here}/speakers/{ada['id']}", {"bio": "Builds robots."})["company"] == "Acme"
    talk = api.post(
        f"{here}/sessions", {"title": "Opening", **TIMES, "speaker_ids": [ada["id"]], "capacity": 40}
    )
    assert (talk["speaker_ids"], talk["capacity"], talk["taken"]) == ([ada["id"]], 40, 0)
    moved = api.patch(f"{here}/sessions/{talk['id']}", {"room": "Attic"})
    assert (moved["room"], moved["title"], moved["capacity"]) == ("Attic", "Opening", 40)
    assert api.patch(f"{here}/sessions/{talk['id']}", {"capacity": None})["capacity"] is None
    wrong = api.patch(f"{here}/sessions/{talk['id']}", {"speaker_ids": [str(uuid.UUID(int=1))]}, status=422)
    assert wrong["errors"][0]["field"] == "speaker_ids"
    api.delete(f"{here}/speakers/{ada['id']}")
    assert api.get(f"{here}/sessions/{talk['id']}")["speaker_ids"] == []
    api.delete(f"{here}/sessions/{talk['id']}")
    api.get(f"{here}/sessions/{talk['id']}", status=404)


def test_pools_and_types_keep_their_promises(api: Api, full: Full) -> None:
    here = f"/events/{full.stall.slug}"
    pool = api.post(f"{here}/capacity-pools", {"name": "Hall", "capacity": 5})
    kind = api.post(
        f"{here}/ticket-types",
        {"name": "Pair", "price": {"amount": 0, "currency": "CHF"}, "pool_ids": [pool["id"]], "capacity": 9},
    )
    assert (kind["left"], kind["capacity"], kind["pool_ids"]) == (5, 9, [pool["id"]])
    order = _order(api, full, kind["id"], 3)
    assert api.get(f"{here}/ticket-types/{kind['id']}")["left"] == 2
    assert (
        api.patch(f"{here}/capacity-pools/{pool['id']}", {"capacity": 2}, status=409)["code"]
        == "capacity_taken"
    )
    assert api.patch(f"{here}/capacity-pools/{pool['id']}", {"capacity": 3})["taken"] == 3
    assert _order(api, full, kind["id"], 1, status=409)["code"] == "sold_out"
    api.post(f"{here}/orders/{order['code']}/cancellation", status=200)
    assert api.get(f"{here}/capacity-pools/{pool['id']}")["taken"] == 0
    assert api.patch(f"{here}/ticket-types/{kind['id']}", {"name": "Two"})["pool_ids"] == [pool["id"]]
    bad = {"price": {"amount": 1, "currency": "XQZ"}}
    assert (
        api.patch(f"{here}/ticket-types/{kind['id']}", bad, status=422)["errors"][0]["field"]
        == "price.currency"
    )


def _order(api: Api, full: Full, kind: str, quantity: int, status: int = 201, **more: Any) -> Any:
    body = {
        "lines": [{"ticket_type_id": kind, "quantity": quantity}],
        "buyer": {"name": "Ann Miller", "email": "Ann@Example.org"},
        **more,
    }
    return api.post(f"/events/{full.stall.slug}/orders", body, status=status)


def test_an_order_is_placed_paid_and_its_tickets_live(api: Api, full: Full) -> None:
    here, paid = f"/events/{full.stall.slug}", full.stall.types["Paid"]
    names = [{"name": "Bea Keller", "email": "bea@example.org"}, {"name": ""}]
    order = _order(api, full, paid, 2, provider="bank_transfer", attendees=names, locale="de")
    assert (order["state"], order["total"], order["locale"]) == (
        "awaiting_payment",
        {"amount": 9800, "currency": "CHF"},
        "de",
    )
    assert [t["attendee_name"] for t in order["tickets"]] == ["Bea Keller", ""]
    one = f"{here}/orders/{order['code']}"
    ticket = f"{here}/tickets/{order['tickets'][0]['id']}"
    assert api.get(f"{ticket}/qr", status=409)["code"] == "ticket_state"
    wrong = {"reference": "77", "amount": {"amount": 9700, "currency": "CHF"}}
    assert api.post(f"{one}/payments", wrong, status=409)["code"] == "amount_differs"
    done = api.post(f"{one}/payments", {"reference": "77"}, status=200)
    assert (done["state"], done["payments"][0]["reference"]) == ("paid", "77")
    assert {t["state"] for t in done["tickets"]} == {"valid"}
    assert api.post(f"{one}/payments", {"reference": "77"}, status=409)["code"] == "payment_known"
    api.post(f"{one}/mails", status=204)
    assert api.get(f"{one}/why")[0]["steps"][0]["rule"] == "list_price"
    old = api.get(f"{ticket}/qr")["payload"]
    assert api.post(f"{ticket}/rotation", status=200)["epoch"] == 1
    new = api.get(f"{ticket}/qr")["payload"]
    assert api.post(f"{here}/scans", {"code": old}, status=200)["reason"] == "replaced"
    assert api.post(f"{here}/scans", {"code": new}, status=200)["result"] == "admit"
    person = order["tickets"][1]["attendee_id"]
    assert api.patch(f"{here}/attendees/{person}", {"name": "Cem Aydin"})["name"] == "Cem Aydin"
    assert api.get(f"{here}/attendees?q=cem")["items"][0]["id"] == person
    assert api.get(f"{here}/attendees?arrived=true")["items"][0]["inside"] is True
    other = f"{here}/tickets/{order['tickets'][1]['id']}"
    assert api.post(f"{other}/void", status=200)["state"] == "void"
    assert api.post(f"{other}/void", status=409)["code"] == "ticket_state"
    assert [t["state"] for t in api.get(one)["tickets"]] == ["valid", "void"]
    assert api.get(f"{here}/orders?q={order['code']}")["items"][0]["code"] == order["code"]
    assert [api.get(f"{here}/{what}?q=a")["items"] for what in ("orders", "attendees")] == [[], []]
    assert api.get("/organizations?q=%EF%BB%BF")["items"] == []
    assert api.post(f"{one}/cancellation", status=200)["state"] == "cancelled"


def test_what_is_wrong_in_an_order_is_named_by_its_path(api: Api, full: Full) -> None:
    free = full.stall.types["Free"]
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"buyer": {"name": "A", "email": "nobody"}}, "buyer.email", "not_an_email"),
        ({"buyer": {"name": "A"}}, "buyer.email", "required"),
        ({"attendees": [{"name": "A", "email": "x"}]}, "attendees[0].email", "not_an_email"),
        ({"attendees": [{}, {}]}, "attendees", "wrong_count"),
        ({"lines": []}, "lines", "wrong_size"),
        ({"lines": [{"ticket_type_id": free, "quantity": 0}]}, "lines[0].quantity", "range"),
        ({"lines": [{"ticket_type_id": free, "quantity": "1"}]}, "lines[0].quantity", "field_type"),
        ({"lines": [{"ticket_type_id": "x", "quantity": 1}]}, "lines[0].ticket_type_id", "unknown_choice"),
        ({"locale": "xx"}, "locale", "unknown_choice"),
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"buyer": {"name": "A\0", "email": "a@example.org"}}, "$", "bad_text"),
    ]
    before = full.stall.count()
    for changed, field, code in cases:
        problem = _order(api, full, free, 1, status=422, **changed)
        assert [(e["field"], e["code"]) for e in problem["errors"]] == [(field, code)], changed
        assert all(len(e["detail"]) > 10 for e in problem["errors"])
    paid = _order(api, full, full.stall.types["Paid"], 1, status=422)
    assert (paid["errors"][0]["field"], paid["errors"][0]["code"]) == ("provider", "required")
    refused = _order(api, full, str(uuid.UUID(int=5)), 1, status=409)
    decision = api.get(f"/decisions/{refused['reference']}")
    assert (refused["code"], decision["code"]) == ("not_on_sale", "not_on_sale")
    assert full.stall.count() == before
    for content in ("text/plain", "application/x-www-form-urlencoded"):
        address = f"{api.base}/events/{full.stall.slug}/orders"
        given = {"X-CSRF-Token": "t" * 43}
        api.browser.post(address, b"{}", content_type=content, headers=given, status=415)


def test_the_door_is_run_and_counted(api: Api, full: Full) -> None:
    here = f"/events/{full.stall.slug}"
    gate = api.post(f"{here}/gates", {"name": "Side door"})
    assert gate in api.get(f"{here}/gates")["items"]
    admitted = api.post(f"{here}/scans", {"ticket_id": full.ids["ticket"], "gate_id": gate["id"]}, status=200)
    assert (admitted["result"], admitted["ticket"]["id"]) == ("admit", full.ids["ticket"])
    full.stall.world.later(minutes=2)
    again = api.post(f"{here}/scans", {"code": full.qr}, status=200)
    assert (again["reason"], again["earlier"]["gate"]) == ("already_in", "Side door")
    steps = api.get(f"{here}/scans/{again['scan_id']}/why")
    assert [s["passed"] for s in steps][-2:] == [True, False]
    assert api.get(f"{here}/scans?result=refuse")["items"][0]["id"] == again["scan_id"]
    (came,) = api.get(f"{here}/check-ins?inside=true")["items"]
    assert (came["ticket_id"], came["name"], came["entries"]) == (full.ids["ticket"], "Ann Miller", 1)
    counts = api.get(f"{here}/occupancy")
    assert (counts["inside"], counts["arrived"], counts["expected"], counts["refused"]) == (1, 1, 2, 2)
    assert {"ticket_type": "Free", "arrived": 1, "expected": 2} in api.get(f"{here}/stats")["by_type"]
    points = api.get(f"{here}/timeline?step=quarter")["points"]
    assert (points[-1]["arrived"], points[-1]["cumulative"]) == (1, 1)
    per_gate = {g["gate_id"]: g["entries"] for g in api.get(f"{here}/entry-stats")}
    assert per_gate[gate["id"]] == 1
    both = {"code": "x", "ticket_id": full.ids["ticket"]}
    assert api.post(f"{here}/scans", both, status=422)["errors"][0]["code"] == "code_or_ticket"


def test_a_scanner_is_paired_used_and_ended(market: Market, api: Api, full: Full) -> None:
    here = f"/events/{full.stall.slug}"
    paired = api.send("POST", f"{here}/devices", {"name": "Phone 7", "gate_id": full.gate}, status=201)
    assert "no-store" in paired.headers["Cache-Control"]
    device = paired.json
    phone = Api(market.browser(), "/api/v1/scanner")
    key = {"Authorization": f"Bearer {device['key']}"}
    assert phone.get("/manifest", **key)["device"]["id"] == device["id"]
    assert phone.send("POST", "/scans", {"code": full.qr}, **key).json["result"] == "admit"
    assert {d["device_id"]: d["scans"] for d in api.get(f"{here}/scanner-stats")}[device["id"]] == 1
    assert "key" not in api.get(f"{here}/devices/{device['id']}")
    api.delete(f"{here}/devices/{device['id']}")
    assert api.get(f"{here}/devices/{device['id']}")["revoked_at"] is not None
    assert phone.send("POST", "/scans", {"code": full.qr}, **key).status_int == 401


def test_plugins_and_settings(api: Api) -> None:
    assert {p["name"]: p["enabled"] for p in api.get("/plugins")}["pdf_tickets"] is True
    assert api.patch("/plugins/pdf_tickets", {"enabled": False})["enabled"] is False
    assert {p["name"]: p["enabled"] for p in api.get("/plugins")}["pdf_tickets"] is False
    assert api.patch("/plugins/pdf_tickets", {"enabled": True})["enabled"] is True
    before = {s["name"]: s["values"] for s in api.get("/settings")}
    after = api.patch("/settings/bank_transfer", {"values": {"term_days": 21}})["values"]
    assert after == {**before["bank_transfer"], "term_days": 21}
    assert api.patch("/settings/organization", {"values": {"legal_line": "Acme, Bern"}})["values"][
        "legal_line"
    ] == ("Acme, Bern")
    assert api.get("")["legal_line"] == "Acme, Bern"
    wrong = api.patch("/settings/organization", {"values": {"accent": "blue", "x": 1}}, status=422)
    assert [e["field"] for e in wrong["errors"]] == ["values.x"]
    wrong = api.patch("/settings/organization", {"values": {"accent": "blue"}}, status=422)
    assert [e["field"] for e in wrong["errors"]] == ["values.accent"]
    api.patch("/settings/nothing", {"values": {}}, status=404)
    api.patch("/plugins/nothing", {"enabled": True}, status=404)
    member = api.get("/members")["items"][0]
    assert (member["role"], api.get(f"/members/{member['id']}")) == ("owner", member)


def test_a_program_undoes_a_scan_and_reads_who_did(api: Api, full: Full) -> None:
    here = f"/events/{full.stall.slug}"
    verdict = api.post(f"{here}/scans", {"code": full.qr}, status=200)
    assert api.get(f"{here}/occupancy")["inside"] == 1
    gone = api.post(f"{here}/scans/{verdict['scan_id']}/reversal", status=200)
    assert (gone["result"], bool(gone["reverted_at"]), gone["reverted_by"]) == (
        "admit",
        True,
        api.get("/members")["items"][-1]["user_id"],
    )
    assert api.post(f"{here}/scans/{verdict['scan_id']}/reversal", status=200) == gone
    assert api.get(f"{here}/occupancy")["inside"] == 0
    assert api.get(f"{here}/check-ins")["items"] == []
    assert api.get(f"{here}/scans?result=admit")["items"] == [gone]
    refused = api.post(f"{here}/scans/{full.ids['scan']}/reversal", status=409)
    assert refused["code"] == "scan_opened_nothing"
    api.post(f"{here}/scans/{uuid.uuid4()}/reversal", status=404)
