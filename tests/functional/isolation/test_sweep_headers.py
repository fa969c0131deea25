"""Another organizer's names and secrets in headers: keys of requests, tags of versions, hosts. Compared as in `test_sweep.py`.

Writes are stopped by a query they do not take; an answer that is kept for a key would come before that.
"""

from __future__ import annotations

from typing import Any

import pytest

from sratix_core.api.framework import reading_of
from sratix_core.tenants.service import add_domain
from tests.functional.api.rows import BODIES, filled
from tests.functional.isolation.callers import Asking, Caller, Organizer, nobody, people, programs
from tests.functional.isolation.routes import Route, operations
from tests.functional.isolation.test_sweep import PAGES, PROGRAMS, SHOP, Position, Sent, compare, rows_of
from tests.functional.shop.market import SETUP, Market
from tests.support import fingerprint

OPERATIONS = operations()
KEY, NEW_KEY = "bravo-payment-1", "nobodys-payment1"
HOST, NO_HOST = "tickets.bravo.example", "tickets.nobod.example"
FORWARDING = ("X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded", "X-Tenant", "Last-Event-ID")
SKIPPED = {"shop.document", "health.ready"}
"""One is slow, the other says 503 where no worker runs."""


@pytest.fixture(scope="module")
def callers(market: Market, alpha: Organizer, bravo: Organizer) -> dict[str, Caller]:
    with market.runtime.engines.begin(SETUP) as db:
        add_domain(db, bravo.world.tenant, HOST)
    found = [nobody(market), *people(market, alpha), *programs(market, alpha, bravo)]
    return {caller.name: caller for caller in found}


def stopped(route: Route, at: Position, ids: dict[str, str], **headers: str) -> Sent:
    """A whole request that ends at its query, after the headers were read."""
    operation = OPERATIONS[at.route, at.method]
    body = filled(BODIES.get(operation.name, {}), ids) if operation.body is not None else None
    return Sent(f"{route.address(ids)}?no_such=1", body, tuple(headers.values()), None, headers)


def writes(known: dict[str, Route]) -> list[tuple[Route, str]]:
    return [(known[n], m) for n, m in OPERATIONS if m != "GET" and "tenant" in known[n].holes]


def test_a_key_of_another_organizers_request_is_a_new_one_here(
    known: dict[str, Route], alpha: Organizer, bravo: Organizer, callers: dict[str, Caller], market: Market, ask: Asking,
) -> None:  # fmt: skip
    theirs = Caller("owner of bravo", "everywhere", market.member(bravo.world))
    incidents = known["v1:/tenants/{tenant}/events/{event}/incidents"].address(bravo.ids)
    body = filled(BODIES[OPERATIONS["v1:/tenants/{tenant}/events/{event}/incidents", "POST"].name], bravo.ids)
    headers = {"Idempotency-Key": KEY}
    assert ask(theirs, "POST", incidents, body, **headers).status_int == 201
    assert ask(theirs, "POST", incidents, body, **headers).headers["Idempotent-Replayed"] == "true"
    wrong: list[Any] = []
    before = rows_of(bravo)
    for route, method in writes(known):
        at = Position(route.name, method, "header", "Idempotency-Key")
        alpha.world.later(seconds=2)
        pair = [stopped(route, at, alpha.ids, **{"Idempotency-Key": key}) for key in (NEW_KEY, KEY)]
        for name in PROGRAMS:
            wrong += [(at, name, found) for found in compare(ask, callers[name], at, *pair)]
    assert wrong == []
    assert rows_of(bravo) == before


def test_a_tag_of_another_organizers_thing_matches_nothing_here(
    known: dict[str, Route], alpha: Organizer, bravo: Organizer, callers: dict[str, Caller], market: Market, ask: Asking,
) -> None:  # fmt: skip
    theirs = Caller("owner of bravo", "everywhere", market.member(bravo.world))
    before, tried = fingerprint(market.runtime.engines, without={"security_log", "logins", "api_keys"}), 0
    for (name, method), operation in OPERATIONS.items():
        if reading_of(operation, OPERATIONS.values()) is None:
            continue
        tag = ask(theirs, "GET", known[name].address(bravo.ids)).headers["ETag"]
        if tag == ask(callers["owner everywhere"], "GET", known[name].address(alpha.ids)).headers["ETag"]:
            continue  # a tag is made of what is read: here nothing in it is anybody's own
        body = filled(BODIES.get(operation.name, {}), alpha.ids) if operation.body is not None else None
        alpha.world.later(seconds=2)
        for given in (tag, f"W/{tag}", f'{tag}, "x"'):
            headers = {"If-Match": given}
            answer = ask(callers["owner everywhere"], method, known[name].address(alpha.ids), body, **headers)
            assert answer.status_int == 412, (operation.name, given)
            tried += 1
    assert tried > 20
    assert fingerprint(market.runtime.engines, without={"security_log", "logins", "api_keys"}) == before


@pytest.mark.parametrize("header", FORWARDING)
def test_a_header_about_somewhere_else_leads_nowhere(
    known: dict[str, Route], alpha: Organizer, callers: dict[str, Caller], ask: Asking, header: str
) -> None:
    wrong: list[Any] = []
    for route in (r for r in known.values() if "GET" in r.asks and r.name not in SKIPPED):
        at = Position(route.name, "GET", "header", header)
        alpha.world.later(seconds=0.5)
        values = [
            {"X-Forwarded-Host": host, "Forwarded": f"host={host};for=127.0.0.1"}.get(header, f"/{slug}/")
            for host, slug in ((NO_HOST, "nobod"), (HOST, "bravo"))
        ]
        pair = [Sent(route.address(alpha.ids), None, (v,), None, {header: v}) for v in values]
        for name in {*SHOP, *PAGES[:2]}:
            wrong += [(at, name, found) for found in compare(ask, callers[name], at, *pair)]
    assert wrong == []
