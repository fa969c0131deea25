"""Owns legibility: which ink a brand's colour carries, and the nearest shade of it that can be read (WCAG 2.1 §1.4.3)."""

from __future__ import annotations

import re
from functools import lru_cache

INK, BLACK, WHITE = "#14100d", "#000000", "#ffffff"
TEXT_CONTRAST = 4.5

_HEX = re.compile(r"#[0-9a-fA-F]{6}")

Rgb = tuple[float, float, float]


class BadColour(ValueError):
    """Not written as `#rrggbb`."""


def luminance(colour: str) -> float:
    """Relative luminance, 0 black to 1 white (WCAG 2.1, sRGB)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """Our ink or white, whichever is read more easily on `colour`; pure black on the few greys where neither has 4.5 to 1."""
    best = max((INK, WHITE), key=lambda ink: contrast(ink, colour))
    return best if contrast(best, colour) >= TEXT_CONTRAST else BLACK


@lru_cache(maxsize=512)
def legible(colour: str, background: str) -> str:
    """`colour` as text on `background`: itself if it has 4.5 to 1, else mixed with black or white until it has."""
    goal = ink_on(background)
    for step in range(101):
        mixed = _mix(colour, goal, step / 100)
        if contrast(mixed, background) >= TEXT_CONTRAST:
            return mixed
    return goal


def _rgb(colour: str) -> Rgb:
    if not _HEX.fullmatch(colour):
        raise BadColour(f"{colour!r} is not written as #rrggbb")
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _mix(colour: str, other: str, share: float) -> str:
    mixed = (a + (b - a) * share for a, b in zip(_rgb(colour), _rgb(other), strict=True))
    return "#" + "".join(f"{round(c * 255):02x}" for c in mixed)
