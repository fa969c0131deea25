"""Two organizers with the same event slug: whatever of B's is put into A's addresses, the answer is that of something unknown.

The cases come from the route tables, so a new route is tried by itself; B's rows are compared before and after each one.
"""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from sratix_core import api, dashboard, shop
from sratix_core.values import signing
from tests.functional.dashboard.full import HOLE, Full, make_full, unknown
from tests.functional.shop.market import TOKEN, Market, make_stall, post
from tests.support import TestApp, fingerprint

ROUTES = dict((*shop.ROUTES, *dashboard.ROUTES, *api.ROUTES))
CHOICES = {"status", "plugin", "section", "output"}  # words of ours, the same for everybody
NOISE = re.compile(r'name="once" value="[^"]*"|Reference <code>[^<]*</code>|"reference": "[^"]*"')


def holes(pattern: str) -> list[str]:
    return [h for h in HOLE.findall(pattern) if h not in CHOICES and h != "tenant"]


CASES = [(name, hole) for name, pattern in ROUTES.items() for hole in holes(pattern)]
CASES += [(name, "all") for name, pattern in ROUTES.items() if len(holes(pattern)) > 1]


@pytest.fixture(scope="module")
def alpha(market: Market) -> Full:
    return make_full(market, "alpha", name="Alpha")


@pytest.fixture(scope="module")
def bravo(market: Market) -> Full:
    full = make_full(market, "bravo", name="Bravo")
    make_stall(full.stall.world, "only-bravo")
    return full


@pytest.fixture(scope="module")
def owner(market: Market, alpha: Full) -> TestApp:
    return market.member(alpha.stall.world)


def rows_of(full: Full) -> str:
    """A hash over every row of one tenant."""
    return fingerprint(full.stall.world.process.engines, tenant_id=full.stall.world.tenant.id)


def methods(market: Market, name: str) -> list[str]:
    return sorted(set(market.app.app.registry["route_methods"].get(name, {"GET", "POST"})) - {"HEAD"})


def seen(answer: Any, *ids: str) -> tuple[int, str, str]:
    """What a caller learns from an answer, without what is new in each one."""
    text, where = (
        NOISE.sub(
            "", answer.text if "charset" in answer.content_type or answer.charset else repr(answer.body)
        ),
        answer.headers.get("Location", ""),
    )
    for one in sorted(ids, key=len, reverse=True):
        text, where = text.replace(one, "ID"), where.replace(one, "ID")
    return answer.status_int, text, where


def foreign_and_unknown(pattern: str, hole: str, bravo: Full) -> tuple[dict[str, str], dict[str, str]]:
    """B's ids for the holes of this case, and ids that nobody has."""
    known = {**bravo.ids, "secret": bravo.cart if "/cart/" in pattern else bravo.ids["secret"]}
    chosen = [h for h in holes(pattern) if hole in (h, "all")]
    if hole == "event":
        known["event"] = "only-bravo"
    theirs = {h: known[h] for h in chosen}
    nobodys = {h: unknown(h, v) for h, v in theirs.items()}
    if hole == "all":
        theirs.pop("event", None)  # the slug is A's as well
        nobodys.pop("event", None)
    return theirs, nobodys


@pytest.mark.parametrize(("name", "hole"), CASES, ids=[f"{n}-{h}" for n, h in CASES])
def test_what_is_of_another_organizer_is_unknown(
    market: Market, alpha: Full, bravo: Full, owner: TestApp, name: str, hole: str
) -> None:
    pattern = ROUTES[name]
    theirs, nobodys = foreign_and_unknown(pattern, hole, bravo)
    if not theirs:
        return
    before = rows_of(bravo)
    for browser in (owner, market.browser()):
        browser.extra_environ["REMOTE_ADDR"] = market.browser().extra_environ["REMOTE_ADDR"]
        for method in methods(market, name):
            answers = [
                browser.request(
                    alpha.address(pattern, **ids), method=method, expect_errors=True, **_body(method)
                )
                for ids in (theirs, nobodys)
            ]
            found, missing = (seen(a, *theirs.values(), *nobodys.values()) for a in answers)
            assert found == missing, method
            assert found[0] in {303, 401, 404}, method
            assert found[0] != 303 or "/account/login" in found[2]
            assert "Bravo" not in found[1]
    assert rows_of(bravo) == before


