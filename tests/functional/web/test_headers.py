"""Headers of every answer, and who may read one from another origin."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.web import probe
from tests.support import TestApp, make_test_app

PAGES = ["/account/login", "/nowhere/", "/static/tokens.css", "/health", "/api/v1/health", "/a//b"]
PARTNER = "https://partner.example"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> TestApp:
    folder = tmp_path_factory.mktemp("headers")
    return make_test_app(folder, also=[probe], cors_origins=PARTNER)[0]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_locked_down(app: TestApp, path: str) -> None:
    headers = app.get(path, status="*").headers
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_https_is_remembered_and_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    app, _ = make_test_app(tmp_path, base_url="https://tickets.example")
    where = {"HTTP_HOST": "tickets.example"}  # the proxy says nothing of TLS; the settings do
    answer = app.get("/account/login", extra_environ=where)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "__Host-csrf=" in answer.headers["Set-Cookie"]
    assert "secure" in answer.headers["Set-Cookie"].lower()


def test_pages_are_private_unless_they_say_otherwise(app: TestApp) -> None:
    assert app.get("/account/login").headers["Cache-Control"] == "private, no-store"
    assert "public" in app.get("/static/tokens.css").headers["Cache-Control"]


def test_a_listed_origin_may_read_the_api(app: TestApp) -> None:
    answer = app.get("/api/v1/health", headers={"Origin": PARTNER})
    assert answer.headers["Access-Control-Allow-Origin"] == PARTNER
    assert "Origin" in answer.headers["Vary"]
    asked = app.options(
        "/api/v1/health", headers={"Origin": PARTNER, "Access-Control-Request-Method": "POST"}, status=204
    )
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in asked.headers


@pytest.mark.parametrize(
    ("path", "origin"),
    [
        ("/api/v1/health", "https://evil.example"),
        ("/api/v1/health", "null"),
        ("/api/v1/health", PARTNER + ".evil.example"),
        ("/account/login", PARTNER),
        ("/health", PARTNER),
    ],
)
def test_nobody_else_may(app: TestApp, path: str, origin: str) -> None:
    answer = app.get(path, headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers
    asked = app.options(path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}, status="*")
    assert "Access-Control-Allow-Origin" not in asked.headers
