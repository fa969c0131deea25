"""Errors as people and programs see them: the right status, a sentence that helps, a reference, and nothing from inside."""

from __future__ import annotations

import pytest

from tests.functional.web import probe
from tests.functional.web.people import make_tenant
from tests.support import TestApp, make_test_app, runtime_of

ACT = "/acme/probe/act"
API = "/api/v1/tenants/acme/probe"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> TestApp:
    app, _ = make_test_app(tmp_path_factory.mktemp("errors"), also=[probe])
    make_tenant(runtime_of(app))
    return app


def test_a_page_says_what_to_do_in_the_tenants_name(app: TestApp) -> None:
    answer = app.post(ACT, {"end": "refused"}, status=409)
    assert answer.content_type == "text/html"
    assert "These tickets are gone. Look at the event page for what is left." in answer.text
    assert "<title>That did not work · Acme</title>" in answer.text
    assert answer.headers["X-Request-Id"] in answer.text


def test_a_page_speaks_the_readers_language(app: TestApp) -> None:
    answer = app.get("/nowhere/", headers={"Accept-Language": "de-CH,de;q=0.9"}, status=404)
    assert '<html lang="de">' in answer.text
    assert "Hier ist nichts" in answer.text


def test_a_program_gets_problem_details(app: TestApp) -> None:
    answer = app.post(API, {"end": "refused"}, status=409)
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == "sold_out"
    assert answer.json["status"] == 409
    assert answer.json["detail"].startswith("These tickets are gone.")
    assert answer.json["reference"] == answer.headers["X-Request-Id"]


def test_problem_details_name_the_fields(app: TestApp) -> None:
    answer = app.post(API, {"end": "invalid"}, status=422)
    assert answer.json["errors"] == [{"field": "name", "code": "required", "detail": "Fill this in."}]


def test_a_fault_of_ours_says_nothing_about_its_inside(app: TestApp) -> None:
    for address in (ACT, API):
        answer = app.post(address, {"end": "boom"}, status=500)
        assert "secret detail" not in answer.text
        assert "ZeroDivision" not in answer.text
        assert "Traceback" not in answer.text


def test_what_is_missing_for_now_says_when_to_come_back(app: TestApp) -> None:
    answer = app.post(ACT, {"end": "unavailable"}, status=503)
    assert answer.headers["Retry-After"] == "60"


def test_an_unknown_and_a_foreign_tenant_answer_alike(app: TestApp) -> None:
    unknown = app.post("/api/v1/tenants/nobody/probe", status=404).json
    missing = app.post(API, {"end": "missing"}, status=404).json
    assert unknown["status"] == missing["status"]
    assert set(unknown) == set(missing)


def test_error_pages_are_kept_by_nobody(app: TestApp) -> None:
    assert app.get("/nowhere/", status=404).headers["Cache-Control"] == "no-store"
