"""Members, roles, invitations and keys by program: what the dashboard refuses, the API refuses."""

from __future__ import annotations

import pytest

from tests.functional.api.client import Api
from tests.functional.dashboard.full import Full, make_full
from tests.functional.shop.market import Market


@pytest.fixture
def full(market: Market) -> Full:
    return make_full(market)


def api_of(market: Market, full: Full, role: str = "owner", event: str = "") -> Api:
    return Api(market.member(full.stall.world, role, event), f"/api/v1/tenants/{full.ids['tenant']}")


@pytest.fixture
def api(market: Market, full: Full) -> Api:
    return api_of(market, full)


def keyed(market: Market, api: Api, scopes: list[str], **more: object) -> tuple[Api, dict[str, str]]:
    """A caller with a new key of these scopes, and the header that carries it."""
    made = api.post("/api-keys", {"name": "Robot", "scopes": scopes, **more})
    return Api(market.browser(), api.base), {"Authorization": f"Bearer {made['key']}"}


def test_a_member_is_given_roles_here_and_there(api: Api, full: Full) -> None:
    one, event = f"/members/{full.ids['member']}", full.ids["event_id"]
    inside = [{"event_id": event, "role": "staff"}]
    assert api.patch(one, {"event_roles": inside})["role"] == "volunteer"
    changed = api.patch(one, {"role": ""})
    assert (changed["role"], changed["event_roles"]) == ("", inside)
    assert api.get(one) == changed
    assert changed in api.get("/members")["items"]
    for body, field, code in (
        ({"role": "emperor"}, "role", "choice"),
        ({"event_roles": [{"event_id": event, "role": "owner"}]}, "event_roles[0].role", "role_scope"),
        ({"event_roles": inside * 2}, "event_roles", "repeated"),
        ({"event_roles": []}, "role", "role_or_removal"),
    ):
        problem = api.patch(one, body, status=422)
        assert [(e["field"], e["code"]) for e in problem["errors"]] == [(field, code)]
    assert api.get(one) == changed
    api.delete(one)
    assert api.get(one)["status"] == "removed"
    api.delete(one, status=404)


def test_the_last_owner_stays(api: Api, market: Market, full: Full) -> None:
    me = Api(api.browser, "/api/v1").get("/auth/me")["id"]
    owners = {
        m["user_id"]: f"/members/{m['id']}" for m in api.get("/members")["items"] if m["role"] == "owner"
    }
    mine = owners.pop(me)
    for other in owners.values():
        api.delete(other)
    assert api.patch(mine, {"role": "staff"}, status=409)["code"] == "last_owner"
    assert api.send("DELETE", mine, status=409).json["code"] == "last_owner"
    assert api.get(mine)["role"] == "owner"


def test_nobody_gives_more_than_they_hold(api: Api, market: Market, full: Full) -> None:
    lead = api.post("/roles", {"name": "Team lead", "permissions": ["event.view", "member.edit"]})
    assert (lead["key"], lead["permissions"]) == ("team-lead", ["event.view", "member.edit"])
    leader = api_of(market, full, "team-lead")
    asked = {"email": "cem@example.org", "role": "staff"}
    assert leader.post("/invitations", asked, status=409)["code"] == "more_than_held"
    assert leader.post("/roles", {"name": "More", "permissions": ["order.edit"]}, status=409)["code"] == (
        "more_than_held"
    )
    volunteer = f"/members/{full.ids['member']}"
    assert leader.patch(volunteer, {"role": "owner"}, status=409)["code"] == "more_than_held"
    owner = next(m for m in api.get("/members")["items"] if m["role"] == "owner")
    assert leader.send("DELETE", f"/members/{owner['id']}", status=409).json["code"] == "more_than_held"
    assert leader.send("GET", "/api-keys").status_int == 403
    leader.post("/invitations", {"email": "cem@example.org", "role": "team-lead"})


