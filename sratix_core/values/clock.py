"""Owns the time of day: the one clock that is handed to everything that asks what time it is.

Production uses `SystemClock`; tests and the demo may stand still or be moved.
"""

from __future__ import annotations

import os
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class BadClock(ValueError):
    """A clock file or instant that says no time."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """Stands still at `at` (aware) until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self._at = _utc(at)

    def now(self) -> datetime:
        return self._at

    def move(self, by: timedelta) -> None:
        self._at += by


class OffsetClock:
    """`base`, moved by what a file says; several processes that share the file share the time.

    The file holds a signed offset from `base` (`+90m`, `-2d`; units s m h d) or an ISO 8601 instant with its
    offset, where time then stands still. No file, or an empty one, is no offset. Raises `BadClock` for the rest.
    """

    def __init__(self, base: Clock, path: Path | str) -> None:
        self._base, self._path = base, Path(path)

    def now(self) -> datetime:
        try:
            wish = self._path.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            wish = ""
        moved = parse_move(wish or "+0s")
        try:
            return moved if isinstance(moved, datetime) else self._base.now() + moved
        except OverflowError as error:
            raise BadClock(f"{wish!r} is outside the calendar") from error

    def set(self, wish: str) -> None:
        """Write the file in one step, so no reader ever sees half of it. Raises `BadClock` before writing."""
        parse_move(wish)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(wish)
        os.replace(name, self._path)


_OFFSET = re.compile(r"([+-])([0-9]{1,9})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def parse_move(wish: str) -> datetime | timedelta:
    """`+90m` as a timedelta, `2027-03-10T08:00:00+01:00` as an instant in UTC. Raises `BadClock`."""
    if found := _OFFSET.fullmatch(wish):
        try:
            by = timedelta(**{_UNITS[found[3]]: int(found[2])})
        except OverflowError as error:
            raise BadClock(f"{wish!r} is outside the calendar") from error
        return -by if found[1] == "-" else by
    try:
        return _utc(datetime.fromisoformat(wish))
    except (ValueError, OverflowError) as error:
        raise BadClock(f"{wish!r} is neither an offset like +90m nor an instant with its offset") from error


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise BadClock("an instant needs its offset, for example 2027-03-10T08:00:00+01:00")
    return at.astimezone(UTC)
