"""Every page for the owner, and for each role exactly what the table of permissions says, on every route and method."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from sratix_core import dashboard
from sratix_core.accounts.permissions import ROLES
from sratix_core.tenants.models import Member, MemberStatus
from tests.functional.dashboard.full import Full, make_full
from tests.functional.dashboard.matrix import ANYBODY, MATRIX
from tests.functional.shop.market import SETUP, Market, post, rows
from tests.support import TestApp, fingerprint

PATTERNS = dict(dashboard.ROUTES)
NO_PAGE = {"dashboard", "dashboard.home"}  # they lead on
POSTS = [name for name, methods in MATRIX.items() if "POST" in methods]


@pytest.fixture(scope="module")
def full(market: Market) -> Full:
    return make_full(market)


@pytest.fixture(scope="module")
def people(market: Market, full: Full) -> dict[str, TestApp]:
    return {role: market.member(full.stall.world, role) for role in ROLES}


def test_every_route_has_its_row_and_every_row_its_route(market: Market) -> None:
    methods = market.app.app.registry["route_methods"]
    routes = {name: set(methods.get(name, ())) - {"HEAD"} for name in PATTERNS if methods.get(name)}
    assert routes == {name: set(row) for name, row in MATRIX.items()}


@pytest.mark.parametrize("name", [n for n, row in MATRIX.items() if "GET" in row])
def test_the_owner_sees_every_page(full: Full, people: dict[str, TestApp], name: str) -> None:
    answer = people["owner"].get(full.address(PATTERNS[name]), status=303 if name in NO_PAGE else 200)
    if answer.status_int == 200:
        assert answer.html.find("h1") is not None
        assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", [n for n, row in MATRIX.items() if "GET" in row])
def test_each_role_reads_what_the_table_says(full: Full, people: dict[str, TestApp], name: str) -> None:
    permission, address = MATRIX[name]["GET"], full.address(PATTERNS[name])
    for role, browser in people.items():
        allowed = permission == ANYBODY or permission in ROLES[role]
        status = browser.get(address, status="*").status_int
        assert status in ({200, 303} if allowed else {403}), role


def test_what_a_role_may_not_do_is_refused_and_does_nothing(
    market: Market, full: Full, people: dict[str, TestApp]
) -> None:
    notes = {"security_log"}  # where a denied try is written down
    before = rows(market.runtime, without=notes)
    for role, browser in people.items():
        for name in POSTS:
            if MATRIX[name]["POST"] not in ROLES[role]:
                answer = post(browser, full.address(PATTERNS[name]))
                assert answer.status_int == 403, (role, name)
                assert "Your role does not include this." in answer
    assert rows(market.runtime, without=notes) == before


def test_what_a_role_may_do_is_not_refused(market: Market, people: dict[str, TestApp]) -> None:
    for role in ROLES:
        own = make_full(market)
        browser = market.member(own.stall.world, role)
        for name in sorted(POSTS, key=lambda n: n == "dashboard.plugin_switch"):
            if MATRIX[name]["POST"] in ROLES[role]:
                status = post(browser, own.address(PATTERNS[name])).status_int
                assert status in {200, 303, 409, 422}, (role, name, status)


def test_nobody_is_asked_to_sign_in_and_does_nothing(market: Market, full: Full) -> None:
    browser = market.browser()
    before = fingerprint(market.runtime.engines)
    for name, row in MATRIX.items():
        address = full.address(PATTERNS[name])
        if "GET" in row:
            assert "/account/login" in browser.get(address, status=303).headers["Location"], name
        if "POST" in row:
            assert post(browser, address).status_int == 401, name
    assert fingerprint(market.runtime.engines) == before


def test_a_removed_member_and_another_role_count_at_once(market: Market) -> None:
    own = make_full(market)
    browser = market.member(own.stall.world, "owner")
    members = own.address(PATTERNS["dashboard.members"])
    browser.get(members, status=200)
    for change, status in (({"role": "staff"}, 403), ({"status": MemberStatus.REMOVED}, 404)):
        with market.runtime.engines.begin(SETUP) as db:
            db.execute(update(Member).where(Member.tenant_id == own.stall.world.tenant.id).values(**change))
        browser.get(members, status=status)


def test_no_form_of_the_dashboard_works_without_its_token(
    market: Market, full: Full, people: dict[str, TestApp]
) -> None:
    before = fingerprint(market.runtime.engines)
    for name in POSTS:
        address = full.address(PATTERNS[name])
        people["owner"].post(address, {}, status=403)
        people["owner"].post(address, {"csrf_token": "of somebody else"}, status=403)
        post(people["owner"], address, headers={"Sec-Fetch-Site": "same-site"}, status=403)
    assert fingerprint(market.runtime.engines) == before


def test_wrong_methods_are_told_which_ones_are_right(
    market: Market, full: Full, people: dict[str, TestApp]
) -> None:
    before = fingerprint(market.runtime.engines)
    for name, row in MATRIX.items():
        for method in {"GET", "POST", "PUT", "DELETE", "PATCH"} - set(row):
            answer = people["owner"].request(
                full.address(PATTERNS[name]),
                method=method,
                headers={"X-CSRF-Token": "t" * 43},
                expect_errors=True,
            )
            assert answer.status_int == 405, (name, method)
            assert set(row) <= set(answer.headers["Allow"].split(", "))
    assert fingerprint(market.runtime.engines) == before
