"""Money is exact, keeps to its currency, and is read and written the way people do."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sratix_core.values.money import (
    MAX_MINOR,
    BadMoney,
    CurrencyMismatch,
    Money,
    exponent,
    format_money,
    parse_money,
)

currencies = st.sampled_from(["JPY", "CHF", "EUR", "KWD", "CLF"])
minors = st.integers(-MAX_MINOR, MAX_MINOR)
small = st.integers(-(10**12), 10**12)


def chf(minor: int) -> Money:
    return Money(minor, "CHF")


@pytest.mark.parametrize(
    ("currency", "digits"), [("JPY", 0), ("CHF", 2), ("KWD", 3), ("CLF", 4), ("AFN", 2), ("UGX", 0)]
)
def test_minor_units_follow_iso_4217(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


@pytest.mark.parametrize("currency", ["chf", "CH", "", "ZZZ", "CHF\n", "СНF"])
def test_an_unknown_currency_is_refused(currency: str) -> None:
    with pytest.raises(BadMoney, match="currency"):
        Money(1, currency)


@pytest.mark.parametrize("minor", [1.0, True, "1", Decimal(1), None])
def test_only_whole_minor_units_are_money(minor: object) -> None:
    with pytest.raises(BadMoney, match="amount"):
        Money(minor, "CHF")  # type: ignore[arg-type]


def test_more_than_a_browser_can_count_is_refused() -> None:
    assert chf(MAX_MINOR).minor == MAX_MINOR
    with pytest.raises(BadMoney, match="too_large"):
        chf(MAX_MINOR) + chf(1)


@given(small, small, st.integers(-1000, 1000), currencies)
def test_arithmetic_is_integer_arithmetic(a: int, b: int, times: int, currency: str) -> None:
    one, two = Money(a, currency), Money(b, currency)
    assert one + two == Money(a + b, currency)
    assert one - two == Money(a - b, currency)
    assert one * times == times * one == Money(a * times, currency)
    assert -one + one == Money.zero(currency)
    assert (one < two, one <= two, one > two, one >= two) == (a < b, a <= b, a > b, a >= b)


def test_amounts_add_up_from_zero() -> None:
    assert sum([chf(4900), chf(100)], Money.zero("CHF")) == chf(5000)


def test_currencies_never_mix() -> None:
    francs, euros = chf(1), Money(1, "EUR")
    assert francs != euros
    for mix in (
        lambda: francs + euros,
        lambda: francs - euros,
        lambda: francs < euros,
        lambda: francs >= euros,
    ):
        with pytest.raises(CurrencyMismatch):
            mix()


@pytest.mark.parametrize("factor", [0.5, True, Decimal(2)])
def test_money_is_multiplied_by_whole_numbers_only(factor: object) -> None:
    with pytest.raises(TypeError):
        chf(100) * factor  # type: ignore[operator]


def test_money_survives_pickling_and_cannot_be_changed() -> None:
    assert pickle.loads(pickle.dumps(chf(5))) == chf(5)
    with pytest.raises(AttributeError):
        chf(5).minor = 6  # type: ignore[misc]


@given(minors, currencies)
def test_the_decimal_is_exact(minor: int, currency: str) -> None:
    shown = Money(minor, currency).decimal()
    assert shown * 10 ** exponent(currency) == minor
    assert shown.as_tuple().exponent == -exponent(currency)


@pytest.mark.parametrize("locale", ["en", "de", "fr", "it"])
def test_francs_are_written_one_way_everywhere(locale: str) -> None:
    assert format_money(chf(15_241_000), locale) == "CHF 152’410.00"
    assert format_money(chf(123_456_789), locale) == "CHF 1’234’567.89"
    assert format_money(chf(5), locale) == "CHF 0.05"
    assert format_money(chf(-24_000), locale) == "CHF −240.00"


@pytest.mark.parametrize(
    ("money", "locale", "shown"),
    [
        (Money(123450, "EUR"), "en", "€1,234.50"),
        (Money(123450, "EUR"), "de", "1.234,50\u00a0€"),
        (Money(123450, "EUR"), "fr", "1\u202f234,50\u00a0€"),
        (Money(1234, "JPY"), "en", "JP¥1,234"),
        (Money(1234567, "KWD"), "en", "KWD1,234.567"),
        (Money(150, "AFN"), "en", "AFN1.50"),  # CLDR alone would round the minor units away
        (Money(MAX_MINOR, "EUR"), "en", "€90,071,992,547,409.91"),
    ],
)
def test_other_currencies_follow_the_language_without_rounding(money: Money, locale: str, shown: str) -> None:
    assert format_money(money, locale) == shown


@given(minors)
def test_what_we_write_in_francs_can_be_typed_back(minor: int) -> None:
    assert parse_money(format_money(chf(minor), "de"), "CHF") == chf(minor)


@given(minors, currencies)
def test_a_plain_decimal_can_always_be_typed(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert parse_money(f"{money.decimal():f}", currency) == money


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("49", 4900), ("49.5", 4950), ("49,50", 4950), (" CHF 49.50 ", 4950), ("49.50 CHF", 4950),
        ("1’234.50", 123450), ("1'234", 123400), ("1 234,5", 123450), ("1,234.50", 123450),
        ("1.234,50", 123450), ("1.234.567", 123456700), ("-3", -300), ("−3", -300), ("0", 0), ("007", 700),
    ],
)  # fmt: skip
def test_people_type_amounts_in_many_ways(typed: str, minor: int) -> None:
    assert parse_money(typed, "CHF") == chf(minor)


@pytest.mark.parametrize(
    ("typed", "currency", "reason"),
    [
        ("1,234", "CHF", "ambiguous"), ("1.234", "CHF", "ambiguous"), ("1,234", "KWD", "ambiguous"),
        ("1,000", "JPY", "ambiguous"), ("1.2345", "CHF", "decimals"), ("1.5", "JPY", "decimals"),
        ("1’234.567", "CHF", "decimals"), ("1,234,50", "CHF", "amount"), ("12’34", "CHF", "amount"),
        ("", "CHF", "amount"), ("-", "CHF", "amount"), ("1.", "CHF", "amount"), (".5", "CHF", "amount"),
        ("٣", "CHF", "amount"), ("４９", "CHF", "amount"), ("1e3", "CHF", "amount"), ("nan", "CHF", "amount"),
        ("EUR 4", "CHF", "amount"), ("4\x00", "CHF", "amount"), ("9" * 65, "CHF", "amount"),
        ("9" * 30, "CHF", "too_large"),
    ],
)  # fmt: skip
def test_what_could_be_misread_is_refused(typed: str, currency: str, reason: str) -> None:
    with pytest.raises(BadMoney) as refusal:
        parse_money(typed, currency)
    assert refusal.value.reason == reason


@given(st.text(max_size=80), currencies)
def test_typed_nonsense_is_refused_and_never_breaks(typed: str, currency: str) -> None:
    try:
        money = parse_money(typed, currency)
    except BadMoney:
        return
    assert money.currency == currency
