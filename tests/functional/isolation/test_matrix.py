"""Who may call what: every route and method × every role, key, token and dead credential, against the published tables.

Reads are asked whole. Writes that are refused must change nothing; those of the API that are allowed are stopped by a query they do
not take, and what the dashboard's forms do for whoever may is in `tests/functional/dashboard/test_roles.py`.
"""

from __future__ import annotations

import pytest
from pyramid.security import NO_PERMISSION_REQUIRED

from sratix_core.accounts import impersonation
from sratix_core.accounts.permissions import (
    ATTENDEE_VIEW,
    EVENT_EDIT,
    FINANCE_VIEW,
    INCIDENT_WRITE,
    ORDER_EDIT,
    SETTINGS_EDIT,
)
from sratix_core.web.policy import WHILE_ACTING
from tests.functional.api import rows
from tests.functional.api.rows import BODIES, filled
from tests.functional.dashboard.matrix import ANYBODY, MEMBER, allowed
from tests.functional.isolation.callers import (
    Asking,
    Caller,
    Organizer,
    nobody,
    people,
    programs,
    spoiled,
)
from tests.functional.isolation.routes import (
    ADMIN,
    CREDENTIAL,
    DEVICE,
    HERE,
    OPEN,
    PUBLIC,
    Route,
    operations,
    published,
)
from tests.functional.shop.market import Market
from tests.support import fingerprint

TABLE = published()
IMPLIED = {
    "attendee_notes.read": ATTENDEE_VIEW,
    "attendee_notes.write": ORDER_EDIT,
    "member_prices.edit": EVENT_EDIT,
    **rows.IMPLIED,
    "bank_transfer.read": FINANCE_VIEW,
    "bank_transfer.decide": SETTINGS_EDIT,
}
"""A plugin's permissions, and the one of the core that brings them."""
WRITTEN = {"security_log", "logins", "api_keys", "devices", "members"}
"""A denied try is written down, and who was here last."""
PERSONAL = {"v1:/tenants/{tenant}/views", "v1:/tenants/{tenant}/views/{view}"}
"""Kept for a person; a key is nobody."""
WORDED = {"api.public_promo_code"}
"""Asks for a word in the address; without one there is nothing to answer."""
MINE = {"my.ticket", "my.ticket_png", "my.ticket_ics", "my.methods_at", "my.method_removal"}
"""Of one person; who asks here is somebody else."""
SLOW = {"shop.document"}
"""Makes a file; asked by nobody only, who may as much as everybody."""


@pytest.fixture(scope="module")
def callers(market: Market, alpha: Organizer, bravo: Organizer) -> list[Caller]:
    dead = spoiled(market, alpha)
    return [nobody(market), *people(market, alpha), *programs(market, alpha, bravo), *dead]


def test_every_route_has_its_row_and_every_row_its_route(known: dict[str, Route]) -> None:
    assert set(known) == set(TABLE)
    for name, route in known.items():
        row = TABLE[name]
        assert set(route.asks) == set(row), name
        for method, permission in route.asks.items():
            wanted = NO_PERMISSION_REQUIRED if row[method] in OPEN else row[method]
            assert permission == wanted, (name, method)


def test_every_operation_of_the_api_has_its_row() -> None:
    assert {o.route_name for o in operations().values()} <= set(TABLE)


def expected(route: Route, method: str, who: Caller) -> set[int]:
    """The statuses that the published table allows this caller to get."""
    asked, reads = TABLE[route.name][method], method == "GET"
    fine = {200, 303} if reads else {422}
    if who.kind == "dead" and route.is_api:
        return {401}
    if who.kind == "dead_device" and asked == DEVICE:
        return {401}
    if asked == PUBLIC:
        if route.name in WORDED:
            return {422}
        return {200, 303, 503} | ({404, 409, 410} if {"secret", "token"} & set(route.holes) else set())
    if asked == HERE:
        return {404}
    if asked == DEVICE:
        return fine if who.kind == "device" else {401}
    anonymous = who.kind in {"nobody", "dead", "dead_device", "device"} or (who.bears and not route.is_api)
    if anonymous:
        return {303} if reads and not route.is_api else {401}
    if asked == CREDENTIAL:
        return {200}
    if asked == ADMIN:
        return fine if who.kind == "admin" else {403}
    if asked == ANYBODY:
        if route.is_api and (who.kind == "key" or (who.kind == "stranger" and who.scopes)):
            return {404} if who.kind == "stranger" and "tenant" in route.holes else {403}  # a key is nobody
        if route.name in MINE:
            return {404}
        if who.kind == "acting" and route.name not in WHILE_ACTING:
            return {404} if "tenant" in route.holes else {403}
        return fine
    if who.kind in {"stranger", "admin"}:
        return {404}
    if not _holds(route, asked, who):
        return {403}
    # Who only writes notes finds the own ones.
    return fine | {404} if asked == INCIDENT_WRITE and "incident" in route.holes else fine


def _holds(route: Route, asked: str, who: Caller) -> bool:
    if who.kind == "acting":
        return asked == MEMBER or asked in impersonation.MAY
    asked = IMPLIED.get(asked, asked)
    if who.kind == "key":
        return asked in who.scopes or (asked == MEMBER and route.name not in PERSONAL)
    return allowed(who.role, asked, everywhere=who.kind == "everywhere", of_event="{event}" in route.pattern)


def test_each_caller_gets_what_the_table_says(
    market: Market, known: dict[str, Route], alpha: Organizer, callers: list[Caller], ask: Asking
) -> None:
    wrong, asked, by_operation = [], 0, operations()
    before = fingerprint(market.runtime.engines, without=WRITTEN)
    for name, route in known.items():
        alpha.world.later(seconds=1)
        for method in route.asks:
            operation = by_operation.get((name, method))
            for who in callers:
                wanted = expected(route, method, who)
                if skipped(route, method, who, wanted):
                    continue
                address, body = route.address(alpha.ids), None
                if method != "GET" and route.is_api:
                    address += "?nobody_asked=1"
                    body = filled(BODIES.get(operation.name, {}), alpha.ids) if operation else None
                status = ask(who, method, address, body).status_int
                asked += 1
                if status not in wanted:
                    wrong.append((name, method, who.name, status, sorted(wanted)))
    assert wrong == [], "\n".join(map(str, [asked, *wrong]))
    assert fingerprint(market.runtime.engines, without=WRITTEN) == before
    assert asked > 5_000


def skipped(route: Route, method: str, who: Caller, wanted: set[int]) -> bool:
    """What would do something, and what everybody may: the rooms' own tests do it."""
    if route.name in SLOW or TABLE[route.name][method] == PUBLIC:
        return method != "GET" or who.kind != "nobody"
    return method != "GET" and not route.is_api and wanted == {422}
