"""Running an event by program: notes at the door, figures, search, plugins, many orders at once, saved views."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functional.api.client import Api
from tests.functional.dashboard.full import Full, make_full
from tests.functional.shop.market import Market, make_stall


@pytest.fixture
def full(market: Market) -> Full:
    return make_full(market)


def api_of(market: Market, full: Full, role: str = "owner", event: str = "") -> Api:
    return Api(market.member(full.stall.world, role, event), f"/api/v1/tenants/{full.ids['tenant']}")


@pytest.fixture
def api(market: Market, full: Full) -> Api:
    return api_of(market, full)


def test_whoever_has_rights_in_one_event_sees_that_one(api: Api, market: Market, full: Full) -> None:
    make_stall(full.stall.world, "another")
    guest = api_of(market, full, "staff", full.stall.slug)
    assert [e["slug"] for e in guest.get("/events")["items"]] == [full.stall.slug]
    assert guest.get("")["slug"] == full.ids["tenant"]
    assert {e["slug"] for e in api.get("/events")["items"]} == {full.stall.slug, "another"}
    assert guest.get("/events?status=draft")["items"] == []
    assert guest.send("GET", "/events/another").status_int == 403
    assert guest.send("GET", "/search?q=full").status_int == 403


def test_notes_are_written_by_many_and_closed_by_few(api: Api, market: Market, full: Full) -> None:
    here = f"/events/{full.stall.slug}/incidents"
    volunteer = api_of(market, full, "volunteer")
    note = volunteer.post(here, {"kind": "lost", "text": "A grey umbrella.", "place": "Cloakroom"})
    assert [i["id"] for i in volunteer.pages(here, 1)] == [note["id"]]
    assert len(api.pages(here, 1)) == 2
    assert volunteer.get(f"{here}/{note['id']}")["written_by_name"] == "Nina Steiner"
    volunteer.get(f"{here}/{full.ids['incident']}", status=404)  # somebody else's
    assert volunteer.post(f"{here}/{note['id']}/closure", {"outcome": "x"}, status=403)["code"] == "forbidden"
    assert api.post(f"{here}/{note['id']}/closure", {"outcome": " "}, status=422)["errors"][0]["field"] == (
        "outcome"
    )
    done = api.post(f"{here}/{note['id']}/closure", {"outcome": "Given back."}, status=200)
    assert (done["state"], done["closed_by_name"]) == ("closed", "Nina Steiner")
    assert api.post(f"{here}/{note['id']}/closure", {"outcome": "x"}, status=409)["code"] == "incident_closed"
    assert [i["id"] for i in api.get(f"{here}?state=closed")["items"]] == [note["id"]]


def _order(api: Api, full: Full, kind: str, quantity: int) -> Any:
    body: dict[str, Any] = {
        "lines": [{"ticket_type_id": full.stall.types[kind], "quantity": quantity}],
        "buyer": {"name": "Zora Lindt", "email": "zora@example.org"},
    }
    if kind == "Paid":
        body["provider"] = "bank_transfer"
    return api.post(f"/events/{full.stall.slug}/orders", body)


def test_figures_and_filters_follow_the_orders(api: Api, full: Full) -> None:
    here, billed = f"/events/{full.stall.slug}", full.ids["billed"]
    paid, waiting = _order(api, full, "Paid", 2), _order(api, full, "Paid", 1)
    api.post(f"{here}/orders/{paid['code']}/payments", {"reference": "1"}, status=200)
    figures = api.get(f"{here}/analytics?days=7")
    assert figures["paid"]["amount"] == figures["days"][-1]["paid"] == {"amount": 9800, "currency": "CHF"}
    assert figures["awaiting_payment"] == {"orders": 2, "amount": {"amount": 9800, "currency": "CHF"}}
    assert len(figures["days"]) == 7
    counts = {t["name"]: (t["sold"], t["held"]) for t in figures["by_type"]}
    assert counts == {"Free": (2, 0), "Paid": (4, 1)}
    pool = next(p for p in figures["by_pool"] if p["taken"] == 5)
    assert (pool["held"], pool["capacity"]) == (1, 50)
    by_type = f"{here}/orders?ticket_type_id={full.stall.types['Paid']}"
    assert [o["code"] for o in api.pages(by_type, 1)] == [waiting["code"], paid["code"], billed]
    assert [o["code"] for o in api.pages(by_type + "&sort=created_at", 1)] == [
        billed,
        paid["code"],
        waiting["code"],
    ]
    assert [o["code"] for o in api.pages(by_type + "&updated_since=2020-01-01T00:00:00Z", 1)] != []
    assert {o["code"] for o in api.pages(f"{here}/orders?provider=bank_transfer")} == {
        billed,
        paid["code"],
        waiting["code"],
    }
    assert api.get(f"{here}/orders?placed_until=2020-01-01T00:00:00Z")["items"] == []
    assert len(api.get(f"{here}/orders?placed_since=2020-01-01T00:00:00Z")["items"]) == 4


def test_many_orders_are_mailed_and_cancelled_at_once(api: Api, full: Full) -> None:
    here = f"/events/{full.stall.slug}"
    codes = [_order(api, full, "Paid", 1)["code"] for _ in range(2)]
    wrong = api.post(f"{here}/order-cancellations", {"codes": [codes[0], "NOBODYS"]}, status=422)
    assert [(e["field"], e["code"]) for e in wrong["errors"]] == [("codes[1]", "unknown_choice")]
    assert api.post(f"{here}/order-mails", {"codes": codes}, status=200) == {"done": 2}
    assert api.post(f"{here}/order-cancellations", {"codes": codes}, status=200) == {"done": 2}
    assert api.post(f"{here}/order-cancellations", {"codes": codes}, status=200) == {"done": 0}
    assert {api.get(f"{here}/orders/{c}")["state"] for c in codes} == {"cancelled"}


def test_many_tickets_are_mailed_and_voided_at_once(api: Api, full: Full) -> None:
    here = f"/events/{full.stall.slug}"
    order = _order(api, full, "Free", 3)
    ids = [ticket["id"] for ticket in order["tickets"]]
    wrong = api.post(f"{here}/ticket-voids", {"tickets": [ids[0], order["id"]]}, status=422)
    assert [(e["field"], e["code"]) for e in wrong["errors"]] == [("tickets[1]", "unknown_choice")]
    assert api.post(f"{here}/ticket-mails", {"tickets": ids}, status=200) == {"done": 1}
    assert api.post(f"{here}/ticket-voids", {"tickets": ids[:2]}, status=200) == {"done": 2}
    assert api.post(f"{here}/ticket-voids", {"tickets": ids}, status=200) == {"done": 1}
    states = {t["state"] for t in api.get(f"{here}/orders/{order['code']}")["tickets"]}
    assert states == {"void"}


def test_search_finds_what_the_caller_may_see(api: Api, market: Market, full: Full) -> None:
    code = _order(api, full, "Free", 1)["code"]
    found = api.get("/search?q=zora")
    assert [o["code"] for o in found["orders"]] == [code]
    assert [e["slug"] for e in api.get("/search?q=full")["events"]] == [full.stall.slug]
    assert api.get("/search?q=ann")["people"][0]["state"] == "expected"
    volunteer = api_of(market, full, "volunteer").get("/search?q=zora")
    assert volunteer == {"people": [], "orders": [], "events": [], "organizations": []}


def test_a_plugin_is_paused_set_and_set_for_one_event(api: Api, full: Full) -> None:
    one = "/plugins/bank_transfer"
    before = api.get(one)
    assert (before["enabled"], before["paused"]) == (True, False)
    assert api.patch(one, {"paused": True})["paused"] is True
    assert api.get(one)["paused"] is True
    settings = {s["name"]: s for s in api.get(f"{one}/settings")}
    changed = api.patch(f"{one}/settings", {"values": {"term_days": 21}})  # mended while it is paused
    assert {s["name"]: s["value"] for s in changed} == {
        **{n: s["value"] for n, s in settings.items()},
        "term_days": 21,
    }
    assert api.patch(one, {"paused": False}) == before
    wrong = api.patch(f"{one}/settings", {"values": {"term_days": "soon"}}, status=422)
    assert [(e["field"], e["code"]) for e in wrong["errors"]] == [("values.term_days", "integer")]
    api.patch(one, {"enabled": False})
    assert api.patch(one, {"paused": True}, status=409)["code"] == "plugin_off"
    assert api.patch(f"{one}/settings", {"values": {}}, status=409)["code"] == "plugin_off"


def test_an_event_has_settings_of_its_own(api: Api, full: Full) -> None:
    one = "/plugins/attendee_notes"
    assert api.patch(one, {"enabled": True})["enabled"] is True
    api.patch(f"{one}/settings", {"values": {"longest": 200}})
    own = f"/events/{full.stall.slug}{one}/settings"

    def longest(answer: Any) -> tuple[Any, Any]:
        return next((s["value"], s["inherited"]) for s in answer if s["name"] == "longest")

    assert longest(api.get(own)) == (None, 200)
    assert longest(api.patch(own, {"values": {"longest": 100}})) == (100, 200)
    assert longest(api.patch(own, {"values": {"reminder": "Be brief."}})) == (100, 200)
    assert longest(api.patch(own, {"values": {"longest": None}})) == (None, 200)
    unknown = api.patch(own, {"values": {"nothing": 1}}, status=422)
    assert [(e["field"], e["code"]) for e in unknown["errors"]] == [("values.nothing", "unknown_field")]


def test_views_are_saved_for_oneself(api: Api, market: Market, full: Full) -> None:
    made = api.post("/views", {"list": "orders", "name": "Unpaid", "query": "state=paid&q=zora&cursor=x"})
    assert (made["query"], api.get("/views")) == ("state=paid", [made])
    page = api.browser.get(f"{full.stall.office}orders/")
    assert "Unpaid" in page
    other = api_of(market, full)
    assert other.get("/views") == []
    other.delete(f"/views/{made['id']}", status=404)
    api.delete(f"/views/{made['id']}")
    assert api.get("/views") == []


def test_a_scanner_is_sent_to_another_gate(api: Api, full: Full) -> None:
    here = f"/events/{full.stall.slug}"
    one = f"{here}/devices/{full.ids['device']}"
    assert api.patch(one, {"name": "Phone 8"})["gate_id"] == full.gate
    assert api.patch(one, {"gate_id": None})["name"] == "Phone 8"
