"""Another organizer's real id in every position of every operation: the answer is that of an id nobody has.

Positions come from the registry: holes of the path, ids of the query, ids in the body, cursors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from sratix_core.api.framework import Endpoint
from sratix_core.events.queries import event_by_slug
from tests.functional.api.client import Api, address, member_endpoints
from tests.functional.api.rows import BODIES, filled
from tests.functional.api.world import Ids, make_ids
from tests.functional.dashboard.full import unknown
from tests.functional.shop.market import Market, make_stall
from tests.support import TestApp, fingerprint

OURS = {"plugin", "section"}  # words of ours, the same for everybody
NOISE = re.compile(r'"reference": "[^"]*"')
QUERY_IDS = {"venue_id": "venue", "ticket_type_id": "type", "ticket_id": "ticket", "gate_id": "gate",
             "actor_id": "member", "target_id": "ticket", "event_id": "event_id"}  # fmt: skip


def placeholders(value: Any) -> Iterator[str]:
    """The ids a body stands on."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from placeholders(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from placeholders(inner)
    elif isinstance(value, str) and value.startswith("{"):
        yield value[1:-1]


def query_ids(endpoint: Endpoint) -> list[str]:
    """The parameters of a query that take an id."""
    if endpoint.query is None:
        return []
    schema = msgspec.json.schema(endpoint.query)["$defs"][endpoint.query.__name__]
    return [n for n, s in schema["properties"].items() if s.get("format") == "uuid"]


CASES = [
    *((e, "path", h) for e in member_endpoints() for h in e.holes if h not in OURS),
    *((e, "query", n) for e in member_endpoints() for n in query_ids(e)),
    *((e, "body", p) for e in member_endpoints() for p in placeholders(BODIES.get(e.name, {}))),
    *((e, "cursor", "") for e in member_endpoints() if e.query and hasattr(e.query, "cursor")),
]


@pytest.fixture(scope="module")
def alpha(market: Market) -> Ids:
    return make_ids(market, "alpha", "Alpha")


@pytest.fixture(scope="module")
def bravo(market: Market) -> Ids:
    made = make_ids(market, "bravo", "Bravo")
    make_stall(made.full.stall.world, "only-bravo")
    own = {**made.own, "event": "only-bravo"}
    with made.full.stall.world.open(write=False) as ctx:
        own["event_id"] = str(event_by_slug(ctx, "only-bravo").id)
    return Ids(made.full, own)


@pytest.fixture(scope="module")
def owners(market: Market, alpha: Ids, bravo: Ids) -> tuple[TestApp, TestApp]:
    return market.member(alpha.full.stall.world), market.member(bravo.full.stall.world)


def test_the_cases_reach_every_operation_with_an_id() -> None:
    assert {e.name for e, _, _ in CASES} == {e.name for e in member_endpoints()}
    assert len(CASES) > 180
    assert {n for e in member_endpoints() for n in query_ids(e)} == set(QUERY_IDS)


def seen(answer: Any, *ids: str) -> tuple[int, str]:
    text = NOISE.sub("", answer.text)
    for one in sorted(ids, key=len, reverse=True):
        text = text.replace(one, "ID")
    return answer.status_int, text


@pytest.mark.parametrize(("endpoint", "where", "name"), CASES, ids=[f"{e.name}-{w}-{n}" for e, w, n in CASES])
def test_what_is_of_another_organizer_is_unknown(
    alpha: Ids,
    bravo: Ids,
    owners: tuple[TestApp, TestApp],
    endpoint: Endpoint,
    where: str,
    name: str,
) -> None:
    before = fingerprint(bravo.full.stall.world.process.engines, tenant_id=bravo.full.stall.world.tenant.id)
    body = BODIES.get(endpoint.name) if endpoint.body is not None else None
    found, answers = _theirs(bravo, owners[1], endpoint, where, name), []
    for one in (found, unknown(name, found)):
        own = {**alpha.own, name: one} if where in ("path", "body") else alpha.own
        path = address(endpoint, own if where == "path" else alpha.own)
        if where == "query":
            path += f"?{name}={one}"
        elif where == "cursor":
            path += f"?cursor={one}"
        sent = filled(body, own if where == "body" else alpha.own) if body is not None else None
        answer = Api(owners[0], "").send(endpoint.method, path, sent)
        answers.append(seen(answer, one))
    assert answers[0] == answers[1]
    assert answers[0][0] in ({200} if where == "query" else {404, 409, 422})
    assert "Bravo" not in answers[0][1]
    if where == "query":
        assert json.loads(answers[0][1])["items"] == []
    assert (
        fingerprint(bravo.full.stall.world.process.engines, tenant_id=bravo.full.stall.world.tenant.id)
        == before
    )


def _theirs(bravo: Ids, owner: TestApp, endpoint: Endpoint, where: str, name: str) -> str:
    """Their id for a position; as a cursor one that is good in their own list."""
    if where == "query":
        return bravo.own[QUERY_IDS[name]]
    if where != "cursor":
        return bravo.own[name]
    own = {**bravo.own, "event": bravo.full.stall.slug}
    api = Api(owner, "")
    page = api.get(address(endpoint, own) + "?limit=1")
    if page["next"] is None:
        page = api.get(f"/api/v1/tenants/{own['tenant']}/audit?limit=1")
    assert page["next"]
    return str(page["next"])
