"""Acting as somebody for support: for half an hour, without what matters, under both names."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest

from sratix_core.accounts import impersonation
from sratix_core.accounts.models import Impersonation, User
from sratix_core.accounts.permissions import ROLES
from sratix_core.api.framework import ROOT
from sratix_core.audit.models import AuditEntry
from sratix_core.catalog.models import TicketType
from sratix_core.dashboard import ROUTES
from sratix_core.events.queries import event_by_slug
from sratix_core.orders.desk import Wanted
from sratix_core.orders.placing import Buyer
from sratix_core.payments.receiving import mark_paid
from sratix_core.web.identity import cookie_name
from tests.builders import place, seal
from tests.functional.api.surface import OPERATIONS
from tests.functional.api.world import make_ids
from tests.functional.dashboard.full import Full, make_full
from tests.functional.dashboard.matrix import ANYBODY, MATRIX, MEMBER
from tests.functional.platform.people import House
from tests.functional.platform.threads import together
from tests.functional.shop.market import form_to, path_of, post
from tests.support import TestApp, fingerprint

REASON = {"reason": "Request 2291"}


@pytest.fixture(scope="module")
def full(house: House) -> Full:
    return make_full(house.market)


def owner_of(house: House, full: Full) -> uuid.UUID:
    house.market.member(full.stall.world)
    email = f"owner-{next(house.market._names) - 1}@example.org"
    found: uuid.UUID = house.all(User, User.email == email)[0].id
    return found


@pytest.fixture
def owner(house: House, full: Full) -> uuid.UUID:
    return owner_of(house, full)


def acting(house: House, user_id: uuid.UUID) -> tuple[uuid.UUID, TestApp]:
    admin_id, browser = house.person(admin=True, name="Vera Support")
    form = form_to(browser.get(f"/platform/users/{user_id}/"), "/impersonations/")
    form["reason"] = REASON["reason"]
    form.submit(status=303)
    return admin_id, browser


def test_the_list_of_what_is_lent_names_no_money_and_no_keys() -> None:
    assert ROLES["owner"] > impersonation.MAY
    for word in ("order.edit", "money", "export", "settings", "plugin", "member.edit", "device", "api_key"):
        assert not any(permission.startswith(word) for permission in impersonation.MAY)


def test_every_route_of_the_dashboard_is_lent_or_refused_by_the_list(
    house: House, full: Full, owner: uuid.UUID
) -> None:
    _, browser = acting(house, owner)
    patterns, before = dict(ROUTES), fingerprint(house.runtime.engines, without={"security_log"})
    for name, methods in MATRIX.items():
        there = full.address(patterns[name])
        lent = {m: p in {ANYBODY, MEMBER} or p in impersonation.MAY for m, p in methods.items()}
        if "GET" in methods:
            answer = browser.get(there, status="*")
            assert answer.status_int in ({200, 303} if lent["GET"] else {403}), name
            if answer.status_int != 303:
                assert "You act as Nina Steiner" in answer, name
                assert "Request 2291" in answer, name
            assert full.ids["secret"] not in answer, "the buyer's own page opens with it"
            if answer.status_int == 403:
                assert "not lent to you" in answer
        if "POST" in methods and not lent["POST"]:
            assert post(browser, there).status_int == 403, name
    assert fingerprint(house.runtime.engines, without={"security_log"}) == before


AMOUNTS = re.compile(r"(?<![\d.])(?:147|294|49)\.(?:00|–)(?!\d)|\b(?:14700|29400|4900)\b")
PRICED = {"dashboard.types", "dashboard.type", "dashboard.prices", "list_ticket_types", "get_ticket_type"}
"""What a ticket costs stands in the shop, and whoever may change the event may read it."""


def reads(full: Full, ids: dict[str, str], codes: list[str]) -> Iterator[tuple[str, str]]:
    """Every page of the dashboard and every reading operation, by name; those of an order for each of `codes`."""
    patterns = [(name, pattern) for name, pattern in ROUTES if "GET" in MATRIX[name]]
    for endpoint in OPERATIONS:
        if endpoint.method == "GET" and endpoint.security == "member":
            patterns.append((endpoint.name, ROOT + endpoint.path))
    for name, pattern in patterns:
        for code in codes if "{code}" in pattern else codes[:1]:
            yield name, full.address(pattern, **{**ids, "code": code})


def test_no_amount_is_seen_on_any_page_and_by_any_operation(
    house: House, full: Full, owner: uuid.UUID
) -> None:
    own = make_ids(house.market)
    with own.full.stall.world.open() as ctx:
        event = event_by_slug(ctx, own.full.stall.slug)
        kind = ctx.db.get_one(TicketType, uuid.UUID(own.full.stall.types["Paid"]))
        wanted = Wanted([(kind.id, 3)], Buyer("Ada Lovelace", "ada@example.org"), [], "bank_transfer")
        waiting, paid = (place(ctx, event, wanted) for _ in range(2))
        mark_paid(ctx, paid, "statement 7")
        codes = [waiting.code, paid.code]
    process = own.full.stall.world.process
    seal(process.engines, process.sources)
    _, support = acting(house, owner_of(house, own.full))
    really = house.market.member(own.full.stall.world)
    told = set()
    asking = {"dashboard.search", "find_anything"}
    for name, address in reads(own.full, own.own, codes):
        query = f"?q={codes[0]}" if name in asking else ""
        query = "?sort=-total&col=total" if name == "dashboard.orders" else query
        seen = support.get(address + query, status="*").text
        if name not in PRICED:
            assert AMOUNTS.findall(seen) == [], name
        if AMOUNTS.search(really.get(address + query, status="*").text):
            told.add(name)
    assert told - PRICED >= {
        "dashboard.events", "dashboard.event", "dashboard.orders", "dashboard.order", "dashboard.order_print",
        "dashboard.why_order", "dashboard.search", "dashboard.audit", "list_orders", "get_order", "explain_order",
        "get_analytics", "find_anything", "list_audit",
    }  # fmt: skip


def test_nothing_of_the_account_and_the_platform_is_lent(house: House, full: Full, owner: uuid.UUID) -> None:
    _, browser = acting(house, owner)
    before = fingerprint(house.runtime.engines, without={"security_log"})
    browser.get("/account/password", status=403)
    fields = {"old": "seven herons over the lake", "password": "another password of mine"}
    assert post(browser, "/account/password", fields).status_int == 403
    for there in ("/platform/tenants/", "/platform/users/", "/platform/journal/"):
        browser.get(there, status=403)
    assert post(browser, f"/platform/users/{owner}/administrator/on/").status_int == 403
    assert post(browser, f"/platform/users/{owner}/impersonations/", REASON).status_int == 403
    assert fingerprint(house.runtime.engines, without={"security_log"}) == before


def test_both_names_stand_on_every_row(house: House, full: Full, owner: uuid.UUID) -> None:
    admin_id, browser = acting(house, owner)
    page = browser.get(full.stall.office + "edit/")
    form = next(f for f in page.forms.values() if "name" in f.fields)
    form["name"] = "Renamed by support"
    form.submit(status=303)
    tenant_id = full.stall.world.tenant.id
    mine = house.all(AuditEntry, AuditEntry.tenant_id == tenant_id, AuditEntry.impersonator_id == admin_id)
    assert [(row.actor_kind, row.actor_id) for row in mine] == [("user", owner)]
    assert "impersonation.started" in house.acts(tenant_id)
    assert "impersonation.started" in house.acts()
    assert "Request 2291" not in "".join(str(row.data) for row in house.all(AuditEntry))
    form_to(browser.get(full.stall.office), "/platform/impersonation/").submit(status=303)
    assert house.acts(tenant_id)[-1] == "impersonation.ended"
    shown = browser.get(f"/platform/tenants/{full.stall.world.tenant.slug}/journal/")
    assert "acted for by Vera Support" in shown
    assert "Nina Steiner" in shown


def test_ending_gives_back_the_own_self_and_a_new_cookie(house: House, owner: uuid.UUID) -> None:
    admin_id, browser = house.person(admin=True)
    name = cookie_name(house.runtime.settings)
    tokens = [browser.cookies[name]]
    browser.get(f"/platform/users/{owner}/")
    form_token = browser.cookies["csrf"]
    post(browser, f"/platform/users/{owner}/impersonations/", REASON)
    tokens.append(browser.cookies[name])
    assert browser.cookies["csrf"] != form_token
    ended = form_to(browser.get("/dashboard/").follow().maybe_follow(), "/platform/impersonation/").submit()
    assert path_of(ended) == f"/platform/users/{owner}/"
    tokens.append(browser.cookies[name])
    assert len(set(tokens)) == 3
    browser.get("/platform/tenants/", status=200)
    for old in tokens[:2]:
        stale = house.market.browser()
        stale.set_cookie(name, old)
        stale.get("/platform/tenants/", status=303)
    row = house.all(Impersonation, Impersonation.admin_id == admin_id)[0]
    assert row.ended_at is not None
    assert post(browser, "/platform/impersonation/").status_int in {303, 403}


def test_it_ends_by_itself_after_half_an_hour(house: House, full: Full, owner: uuid.UUID) -> None:
    _, browser = acting(house, owner)
    clock = house.runtime.sources.clock
    clock.move(timedelta(minutes=29, seconds=59))  # type: ignore[attr-defined]
    browser.get(full.stall.office, status=200)
    clock.move(timedelta(seconds=1))  # type: ignore[attr-defined]
    browser.get(full.stall.office, status=404)
    browser.get("/platform/tenants/", status=200)
    clock.move(-timedelta(minutes=30))  # type: ignore[attr-defined]


def test_who_loses_what_it_takes_acts_no_more(house: House, full: Full, owner: uuid.UUID) -> None:
    _, other = house.person(admin=True)
    admin_id, browser = acting(house, owner)
    assert post(other, f"/platform/users/{admin_id}/administrator/off/").status_int == 303
    browser.get(full.stall.office, status=303)
    admin_id, browser = acting(house, owner)
    assert post(other, f"/platform/users/{owner}/access/off/").status_int == 303
    browser.get(full.stall.office, status=404)
    browser.get("/platform/tenants/", status=200)
    assert post(other, f"/platform/users/{owner}/access/on/").status_int == 303


def test_a_user_who_becomes_an_administrator_is_no_longer_acted_for(house: House, full: Full) -> None:
    user_id = owner_of(house, full)
    _, other = house.person(admin=True)
    _, browser = acting(house, user_id)
    assert post(other, f"/platform/users/{user_id}/administrator/on/").status_int == 303
    assert "Vera Support" in browser.get("/platform/tenants/", status=200)


@pytest.mark.parametrize("who", ["administrator", "oneself", "disabled"])
def test_some_are_never_acted_for(house: House, who: str) -> None:
    me, browser = house.person(admin=True)
    other, _ = house.person(admin=who == "administrator")
    if who == "disabled":
        post(browser, f"/platform/users/{other}/access/off/")
    wanted = me if who == "oneself" else other
    before = fingerprint(house.runtime.engines)
    answer = post(browser, f"/platform/users/{wanted}/impersonations/", REASON)
    assert answer.status_int == 409
    assert fingerprint(house.runtime.engines) == before
    assert "You act as" not in browser.get("/platform/tenants/")


def test_a_reason_is_needed(house: House, owner: uuid.UUID) -> None:
    _, browser = house.person(admin=True)
    before = fingerprint(house.runtime.engines, without={"security_log"})
    for reason in ({}, {"reason": " "}, {"reason": "x" * 301}):
        answer = post(browser, f"/platform/users/{owner}/impersonations/", reason)
        assert answer.status_int == 422
        assert answer.html.find(class_="error-summary") is not None
    assert fingerprint(house.runtime.engines, without={"security_log"}) == before


def test_two_at_once_in_one_browser_is_one(house: House, full: Full) -> None:
    targets = [owner_of(house, full), owner_of(house, full)]
    admin_id, browser = house.person(admin=True)
    answers = together(
        *[lambda u=u: post(browser, f"/platform/users/{u}/impersonations/", REASON) for u in targets]
    )
    assert [a.status_int for a in answers].count(303) == 1
    assert len(house.all(Impersonation, Impersonation.admin_id == admin_id)) == 1


def test_signing_out_while_acting_signs_out_whole(house: House, full: Full, owner: uuid.UUID) -> None:
    _, browser = acting(house, owner)
    form_to(browser.get(full.stall.office), "/account/logout").submit(status=303)
    for there in (full.stall.office, "/platform/tenants/"):
        assert "/account/login" in browser.get(there, status=303).headers["Location"]
