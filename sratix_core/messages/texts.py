"""The words of our mails, by language and kind, read from `templates/email/texts.<language>.toml`.

Placeholders are filled with plain strings; a language that lacks a sentence speaks English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sratix_core.values.locale import LOCALES

FALLBACK = "en"


def _source(language: str) -> Traversable:
    return files("sratix_core") / "templates" / "email" / f"texts.{language}.toml"


LANGUAGES = tuple(language for language in LOCALES if _source(language).is_file())


@cache
def catalog(language: str) -> Mapping[str, Mapping[str, str]]:
    """One language's sentences: section (a kind, or `common`), then name."""
    return tomllib.loads(_source(language).read_text(encoding="utf-8"))


def language_of(locale: str) -> str:
    """The language a mail for `locale` is written in."""
    language = locale.replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else FALLBACK


class Texts:
    """The sentences of one mail: its kind's own, else the common ones, else English."""

    def __init__(self, kind: str, language: str) -> None:
        own, english = catalog(language), catalog(FALLBACK)
        common = {**english["common"], **own.get("common", {})}
        self._sentences = {**common, **english.get(kind, {}), **own.get(kind, {})}

    def say(self, name: str, /, **words: str) -> str:
        """The sentence with its placeholders filled; empty where this kind says nothing there."""
        return self._sentences.get(name, "").format_map(words)

    def count(self, name: str, number: int, /, **words: str) -> str:
        """`<name>_one` for one, `<name>_many` otherwise, which may use {number}."""
        return self.say(f"{name}_one" if number == 1 else f"{name}_many", number=str(number), **words)
