"""Dates read as people write them, and a wall time becomes exactly one instant or is refused."""

# ruff: noqa: DTZ001, DTZ901  (wall times are naive: that is what is tested)

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sratix_core.values.locale import (
    LOCALES,
    TIMEZONES,
    BadTime,
    format_date,
    format_date_range,
    format_datetime,
    format_time,
    local_to_utc,
    negotiate,
    zone,
)

ZURICH = "Europe/Zurich"
OPENS = datetime(2027, 3, 10, 8, tzinfo=UTC)
CLOSES = datetime(2027, 3, 11, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en", "10–11 March 2027"),
        ("de", "10.–11. März 2027"),
        ("fr", "10–11 mars 2027"),
        ("it", "10–11 marzo 2027"),
        ("xx", "10–11 March 2027"),
    ],
)
def test_a_range_of_days_names_the_month_once(locale: str, shown: str) -> None:
    assert format_date_range(OPENS, CLOSES, ZURICH, locale) == shown


def test_a_range_says_only_what_differs() -> None:
    assert format_date_range(OPENS, OPENS + timedelta(hours=9), ZURICH, "en") == "10 March 2027"
    thin = "\u2009–\u2009"
    april, next_year = datetime(2027, 4, 2, tzinfo=UTC), datetime(2028, 1, 2, tzinfo=UTC)
    assert format_date_range(OPENS, april, ZURICH, "en") == f"10 March{thin}2 April 2027"
    assert format_date_range(OPENS, next_year, ZURICH, "en") == f"10 March 2027{thin}2 January 2028"


def test_the_days_are_those_of_the_place() -> None:
    late = datetime(2027, 3, 10, 23, 30, tzinfo=UTC)
    assert format_date(late, ZURICH, "en") == "11 March 2027"
    assert format_date_range(OPENS, late, ZURICH, "en") == "10–11 March 2027"
    assert format_date_range(OPENS, late, "UTC", "en") == "10 March 2027"


def test_a_range_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadTime):
        format_date_range(CLOSES, OPENS, ZURICH, "en")


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en", "Wed 10 March 2027, 09:00"),
        ("de", "Mi. 10. März 2027, 09:00"),
        ("fr", "mer. 10 mars 2027, 09:00"),
        ("it", "mer 10 marzo 2027, 09:00"),
    ],
)
def test_a_moment_is_written_in_the_time_of_the_place(locale: str, shown: str) -> None:
    assert format_datetime(OPENS, ZURICH, locale) == shown
    assert format_time(OPENS, ZURICH, locale) == "09:00"


def test_dates_come_in_three_lengths() -> None:
    shown = [format_date(OPENS, ZURICH, "en", style) for style in ("long", "medium", "short")]
    assert shown == ["10 March 2027", "10 Mar 2027", "10 Mar"]


@pytest.mark.parametrize("locale", LOCALES)
def test_afternoons_use_the_24_hour_clock(locale: str) -> None:
    assert format_time(CLOSES, ZURICH, locale) == "18:30"


def test_a_naive_time_is_never_shown() -> None:
    with pytest.raises(BadTime) as refusal:
        format_datetime(OPENS.replace(tzinfo=None), ZURICH, "en")
    assert refusal.value.reason == "aware"


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "europe/zurich", "/etc/localtime", "Europe"]
)
def test_an_unknown_zone_is_refused(name: str) -> None:
    assert name not in TIMEZONES
    for use in (lambda: zone(name), lambda: local_to_utc(datetime(2027, 1, 1), name)):
        with pytest.raises(BadTime) as refusal:
            use()
        assert refusal.value.reason == "zone"


def test_every_listed_zone_exists() -> None:
    assert {ZURICH, "UTC", "America/New_York"} <= TIMEZONES
    assert all(zone(name).key == name for name in TIMEZONES)


def test_wall_time_becomes_utc() -> None:
    assert local_to_utc(datetime(2027, 3, 10, 9), ZURICH) == OPENS
    assert local_to_utc(datetime(2027, 7, 10, 9), ZURICH) == datetime(2027, 7, 10, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "tz"),
    [
        (datetime(2027, 3, 28, 2, 0), ZURICH),
        (datetime(2027, 3, 28, 2, 30), ZURICH),
        (datetime(2027, 3, 28, 2, 59, 59, 999_999), ZURICH),
        (datetime(2011, 12, 30, 12), "Pacific/Apia"),  # a whole day that never was
    ],
)
def test_a_time_the_clocks_skip_is_refused(wall: datetime, tz: str) -> None:
    with pytest.raises(BadTime, match="skip") as refusal:
        local_to_utc(wall, tz)
    assert refusal.value.reason == "gap"


def test_the_edges_of_a_gap_are_real() -> None:
    assert local_to_utc(datetime(2027, 3, 28, 1, 59), ZURICH) == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    assert local_to_utc(datetime(2027, 3, 28, 3, 0), ZURICH) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("fold", [0, 1])
def test_a_repeated_hour_means_its_first(fold: int) -> None:
    wall = datetime(2027, 10, 31, 2, 30, fold=fold)
    assert local_to_utc(wall, ZURICH) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_time_with_an_offset_is_no_wall_time() -> None:
    with pytest.raises(BadTime):
        local_to_utc(datetime(2027, 1, 1, tzinfo=timezone(timedelta(hours=1))), ZURICH)


@pytest.mark.parametrize(("wall", "tz"), [(datetime.min, "Asia/Tokyo"), (datetime.max, "Pacific/Pago_Pago")])
def test_a_time_beyond_the_calendar_is_refused(wall: datetime, tz: str) -> None:
    with pytest.raises(BadTime) as refusal:
        local_to_utc(wall, tz)
    assert refusal.value.reason == "range"


@given(
    st.datetimes(datetime(1975, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from([ZURICH, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_an_instant_shows_the_wall_time_it_came_from(wall: datetime, tz: str) -> None:
    try:
        instant = local_to_utc(wall, tz)
    except BadTime:
        later = (wall + timedelta(days=1)).replace(tzinfo=ZoneInfo(tz))
        assert later.utcoffset() != (wall - timedelta(days=1)).replace(tzinfo=ZoneInfo(tz)).utcoffset()
        return
    assert instant.tzinfo is UTC
    assert instant.astimezone(ZoneInfo(tz)).replace(tzinfo=None, fold=0) == wall


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "en"), ("", "en"), ("de", "de"), ("de-AT,en;q=0.5", "de"), ("fr;q=0.4, it;q=0.9", "it"),
        ("ja,*", "en"), ("en;q=0,*", "de"), ("ja", "en"), ("DE-ch", "de"), ("de;q=0,it", "it"),
        ("de;q=nan,fr", "fr"), (";;;,,,fr", "fr"), ("de;q=9", "en"), ("x" * 5000, "en"), ("it,de", "it"),
    ],
)  # fmt: skip
def test_a_browser_gets_the_language_it_asks_for(header: str | None, chosen: str) -> None:
    assert negotiate(header, LOCALES) == chosen


def test_regional_offers_are_found_by_their_tag() -> None:
    assert negotiate("pt-br", ["en", "pt_BR"]) == "pt_BR"


@given(st.text(max_size=200))
def test_any_header_is_answered(header: str) -> None:
    assert negotiate(header, LOCALES) in LOCALES
