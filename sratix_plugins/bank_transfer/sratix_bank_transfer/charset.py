"""The characters a Swiss payment may hold: a part of UTF-8 (SIX, Implementation Guidelines QR-bill v2.3, §4.1.1)."""

from __future__ import annotations

import re
import unicodedata

MORE = frozenset("ȘșȚț€")
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})


def allowed(text: str) -> bool:
    """Basic Latin from the space on, Latin-1 Supplement, Latin Extended-A, four Romanian letters, the euro sign."""
    return all("\x20" <= c <= "\x7e" or "\xa0" <= c <= "\u017f" or c in MORE for c in text)


def fitted(text: str, most: int) -> str:
    """What a payment can carry of a text: look-alikes in their plain form, other characters as a full stop, cut to `most`."""
    plain = unicodedata.normalize("NFC", text).translate(PLAIN)
    kept = "".join(c if allowed(c) else "." for c in " ".join(plain.split()))
    return kept[:most].strip()


class Check:
    """The check of a setting: at most `most` characters that a bank can print."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, typed: str) -> str:
        """Raises ValueError with a sentence to show."""
        if len(typed) > self.most:
            raise ValueError(f"A payment slip has room for {self.most} characters here.")
        if wrong := next((c for c in typed if not allowed(c)), ""):
            raise ValueError(f"Banks cannot print “{wrong}”: write it in Latin letters.")
        return typed


def checked_country(typed: str) -> str:
    """Two letters, upper case. Raises ValueError with a sentence to show."""
    if not re.fullmatch(r"[A-Za-z]{2}", typed):
        raise ValueError("Write the country as two letters, such as CH or DE.")
    return typed.upper()
