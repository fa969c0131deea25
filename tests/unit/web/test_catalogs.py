"""No sentence is forgotten: what attendees read exists in every language with a catalog, what staff read in German."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from markupsafe import Markup

from sratix_core.accounts.permissions import PRESETS
from sratix_core.health.backups import Backup
from sratix_core.health.host import Host
from sratix_core.health.pulse import Pulse
from sratix_core.health.signs import sentences as spoken_of
from sratix_core.health.signs import signs
from sratix_core.my import shell as my_shell
from sratix_core.platform import events, jobs, shell, tenant, tenants, user, users
from sratix_core.platform import settings as settings_page
from sratix_core.settings import SETTINGS
from sratix_core.shop import orders
from sratix_core.web import messages, pieces
from sratix_core.web.catalogs.de import SENTENCES as GERMAN
from sratix_core.web.translate import CATALOGS, OFFICE_SPOKEN, catalog, translate
from tests.support import settings_for

ROOT = Path(__file__).parents[3]
CALL = re.compile(r"""\bt\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
SPOKEN = ("shop", "my", "account", "errors", "email", "components")
AROUND = ("frame", "_sidebar", "_around", "_toasts")
"""The dashboard's pages that stand around a person's own as well."""

CHAPTERS = sorted(path for path in (ROOT / "sratix_core" / "web" / "catalogs").glob("*/*.py"))
LOUD = {
    "en": r"\bplease\b|\bsuccessful",
    "de": r"\bbitte\b|\berfolgreich|ß",
    "fr": r"s[’']il vous pla[iî]t|\bsvp\b|\bveuillez\b|\bavec succès\b|'|[^\u202f][;?»]|[^\u202f/\d]:(?![\d/])|« |«[^\u202f]| %",
    "it": r"\bper favore\b|\bprego\b|\bsi prega\b|\bcon successo\b",
}
"""What the house does not say, beside exclamation marks; in French also spaces that are missing or too wide."""

every_language = pytest.mark.parametrize("language", CATALOGS)


def sentences(folder: Path, pattern: str) -> set[str]:
    found = (CALL.finditer(page.read_text(encoding="utf-8")) for page in folder.rglob(pattern))
    return {ast.literal_eval(hit[1]) for hits in found for hit in hits}


@pytest.fixture(scope="module")
def written() -> set[str]:
    """Every text that stands in a page or a module, outside of the catalogs."""
    core = [path for path in (ROOT / "sratix_core").rglob("*.py") if "catalogs" not in path.parts]
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in core)
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    pages = sentences(ROOT / "templates", "*.jinja2") | sentences(ROOT / "sratix_plugins", "*.jinja2")
    return pages | {text for text in texts if isinstance(text, str)}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def said_by(*parts: str) -> set[str]:
    """The answers of pages that are kept in tables, such as what `?done=` says."""
    tables = (module.DONE for module in (orders, my_shell))
    return {*parts, *(words for table in tables for words in table.values())}


@every_language
def test_every_sentence_for_buyers_is_there(language: str) -> None:
    spoken = set().union(*(sentences(ROOT / "templates" / part, "*.jinja2") for part in SPOKEN))
    spoken |= sentences(ROOT / "sratix_core" / "shop", "*.py") | sentences(
        ROOT / "sratix_core" / "my", "*.py"
    )
    for page in AROUND:
        spoken |= sentences(ROOT / "templates" / "dashboard", f"{page}.jinja2")
    spoken |= said_by(*(label for _, label, _ in my_shell.NAV))
    assert sorted(spoken - catalog(language).keys()) == []


@pytest.mark.parametrize("language", sorted(set(CATALOGS) - set(OFFICE_SPOKEN)))
def test_every_role_that_an_invitation_names_is_there(language: str) -> None:
    assert sorted({role.title for role in PRESETS} - catalog(language).keys()) == []


@every_language
def test_every_sentence_beside_the_card_fields_is_there(language: str) -> None:
    fields = ROOT / "sratix_plugins" / "stripe" / "sratix_stripe" / "templates"
    assert sorted(sentences(fields, "fields.jinja2") - catalog(language).keys()) == []


def test_every_sentence_for_administrators_of_the_installation_is_there() -> None:
    spoken = sentences(ROOT / "templates" / "platform", "*.jinja2")
    spoken |= sentences(ROOT / "templates" / "dashboard", "frame.jinja2")
    spoken |= sentences(ROOT / "templates" / "dashboard", "_sidebar.jinja2")
    spoken |= sentences(ROOT / "sratix_core" / "platform", "*.py")
    spoken |= {setting.help for setting in SETTINGS} | set(shell.DONE.values())
    spoken |= {label for _, label, _ in shell.NAV} | set(settings_page.SOURCES.values())
    spoken |= {word for views in (tenants.VIEWS, events.VIEWS, jobs.VIEWS, users.VIEWS) for word, _ in views}
    spoken |= {words for asks in (user.ASKS, tenant.ASKS) for ask in asks.values() for words in ask[:3]}
    assert sorted(spoken - GERMAN.keys()) == []


