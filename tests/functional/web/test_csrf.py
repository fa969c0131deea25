"""Row 16: a signed-in browser cannot be made to act by another page."""

from __future__ import annotations

import pytest

from tests.functional.web import probe
from tests.functional.web.people import PASSWORD, prepared, sign_in
from tests.support import TestApp, fingerprint, make_test_app, runtime_of

ADDRESS = "/account/password"
FORM = {"old": PASSWORD, "password": "another long sentence"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> TestApp:
    app, _ = make_test_app(tmp_path_factory.mktemp("csrf"), also=[probe])
    prepared(app)
    sign_in(app)
    return app


def token(app: TestApp) -> str:
    return str(app.get(ADDRESS).form["csrf_token"].value)


def other_token(app: TestApp) -> str:
    return str(TestApp(app.app).get("/account/login").form["csrf_token"].value)


@pytest.mark.parametrize(
    "case",
    [
        "none",
        "wrong",
        "empty",
        "other session",
        "in the query",
        "cross site",
        "same site",
        "json body",
        "header wrong",
    ],
)
def test_a_forged_request_changes_nothing(app: TestApp, case: str) -> None:
    own = token(app)
    body: dict[str, str] = dict(FORM)
    address, headers = ADDRESS, {}
    if case in ("wrong", "empty", "other session"):
        body["csrf_token"] = {"wrong": own[::-1], "empty": "", "other session": other_token(app)}[case]
    elif case == "in the query":
        address += f"?csrf_token={own}"
    elif case in ("cross site", "same site"):
        body["csrf_token"], headers["Sec-Fetch-Site"] = own, case.replace(" ", "-")
    elif case == "header wrong":
        headers["X-CSRF-Token"] = other_token(app)
    engines = runtime_of(app).engines
    before = fingerprint(engines)
    if case == "json body":
        answer = app.post(address, '{"csrf_token": "x"}', content_type="text/plain", status="*")
    else:
        answer = app.post(address, body, headers=headers, status="*")
    assert answer.status_int == 403
    assert "Reload it and send the form again" in answer.text
    assert fingerprint(engines) == before


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_no_way_around(app: TestApp, method: str) -> None:
    engines = runtime_of(app).engines
    before = fingerprint(engines)
    app.request("/account/logout", method=method, headers={"X-HTTP-Method-Override": "POST"}, status=405)
    assert fingerprint(engines) == before


def test_signing_in_needs_a_token_too(app: TestApp) -> None:
    stranger = TestApp(app.app)
    stranger.post("/account/login", {"email": "nina@example.ch", "password": PASSWORD}, status=403)


def test_over_https_the_origin_must_be_ours(tmp_path_factory: pytest.TempPathFactory) -> None:
    app, _ = make_test_app(tmp_path_factory.mktemp("https"), base_url="https://tickets.example")
    prepared(app)
    app.extra_environ.update({"HTTP_HOST": "tickets.example", "wsgi.url_scheme": "https"})
    token = app.get("/account/login").form["csrf_token"].value
    body = {"email": "nina@example.ch", "password": PASSWORD, "csrf_token": token}
    for headers in (
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "http://tickets.example/"},
    ):
        app.post("/account/login", body, headers=headers, status=403)
    app.post("/account/login", body, headers={"Origin": "https://tickets.example"}, status=303)


def test_a_view_that_is_signed_otherwise_opts_out_by_name(app: TestApp) -> None:
    assert app.post("/api/v1/probe/hook", status=200).json == {"ok": True}
