"""No sentence is forgotten: what buyers and people who sign in can read exists in German, with the same placeholders."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

from markupsafe import Markup

from sratix_core.web import messages, pieces
from sratix_core.web.catalogs.de import SENTENCES as GERMAN
from sratix_core.web.translate import translate

ROOT = Path(__file__).parents[3]
CALL = re.compile(r"""\bt\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
SPOKEN = ("shop", "account", "errors", "email", "components")


def sentences(folder: Path, pattern: str) -> set[str]:
    found = (CALL.finditer(page.read_text(encoding="utf-8")) for page in folder.rglob(pattern))
    return {ast.literal_eval(hit[1]) for hits in found for hit in hits}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_sentence_for_buyers_is_there() -> None:
    spoken = set().union(*(sentences(ROOT / "templates" / part, "*.jinja2") for part in SPOKEN))
    spoken |= sentences(ROOT / "sratix_core" / "shop", "*.py")
    assert sorted(spoken - GERMAN.keys()) == []


def test_every_state_is_there() -> None:
    assert sorted({word for _, _, word in pieces.STATES.values()} - GERMAN.keys()) == []


def test_every_error_is_there() -> None:
    said = {*messages.SENTENCES.values(), *messages.TITLES.values()}
    assert sorted(said - GERMAN.keys()) == []


def test_a_translation_has_the_same_placeholders() -> None:
    assert [s for s, german in GERMAN.items() if placeholders(s) != placeholders(german)] == []


def test_sentences_keep_the_house_style() -> None:
    every = [*GERMAN, *GERMAN.values(), *messages.SENTENCES.values()]
    loud = re.compile(r"!|\bplease\b|\bsuccessful|\bbitte\b|\berfolgreich|ß", re.IGNORECASE)
    assert [s for s in every if loud.search(s)] == []


def test_a_missing_sentence_stays_english_and_markup_stays_safe() -> None:
    assert translate("Not in any catalog", "de") == "Not in any catalog"
    assert translate("Go to {name}", "de-CH", name="<b>") == "Zu <b>"
    mixed = translate("Go to {name} & {b}", "en", name=Markup("<b>x</b>"), b="<i>")
    assert mixed == "Go to <b>x</b> &amp; &lt;i&gt;"
    assert isinstance(mixed, Markup)


def test_an_unknown_code_gets_the_general_sentence() -> None:
    assert messages.sentence("no_such_code", "en") == "This cannot be done right now."
    assert messages.sentence("no_such_code", "en", _status=503).startswith("A part we depend on")
    assert messages.sentence("too_many_requests", "en") == "This cannot be done right now."
    assert messages.sentence("sold_out", "en", code="x", locale="y", status=1).startswith("These tickets")
