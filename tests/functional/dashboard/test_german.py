"""The dashboard in German: every page of an organizer that has one of everything, and no English between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from sratix_core import dashboard
from sratix_core.tenants.service import switch_plugin
from sratix_core.web import translate
from tests.functional.dashboard.full import Full, make_full
from tests.functional.dashboard.matrix import MATRIX
from tests.functional.shop.market import SETUP, Market
from tests.support import TestApp

PATTERNS = dict(dashboard.ROUTES)
LEAD_ON = {"dashboard", "dashboard.home", "dashboard.invoice_paper"}
SPOKEN = ("h1", "h2", "h3", "th", "label", "legend", "button", "summary", "option", "dt", "title", "figcaption")
"""Whatever stands in these is ours to say, unless it is a name that somebody gave."""

ATTRIBUTES = ("aria-label", "placeholder", "title", "data-copied", "data-confirm")
NO_PAGE = re.compile(r"\.(ics|pdf|png|svg|csv|xml)$|/files/|/pdf_tickets/")
OPEN, SHUT = "\u2983", "\u2984"
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


def kind_of(path: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "{id}", path)


class German(dict[str, str]):
    """The catalog, which brackets what it says and remembers what it was asked for in vain."""

    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__(sentences)
        self.lacking: set[str] = set()

    def get(self, sentence: str, default: Any = None) -> Any:
        said = super().get(sentence) or translate.OF_PLUGINS["de"].get(sentence)
        if said is None:
            self.lacking.add(sentence)
        return f"{OPEN}{said or sentence}{SHUT}"


@pytest.fixture(scope="module")
def german() -> Iterator[German]:
    with pytest.MonkeyPatch.context() as patch:
        catalog = German(dict(translate.CATALOGS["de"]))
        patch.setitem(translate.CATALOGS, "de", catalog)  # type: ignore[arg-type]
        yield catalog


@pytest.fixture(scope="module")
def full(market: Market) -> Full:
    """Everything there is, with every plugin on."""
    full = make_full(market)
    with market.runtime.engines.begin(SETUP) as db:
        for plugin in market.runtime.plugins.names():
            switch_plugin(db, market.runtime.sources, full.stall.world.tenant.id, plugin, True)
    market.runtime.engines.tenants.invalidate(full.stall.world.tenant.id)
    return full


@pytest.fixture(scope="module")
def pages(market: Market, full: Full, german: German) -> dict[str, BeautifulSoup]:
    """Each kind of page once, in German: those of the matrix and whatever they lead to inside this dashboard."""
    owner = market.member(full.stall.world)
    owner.set_cookie("lang", "de")
    inside = f"/dashboard/{full.stall.world.tenant.slug}/"
    names = [name for name, methods in MATRIX.items() if "GET" in methods and name not in LEAD_ON]
    waiting = [full.address(PATTERNS[name]) for name in names]
    found: dict[str, BeautifulSoup] = {}
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in found or NO_PAGE.search(path):
            continue
        answer = owner.get(path, status="*")
        if answer.content_type != "text/html" or answer.status_int != 200:
            continue
        found[kind_of(path)] = answer.html
        waiting += [link for a in answer.html.select("a[href]") if (link := a["href"].split("?")[0]).startswith(inside)]
    return found


def test_sh(pages, german):
    print(len(pages), sorted(pages))
    print("LACKING", len(german.lacking))
    for s in sorted(german.lacking): print("  L", s)
    seen = {}
    for path, page in pages.items():
        for text, where in unspoken(page):
            seen.setdefault((text, where), path)
    for (text, where), path in sorted(seen.items()):
        print("U", where, "|", text[:100], "|", path)
    assert 0


def unspoken(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    depth = 0
    for node in page.descendants:
        if isinstance(node, Tag):
            for name in ATTRIBUTES:
                if node.has_attr(name) and WORD.search(bare(node[name])):
                    yield node[name], f"@{name}"
        elif isinstance(node, NavigableString) and not isinstance(node, Comment):
            if node.parent.name in ("script", "style"):
                continue
            text, depth = outside(str(node), depth)
            if WORD.search(text):
                yield text.strip(), node.parent.name


def bare(text):
    return outside(text, 0)[0]


def outside(text: str, depth: int) -> tuple[str, int]:
    kept = ""
    for sign in text:
        depth += (sign == OPEN) - (sign == SHUT)
        kept += sign if not depth and sign not in (OPEN, SHUT) else ""
    return kept, depth
