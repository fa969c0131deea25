"""The clock is aware, in UTC, and moves only when told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from sratix_core.values.clock import BadClock, FixedClock, OffsetClock, SystemClock

NOON = datetime(2027, 3, 10, 12, tzinfo=UTC)


def test_the_system_clock_is_aware_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_fixed_clock_stands_still_until_it_is_moved() -> None:
    clock = FixedClock(NOON.astimezone(timezone(timedelta(hours=1))))
    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC
    clock.move(timedelta(minutes=15))
    assert clock.now() == NOON + timedelta(minutes=15)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(BadClock):
        FixedClock(NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("wish", "then"),
    [
        ("", NOON),
        ("+90m\n", NOON + timedelta(minutes=90)),
        ("-2d", NOON - timedelta(days=2)),
        ("+30s", NOON + timedelta(seconds=30)),
        ("+1h", NOON + timedelta(hours=1)),
        ("2028-01-01T01:00:00+01:00", datetime(2028, 1, 1, tzinfo=UTC)),
        ("2028-01-01T00:00:00Z", datetime(2028, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_file_moves_the_clock(tmp_path: Path, wish: str, then: datetime) -> None:
    (tmp_path / "clock").write_text(wish)
    clock = OffsetClock(FixedClock(NOON), tmp_path / "clock")
    assert clock.now() == then
    assert clock.now().tzinfo is UTC


def test_without_a_file_the_clock_is_its_base(tmp_path: Path) -> None:
    assert OffsetClock(FixedClock(NOON), tmp_path / "none").now() == NOON


@pytest.mark.parametrize(
    "wish",
    [
        "tomorrow",
        "2027-03-10T12:00:00",
        "90m",
        "+9y",
        "+1.5h",
        "+999999999d",
        "0001-01-01T00:00:00+14:00",
        "ü",
    ],
)
def test_a_file_that_says_no_time_is_refused(tmp_path: Path, wish: str) -> None:
    (tmp_path / "clock").write_text(wish, encoding="utf-8")
    with pytest.raises(BadClock):
        OffsetClock(FixedClock(NOON), tmp_path / "clock").now()


def test_two_processes_share_a_set_clock(tmp_path: Path) -> None:
    one = OffsetClock(FixedClock(NOON), tmp_path / "var" / "clock")
    other = OffsetClock(FixedClock(NOON), str(tmp_path / "var" / "clock"))
    one.set("+15m")
    assert other.now() == NOON + timedelta(minutes=15)
    with pytest.raises(BadClock):
        one.set("soon")
    assert other.now() == NOON + timedelta(minutes=15)
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["clock"]
