"""Whose page it is: by path on the installation's address, without a slug on a tenant's own host, nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sratix_core.tenants.models import TenantStatus
from sratix_core.tenants.service import tenant_by_slug
from sratix_core.web.request import OWN_HOST
from sratix_core.web.scope import is_base_host
from tests.functional.web import probe
from tests.functional.web.people import SETUP, make_tenant, make_user, sign_in
from tests.support import TestApp, make_test_app, runtime_of, settings_for

OWN = {"HTTP_HOST": "tickets.acme.example"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> TestApp:
    app, _ = make_test_app(tmp_path_factory.mktemp("scope"), also=[probe])
    runtime = runtime_of(app)
    make_user(runtime, tenant_id=make_tenant(runtime, "acme", "tickets.acme.example"))
    make_tenant(runtime, "other")
    return app


def test_a_tenant_answers_by_its_path(app: TestApp) -> None:
    app.get("/acme/probe/slash/", status=200)
    app.get("/nobody/probe/slash/", status=404)


def test_a_tenants_own_host_needs_no_slug(app: TestApp) -> None:
    app.get("/probe/slash/", extra_environ=OWN, status=200)
    app.get("/probe/slash/", extra_environ={"HTTP_HOST": "TICKETS.acme.example:80"}, status=200)


def test_a_missing_slash_on_an_own_host_shows_no_slug(app: TestApp) -> None:
    answer = app.get("/probe/slash", extra_environ=OWN, status=308)
    assert answer.headers["Location"] == "http://tickets.acme.example/probe/slash/"


def test_another_tenant_is_not_there_on_an_own_host(app: TestApp) -> None:
    app.get("/other/probe/slash/", extra_environ=OWN, status=404)
    app.post("/api/v1/tenants/other/probe", extra_environ=OWN, status=404)


@pytest.mark.parametrize(
    "path", ["/account/login", "/dashboard/acme/probe/edit", "/platform/probe", "/scan/"]
)
def test_signed_in_pages_are_not_on_an_own_host(app: TestApp, path: str) -> None:
    app.get(path, extra_environ=OWN, status=404)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "acme", "tickets.acme.example.evil.example"]
)
def test_an_unknown_host_serves_nothing(app: TestApp, host: str) -> None:
    answer = app.get("/acme/probe/slash/", extra_environ={"HTTP_HOST": host}, status=404)
    assert "No shop answers at this address" in answer.text
    assert host not in answer.text


def test_health_and_files_answer_on_any_host(app: TestApp) -> None:
    where = {"HTTP_HOST": "10.0.0.7:8080"}
    app.get("/health", extra_environ=where, status=200)
    app.get("/static/tokens.css", extra_environ=where, status=200)


def test_addresses_on_an_own_host_lose_the_slug(app: TestApp) -> None:
    request = app.app.request_factory.blank("/acme/probe/echo", base_url="http://tickets.acme.example")
    request.registry = app.app.registry
    assert request.route_path("probe.slash", tenant="acme") == "/acme/probe/slash/"
    request.environ[OWN_HOST] = "acme"
    assert request.route_path("probe.slash", tenant="acme") == "/probe/slash/"
    assert request.route_url("probe.slash", tenant="acme") == "http://tickets.acme.example/probe/slash/"
    assert request.route_path("account.login") == "/account/login"


def test_a_login_of_the_dashboard_means_nothing_on_an_own_host(app: TestApp) -> None:
    browser = TestApp(app.app)
    sign_in(browser)
    cookie = f"sratix={browser.cookies['sratix']}"
    app.get("/dashboard/acme/probe/edit", headers={"Cookie": cookie}, extra_environ=OWN, status=404)


def test_a_paused_tenant_says_so_and_serves_nothing(tmp_path: Path) -> None:
    app, _ = make_test_app(tmp_path, also=[probe])
    runtime = runtime_of(app)
    make_tenant(runtime)
    with runtime.engines.begin(SETUP) as db:
        tenant_by_slug(db, "acme").status = TenantStatus.SUSPENDED
    answer = app.get("/acme/probe/slash/", status=503)
    assert "This organizer is paused." in answer.text


@pytest.mark.parametrize(
    ("base", "host", "env", "ours"),
    [
        ("https://t.example", "t.example", "production", True),
        ("https://t.example", "T.example:443", "production", True),
        ("https://t.example", "t.example:8443", "production", False),
        ("https://t.example", "127.0.0.1", "production", False),
        ("http://t.example:8080", "t.example:8080", "production", True),
        ("http://t.example:8080", "t.example", "production", False),
        ("http://127.0.0.1:8080", "localhost:9999", "development", True),
        ("http://127.0.0.1:8080", "localhost.evil.example", "development", False),
    ],
)
def test_only_the_configured_address_is_ours(
    tmp_path: Path, base: str, host: str, env: str, ours: bool
) -> None:
    settings = settings_for(tmp_path, base_url=base, env=env, database_url="sqlite://")
    assert is_base_host(host, settings) is ours