def _body(method: str) -> dict[str, Any]:
    if method != "POST":
        return {}
    form = b"csrf_token=" + TOKEN.encode()
    return {"body": form, "content_type": "application/x-www-form-urlencoded"}


DASHBOARD = [n for n, p in dashboard.ROUTES if "{tenant}" in p]


@pytest.mark.parametrize("name", DASHBOARD)
def test_the_dashboard_of_another_organizer_is_unknown(
    market: Market, bravo: Full, owner: TestApp, name: str
) -> None:
    before = rows_of(bravo)
    for method in methods(market, name):
        found, missing = (
            seen(
                owner.request(bravo.address(ROUTES[name], tenant=slug), method=method, expect_errors=True, **_body(method)),
                "bravo", "nobody", "Bravo",
            )
            for slug in ("bravo", "nobody")
        )  # fmt: skip
        assert found[0] == missing[0] == 404, method
    assert rows_of(bravo) == before


# Ids that travel in a query or a form ---------------------------------------------------------------------------------
INSIDE = [
    ("dashboard.attendees", "GET", "type", "type"),
    ("dashboard.programme", "GET", "new", "session"),
    ("shop.event", "GET", "type", "type"),
    ("shop.cart", "POST", "q-{}", "type"),
    ("dashboard.scan", "POST", "gate_id", "gate"),
    ("dashboard.admit", "POST", "gate_id", "gate"),
    ("dashboard.devices", "POST", "gate_id", "gate"),
    ("dashboard.device", "POST", "gate_id", "gate"),
    ("dashboard.event_edit", "POST", "venue_id", "venue"),
    ("dashboard.event_new", "POST", "venue_id", "venue"),
    ("dashboard.type_new", "POST", "pools", "pool"),
    ("dashboard.session", "POST", "speakers", "speaker"),
    ("dashboard.api_keys", "POST", "event_id", "event_id"),
    ("dashboard.member", "POST", "event-{}", "event_id"),
    ("dashboard.invitations", "POST", "events", "event_id"),
]
FILLED = {
    "dashboard.event_edit": {"name": "Alpha event", "slug": "robotics", "starts_at": "2027-03-10T09:00", "ends_at": "2027-03-11T17:00",
                             "timezone": "Europe/Zurich", "currency": "CHF"},
    "dashboard.event_new": {"name": "Next", "slug": "next", "starts_at": "2027-03-10T09:00", "ends_at": "2027-03-11T17:00",
                            "timezone": "Europe/Zurich", "currency": "CHF"},
    "dashboard.type_new": {"name": "Odd", "price": "1.00"},
    "dashboard.session": {"title": "Alpha session", "starts_at": "2027-03-10T10:00", "ends_at": "2027-03-10T11:00"},
    "dashboard.scan": {"code": "x" * 80},
    "dashboard.devices": {"name": "T"},
    "dashboard.device": {"name": "T"},
    "dashboard.api_keys": {"name": "T", "scopes": "event.view"},
    "dashboard.invitations": {"email": "new@example.org", "role": "staff", "where": "some"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "method", "field", "kind"), INSIDE, ids=[f"{n}-{f}" for n, _, f, _ in INSIDE]
)
def test_an_id_in_a_form_or_a_query_is_unknown_too(
    market: Market, alpha: Full, bravo: Full, owner: TestApp, name: str, method: str, field: str, kind: str
) -> None:
    theirs = bravo.gate if kind == "gate" else bravo.ids[kind]
    before, answers = rows_of(bravo), []
    for one in (theirs, unknown(kind, theirs)):
        value = {"event-{}": "staff", "q-{}": "1"}.get(field, one)
        given = {**FILLED.get(name, {}), field.format(one): value}
        address = alpha.address(ROUTES[name])
        answers.append(
            owner.get(address, given, status="*") if method == "GET" else post(owner, address, given)
        )
    found, missing = (seen(a, theirs, unknown(kind, theirs)) for a in answers)
    assert found == missing
    assert "Bravo" not in found[1]
    assert rows_of(bravo) == before