def test_a_role_is_made_changed_and_taken_back(api: Api) -> None:
    known = {p["name"] for p in api.get("/permissions")}
    made = api.post("/roles", {"name": "Desk", "permissions": ["order.view", "event.view"]})
    one = f"/roles/{made['id']}"
    assert api.patch(one, {"name": "Front desk"})["permissions"] == ["event.view", "order.view"]
    assert api.patch(one, {"permissions": ["event.view"]})["name"] == "Front desk"
    listed = api.get("/roles")
    assert {p for r in listed for p in r["permissions"]} <= known
    assert next(r["key"] for r in listed if r["id"] is None) == "owner"
    assert next(r for r in listed if r["id"] == made["id"])["people"] == 0
    assert api.patch(one, {"permissions": []}, status=422)["errors"][0]["code"] == "role_empty"
    assert api.patch(one, {"name": "Staff"}, status=422)["errors"][0]["code"] == "name_taken"
    api.delete(one)
    api.get(one, status=404)


def test_only_what_was_read_is_changed(api: Api, full: Full) -> None:
    one = f"/members/{full.ids['member']}"
    tag = api.send("GET", one).headers["ETag"]
    api.send("PATCH", one, {"role": "staff"}, status=200, If_Match=tag)
    late = api.send("PATCH", one, {"role": "scanner"}, status=412, If_Match=tag)
    assert (late.json["code"], api.get(one)["role"]) == ("changed_meanwhile", "staff")


def test_an_invitation_goes_out_again_and_is_taken_back(api: Api, full: Full) -> None:
    asked = {"email": "Bea@Example.org", "role": "staff", "event_ids": [full.ids["event_id"]]}
    made = api.post("/invitations", asked)
    assert (made["email"], made["event_ids"], made["state"]) == (
        "bea@example.org",
        asked["event_ids"],
        "open",
    )
    assert made in api.get("/invitations")["items"]
    one = f"/invitations/{made['id']}"
    assert api.post(f"{one}/mails", status=200)["mails"] == made["mails"] + 1
    api.delete(one)
    assert api.get(one)["state"] == "revoked"
    assert made["id"] in [i["id"] for i in api.get("/invitations?state=revoked")["items"]]
    api.post(f"{one}/mails", status=404)
    assert api.post("/invitations", {**asked, "email": "x"}, status=422)["errors"][0]["code"] == "email"


def test_a_key_is_shown_once_and_holds_what_its_maker_holds(api: Api, market: Market, full: Full) -> None:
    sent = {"name": "Shop front", "scopes": ["event.view"], "expires_in_days": 30}
    first = api.send("POST", "/api-keys", sent, status=201, Idempotency_Key="one")
    again = api.send("POST", "/api-keys", sent, status=201, Idempotency_Key="one")
    assert first.json["key"] == again.json["key"]
    assert "no-store" in first.headers["Cache-Control"]
    one = f"/api-keys/{first.json['id']}"
    kept = api.get(one)
    assert {**first.json, **kept} == first.json
    assert "key" not in kept
    robot, key = Api(market.browser(), api.base), {"Authorization": f"Bearer {first.json['key']}"}
    assert [e["slug"] for e in robot.get("/events", **key)["items"]] == [full.stall.slug]
    assert robot.send("GET", "/api-keys", **key).status_int == 403
    beyond = {"name": "Master", "scopes": ["api_key.edit"]}
    assert api.post("/api-keys", beyond, status=422)["errors"][0]["code"] == "scopes_beyond_yours"
    higher = {"name": "Fast", "scopes": ["event.view"], "tier": "high"}
    assert api.post("/api-keys", higher, status=422)["errors"][0]["field"] == "tier"
    api.delete(one)
    assert api.get(one)["state"] == "revoked"
    assert robot.send("GET", "/events", **key).status_int == 401


def test_no_key_manages_people_or_keys(api: Api, market: Market, full: Full) -> None:
    of_people = {"member.edit", "api_key.edit", "organization.people"}
    held = sorted({s for r in api.get("/roles") for s in r["permissions"]} - of_people)
    robot, key = keyed(market, api, held)
    for path in ("/members", "/roles", "/permissions", "/invitations", "/api-keys"):
        assert robot.send("GET", path, **key).status_int == 403
    invitations = f"/organizations/{full.ids['organization']}/invitations"
    assert robot.send("GET", invitations, **key).status_int == 403
    assert robot.send("GET", "/views", **key).status_int == 403  # views are a person's
    assert robot.send("GET", "/plugins", **key).status_int == 200
    note = {"kind": "other", "text": "The door is stuck."}
    here = f"/events/{full.stall.slug}/incidents"
    written = robot.send("POST", here, note, status=201, **key).json
    assert (written["written_by_name"], written["state"]) == ("", "open")
