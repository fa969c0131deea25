"""Invented people and houses; their addresses end in .example, which nobody owns. The names are in `names.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sratix_core.demo.chance import Chance
from sratix_core.values.text import fold

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
FIRMS = re.compile(r"\b(ag|gmbh|sa|sarl)\b")
PRIVATE = ("post.example", "brief.example", "mail.example")


@dataclass(frozen=True)
class Language:
    """The names of those who speak it."""

    given: list[str]
    family: list[str]
    german: bool


_NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
HOUSES: list[str] = _NAMES["houses"]
SCHOOLS: list[str] = _NAMES["schools"]
LANGUAGES = [
    (Language(each["given"].split(), each["family"].split(), each.get("german", False)), int(each["weight"]))
    for each in _NAMES["languages"]
]


@dataclass(frozen=True)
class Person:
    """`house` is where they work or study, empty for a private person."""

    name: str
    email: str
    house: str
    locale: str


def host_of(house: str) -> str:
    """The domain of a house: `kinetik-labs.example`."""
    bare = FIRMS.sub("", fold(house.translate(UMLAUTS))).strip()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") + ".example"


def person(chance: Chance, locales: tuple[str, ...], house: str | None = None) -> Person:
    """Somebody; `house=None` lets chance say where they belong."""
    speaks = chance.weighted(LANGUAGES)
    first, last = chance.pick(speaks.given), chance.pick(speaks.family)
    if house is None:
        house = chance.weighted((("", 30), (chance.pick(HOUSES), 48), (chance.pick(SCHOOLS), 22)))
    host = host_of(house) if house else chance.pick(PRIVATE)
    local = "".join(
        c for c in fold(f"{first}.{last}".translate(UMLAUTS)) if c.isascii() and (c.isalnum() or c == ".")
    )
    liked = "de" if chance.percent(88 if speaks.german else 15) else "en"
    return Person(f"{first} {last}", f"{local}@{host}", house, liked if liked in locales else locales[0])


def student(chance: Chance, locales: tuple[str, ...]) -> Person:
    """Somebody who studies."""
    return person(chance, locales, chance.pick(SCHOOLS))