def test_lists_and_searches_find_nothing_of_another_organizer(
    alpha: Full, bravo: Full, owner: TestApp, market: Market
) -> None:
    cursor = f"{bravo.stall.world.clock.now().isoformat()}_{bravo.ids['ticket']}"
    for name in ("dashboard.orders", "dashboard.attendees"):
        for query in (
            {"q": bravo.ids["code"]},
            {"q": "Bravo"},
            {"q": "%"},
            {"cursor": cursor},
            {"cursor": bravo.ids["ticket"]},
        ):
            answer = owner.get(alpha.address(ROUTES[name]), query, status="*")
            assert answer.status_int < 500
            assert f"/orders/{bravo.ids['code']}/" not in answer
    found = post(owner, alpha.address(ROUTES["dashboard.scan"]), {"code": bravo.ids["code"]})
    assert "/check-in/tickets/" not in found
    for path in ("/alpha/", "/api/v1/public/alpha/events", "/dashboard/alpha/events/"):
        assert "Bravo" not in owner.get(path)
        assert "only-bravo" not in owner.get(path)


def test_a_foreign_ticket_at_the_door_is_an_unknown_one(
    market: Market, alpha: Full, bravo: Full, owner: TestApp
) -> None:
    random = market.runtime.sources.random
    invented = signing.sign_ticket(signing.new_key(random), 1, 1, uuid.UUID(int=1), uuid.UUID(int=2**120 + 9))
    before, told = rows_of(bravo), []
    for code in (bravo.qr, invented):
        given = {"Authorization": f"Bearer {alpha.key}"}
        answer = owner.post_json("/api/v1/scanner/scans", {"code": code}, headers=given).json
        told.append((answer["result"], answer["reason"], answer["ticket"], answer["earlier"]))
        page = post(owner, alpha.address(ROUTES["dashboard.scan"]), {"code": code})
        assert "No such ticket" in page
        assert "Bravo" not in page
    assert told[0] == told[1] == ("refuse", "unknown", None, None)
    assert rows_of(bravo) == before


def test_a_device_key_with_another_organizers_number_opens_nothing(
    alpha: Full, bravo: Full, market: Market
) -> None:
    mine, theirs = alpha.key.split("_", 4), bravo.key.split("_", 4)
    before = rows_of(bravo)
    for parts in (
        [*mine[:2], theirs[2], *mine[3:]],
        [*mine[:3], theirs[3], mine[4]],
        [*mine[:4], theirs[4]],
        [*theirs[:4], mine[4]],
    ):
        given = {"Authorization": "Bearer " + "_".join(parts)}
        assert market.browser().post_json("/api/v1/scanner/scans", {"code": "x"}, headers=given, status=401)
    assert rows_of(bravo) == before


def test_the_same_page_of_two_organizers_has_nothing_of_the_other(
    alpha: Full, bravo: Full, market: Market
) -> None:
    for name in (n for n, p in shop.ROUTES if n not in {"shop.document", "files"}):
        for mine, other in ((alpha, "Bravo"), (bravo, "Alpha")):
            if "GET" in methods(market, name):
                answer = market.browser().get(mine.address(ROUTES[name]), status="*")
                assert answer.status_int in {200, 303}, name
                if answer.content_type.startswith("text/"):
                    assert other not in answer.text, name


def test_every_route_of_the_three_rooms_is_tried(market: Market) -> None:
    tried = {name for name, _ in CASES} | set(DASHBOARD)
    left = set(ROUTES) - tried
    auth = {"api.token", "api.refresh", "api.revoke", "api.me"}  # of people, who belong to no tenant
    assert left == auth | {
        "dashboard",
        "shop.home",
        "shop.brand",
        "api.scans",
        "api.manifest",
        "api.public_events",
    }
    taken = {
        r["introspectable"]["name"] for r in market.app.app.registry.introspector.get_category("routes") or ()
    }
    rooms = {n for n in taken if n.split(".")[0] in {"shop", "dashboard", "api", "files"}}
    assert rooms - {"api.health"} == set(ROUTES)
