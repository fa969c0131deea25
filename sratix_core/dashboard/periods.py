"""A period that an address names, in the organizer's days: this month, the year so far, from one day to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_DAYS, MOST_WEEKS = 31, 92
"""Up to so many days a period is shown day by day, or week by week; beyond that month by month."""

MOST_MONTHS = 60

DEFAULT = "year"


@dataclass(frozen=True)
class Period:
    """Whole days from `first` to `last`, both included, in `timezone`."""

    first: date
    last: date
    timezone: str

    def buckets(self) -> list[date]:
        """The first day of each bucket, and the day after the last."""
        days = (self.last - self.first).days + 1
        if days <= MOST_WEEKS:
            step = 1 if days <= MOST_DAYS else 7
            starts = [self.first + timedelta(days=n) for n in range(0, days, step)]
        else:
            starts, at = [self.first], _next_month(self.first)
            while at <= self.last:
                starts.append(at)
                at = _next_month(at)
        return [*starts, self.last + timedelta(days=1)]

    def edges(self) -> list[datetime]:
        """The buckets as moments."""
        zone = ZoneInfo(self.timezone)
        return [datetime.combine(day, time(), zone).astimezone(UTC) for day in self.buckets()]

    @property
    def by_month(self) -> bool:
        return (self.last - self.first).days + 1 > MOST_WEEKS


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _month(today: date) -> tuple[date, date]:
    return today.replace(day=1), today


def _last_month(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _quarter(today: date) -> tuple[date, date]:
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), today


def _year(today: date) -> tuple[date, date]:
    before = _next_month(date(today.year - 1, today.month, 1))
    return before, today


def _calendar_year(today: date) -> tuple[date, date]:
    return date(today.year, 1, 1), today


PERIODS: dict[str, tuple[str, Callable[[date], tuple[date, date]]]] = {
    "month": ("This month", _month),
    "last-month": ("Last month", _last_month),
    "quarter": ("This quarter", _quarter),
    "calendar-year": ("This year", _calendar_year),
    "year": ("12 months", _year),
}


def period_of(name: str, first: date | None, last: date | None, now: datetime, timezone: str) -> Period:
    """The period of that name; two days that make sense go before it."""
    today = now.astimezone(ZoneInfo(timezone)).date()
    if first is not None or last is not None:
        last = min(last or today, date(9000, 1, 1))
        first = max(first or date(last.year, 1, 1), date(1970, 1, 2))
        if first <= last:
            oldest = date(max(last.year - MOST_MONTHS // 12, 1970), 1, 2)
            return Period(max(first, oldest), last, timezone)
    _, of = PERIODS.get(name, PERIODS[DEFAULT])
    return Period(*of(today), timezone)
