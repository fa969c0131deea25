"""What Stripe charges, in its own units: mostly ISO 4217's, with three exceptions, and a smallest amount for each currency.

Facts: https://docs.stripe.com/currencies. The smallest is reckoned in the settlement currency there; here it is the published one.
"""

from __future__ import annotations

from sratix_core.plugin import Money

PER_MINOR = {"ISK": 100, "UGX": 100}
"""Counted in hundredths by Stripe although ISO has none."""

WHOLE = {"MGA": 100}
"""Counted without decimals by Stripe although ISO has two."""

ROUND = {**dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), 10)}
"""Amounts of these end in a zero."""

SMALLEST = {
    "AED": 200, "BGN": 100, "CZK": 1500, "DKK": 250, "GBP": 30, "HKD": 400, "HUF": 17500, "JPY": 50, "MXN": 1000,
    "MYR": 200, "NOK": 300, "PLN": 200, "RON": 200, "SEK": 300, "THB": 1000,
}  # fmt: skip
LEAST = 50
LARGEST = 99_999_999


def chargeable(amount: Money) -> bool:
    """Whether Stripe takes a payment of this size and step."""
    currency = amount.currency
    if amount.minor % WHOLE.get(currency, 1) or amount.minor % ROUND.get(currency, 1):
        return False
    least = SMALLEST.get(currency, 500 if currency in ROUND else LEAST)
    return least <= to_stripe(amount) <= LARGEST


def within(amount: Money) -> Money:
    """The largest amount that Stripe can express and that is no more than this one."""
    step = WHOLE.get(amount.currency, ROUND.get(amount.currency, 1))
    return Money(amount.minor - amount.minor % step, amount.currency)


def to_stripe(amount: Money) -> int:
    """Stripe's integer for an amount. Raises ValueError for one that Stripe can't express."""
    units, rest = divmod(amount.minor * PER_MINOR.get(amount.currency, 1), WHOLE.get(amount.currency, 1))
    if rest:
        raise ValueError(f"Stripe has no fractions of {amount.currency}")
    return units


def from_stripe(units: int, currency: str) -> Money:
    """An amount as Stripe says it, with its currency in lower case. Raises ValueError for a fraction that ISO doesn't have."""
    code = currency.upper()
    minor, rest = divmod(units * WHOLE.get(code, 1), PER_MINOR.get(code, 1))
    if rest:
        raise ValueError(f"{code} has no fractions")
    return Money(minor, code)
