"""The document: valid, whole, and the same as what answers."""

from __future__ import annotations

import json
import re

import pytest
from openapi_spec_validator import validate

from sratix_core.accounts.permissions import INCIDENT_CLOSE, ROLES
from sratix_core.api.framework import ROOT
from sratix_core.web.permissions import MEMBER
from tests.functional.api.client import Api, address, member_endpoints
from tests.functional.api.rows import BODIES, IMPLIED, PERMISSIONS, filled
from tests.functional.api.surface import DOCUMENT, OPERATIONS
from tests.functional.api.world import Ids, make_ids
from tests.functional.shop.market import Market

ASIDE = {"/api/v1/openapi.json", "/api/docs", "/api/v1/health"}
"""About the API, not of it."""


@pytest.fixture(scope="module")
def ids(market: Market) -> Ids:
    return make_ids(market)


def test_the_document_is_valid_and_everybody_may_read_it(market: Market) -> None:
    answer = market.browser().get("/api/v1/openapi.json")
    assert answer.json == DOCUMENT
    validate(answer.json)
    again = market.browser().get("/api/v1/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_int, again.body) == (304, b"")


def test_every_route_is_in_the_document_and_the_other_way_round(market: Market) -> None:
    registry = market.app.app.registry
    routes = {
        r["introspectable"]["name"]: r["introspectable"]["pattern"]
        for r in registry.introspector.get_category("routes")
    }
    answered = {
        (pattern, method)
        for name, pattern in routes.items()
        if pattern.startswith("/api/") and pattern not in ASIDE
        for method in registry["route_methods"][name] - {"HEAD"}
    }
    told = {(path, m.upper()) for path, found in DOCUMENT["paths"].items() for m in found}
    assert answered == told
    assert len({e.name for e in OPERATIONS}) == len(OPERATIONS)


def test_every_operation_has_its_row() -> None:
    assert {e.name: e.permission for e in member_endpoints()} == PERMISSIONS
    assert {e.name for e in OPERATIONS if e.body is not None} == set(BODIES)


@pytest.mark.parametrize("role", [*ROLES, None])
def test_each_role_may_what_the_table_says(market: Market, ids: Ids, role: str | None) -> None:
    world = ids.full.stall.world
    browser = market.member(world, role) if role else market.browser()
    for endpoint in member_endpoints():
        allowed = role is not None and IMPLIED.get(endpoint.permission, endpoint.permission) in ROLES[
            role
        ] | {MEMBER}
        if allowed and endpoint.method != "GET":
            continue  # what they do is another test's
        body = filled(BODIES[endpoint.name], ids.own) if endpoint.body is not None else None
        answer = Api(browser, "").send(endpoint.method, address(endpoint, ids.own), body)
        wanted = (200,) if allowed else (403,) if role else (401,)
        if allowed and endpoint.name == "get_incident" and INCIDENT_CLOSE not in ROLES[role or ""]:
            wanted = (404,)  # somebody else's note
        assert answer.status_int in wanted, (endpoint.name, answer.status_int, answer.text[:300])


def test_a_wrong_method_says_which_ones_there_are(market: Market, ids: Ids) -> None:
    browser = market.member(ids.full.stall.world)
    for endpoint in OPERATIONS:
        taken = {e.method for e in OPERATIONS if e.path == endpoint.path}
        wrong = next(m for m in ("PUT", "DELETE") if m not in taken)
        answer = browser.request(address(endpoint, ids.own), method=wrong, expect_errors=True)
        assert answer.status_int == 405, endpoint.path
        assert taken <= set(answer.headers["Allow"].split(", "))
        assert answer.content_type == "application/problem+json"
    nowhere = browser.get(ROOT + "/tenants/x/y/z", status=404)
    assert nowhere.content_type == "application/problem+json"


def test_the_reference_shows_every_operation_and_loads_nothing_from_outside(market: Market) -> None:
    page = market.browser().get("/api/docs", status=200)
    assert {d.attrs["id"] for d in page.html.select("details.op")} == {e.name for e in OPERATIONS}
    assert not re.search(r'(src|href)="(https?:)?//', page.text)
    assert "style=" not in page
    for form in page.html.select("form[data-path]"):
        body = form.select_one("[data-body]")
        assert body is None or json.loads(body.text)
