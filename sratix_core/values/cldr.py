"""Owns what Babel writes: languages that are not ours, the names of languages and currencies. Loaded by who asks; 2 MB and more."""

from __future__ import annotations

import copy
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError, dates, numbers

# Plain "en" would write American dates; Swiss regions give the 24-hour clock and `2. April` without a zero.
_REGIONAL = {"en": "en_GB", "de": "de_CH", "fr": "fr_CH", "it": "it_CH"}


@lru_cache(maxsize=64)
def babel_locale(locale: str, *, regional: bool = True) -> Locale:
    """CLDR's locale for a language tag such as `de` or `de-AT`; British English when CLDR does not know it.

    With `regional=False`, bare German, French and Italian keep CLDR's own defaults, which money in euros wants.
    """
    name = locale.replace("-", "_")
    if regional or name == "en":
        name = _REGIONAL.get(name, name)
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


class Cldr:
    """As `written.Written`, for any language tag."""

    def __init__(self, locale: str) -> None:
        self._where = babel_locale(locale)
        self._sums = babel_locale(locale, regional=False)

    def clock(self, hour: int, minute: int) -> str:
        return str(dates.format_time(time(hour, minute), "short", locale=self._where))

    def day(self, day: date, style: str) -> str:
        if style == "long":
            return str(dates.format_date(day, "long", locale=self._where))
        return str(
            dates.format_skeleton({"medium": "yMMMd", "short": "MMMd"}[style], day, locale=self._where)
        )

    def month(self, day: date) -> str:
        return str(dates.format_date(day, "LLL y", locale=self._where))

    def weekday(self, day: date) -> str:
        return str(dates.format_date(day, "E", locale=self._where))

    def span(self, first: date, last: date) -> str:
        differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
        # CLDR has intervals with short months only; the same patterns with the month spelled out read as we want.
        parts = [part.replace("MMM", "MMMM") for part in self._where.interval_formats["yMMMd"][differs]]
        return "".join(
            dates.format_date(day, part, locale=self._where)
            for day, part in zip((first, last), parts, strict=True)
        )

    def percentage(self, bp: int) -> str:
        return str(numbers.format_decimal(Decimal(bp) / 100, locale=self._where))

    def amount(self, amount: Decimal, currency: str) -> str:
        pattern = copy.copy(self._sums.currency_formats["standard"])
        digits = max(0, -int(amount.as_tuple().exponent))
        pattern.frac_prec = (digits, digits)  # CLDR's own digits would round some currencies
        return str(pattern.apply(amount, self._sums, currency=currency, currency_digits=False))


def language(code: str, locale: str) -> str:
    """The name of a language in another; its code where CLDR has none."""
    return str(Locale.parse(locale).languages.get(code, code))


def currency(code: str, locale: str) -> str:
    return str(Locale.parse(locale).currencies.get(code, code))


def own_name(locale: str) -> str:
    """What a language calls itself."""
    return Locale.parse(locale).get_display_name(locale) or locale
