"""Every page for the owner, and for each role what the table of permissions says: what is done, what is said, and in which event.

Each route against each caller and credential is in `tests/functional/isolation/test_matrix.py`.
"""

from __future__ import annotations

import pytest
from sqlalchemy import update

from sratix_core import dashboard
from sratix_core.accounts.permissions import PRESETS, ROLES
from sratix_core.organizations.service import OrganizationDraft, save_organization
from sratix_core.tenants.models import Member, MemberStatus
from tests.functional.dashboard.full import Full, make_full
from tests.functional.dashboard.matrix import MATRIX, allowed
from tests.functional.shop.market import SETUP, Market, make_stall, post
from tests.support import TestApp, fingerprint

PATTERNS = dict(dashboard.ROUTES)
NO_PAGE = {"dashboard", "dashboard.home", "dashboard.invoice_paper"}  # they lead on
POSTS = [name for name, methods in MATRIX.items() if "POST" in methods]


@pytest.fixture(scope="module")
def full(market: Market) -> Full:
    return make_full(market)


@pytest.fixture(scope="module")
def people(market: Market, full: Full) -> dict[str, TestApp]:
    """Each role, held everywhere."""
    return {role: market.member(full.stall.world, role) for role in ROLES}


@pytest.fixture(scope="module")
def guests(market: Market, full: Full) -> dict[str, TestApp]:
    """Each role, held in the one event only."""
    return {role: market.member(full.stall.world, role, full.stall.slug) for role in ROLES}


@pytest.fixture(scope="module")
def strangers(market: Market, full: Full) -> dict[str, TestApp]:
    """The roles that no member has: who runs the installation, who acts for another organization, who has no place at all."""
    with full.stall.world.open() as ctx:
        other = save_organization(ctx, OrganizationDraft("Somebody else")).id
    return {
        "organization_admin": market.acting_for(full.stall.world, other),
        "super_admin": market.member(None, is_platform_admin=True),
        "attendee": market.member(None),
    }


def test_all_roles_are_tried(people: dict[str, TestApp], strangers: dict[str, TestApp]) -> None:
    assert {*people, *strangers} == {role.key for role in PRESETS}


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


def test_whoever_has_no_place_here_finds_nothing(
    full: Full, strangers: dict[str, TestApp], market: Market
) -> None:
    notes = {"security_log"}
    before = fingerprint(market.runtime.engines, without=notes)
    for role, browser in strangers.items():
        for name, methods in MATRIX.items():
            for method in methods if name != "dashboard" else ():
                address = full.address(PATTERNS[name])
                answer = browser.get(address, status="*") if method == "GET" else post(browser, address)
                assert answer.status_int == 404, (role, name)
    assert fingerprint(market.runtime.engines, without=notes) == before


def test_what_a_role_may_not_do_is_refused_and_does_nothing(
    market: Market, full: Full, people: dict[str, TestApp], guests: dict[str, TestApp]
) -> None:
    notes = {"security_log"}  # where a denied try is written down
    before = fingerprint(market.runtime.engines, without=notes)
    for everywhere, browsers in ((True, people), (False, guests)):
        for role, browser in browsers.items():
            for name in POSTS:
                of_event = "{event}" in PATTERNS[name]
                if not allowed(role, MATRIX[name]["POST"], everywhere=everywhere, of_event=of_event):
                    answer = post(browser, full.address(PATTERNS[name]))
                    assert answer.status_int == 403, (role, name, everywhere)
                    assert "Your role does not include this." in answer
    assert fingerprint(market.runtime.engines, without=notes) == before


def test_what_a_role_may_do_is_not_refused(market: Market) -> None:
    # A permission is what opens a page, so one role per set of permissions shows it.
    for role in {frozenset(held): role for role, held in ROLES.items()}.values():
        own = make_full(market)
        browser = market.member(own.stall.world, role)
        market.member(own.stall.world)  # whoever leaves is not the last owner
        for name in sorted(POSTS, key=lambda n: n == "dashboard.plugin_switch"):
            if MATRIX[name]["POST"] in ROLES[role]:
                status = post(browser, own.address(PATTERNS[name])).status_int
                assert status in {200, 303, 409, 422}, (role, name, status)


def test_no_navigation_leads_to_a_refusal(
    full: Full, people: dict[str, TestApp], guests: dict[str, TestApp]
) -> None:
    start = full.address(PATTERNS["dashboard.event"])
    for browsers in (people, guests):
        for role, browser in browsers.items():
            for link in browser.get(start).html.select("nav.nav a[href]"):
                assert browser.get(link["href"], status="*").status_int in {200, 303}, (role, link["href"])


def test_whoever_sees_no_orders_reads_nothing_about_them(full: Full, people: dict[str, TestApp]) -> None:
    start = full.address(PATTERNS["dashboard.event"])
    assert "Latest orders" in people["event_admin"].get(start)
    assert "Latest orders" not in people["volunteer"].get(start)


def test_a_role_in_one_event_is_none_in_another(market: Market) -> None:
    own = make_full(market)
    other = make_stall(own.stall.world, "other")
    browser = market.member(own.stall.world, "event_admin", own.stall.slug)
    of_event = {n: row["GET"] for n, row in MATRIX.items() if "{event}" in PATTERNS[n] and "GET" in row}
    mine = [n for n, p in of_event.items() if allowed("event_admin", p, everywhere=False, of_event=True)]
    assert len(mine) > 20
    for name in mine:
        browser.get(own.address(PATTERNS[name]), status=200)
        browser.get(own.address(PATTERNS[name], event=other.slug), status=403)
        browser.get(own.address(PATTERNS[name], event="no-such-event"), status=403)
    page = browser.get(own.address(PATTERNS["dashboard.events"]))
    assert own.stall.office in page
    assert other.office not in page
    assert "/settings/" not in page
    assert browser.get(own.address(PATTERNS["dashboard.home"])).headers["Location"].endswith(own.stall.office)


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
