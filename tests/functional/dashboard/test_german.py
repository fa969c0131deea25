"""The dashboard read in German: every page of an organizer that has one of everything, and no English between.

While these pages are drawn the catalog brackets what it says, so whatever stands outside of brackets never went through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from sratix_core import dashboard
from sratix_core.tenants.service import switch_plugin
from sratix_core.web import pieces, translate
from tests.functional.dashboard.full import Full, make_full
from tests.functional.dashboard.matrix import MATRIX
from tests.functional.shop.market import SETUP, Market

PATTERNS = dict(dashboard.ROUTES)
NO_PAGE = {"dashboard", "dashboard.home", "dashboard.invoice_paper"}  # they lead on
SAMPLES = "dashboard.style_guide"  # shows pieces, and is not there in production
FILES = re.compile(r"\.(ics|pdf|png|svg|csv|xml)$|/files/|/pdf_tickets/")
ATTRIBUTES = ("aria-label", "placeholder", "title", "alt", "data-copied")
OPEN, SHUT = "\u2983", "\u2984"
WORD = re.compile(r"[^\W\d_]{2,}")
NO_SENTENCE = re.compile(r"[a-z]+([_.][a-z]+)+|INV-[\d-]+")
"""Asked for in vain, and rightly: a value that the journal holds, the number of a document."""

GIVEN = re.compile(
    r"""\bFull\ (event|hall|pool|gate|scanner|session|speaker|incident|robotics|crew|key)\b | \bOrganizer-\d\b
    | \b(Ann\ Miller|Nina\ Steiner|Guest\ \d|Main\ entrance|Hall|FULL|Free|Paid|Acme\ Events,?\ (AG|Bern)|Seestrasse|Zürich|Bern)\b
    | \S+@\S+ | http://\S+ | \bEurope/Zurich\b | \b(CHF|EUR)\b | \bCH\d\d(\ \d{4}){4}\ \d\b | \b[A-Z]{2}\b
    | \b(?=[A-Z\d]*\d)[A-Z\d]{5,}\b | \b[A-Z\d]{5}\b | \b(INV|CN)-[\d-]+ | \b(IBAN|CSV|PDF|Esc|Ctrl|Stripe|XML)\b
    | \b(Mo|Di|Mi|Do|Fr|Sa|So)\.\ | \b(Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b
    | \b(Deutsch|English|Français|Italiano) \b
    | \b(Karte|Banküberweisung|Gutschein|Rechnung\ per\ E-Mail)\b""",
    re.VERBOSE,
)
"""What people gave as names, what is the same in every language, dates as German writes them, and providers by the names they have in German."""


class Bracketing(dict[str, str]):
    """A catalog that brackets what it says and remembers what it was asked for in vain."""

    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__(sentences)
        self.lacking: set[str] = set()

    def get(self, sentence: str, default: Any = None) -> Any:
        said = super().get(sentence) or translate.OF_PLUGINS["de"].get(sentence)
        if said is None and not NO_SENTENCE.fullmatch(sentence) and not GIVEN.fullmatch(sentence):
            self.lacking.add(sentence)
        return f"{OPEN}{said or sentence}{SHUT}"


@pytest.fixture(scope="module")
def catalog() -> Iterator[Bracketing]:
    with pytest.MonkeyPatch.context() as patch:
        bracketing = Bracketing(dict(translate.catalog("de")))
        patch.setattr(translate, "catalog", {"de": bracketing, "en": {}}.__getitem__)
        pieces._badge.cache_clear()  # drawn for another test, without brackets
        yield bracketing
    pieces._badge.cache_clear()


@pytest.fixture(scope="module")
def full(market: Market) -> Full:
    """One of everything, with every plugin on."""
    full, plugins = make_full(market), market.runtime.plugins
    tenant = full.stall.world.tenant.id
    with market.runtime.engines.begin(SETUP) as db:
        for name in plugins.names():
            switch_plugin(db, market.runtime.sources, tenant, name, True)
    market.runtime.engines.tenants.invalidate(tenant)
    return full


@pytest.fixture(scope="module")
def pages(market: Market, full: Full, catalog: Bracketing) -> dict[str, BeautifulSoup]:
    """Each kind of page once: those of the published matrix, and the plugins' that they lead to."""
    owner, inside = market.member(full.stall.world), f"/dashboard/{full.stall.world.tenant.slug}/"
    owner.set_cookie("lang", "de")
    wanted = [
        name for name, methods in MATRIX.items() if "GET" in methods and name not in {*NO_PAGE, SAMPLES}
    ]
    waiting, found = [full.address(PATTERNS[name]) for name in wanted], {}
    spared = full.address(PATTERNS[SAMPLES])
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in found or FILES.search(path) or path == spared:
            continue
        answer = owner.get(path, status="*").maybe_follow()
        if answer.status_int == 200 and answer.content_type == "text/html":
            found[kind_of(path)] = answer.html
            links = (str(link["href"]).split("?")[0] for link in answer.html.select("a[href]"))
            waiting += [link for link in links if link.startswith(inside)]
    return found


def kind_of(path: str) -> str:
    """The address without what differs from one object to the next."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "{id}", path)


def outside(text: str, depth: int = 0) -> tuple[str, int]:
    """What of `text` stands outside of brackets, and how deep it ends."""
    kept = ""
    for sign in text:
        depth += (sign == OPEN) - (sign == SHUT)
        kept += sign if not depth and sign != SHUT else ""
    return kept, depth


def unspoken(page: BeautifulSoup) -> Iterator[str]:
    """Words of the page, in its text or its attributes, that no catalog said and nobody gave as a name."""
    depth = 0
    for node in page.descendants:
        if isinstance(node, Tag):
            said = [(f"@{name}", outside(str(node.get(name, "")))[0]) for name in ATTRIBUTES]
        elif (
            type(node) is NavigableString
            and node.parent is not None
            and node.parent.name not in {"script", "style"}
        ):
            text, depth = outside(str(node), depth)
            said = [(node.parent.name, text)]
        else:
            continue
        yield from (f"{where}: {text.strip()}" for where, text in said if WORD.search(GIVEN.sub("", text)))


def test_each_page_says_only_german(pages: dict[str, BeautifulSoup]) -> None:
    assert len(pages) > 120
    assert {page.html["lang"][:2] for page in pages.values() if page.html} == {"de"}
    found = {path: sorted(set(unspoken(page))) for path, page in pages.items()}
    assert {path: words for path, words in found.items() if words} == {}


def test_each_sentence_that_a_page_asks_for_is_there(
    pages: dict[str, BeautifulSoup], catalog: Bracketing
) -> None:
    assert sorted(catalog.lacking) == []


def test_what_is_planted_is_found() -> None:
    page = BeautifulSoup(
        f"""<h1>Full event</h1><h2>{OPEN}Noch <b>2</b> Plätze{SHUT}</h2><button>Save it</button>
        <th>{OPEN}Käufer{SHUT} and more</th><input placeholder="Type here" aria-label="{OPEN}Name{SHUT}"><td>10. März 2027</td>""",
        "html.parser",
    )
    assert list(unspoken(page)) == ["button: Save it", "th: and more", "@placeholder: Type here"]
