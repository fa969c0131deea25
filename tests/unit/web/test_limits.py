"""Token buckets: a burst, then a steady drip, and no memory without end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sratix_core.values.clock import FixedClock
from sratix_core.web import buckets as room
from sratix_core.web.buckets import Buckets, Limit

CLOCK = datetime(2027, 3, 1, tzinfo=UTC)
FIVE = Limit("test", 5, 10)


def test_a_burst_fits_and_the_next_one_waits() -> None:
    clock = FixedClock(CLOCK)
    buckets = Buckets(clock)
    assert [buckets.take(FIVE, "a") for _ in range(5)] == [0] * 5
    assert buckets.take(FIVE, "a") == 2.0
    clock.move(timedelta(seconds=2))
    assert buckets.take(FIVE, "a") == 0
    assert buckets.take(FIVE, "a") > 0


def test_one_client_does_not_use_up_anothers() -> None:
    buckets = Buckets(FixedClock(CLOCK))
    for _ in range(9):
        buckets.take(FIVE, "a")
    assert buckets.take(FIVE, "b") == 0


def test_being_refused_costs_nothing() -> None:
    clock = FixedClock(CLOCK)
    buckets = Buckets(clock)
    for _ in range(100):
        buckets.take(FIVE, "a")
    clock.move(timedelta(seconds=2))
    assert buckets.take(FIVE, "a") == 0


def test_a_clock_that_steps_back_locks_nobody_out() -> None:
    clock = FixedClock(CLOCK)
    buckets = Buckets(clock)
    buckets.take(FIVE, "a")
    clock.move(timedelta(hours=-1))
    assert buckets.take(FIVE, "a") == 0


def test_buckets_are_bounded(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(room, "MAX_BUCKETS", 10)
    buckets = Buckets(FixedClock(CLOCK))
    for number in range(100):
        buckets.take(FIVE, str(number))
    assert len(buckets._held) == 10
