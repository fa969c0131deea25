"""Static files: kept for a year under their hash, never outside their folder, compressed for those who ask."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from webob import Request, Response

from sratix_core.web.static import FOLDER, asset, find
from tests.support import TestApp, make_test_app

TEMPLATES = Path(__file__).parents[3] / "templates"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> TestApp:
    return make_test_app(tmp_path_factory.mktemp("static"))[0]


def test_a_hashed_address_is_kept_for_good(app: TestApp) -> None:
    answer = app.get(asset("tokens.css"))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.body == (FOLDER / "tokens.css").read_bytes()


@pytest.mark.parametrize("query", ["", "?v=0000000000000000"])
def test_any_other_address_is_checked_again(app: TestApp, query: str) -> None:
    answer = app.get("/static/tokens.css" + query)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    app.get("/static/tokens.css" + query, headers={"If-None-Match": answer.headers["ETag"]}, status=304)


def test_who_takes_gzip_gets_it(app: TestApp) -> None:
    def get(coding: str) -> Response:
        asked = Request.blank("/static/components.css", headers={"Accept-Encoding": coding})
        return asked.get_response(app.app)  # WebTest itself would unpack the answer

    zipped, plain = get("gzip, br"), get("identity")
    assert zipped.content_encoding == "gzip"
    assert zipped.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(zipped.body) == plain.body
    assert len(zipped.body) < len(plain.body) / 2
    assert plain.content_encoding is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [("tokens.css", "text/css"), ("icons.svg", "image/svg+xml"), ("fonts/inter.woff2", "font/woff2")],
)
def test_each_file_says_what_it_is(app: TestApp, name: str, kind: str) -> None:
    assert app.get(f"/static/{name}").content_type == kind


def test_the_shops_smaller_sprite_has_every_symbol_the_shop_draws() -> None:
    """A symbol that it lacks is an empty place in front of a button's word."""
    drawn = {
        sheet: set(re.findall(r'<symbol id="([\w-]+)"', (FOLDER / sheet).read_text()))
        for sheet in ("icons.svg", "icons-shop.svg")
    }
    pages = "".join(page.read_text(encoding="utf-8") for page in (TEMPLATES / "shop").glob("*.jinja2"))
    named = set(re.findall(r"""["']([a-z0-9-]+)["']""", pages)) - {
        "info",
        "type",
    }  # a tone, and a kind of link
    assert sorted(named & drawn["icons.svg"] - drawn["icons-shop.svg"]) == []


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/fonts",
        "/static/nothing.css",
        "/static//etc/passwd",
    ],
)
def test_nothing_outside_the_folder_is_served(app: TestApp, path: str) -> None:
    assert app.get(path, status="*").status_int in (400, 404)


def test_a_dotted_name_finds_nothing() -> None:
    assert find("../app.py") is None
    assert find("fonts/../../app.py") is None


def test_every_file_the_templates_name_exists() -> None:
    named = {
        name
        for page in TEMPLATES.rglob("*.jinja2")
        for name in re.findall(r"""asset\(\s*["']([^"']+)["']\s*\)""", page.read_text(encoding="utf-8"))
    }
    assert [name for name in sorted(named) if find(name) is None] == []
