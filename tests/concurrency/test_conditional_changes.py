"""Changes that start at the same moment from the same `If-Match`: one is made, the others learn that they read something old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from sratix_core.api.framework import reading_of
from sratix_core.organizations.service import OrganizationDraft, save_organization
from sratix_core.tenants.service import switch_plugin
from tests.concurrency.crowd import all_at_once
from tests.functional.api.rows import filled
from tests.functional.api.world import Ids, make_ids
from tests.functional.isolation.callers import token_of
from tests.functional.isolation.routes import Route, operations, routes
from tests.functional.shop.market import SETUP, Market, make_market
from tests.support import TestApp

CONTENDERS = 4
MEMBER_ROLES = ("event_admin", "staff", "scanner", "owner")  # not the one held before
RIGHTS = ("order.view", "attendee.view", "device.edit", "incident.write")

CHANGES: dict[str, Callable[[int], Any]] = {
    "change_ticket_type": lambda n: {"description": f"With lunch {n}"},
    "change_capacity_pool": lambda n: {"capacity": 250 + n},
    "change_device": lambda n: {"name": f"Phone {n}"},
    "change_event": lambda n: {"tagline": f"Robots {n}"},
    "change_member": lambda n: {"role": MEMBER_ROLES[n], "event_roles": []},
    "change_attendee": lambda n: {"name": f"Bea Keller {n}"},
    "change_terms": lambda n: {"tax_bp": 800 + n},
    "change_promo_code": lambda n: {"description": f"For {n} readers"},
    "change_plugin": lambda n: {"enabled": False},
    "change_plugin_settings": lambda n: {"values": {"longest": 200 + n}},
    "change_event_plugin_settings": lambda n: {"values": {"longest": 200 + n}},
    "change_session": lambda n: {"room": f"Attic {n}"},
    "change_speaker": lambda n: {"bio": f"Builds {n} robots."},
    "change_role": lambda n: {"permissions": ["event.view", RIGHTS[n]]},
    "change_organization": lambda n: {"city": f"Bern {n}"},
    "change_invoice_settings": lambda n: {"term_days": 20 + n},
    "change_order": lambda n: {"organization_id": None},
    "change_refund_policy": lambda n: {"tiers": [{"days": 14, "share_bp": 8000 + n}]},
    "change_venue": lambda n: {"capacity": 450 + n},
}
NOTES = "attendee_notes"
LAST = (
    "change_plugin",
    "delete_promo_code",
    "delete_session",
    "delete_speaker",
    "revoke_device",
    "remove_member",
    "delete_role",
)
"""Switched off and taken away after everything else was changed."""


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    return make_market(tmp_path_factory.mktemp("market"), threads="16")


def conditional() -> list[str]:
    """The operations that take `If-Match`, changes first."""
    declared = operations().values()
    names = [e.name for e in declared if reading_of(e, declared) is not None]
    return sorted(names, key=lambda n: (n in LAST, not n.startswith("change"), n))


def test_every_conditional_operation_has_its_contenders() -> None:
    patched = {e.name for e in operations().values() if e.method == "PATCH"}
    assert patched & set(conditional()) == set(CHANGES)


@pytest.fixture(scope="module")
def made(market: Market) -> Ids:
    ids = make_ids(market)
    tenant = ids.full.stall.world.tenant
    with market.runtime.engines.begin(SETUP) as db:
        switch_plugin(db, market.runtime.sources, tenant.id, NOTES, True)
    return ids


@pytest.mark.parametrize("name", conditional())
def test_of_changes_from_the_same_reading_one_is_made(market: Market, made: Ids, name: str) -> None:
    declared = next(e for e in operations().values() if e.name == name)
    route: Route = routes(market.app.app.registry)[declared.route_name]
    ids = {**made.own, "plugin": NOTES}
    if name == "remove_organization":  # one that nothing hangs on
        with made.full.stall.world.open() as ctx:
            ids["organization"] = str(save_organization(ctx, OrganizationDraft("Empty", "exhibitor")).id)
    address = route.address(ids)
    secret = token_of(market, made.full.stall.world, "owner")

    def caller() -> Callable[..., Any]:
        browser: TestApp = market.browser()
        bearer = {"Authorization": f"Bearer {secret}"}
        return lambda method, body=None, **also: (browser.request(
            address, method=method, headers={**bearer, **also}, expect_errors=True,
            **({"body": body, "content_type": "application/json"} if body is not None else {})))  # fmt: skip

    read = caller()("GET")
    assert read.status_int == 200, read.text
    tag = read.headers["ETag"]

    def change(n: int) -> int:
        send = caller()
        given = msgspec.json.encode(filled(CHANGES[name](n), ids)) if name in CHANGES else None
        answer = send(declared.method, given, **{"If-Match": tag})
        return int(answer.status_int)

    statuses = sorted(all_at_once([lambda n=n: change(n) for n in range(CONTENDERS)]))
    won = [s for s in statuses if isinstance(s, int) and s < 300]
    assert len(won) == 1, statuses
    assert set(statuses) - set(won) <= ({412} if declared.method == "PATCH" else {412, 404}), statuses
