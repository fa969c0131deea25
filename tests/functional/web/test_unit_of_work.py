"""A request commits below 400 and leaves nothing behind from 400 on, however it wrote and however it ended."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import select

from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.scope import TenantScope
from sratix_core.tenants.models import TenantSetting
from tests.functional.web import probe
from tests.functional.web.people import make_tenant
from tests.support import TestApp, fingerprint, make_test_app, runtime_of

numbers = itertools.count(1)

Made = tuple[TestApp, Engines, int]

WAYS = ("orm", "core", "flush", "update")

RAISED = {
    "conflict": 409,
    "refused": 409,
    "invalid": 422,
    "missing": 404,
    "unavailable": 503,
    "boom": 500,
    "forbidden": 401,
}


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> tuple[TestApp, Engines]:
    return make_test_app(tmp_path_factory.mktemp("unit"), also=[probe])


@pytest.fixture
def made(application: tuple[TestApp, Engines]) -> Made:
    """A tenant of this test's own, with one setting in it."""
    app, engines = application
    runtime = runtime_of(app)
    tenant_id = make_tenant(runtime, f"acme-{next(numbers)}")
    with engines.begin(TenantScope(tenant_id)) as db:
        now = runtime.sources.clock.now()
        db.add(
            TenantSetting(id=runtime.sources.ids.new(), key="known", scope="", value={"v": 1}, updated_at=now)
        )
    return app, engines, tenant_id


def address(made: Made, name: str) -> str:
    tenant = made[1].tenants.by_id(made[2])
    assert tenant is not None
    return f"/{tenant.slug}/probe/{name}"


def settings(made: Made) -> dict[str, object]:
    with made[1].begin(TenantScope(made[2]), write=False) as db:
        return {row.key: row.value["v"] for row in db.scalars(select(TenantSetting))}


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("end", ["400", "404", "409", "422", "429", "500", "503", *RAISED])
def test_an_error_leaves_the_database_as_it_was(made: Made, how: str, end: str) -> None:
    before = fingerprint(made[1])
    made[0].post(address(made, "act"), {"how": how, "end": end}, status=RAISED.get(end) or int(end))
    assert fingerprint(made[1]) == before


@pytest.mark.parametrize("end", ["200", "201", "204", "303", "redirect"])
@pytest.mark.parametrize("how", WAYS)
def test_every_kind_of_statement_is_kept(made: Made, how: str, end: str) -> None:
    made[0].post(address(made, "act"), {"how": how, "end": end}, status="*")
    assert settings(made) == ({"known": 2} if how == "update" else {"known": 1, "probe": 1})


def test_a_page_after_a_broken_constraint_needs_no_database(made: Made) -> None:
    before = fingerprint(made[1])
    answer = made[0].post(address(made, "act"), {"how": "twice"}, status=500)
    assert "Acme-" in answer.text
    assert fingerprint(made[1]) == before


def test_a_view_that_commits_by_itself_keeps_nothing(made: Made) -> None:
    before = fingerprint(made[1])
    made[0].post(address(made, "act"), {"how": "commit"}, status=500)
    assert fingerprint(made[1]) == before


def test_a_reading_request_cannot_write(made: Made) -> None:
    before = fingerprint(made[1])
    made[0].get(address(made, "read") + "?how=flush", status=500)
    assert fingerprint(made[1]) == before


def test_a_view_may_say_that_its_get_writes(made: Made) -> None:
    made[0].get(address(made, "readwrite") + "?how=flush", status=200)
    assert settings(made) == {"known": 1, "probe": 1}


def test_a_checkpoint_keeps_what_was_before_it_and_not_what_failed_after(made: Made) -> None:
    made[0].post(address(made, "act"), {"end": "checkpoint"}, status=409)
    assert settings(made) == {"known": 1, "probe": 1}