@pytest.mark.parametrize("well", [True, False], ids=["well", "ill"])
def test_every_sentence_of_a_sign_is_there(well: bool, tmp_path: Path) -> None:
    made = datetime(2027, 3, 10, tzinfo=UTC)
    settings = settings_for(tmp_path, base_url="https://a.example") if well else settings_for(tmp_path)
    machines = [
        Host(1, 10**12, 2 * 10**12, "answers" if well else "TimeoutError"),
        Host(1, 10**9, 10**12, "unused"),
    ]
    if not well:
        machines += [Host(1, 1, 10**12, "unused"), Host(1, None, None, "unused")]
    pulses = [Pulse(1.0, {}, 0, 0, 0, 0, frozenset(), {}, Backup(made, 1, 1))]
    if not well:
        pulses = [
            Pulse(900.0, {"dead": 2}, 0, 20, 3, 1, frozenset(), {}, None),
            Pulse(900.0, {"waiting": 2}, 90, 90, 3, 0, frozenset({"sms"}), {}, Backup(made, 1, 1)),
        ]
    now = made + timedelta(hours=1 if well else 60)
    seen = [s for h in machines for p in pulses for s in signs(settings, "postgresql", h, p, now)]
    seen += [
        s for p in pulses for s in signs(replace(settings, env="production"), "sqlite", machines[0], p, now)
    ]
    assert {s.level for s in seen} == ({"ok", "off", "warn"} if well else {"ok", "off", "warn", "bad"})
    assert sorted(set(spoken_of(seen)) - GERMAN.keys()) == []


@pytest.mark.parametrize("days", [None, -1, 3, 10, 90])
def test_every_sentence_of_a_certificate_is_there(days: int | None, tmp_path: Path) -> None:
    now = datetime(2027, 3, 10, tzinfo=UTC)
    settings = settings_for(tmp_path, base_url="https://a.example")
    until = None if days is None else (now + timedelta(days=days)).isoformat()
    kept = {"url": "https://a.example", "at": now.isoformat(), "until": until}
    pulse = Pulse(1.0, {}, 0, 0, 0, 0, frozenset(), {}, None, kept)
    seen = signs(settings, "postgresql", Host(1, 10**12, 2 * 10**12, "unused"), pulse, now)
    assert sorted(set(spoken_of(seen)) - GERMAN.keys()) == []


@every_language
def test_every_state_is_there(language: str) -> None:
    assert sorted({word for _, _, word in pieces.STATES.values()} - catalog(language).keys()) == []


@every_language
def test_every_error_is_there(language: str) -> None:
    said = {*messages.SENTENCES.values(), *messages.TITLES.values(), *messages.OF_CODES.values()}
    assert sorted(said - catalog(language).keys()) == []


@every_language
def test_a_translation_has_the_same_placeholders(language: str) -> None:
    assert [s for s, said in catalog(language).items() if placeholders(s) != placeholders(said)] == []


@pytest.mark.parametrize("language", sorted(set(CATALOGS) - set(OFFICE_SPOKEN)))
def test_a_translation_is_of_a_sentence_that_somebody_says(language: str, written: set[str]) -> None:
    assert sorted(catalog(language).keys() - written) == []


def test_english_sentences_keep_the_house_style() -> None:
    loud = re.compile(rf"!|{LOUD['en']}", re.IGNORECASE)
    assert [s for s in (*GERMAN, *messages.SENTENCES.values()) if loud.search(s)] == []


@every_language
def test_sentences_keep_the_house_style(language: str) -> None:
    loud = re.compile(rf"!|{LOUD[language]}", re.IGNORECASE)
    assert [s for s in catalog(language).values() if loud.search(s.replace("https://", ""))] == []


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_chapter_is_in_its_catalog(chapter: Path) -> None:
    module = import_module(f"sratix_core.web.catalogs.{chapter.parent.name}.{chapter.stem}")
    assert module.SENTENCES.keys() <= catalog(chapter.parent.name).keys()


def test_staff_are_spoken_to_in_what_is_whole() -> None:
    assert set(OFFICE_SPOKEN) <= {"en", *CATALOGS}


def test_a_language_nobody_speaks_is_not_loaded() -> None:
    code = (
        "import sys, sratix_core.app; from sratix_core.web.translate import translate;"
        "translate('Tickets', 'en'), translate('Tickets', 'de');"
        "print(sorted(n.rsplit('.', 1)[1] for n in sys.modules if n.startswith('sratix_core.web.catalogs.') and n.count('.') == 3))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "['de']"


def test_a_missing_sentence_stays_english_and_markup_stays_safe() -> None:
    assert translate("Not in any catalog", "de") == "Not in any catalog"
    assert translate("Not in any catalog", "xx") == "Not in any catalog"
    assert translate("Go to {name}", "de-CH", name="<b>") == "Zu <b>"
    assert translate("Go to {name}", "fr-CH", name="<b>") == "Vers <b>"
    mixed = translate("Go to {name} & {b}", "en", name=Markup("<b>x</b>"), b="<i>")
    assert mixed == "Go to <b>x</b> &amp; &lt;i&gt;"
    assert isinstance(mixed, Markup)


def test_an_unknown_code_gets_the_general_sentence() -> None:
    assert messages.sentence("no_such_code", "en") == "This cannot be done right now."
    assert messages.sentence("no_such_code", "en", _status=503).startswith("A part we depend on")
    assert messages.sentence("too_many_requests", "en") == "This cannot be done right now."
    assert messages.sentence("sold_out", "en", code="x", locale="y", status=1).startswith("These tickets")
