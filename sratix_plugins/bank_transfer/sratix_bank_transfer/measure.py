"""How wide text is in Helvetica, so that lines break where the slip ends: thousandths of the font size (Adobe font metrics)."""

from __future__ import annotations

import unicodedata

WIDTHS = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys(" !,./:;[]\\ft", 278),
    **dict.fromkeys('-()r{}`"', 334),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("CDHNURw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("W%", 944),
    **dict.fromkeys("ABEKPSVXY&", 667),
    "@": 1015,
}
OTHER = 556
POINT = 25.4 / 72
"""Millimetres."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Millimetres of a line at `size` points. Accents are as wide as their letter; bold is some seven per cent wider."""
    plain = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return sum(WIDTHS.get(c, OTHER) for c in plain) / 1000 * size * POINT * (1.07 if bold else 1)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """The text in lines of at most `room` millimetres, broken at spaces, inside a word where it must be."""
    lines, line = list[str](), ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if width(longer, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width(line, size) > room:
            most = next(n for n in range(len(line), 0, -1) if width(line[:n], size) <= room)
            lines.append(line[:most])
            line = line[most:]
    return [*lines, line] if line else lines
