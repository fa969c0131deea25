"""Owns how our four languages write days, numbers and amounts, as CLDR has it: a test compares every one of them with Babel.

Babel would read 2 MB for all languages and as much again for each. Other languages are written by it, in `cldr.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sratix_core.values.currencies import NO_CURRENCY

THIN = "\u2009–\u2009"
NARROW = "\u202f"
_EVERYWHERE = {"XCG": "Cg.", "ILS": "₪", "XOF": "F\u202fCFA", "XAF": "FCFA", "EUR": "€", NO_CURRENCY: "¤"}
_MANY = _EVERYWHERE | {"BRL": "R$", "VND": "₫", "KRW": "₩", "INR": "₹"}
_DOLLARS = {"HKD": "HK$", "XPF": "CFPF", "TWD": "NT$", "CNY": "CN¥", "MXN": "MX$", "CAD": "CA$", "NZD": "NZ$"}


@dataclass(frozen=True, slots=True)
class Written:
    """One language. Percentages have the region's separators (`point`, `group`), amounts the language's (`sums`)."""

    months: tuple[str, ...]
    short: tuple[str, ...]
    weekdays: tuple[str, ...]
    symbols: Mapping[str, str] = field(repr=False)
    alone: tuple[str, ...] = ()
    """Short months that no day stands before, where they differ."""
    dot: str = ""
    """After the number of a day."""
    point: str = "."
    group: str = "’"
    sums: tuple[str, str] = (",", ".")
    before: bool = False
    """Whether the currency stands before the number, without a space."""

    def clock(self, hour: int, minute: int) -> str:
        return f"{hour:02}:{minute:02}"

    def day(self, day: date, style: str) -> str:
        """`style`: long | medium | short, which has no year."""
        month = (self.months if style == "long" else self.short)[day.month - 1]
        year = "" if style == "short" else f" {day.year}"
        return f"{day.day}{self.dot} {month}{year}"

    def month(self, day: date) -> str:
        return f"{(self.alone or self.short)[day.month - 1]} {day.year}"

    def weekday(self, day: date) -> str:
        return self.weekdays[day.weekday()]

    def span(self, first: date, last: date) -> str:
        """Two different days, the year and month that they share said once."""
        start = f"{first.day}{self.dot}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{start}–{self.day(last, 'long')}"
        year = f" {first.year}" if first.year != last.year else ""
        return f"{start} {self.months[first.month - 1]}{year}{THIN}{self.day(last, 'long')}"

    def percentage(self, bp: int) -> str:
        """Basis points as a number of hundredths, without the sign of percent."""
        whole, part = divmod(abs(bp), 100)
        fraction = f"{part:02}".rstrip("0")
        sign = "-" if bp < 0 else ""
        return f"{sign}{whole:,}".replace(",", self.group) + (self.point + fraction if fraction else "")

    def amount(self, amount: Decimal, currency: str) -> str:
        """`amount` in major units, with all of its digits."""
        whole, _, fraction = str(abs(amount)).partition(".")
        point, group = self.sums
        number = f"{int(whole):,}".replace(",", group) + (point + fraction if fraction else "")
        symbol = self.symbols.get(currency, currency)
        sign = "-" if amount < 0 else ""
        return f"{sign}{symbol}{number}" if self.before else f"{sign}{number}\u00a0{symbol}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WRITTEN = {
    "en": Written(
        months=_words(
            "January February March April May June July August September October November December"
        ),
        short=_words("Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec"),
        weekdays=_words("Mon Tue Wed Thu Fri Sat Sun"),
        symbols=_MANY
        | _DOLLARS
        | {"USD": "US$", "AUD": "A$", "PHP": "₱", "JPY": "JP¥", "GBP": "£", "XCD": "EC$"},
        group=",",
        sums=(".", ","),
        before=True,
    ),
    "de": Written(
        months=_words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
        short=_words("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."),
        alone=_words("Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez"),
        weekdays=_words("Mo. Di. Mi. Do. Fr. Sa. So."),
        symbols=_MANY
        | _DOLLARS
        | {"ATS": "öS", "USD": "$", "THB": "฿", "AUD": "AU$", "JPY": "¥", "GBP": "£", "XCD": "EC$"},
        dot=".",
    ),
    "fr": Written(
        months=_words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        short=_words("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
        weekdays=_words("lun. mar. mer. jeu. ven. sam. dim."),
        symbols=_MANY
        | {"BEF": "FB", "XPF": "FCFP", "FRF": "F", "ITL": "₤IT"}
        | {code: f"£{code[:2]}" for code in _words("CYP IEP ILP MTP LBP FKP GIP GBP")}
        | {
            code: f"${code[:2]}"
            for code in _words("BND SGD NAD CLP RHD USD SRD SBD AUD ARS TTD MXN UYU COP CAD FJD BZD BMD NZD")
        }
        | {"WST": "$WS"},
        point=",",
        group=NARROW,
        sums=(",", NARROW),
    ),
    "it": Written(
        months=_words(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
        ),
        short=_words("gen feb mar apr mag giu lug ago set ott nov dic"),
        weekdays=_words("lun mar mer gio ven sab dom"),
        symbols=_EVERYWHERE
        | {"XPF": "CFPF", "THB": "฿", "AUD": "A$", "PHP": "₱", "CNY": "CN¥", "GBP": "£"}
        | {"CAD": "CA$", "NZD": "NZ$", "XCD": "EC$"},
    ),
}
