"""Owns amounts of money: whole minor units with their currency, never a float.

Also owns how an amount is written for people and how a typed amount is read back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from sratix_core.values.currencies import CURRENCIES
from sratix_core.values.locale import writer

# ISO 4217 minor units where they are not 2. CLDR's display digits differ (it shows AFN without any), and
# payment providers count in ISO units, so ISO decides.
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
EXPONENTS = {
    code: digits for codes, digits in ((_NONE, 0), (_THREE, 3), ("CLF UYW", 4)) for code in codes.split()
}

# I-JSON (RFC 7493): beyond this a JavaScript client reads a different number than we wrote.
MAX_MINOR = 2**53 - 1


class BadMoney(ValueError):
    """Not an amount. `reason`: currency | amount | decimals | ambiguous | too_large."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CurrencyMismatch(TypeError):
    """Two amounts of different currencies were added, subtracted or compared."""


@lru_cache(maxsize=512)
def exponent(currency: str) -> int:
    """Digits after the point: CHF 2, JPY 0, KWD 3 (ISO 4217). Raises `BadMoney("currency")` when unknown."""
    if currency not in CURRENCIES:
        raise BadMoney("currency")
    return EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` units (Rappen, cents, yen) of an ISO 4217 `currency`; may be negative.

    Raises `BadMoney` for an unknown currency, anything but an int, or more than 2**53-1 units.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise BadMoney("amount")
        if abs(self.minor) > MAX_MINOR:
            raise BadMoney("too_large")
        exponent(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.minor

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            return NotImplemented
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def decimal(self) -> Decimal:
        """The exact amount in major units, trailing zeros kept: `Money(4900, "CHF")` is `Decimal("49.00")`."""
        digits = tuple(int(d) for d in str(abs(self.minor)))
        return Decimal((int(self.minor < 0), digits, -exponent(self.currency)))


def format_money(money: Money, locale: str) -> str:
    """`CHF 152’410.00` in every language; other currencies as CLDR writes them in that language."""
    if money.currency == "CHF":
        # One way to write francs in all four languages: CLDR has a different one for each Swiss region.
        whole, _, fraction = str(abs(money.decimal())).partition(".")
        sign = "−" if money.minor < 0 else ""
        return f"CHF {sign}{int(whole):,}".replace(",", "’") + f".{fraction}"
    return writer(locale).amount(money.decimal(), money.currency)


_NUMBER = re.compile(
    r"(?P<sign>-?)(?P<whole>[0-9]+|[0-9]{1,3}(?P<group>['’,. \u00a0\u202f\u2009])[0-9]{3}(?:(?P=group)[0-9]{3})*)"
    r"(?:(?P<mark>[.,])(?P<part>[0-9]{1,4}))?"
)


def parse_money(typed: str, currency: str) -> Money:
    """Read what a person typed: `49`, `49.50`, `49,50`, `1’234.50`, `CHF 49.50`; ASCII digits only.

    Raises `BadMoney`: "ambiguous" for `1,234` (a thousand, or one and a bit), "decimals" for more digits than
    the currency has, "too_large", and "amount" for anything else, such as the code of another currency.
    """
    digits = exponent(currency)
    number = typed.strip().removeprefix(currency).removesuffix(currency).strip().replace("−", "-")
    found = _NUMBER.fullmatch(number) if len(typed) <= 64 else None
    if not found or (found["mark"] and found["mark"] == found["group"]):
        raise BadMoney("amount")
    part = found["part"] or ""
    if len(part) == 3 and not found["group"] and (found["mark"] == "," or digits < 3):
        raise BadMoney("ambiguous")
    if len(part) > digits:
        raise BadMoney("decimals")
    whole = found["whole"].replace(found["group"], "") if found["group"] else found["whole"]
    minor = int(whole + part.ljust(digits, "0"))
    return Money(-minor if found["sign"] else minor, currency)
