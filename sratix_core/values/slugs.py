"""Owns the names in addresses: what a tenant or event may be called in a URL, and which words are taken.

A slug has one spelling in plain ASCII, so no other alphabet can imitate it.
"""

from __future__ import annotations

import re

from sratix_core.values.text import fold

MAX_LENGTH = 63  # a DNS label (RFC 1035 §2.3.4): a slug may become a host name

# First segments of our own addresses (DESIGN §5).
RESERVED = frozenset({
    "api", "dashboard", "platform", "account", "my", "scan", "health", "metrics", "static", "files", "dev", "x",
    "webhooks", "sign-up",
})  # fmt: skip

_LETTERS = re.compile("[a-z0-9-]+")
_OTHER = re.compile("[^a-z0-9]+")


class BadSlug(ValueError):
    """Not a slug. `reason`: empty | too_long | characters | hyphens | reserved."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_slug(s: str) -> str:
    """`s` itself when it may stand in an address: a-z, 0-9, single inner hyphens, 1 to 63. Raises `BadSlug`."""
    if not s:
        raise BadSlug("empty")
    if len(s) > MAX_LENGTH:
        raise BadSlug("too_long")
    if not _LETTERS.fullmatch(s):
        raise BadSlug("characters")
    if s.startswith("-") or s.endswith("-") or "--" in s:
        raise BadSlug("hyphens")
    if s in RESERVED:
        raise BadSlug("reserved")
    return s


def slugify(text: str) -> str:
    """A proposal: `Swiss Robotics Day 2027` is `swiss-robotics-day-2027`. Empty when no letter has a Latin form;
    otherwise `check_slug` accepts it (a reserved word gets `-1`)."""
    slug = _OTHER.sub("-", fold(text)).strip("-")[:MAX_LENGTH].rstrip("-")
    return f"{slug}-1" if slug in RESERVED else slug


_ALIKE = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("-", ""), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"))


def skeleton(slug: str) -> str:
    """Equal for two slugs that a hurried reader takes for one another: `swiss-robotics` and `sw1ssrob0tics`."""
    for seen, taken_for in _ALIKE:
        slug = slug.replace(seen, taken_for)
    return slug


RESERVED_SKELETONS = frozenset(map(skeleton, RESERVED))
