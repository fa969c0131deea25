"""Owns typed text: what may be stored, how it is folded for search, what counts as an e-mail address.

Everything that enters from outside passes `clean` once, at the door.
"""

from __future__ import annotations

import re
import string
import unicodedata


class BadText(ValueError):
    """Text we do not store. `reason`: nul | surrogate | too_long."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\n\t\x1c-\x1f]")
# Controls, and the marks that reorder what follows them (UAX #9 embeddings, overrides, isolates), which let a
# name read as something else. Joiners stay: Persian and emoji need them.
_UNSEEN = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")


def clean(s: str, max: int, *, multiline: bool = False) -> str:
    """NFC, trimmed, at most `max` code points, without control characters. Cleaning twice changes nothing.

    Line ends become `\\n` with `multiline`, else a space. Raises `BadText`: "nul" and "surrogate" because no
    keyboard makes them and PostgreSQL cannot hold them, "too_long" rather than cutting someone's words.
    """
    if "\0" in s:
        raise BadText("nul")
    if _SURROGATE.search(s):
        raise BadText("surrogate")
    s = _LINE_END.sub("\n", s)
    if not multiline:
        s = _SPACE.sub(" ", s)
    s = _UNSEEN.sub("", s).strip()
    # NFC never makes fewer than one code point of four; refusing first keeps a long run of marks from costing
    # quadratic time.
    if len(s) > 4 * max:
        raise BadText("too_long")
    s = unicodedata.normalize("NFC", s).strip()
    if len(s) > max:
        raise BadText("too_long")
    return s


# Letters that are not a base letter with a mark in Unicode, but that people type without one.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold(s: str) -> str:
    """Lower case without accents, single spaces: `Zoë  GROẞ` is `zoe gross`. For search, never for display.

    Folding twice changes nothing. Both sides of a comparison must be folded.
    """
    if s.isascii():  # no marks to take off; most names and nearly all addresses
        return " ".join(s.lower().split())
    while True:
        spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", s).casefold())
        bare = "".join(c for c in spread if unicodedata.category(c) != "Mn").translate(_PLAIN)
        folded = " ".join(bare.split())
        if folded == s:
            return folded
        s = folded


# The HTML standard's e-mail syntax, with a dot in the domain and without dots in a row. ASCII only: two
# addresses that look alike must not be two people, and a punycode domain still gets through.
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")


def is_email(s: str) -> bool:
    """Whether mail could be sent there: at most 254 characters, 64 before the @ (RFC 5321 §4.5.3.1)."""
    return len(s) <= 254 and _EMAIL.fullmatch(s) is not None


_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def normal_email(s: str) -> str:
    """Trimmed, A-Z in lower case: what addresses are stored and looked up by.

    Never raises, so a look-up with nonsense finds nobody: other letters stay as they are (`str.lower` would turn
    a Kelvin sign into somebody else's k), and what no database can hold becomes U+FFFD.
    """
    return _SURROGATE.sub("\ufffd", s.strip().replace("\0", "\ufffd")).translate(_LOWER)
