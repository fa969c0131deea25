"""From what people are called to the terms they are found by, and from what somebody typed to the same spelling.

Text is folded and cut into words. A name is kept once from each of its words on, going round, so that any beginning of
any word, and words in a row, are one range of the index: `anna maria muster` is found by `mus` and by `muster anna`.
"""

from __future__ import annotations

import re

from sratix_core.search.models import LONGEST
from sratix_core.values import text

SHORTEST = 2
"""Characters from which on somebody is looked for."""

MOST_WORDS = 6
_WORD = re.compile(r"[^\W_]+")


def words(value: str) -> list[str]:
    """`Jean-Luc O’Neil` is `jean`, `luc`, `o`, `neil`."""
    return _WORD.findall(text.fold(value))


def of_name(value: str) -> set[str]:
    """A person's or a company's name from each word on."""
    found = words(value)
    return {_cut(found[i:] + found[:i]) for i in range(min(len(found), MOST_WORDS))}


def of_email(value: str) -> set[str]:
    """An address from each word before the @ on, and its domain."""
    local, at, domain = value.partition("@")
    ahead, behind = words(local), words(domain)
    starts = [*range(min(len(ahead), MOST_WORDS)), *([len(ahead)] if at else [])]
    whole = ahead + behind
    return {_cut(whole[i:]) for i in starts if whole[i:]}


def of_code(value: str) -> set[str]:
    """A short code, with and without what leads it: `T-8KQ2` is also `8kq2`."""
    found = words(value)
    return {_cut(found[i:]) for i in range(len(found))}


def asked(value: str) -> str:
    """What was typed, in the spelling of the terms; empty when it is too short to look for."""
    found = _cut(words(value))
    return found if len(found) >= SHORTEST else ""


def _cut(found: list[str]) -> str:
    return " ".join(found)[:LONGEST].rstrip()
