"""Which tenant an address means, on the real models: found by slug, host and id, remembered, and forgotten on change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from sratix_core.tenancy import resolve
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.resolve import TenantDirectory
from sratix_core.tenancy.scope import IdentityScope, SystemScope, TenantScope
from sratix_core.tenants.models import Tenant, TenantDomain, TenantPlugin, TenantSetting
from sratix_core.values.clock import FixedClock
from tests.tenancy.models import uid
from tests.tenancy.real import real_engines

NOW = datetime(2027, 3, 1, 11, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def engines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engines]:
    engines = real_engines(request.param, tmp_path)
    with engines.begin(SystemScope("sets the stage")) as db:
        for number, slug in ((1, "alpine"), (2, "lakeside")):
            db.add(Tenant(id=number, slug=slug, name=slug, locales="en, de", created_at=NOW, updated_at=NOW))
        db.flush()
        db.add(TenantDomain(host="tickets.alpine.test", tenant_id=1))
        for number in (1, 2):
            db.add(TenantPlugin(tenant_id=number, id=uid(1), name=f"plugin{number}", changed_at=NOW))
            db.add(TenantPlugin(tenant_id=number, id=uid(2), name="off", enabled=False, changed_at=NOW))
            db.add(TenantSetting(tenant_id=number, id=uid(1), key="k", value={"v": number}, updated_at=NOW))
            event = TenantSetting(
                tenant_id=number, id=uid(2), key="k", scope="an event", value={}, updated_at=NOW
            )
            db.add(event)
    yield engines
    engines.dispose()


def test_a_tenant_is_found_by_slug_host_and_id(engines: Engines) -> None:
    found = engines.tenants.by_slug("alpine")
    assert found is not None
    assert (found.id, found.locales, found.currency) == (1, ("en", "de"), "CHF")
    assert (found.enabled_plugins, dict(found.settings)) == (frozenset({"plugin1"}), {"k": {"v": 1}})
    assert found == engines.tenants.by_host("tickets.alpine.test") == engines.tenants.by_id(1)
    assert hash(found) == hash(engines.tenants.by_id(1))
    with pytest.raises(FrozenInstanceError):
        found.name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.settings["k"] = 1  # type: ignore[index]


def test_unknown_tenants_are_none_and_not_remembered(engines: Engines) -> None:
    tenants = engines.tenants
    assert (tenants.by_slug("nobody"), tenants.by_host("nobody.test"), tenants.by_id(9)) == (None, None, None)
    with engines.begin(SystemScope("a tenant signs up")) as db:
        db.add(Tenant(id=9, slug="nobody", name="n", created_at=NOW, updated_at=NOW))
    assert tenants.by_slug("nobody") == tenants.by_id(9)


def test_a_session_asks_its_own_process_without_a_statement(engines: Engines) -> None:
    with engines.begin(IdentityScope(), write=False) as db:
        assert resolve.by_slug(db, "lakeside") == resolve.by_id(db, 2)
        assert resolve.by_host(db, "tickets.alpine.test") == resolve.by_id(db, 1)
        with engines.counted() as seen:
            resolve.by_slug(db, "lakeside")
        assert seen == []


def test_it_is_remembered_for_five_seconds(engines: Engines) -> None:
    clock = FixedClock(NOW)
    tenants = TenantDirectory(engines, clock)
    tenants.by_slug("alpine")
    with engines.begin(SystemScope("another process renames it")) as db:
        db.execute(update(Tenant).where(Tenant.id == 1).values(name="new"))
    names = []
    for seconds in (4.9, 0.2, -60):
        clock.move(timedelta(seconds=seconds))
        found = tenants.by_slug("alpine")
        assert found is not None
        names.append(found.name)
    assert names == ["alpine", "new", "new"]


def test_a_commit_in_this_process_is_seen_at_once(engines: Engines) -> None:
    tenants = engines.tenants
    before = tenants.by_slug("alpine")
    assert before is not None
    with engines.begin(TenantScope(1)) as db:
        db.get(TenantPlugin, uid(2)).enabled = True
        db.flush()
        seen_inside = tenants.by_slug("alpine")
    assert seen_inside == before
    after = tenants.by_slug("alpine")
    assert after is not None
    assert after.enabled_plugins == {"plugin1", "off"}
    tenants.invalidate(1)
    assert tenants.by_slug("alpine") == after


def test_a_change_during_a_read_is_not_remembered_over(engines: Engines) -> None:
    tenants = engines.tenants
    load = tenants._load

    def slow(by: str, value: object) -> object:
        found = load(by, value)
        with engines.begin(SystemScope("renames meanwhile")) as db:
            db.execute(update(Tenant).where(Tenant.id == 1).values(name="new"))
        return found

    tenants._load = slow  # type: ignore[assignment, method-assign]
    stale = tenants.by_slug("alpine")
    tenants._load = load  # type: ignore[method-assign]
    fresh = tenants.by_slug("alpine")
    assert stale is not None
    assert fresh is not None
    assert (stale.name, fresh.name) == ("alpine", "new")
