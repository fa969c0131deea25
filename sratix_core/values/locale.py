"""Owns how dates and times are written in the four languages, and how wall time becomes UTC.

Also owns which language a reader gets and which time zones exist.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sratix_core.values.written import WRITTEN, Written

if TYPE_CHECKING:
    from sratix_core.values.cldr import Cldr

LOCALES = ("en", "de", "fr", "it")

_OWN_NAMES = {"en": "English", "de": "Deutsch", "fr": "français", "it": "italiano"}

# From the tzdata package, not the machine, so every process agrees on the list.
TIMEZONES: frozenset[str] = frozenset((files("tzdata") / "zones").read_text(encoding="ascii").split())


class BadTime(ValueError):
    """A wall time that names no instant. `reason`: zone | gap | aware | range."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@lru_cache(maxsize=64)
def _other(locale: str) -> Cldr:
    from sratix_core.values.cldr import Cldr

    return Cldr(locale)


def writer(locale: str) -> Written | Cldr:
    """What writes days and numbers in `locale`, a tag such as `de` or `de-AT`; British English when CLDR does not know it."""
    return WRITTEN.get(locale) or _other(locale)


@lru_cache(maxsize=64)
def own_name(locale: str) -> str:
    """What a language calls itself."""
    if locale in _OWN_NAMES:
        return _OWN_NAMES[locale]
    from sratix_core.values import cldr

    return cldr.own_name(locale)


def zone(tz: str) -> ZoneInfo:
    """The IANA zone of that exact name. Raises `BadTime("zone")`; a name is never used as a path."""
    if tz not in TIMEZONES:
        raise BadTime("zone", f"{tz!r} is not an IANA time zone")
    return ZoneInfo(tz)


def _local(at: datetime, tz: str) -> datetime:
    if at.tzinfo is None:
        raise BadTime("aware", "an instant needs its offset; naive times are only for local_to_utc")
    try:
        return at.astimezone(zone(tz))
    except OverflowError as error:
        raise BadTime("range", "that date is outside the calendar") from error


def format_time(dt: datetime, tz: str, locale: str) -> str:
    """`09:00`, the 24-hour clock in our four languages. `dt` is aware."""
    local = _local(dt, tz)
    return _clock(local.hour, local.minute, locale)


# A list shows hundreds of moments, most of them on a few days; Babel reads CLDR's patterns anew for each.
@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, locale: str) -> str:
    return writer(locale).clock(hour, minute)


@lru_cache(maxsize=4096)
def _day(day: date, locale: str, style: str) -> str:
    return writer(locale).day(day, style)


def format_date(dt: datetime, tz: str, locale: str, style: str = "long") -> str:
    """The day it is in `tz`: `10 March 2027` (long), `10 Mar 2027` (medium), `10 Mar` (short)."""
    return _day(_local(dt, tz).date(), locale, style)


def format_month(dt: datetime, tz: str, locale: str) -> str:
    """`Mar 2027`: the month it is in `tz`."""
    return writer(locale).month(_local(dt, tz).date())


def format_datetime(dt: datetime, tz: str, locale: str) -> str:
    """`Wed 10 March 2027, 09:00` in `tz`. The page says which time zone that is."""
    weekday = writer(locale).weekday(_local(dt, tz).date())
    return f"{weekday} {format_date(dt, tz, locale)}, {format_time(dt, tz, locale)}"


def format_datetime_short(dt: datetime, tz: str, locale: str) -> str:
    """`10 Mar 2027, 09:00` in `tz`, for tables."""
    return f"{format_date(dt, tz, locale, 'medium')}, {format_time(dt, tz, locale)}"


def format_date_range(start: datetime, end: datetime, tz: str, locale: str) -> str:
    """`10–11 March 2027`; one date when both fall on the same day in `tz`. Raises `BadTime("range")`
    when `end` is before `start`."""
    first, last = _local(start, tz).date(), _local(end, tz).date()
    if end < start:
        raise BadTime("range", "the end is before the start")
    if first == last:
        return format_date(start, tz, locale)
    return writer(locale).span(first, last)


def format_percent(bp: int, locale: str) -> str:
    """Basis points as `8.1 %`, with a space that does not break."""
    return f"{writer(locale).percentage(bp)}\u00a0%"


def local_to_utc(naive: datetime, tz: str) -> datetime:
    """The instant a wall clock in `tz` shows `naive`; the first of the two when clocks go back.

    Raises `BadTime`: "gap" when clocks jump over that time (PEP 495), "aware" when it already has an offset,
    "zone" for an unknown zone, "range" outside the calendar.
    """
    if naive.tzinfo is not None:
        raise BadTime("aware", "a wall time has no offset")
    where = zone(tz)
    try:
        utc = naive.replace(tzinfo=where, fold=0).astimezone(UTC)
        back = utc.astimezone(where)
    except OverflowError as error:
        raise BadTime("range", "that date is outside the calendar") from error
    if back.replace(tzinfo=None, fold=0) != naive.replace(fold=0):
        raise BadTime("gap", f"clocks in {tz} skip {naive:%Y-%m-%d %H:%M}")
    return utc


_RANGE = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?)\s*)?")


def negotiate(accept_language: str | None, offered: Sequence[str]) -> str:
    """The offered locale a browser likes best (RFC 9110 §12.5.4), `offered[0]` when nothing fits.

    `de-AT` finds `de`; `q=0` refuses; malformed ranges are skipped. Reads at most 1,000 characters.
    """
    wishes: list[tuple[float, int, str]] = []
    for position, part in enumerate((accept_language or "")[:1000].split(",")):
        if found := _RANGE.fullmatch(part):
            wishes.append((-min(float(found[2] or 1), 1.0), position, found[1].lower()))
    by_tag = {name.lower().replace("_", "-"): name for name in reversed(offered)}
    refused = {tag for q, _, tag in wishes if not q}
    for q, _, tag in sorted(wishes):
        if not q:
            break
        if tag == "*":
            for name in offered:
                if name.lower().replace("_", "-") not in refused:
                    return name
        while tag:
            if tag in by_tag and tag not in refused:
                return by_tag[tag]
            tag = tag.rpartition("-")[0]
    return offered[0]
