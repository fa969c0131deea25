"""No sentence is forgotten: what buyers and people who sign in can read exists in German, with the same placeholders."""

from __future__ import annotations

import ast
import re
import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from markupsafe import Markup

from sratix_core.health.backups import Backup
from sratix_core.health.host import Host
from sratix_core.health.pulse import Pulse
from sratix_core.health.signs import sentences as spoken_of
from sratix_core.health.signs import signs
from sratix_core.platform import events, jobs, shell, tenant, tenants, user, users
from sratix_core.platform import settings as settings_page
from sratix_core.settings import SETTINGS
from sratix_core.web import messages, pieces
from sratix_core.web.catalogs.de import SENTENCES as GERMAN
from sratix_core.web.translate import translate
from tests.support import settings_for

ROOT = Path(__file__).parents[3]
CALL = re.compile(r"""\bt\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
SPOKEN = ("shop", "my", "account", "errors", "email", "components")


def sentences(folder: Path, pattern: str) -> set[str]:
    found = (CALL.finditer(page.read_text(encoding="utf-8")) for page in folder.rglob(pattern))
    return {ast.literal_eval(hit[1]) for hits in found for hit in hits}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_sentence_for_buyers_is_there() -> None:
    spoken = set().union(*(sentences(ROOT / "templates" / part, "*.jinja2") for part in SPOKEN))
    spoken |= sentences(ROOT / "sratix_core" / "shop", "*.py") | sentences(
        ROOT / "sratix_core" / "my", "*.py"
    )
    assert sorted(spoken - GERMAN.keys()) == []


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


def test_every_state_is_there() -> None:
    assert sorted({word for _, _, word in pieces.STATES.values()} - GERMAN.keys()) == []


def test_every_error_is_there() -> None:
    said = {*messages.SENTENCES.values(), *messages.TITLES.values(), *messages.OF_CODES.values()}
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
