"""Who may do what; and that nobody forgets to say it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationError
from sqlalchemy import select

from sratix_core.accounts.permissions import ROLES
from sratix_core.app import make_app
from sratix_core.audit.models import SecurityLog
from tests.functional.web import probe
from tests.functional.web.people import SETUP, make_tenant, make_user, sign_in
from tests.support import TestApp, make_runtime, make_test_app, runtime_of

EDIT, ORDERS = "/dashboard/acme/probe/edit", "/dashboard/acme/probe/orders"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> TestApp:
    app, _ = make_test_app(tmp_path_factory.mktemp("roles"), also=[probe])
    runtime = runtime_of(app)
    acme, other = make_tenant(runtime, "acme"), make_tenant(runtime, "other")
    for role in ROLES:
        make_user(runtime, f"{role}@example.ch", tenant_id=acme, role=role)
    make_user(runtime, "stranger@example.ch", tenant_id=other)
    make_user(runtime, "root@example.ch", admin=True)
    return app


def as_user(app: TestApp, name: str) -> TestApp:
    browser = TestApp(app.app)
    sign_in(browser, f"{name}@example.ch")
    return browser


@pytest.mark.parametrize(
    ("who", "edit", "orders"),
    [
        ("owner", 200, 200),
        ("event_admin", 200, 200),
        ("staff", 403, 403),
        ("volunteer", 403, 403),
        ("stranger", 404, 404),
        ("root", 404, 404),
    ],
)
def test_roles_open_what_the_table_says(app: TestApp, who: str, edit: int, orders: int) -> None:
    browser = as_user(app, who)
    browser.get(EDIT, status=edit)
    browser.get(ORDERS, status=orders)
    browser.get("/dashboard/probe/signed", status=200)
    browser.get("/platform/probe", status=200 if who == "root" else 403)


def test_denied_access_is_on_record(app: TestApp) -> None:
    runtime = runtime_of(app)
    as_user(app, "volunteer").get(EDIT, status=403)
    with runtime.engines.begin(SETUP, write=False) as db:
        note = db.scalars(select(SecurityLog).where(SecurityLog.kind == "access.denied")).all()[-1]
    assert note.data == {"route": "/dashboard/{tenant}/probe/edit"}
    assert note.user_id is not None
    assert note.tenant is not None


def test_nobody_is_sent_to_sign_in_and_comes_back(app: TestApp) -> None:
    browser = TestApp(app.app)
    answer = browser.get(EDIT + "?a=1", status=303)
    assert "/account/login?next=%2Fdashboard%2Facme%2Fprobe%2Fedit%3Fa%3D1" in answer.headers["Location"]
    form = answer.follow().form
    form["email"], form["password"] = "owner@example.ch", "seven herons over the lake"
    assert form.submit().headers["Location"] == "http://localhost" + EDIT + "?a=1"


def test_nobody_posting_is_told_so(app: TestApp) -> None:
    TestApp(app.app).post(EDIT, status=401)


def boot(tmp_path: Path, **options: Any) -> None:
    def room(config: Configurator) -> None:
        config.add_route("silent", "/silent")
        config.add_view(lambda request: {}, route_name="silent", renderer="json", **options)

    runtime = make_runtime(tmp_path)
    make_app(runtime.settings, runtime, [room])


def test_a_view_without_a_permission_does_not_boot(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="declares no permission"):
        boot(tmp_path)


def test_a_permission_nobody_has_does_not_boot(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"unknown permission 'evnt\.edit'"):
        boot(tmp_path, permission="evnt.edit")


def test_a_view_that_heeds_a_login_and_no_form_token_does_not_boot(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="takes cookies"):
        boot(tmp_path, permission="event.edit", csrf=False)
