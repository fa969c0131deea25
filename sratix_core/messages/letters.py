"""A mail before it is laid out: plain strings only, put together from the live rows of its order."""

from __future__ import annotations

from dataclasses import dataclass

from sratix_core.plugins.interfaces import Instructions


@dataclass(frozen=True)
class Line:
    """One row of the order: what, for whom, how much."""

    name: str
    detail: str
    amount: str


@dataclass(frozen=True)
class Letter:
    """Everything a mail says, in reading order. `facts` are up to two blocks of lines, the first line of each is bold."""

    locale: str
    brand: str
    accent: str
    reference: str
    subject: str
    preheader: str
    heading: str
    lead: str
    button: str = ""
    url: str = ""
    facts: tuple[tuple[str, ...], ...] = ()
    caption: str = ""
    headings: tuple[str, str] = ("", "")
    lines: tuple[Line, ...] = ()
    total: tuple[str, str] = ("", "")
    instructions: Instructions | None = None
    closing: str = ""
    legal: str = ""
    reason: str = ""
