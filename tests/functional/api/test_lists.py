"""Lists: page by page without a gap or a repeat, in step with what changed, and cheap to ask again."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event as listening

from sratix_core.tenancy.session import ScopedSession
from tests.functional.api.client import Api, address, member_endpoints
from tests.functional.api.world import Ids, make_ids
from tests.functional.shop.market import Market


@pytest.fixture(scope="module")
def ids(market: Market) -> Ids:
    made = make_ids(market)
    with made.full.stall.world.open():
        pass
    return made


@pytest.fixture
def api(market: Market, ids: Ids) -> Api:
    return Api(market.member(ids.full.stall.world), f"/api/v1/tenants/{ids.own['tenant']}")


@pytest.fixture(scope="module")
def here(market: Market, ids: Ids) -> str:
    """An event with seven orders, two at each moment, and seven speakers of one name."""
    api = Api(market.member(ids.full.stall.world), f"/api/v1/tenants/{ids.own['tenant']}")
    here = f"/events/{ids.full.stall.slug}"
    for n in range(7):
        ids.full.stall.world.later(seconds=n % 2)
        line = {"ticket_type_id": ids.full.stall.types["Free"], "quantity": 1}
        buyer = {"name": "Zoë Groß", "email": f"z{n}@example.org"}
        api.post(f"{here}/orders", {"lines": [line], "buyer": buyer, "attendees": [{"name": "Zoë Groß"}]})
        api.post(f"{here}/speakers", {"name": "Same Name"})
    return here


def test_pages_hold_everything_once_in_order(api: Api, here: str) -> None:
    for path, key in (
        ("/orders", "created_at"),
        ("/orders?sort=created_at", "created_at"),
        ("/orders?q=zoe", "created_at"),
        ("/speakers", "name"),
        ("/attendees?q=Zo%C3%AB", "name"),
        ("/tickets", "created_at"),
    ):
        whole = api.get(here + path + ("&" if "?" in path else "?") + "limit=200")["items"]
        assert len(whole) >= 7
        for limit in (1, 2, 3):
            assert api.pages(here + path, limit) == whole, path
        values = [item[key] for item in whole]
        assert values == sorted(values, reverse=path in ("/orders", "/orders?q=zoe"))


def test_a_cursor_fits_its_own_list_and_filter_only(api: Api, here: str) -> None:
    cursor = api.get(f"{here}/orders?limit=2&state=paid")["next"]
    assert api.get(f"{here}/orders?limit=3&state=paid&cursor={cursor}")["items"]
    for wrong in (
        f"{here}/orders?cursor={cursor}",
        f"{here}/orders?state=paid&sort=created_at&cursor={cursor}",
        f"{here}/tickets?cursor={cursor}",
        f"{here}/orders?state=paid&cursor={cursor[:-2]}AA",
        f"{here}/orders?state=paid&cursor=x",
        f"{here}/orders?state=paid&cursor=%C3%A9",
    ):
        assert api.get(wrong, status=422)["errors"][0] == {
            "field": "cursor",
            "code": "cursor",
            "detail": "This cursor fits another list or another filter. Begin again without it.",
        }


def test_a_query_that_says_nothing_known_is_refused(api: Api, here: str) -> None:
    for query, field, code in (
        ("limit=0", "limit", "range"),
        ("limit=201", "limit", "range"),
        ("limit=ten", "limit", "field_type"),
        ("state=lost", "state", "unknown_choice"),
        ("colour=red", "colour", "unknown_field"),
        ("limit=1&limit=2", "limit", "repeated"),
        ("updated_since=yesterday", "updated_since", "instant"),
        ("updated_since=2027-03-01T10:00:00", "updated_since", "instant"),
        ("updated_since=0001-01-01T00:00:00Z", "updated_since", "instant"),
    ):
        problem = api.get(f"{here}/orders?{query}", status=422)
        assert [(e["field"], e["code"]) for e in problem["errors"]] == [(field, code)], query
    assert api.get(here + "?x=1", status=422)["errors"][0]["field"] == "x"


def test_a_copy_stays_in_step(api: Api, ids: Ids, here: str) -> None:
    """A program that asks for what changed has in the end what the list has."""
    world = ids.full.stall.world
    copy: dict[str, Any] = {o["id"]: o for o in api.pages(f"{here}/orders", 3)}
    world.later(minutes=1)
    since = world.clock.now().isoformat().replace("+00:00", "Z")
    assert api.get(f"{here}/orders?updated_since={since}")["items"] == []
    changed = [api.get(f"{here}/orders?q=z{n}@")["items"][0] for n in (0, 4)]
    for order in changed:
        api.post(f"{here}/orders/{order['code']}/cancellation", status=200)
    delta = api.pages(f"{here}/orders?updated_since={since}", 1)
    assert {o["id"] for o in delta} == {o["id"] for o in changed}
    copy |= {o["id"]: o for o in delta}
    assert copy == {o["id"]: o for o in api.pages(f"{here}/orders", 3)}
    assert len(api.pages(f"{here}/tickets?updated_since={since}")) == 2


def test_what_was_deleted_is_told(api: Api, ids: Ids, here: str) -> None:
    world = ids.full.stall.world
    times = {"starts_at": "2027-03-10T09:00:00Z", "ends_at": "2027-03-10T10:00:00Z"}
    for path, body in (("/sessions", {"title": "Gone", **times}), ("/speakers", {"name": "Gone"})):
        one, other = (api.post(here + path, body)["id"] for _ in range(2))
        world.later(seconds=2)
        since = world.clock.now().isoformat().replace("+00:00", "Z")
        api.delete(f"{here}{path}/{one}")
        api.patch(f"{here}{path}/{other}", {next(iter(body)): "Still here"})
        delta = api.get(f"{here}{path}?updated_since={since}")
        assert [i["id"] for i in delta["items"]] == [other]
        assert [g["id"] for g in delta["gone"]] == [one]
        assert api.get(here + path)["gone"] == []
        world.later(seconds=2)
        later = world.clock.now().isoformat().replace("+00:00", "Z")
        assert api.get(f"{here}{path}?updated_since={later}")["gone"] == []


def test_reading_again_sends_nothing_until_it_changes(api: Api, here: str) -> None:
    first = api.send("GET", here)
    again = api.send("GET", here, If_None_Match=first.headers["ETag"])
    assert (again.status_int, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    api.patch(here, {"tagline": "New"})
    assert api.send("GET", here, If_None_Match=first.headers["ETag"]).status_int == 200


def test_a_change_made_on_an_old_reading_is_refused(api: Api, here: str) -> None:
    seen = api.send("GET", here).headers["ETag"]
    first = api.send("PATCH", here, {"tagline": "Mine"}, status=200, If_Match=seen)
    assert first.headers["ETag"] == api.send("GET", here).headers["ETag"]
    late = api.send("PATCH", here, {"tagline": "Theirs"}, status=412, If_Match=seen)
    assert (late.json["code"], api.get(here)["tagline"]) == ("changed_meanwhile", "Mine")
    assert api.send("PATCH", here, {"tagline": "New"}, status=200, If_Match="*").json["tagline"] == "New"
    speaker = api.post(f"{here}/speakers", {"name": "Ada"})
    one = f"{here}/speakers/{speaker['id']}"
    read = api.send("GET", one).headers["ETag"]
    api.patch(one, {"name": "Eva"})
    assert api.send("DELETE", one, If_Match=read).status_int == 412
    assert api.get(one)["name"] == "Eva"


def test_a_list_costs_the_same_statements_for_one_row_and_for_many(
    market: Market, api: Api, ids: Ids, here: str
) -> None:
    counted = [0]

    def count(*_: Any) -> None:
        counted[0] += 1

    engine = market.runtime.engines
    listening.listen(ScopedSession, "do_orm_execute", count)
    try:
        for endpoint in member_endpoints():
            if endpoint.query is None or not hasattr(endpoint.query, "limit"):
                continue
            costs = []
            for limit in (1, 100):
                counted[0] = 0
                Api(api.browser, "").get(address(endpoint, ids.own) + f"?limit={limit}")
                costs.append(counted[0])
            assert costs[0] == costs[1] <= 6, (endpoint.name, costs)
    finally:
        listening.remove(ScopedSession, "do_orm_execute", count)
    assert engine is market.runtime.engines
