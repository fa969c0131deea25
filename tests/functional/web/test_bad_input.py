"""Rows 5 to 8 and 25 of the catalogue, as far as they concern the door: clear 4xx, never 5xx, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.web import probe
from tests.functional.web.people import make_tenant
from tests.support import TestApp, fingerprint, make_test_app, runtime_of

PATHS = [
    "/acme//probe/echo",
    "//acme/probe/echo",
    "//evil.example/%2e%2e",
    "/acme/./probe/echo",
    "/acme/../acme/probe/echo",
    "/acme/probe/echo%00",
    "/%00",
    "/acme/probe/%ff",
    "/acme/%c0%af/echo",
    "/acme/%ed%a0%80/echo",
    "/acme/probe\\echo",
    "/acme/probe/echo%0d%0aSet-Cookie:x",
    "/acme/" + "a" * 3000,
]

QUERIES = [
    "q=%ff",
    "q=%00",
    "%00=1",
    "q=%ed%a0%80",
    "q=%c0%80",
    "q=" + "a" * 9000,
    "&".join(f"a{i}=1" for i in range(2500)),
]

BODIES = [
    b"q=%ff",
    b"q=\xff",
    b"q=%00",
    b"q=\x00",
    b"q=%ed%a0%80",
    b"&".join(b"a%d=1" % i for i in range(2500)),
]

FORM = "application/x-www-form-urlencoded"

ODD_TYPES = [
    f"{FORM}; charset=nonsense",
    f"{FORM}; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    'multipart/form-data; boundary="a"; charset=x',
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> TestApp:
    app, _ = make_test_app(tmp_path_factory.mktemp("door"), also=[probe])
    make_tenant(runtime_of(app))
    app.lint = False  # what is sent here is wrong on purpose
    return app


def raw(app: TestApp, path: str, query: str = "", **environ: str) -> object:
    """A request whose path and query reach WSGI as they are, without the client's tidying."""
    from urllib.parse import unquote_to_bytes

    request = app.RequestClass.blank("/", environ={"PATH_INFO": unquote_to_bytes(path).decode("latin-1")})
    request.environ["QUERY_STRING"] = query
    request.environ.update(environ)
    return app.do_request(request, status="*", expect_errors=True)


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
def test_an_odd_path_is_refused_clearly(app: TestApp, path: str) -> None:
    answer = raw(app, path)
    assert answer.status_int == 400
    assert "not readable" in answer.text


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
@pytest.mark.parametrize("path", ["/acme/probe/echo", "/nowhere", "/api/v1/nowhere", "/static/tokens.css"])
def test_an_odd_query_is_refused_clearly(app: TestApp, path: str, query: str) -> None:
    assert raw(app, path, query).status_int == 400


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_an_odd_form_is_refused_clearly(app: TestApp, body: bytes) -> None:
    answer = app.post("/acme/probe/echo", body, content_type=FORM, status="*")
    assert answer.status_int == 400


@pytest.mark.parametrize("kind", ODD_TYPES)
def test_a_broken_content_type_is_no_fault_of_ours(app: TestApp, kind: str) -> None:
    answer = app.post("/acme/probe/echo", b"q=1", headers={"Content-Type": kind}, status="*")
    assert 400 <= answer.status_int < 500


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_X_LONG": "a" * 9000},
        {f"HTTP_X_{i}": "a" * 4000 for i in range(10)},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "1e9"},
        {"CONTENT_LENGTH": "१"},
        {"HTTP_X_NUL": "a\0b"},
    ],
)
def test_odd_headers_are_refused(app: TestApp, environ: dict[str, str]) -> None:
    assert raw(app, "/acme/probe/echo", "", **environ).status_int == 400


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "lang=\xff; a=\x80"},
        {"HTTP_COOKIE": "sratix=" + "a" * 500},
        {"HTTP_ACCEPT_LANGUAGE": "de;q=x,,;;,*"},
        {"HTTP_ACCEPT": "\xff/*;q=9"},
        {"HTTP_IF_NONE_MATCH": '"'},
        {"HTTP_ACCEPT_ENCODING": "\x01"},
        {"HTTP_AUTHORIZATION": "Basic !!!"},
        {"HTTP_REFERER": "\xff"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
    ],
)
@pytest.mark.parametrize("path", ["/acme/probe/echo", "/account/login", "/static/tokens.css"])
def test_odd_values_of_usual_headers_do_no_harm(app: TestApp, path: str, environ: dict[str, str]) -> None:
    answer = raw(app, path, "", **environ)
    assert answer.status_int < 500
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW", "get", "PROPFIND"])
def test_an_unknown_method_is_not_allowed(app: TestApp, method: str) -> None:
    answer = raw(app, "/acme/probe/echo", "", REQUEST_METHOD=method)
    assert answer.status_int == 405
    assert "GET" in answer.headers["Allow"]


def test_a_known_address_says_which_methods_it_takes(app: TestApp) -> None:
    answer = app.put("/acme/probe/echo", status=405)
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_head_answers_like_get_without_a_body(app: TestApp) -> None:
    full, head = app.get("/acme/probe/slash/"), app.head("/acme/probe/slash/")
    assert head.status_int == full.status_int
    assert head.content_type == full.content_type
    assert head.body == b""


def test_a_missing_slash_is_added_on_this_host(app: TestApp) -> None:
    answer = app.get("/acme/probe/slash?a=1", status=308)
    assert answer.headers["Location"] == "http://localhost/acme/probe/slash/?a=1"


@pytest.mark.parametrize(
    "path", ["/ACME/probe/echo", "/acme/probe/echo;x=1", "/acme/probe/echo.", "/acme./probe/echo"]
)
def test_another_spelling_is_another_address(app: TestApp, path: str) -> None:
    assert app.get(path, status="*").status_int == 404


def test_nothing_of_this_was_written(tmp_path: Path) -> None:
    app, engines = make_test_app(tmp_path, also=[probe])
    make_tenant(runtime_of(app))
    before = fingerprint(engines)
    for path in PATHS:
        raw(app, path, REQUEST_METHOD="POST")
    for body in BODIES:
        app.post("/acme/probe/act", body, content_type=FORM, status="*")
    assert fingerprint(engines) == before
