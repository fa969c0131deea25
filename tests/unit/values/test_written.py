"""What our four languages write is what CLDR says, word for word: Babel is asked for each of it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from babel.numbers import list_currencies
from hypothesis import given
from hypothesis import strategies as st

from sratix_core.values.cldr import Cldr
from sratix_core.values.currencies import CURRENCIES
from sratix_core.values.locale import LOCALES
from sratix_core.values.money import MAX_MINOR, Money
from sratix_core.values.written import WRITTEN

YEAR = [date(2027, 1, 1) + timedelta(n) for n in range(365)]
BABELS = {locale: Cldr(locale) for locale in LOCALES}

ours = st.sampled_from(LOCALES)
days = st.dates(date(1000, 1, 1))


def test_every_currency_of_cldr_is_known() -> None:
    assert frozenset(list_currencies()) == CURRENCIES


@pytest.mark.parametrize("locale", LOCALES)
def test_every_day_of_a_year_is_written_as_in_cldr(locale: str) -> None:
    ours, babels = WRITTEN[locale], BABELS[locale]
    for day in YEAR:
        for style in ("long", "medium", "short"):
            assert ours.day(day, style) == babels.day(day, style)
        assert ours.month(day) == babels.month(day)
        assert ours.weekday(day) == babels.weekday(day)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_currency_is_written_as_in_cldr(locale: str) -> None:
    for currency in sorted(CURRENCIES):
        for minor in (0, 5, -123_456_789):
            amount = Money(minor, currency).decimal()
            assert WRITTEN[locale].amount(amount, currency) == BABELS[locale].amount(amount, currency)


@given(ours, st.integers(-MAX_MINOR, MAX_MINOR), st.sampled_from(["JPY", "EUR", "KWD", "CLF", "USD"]))
def test_any_amount_is_written_as_in_cldr(locale: str, minor: int, currency: str) -> None:
    amount = Money(minor, currency).decimal()
    assert WRITTEN[locale].amount(amount, currency) == BABELS[locale].amount(amount, currency)


@given(ours, st.integers(-(10**7), 10**7))
def test_any_percentage_is_written_as_in_cldr(locale: str, bp: int) -> None:
    assert WRITTEN[locale].percentage(bp) == BABELS[locale].percentage(bp)


@given(ours, st.integers(0, 23), st.integers(0, 59))
def test_any_time_is_written_as_in_cldr(locale: str, hour: int, minute: int) -> None:
    assert WRITTEN[locale].clock(hour, minute) == BABELS[locale].clock(hour, minute)


@given(ours, days, days)
def test_any_span_of_days_is_written_as_in_cldr(locale: str, one: date, other: date) -> None:
    first, last = sorted((one, other))
    if first < last:
        assert WRITTEN[locale].span(first, last) == BABELS[locale].span(first, last)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_language_of_ours_loads_babel(locale: str) -> None:
    asked = f"""
import sys
from datetime import UTC, datetime
from sratix_core.values.locale import format_datetime, format_percent, own_name
from sratix_core.values.money import Money, format_money
format_datetime(datetime(2027, 3, 10, tzinfo=UTC), "Europe/Zurich", {locale!r})
format_percent(810, {locale!r}), own_name({locale!r}), format_money(Money(4900, "EUR"), {locale!r})
sys.exit("babel" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", asked]).returncode == 0
