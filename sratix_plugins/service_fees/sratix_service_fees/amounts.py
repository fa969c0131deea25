"""Amounts and shares as a person types them: `1.50`, `2,5`."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from sratix_core.plugin import currency_digits

AMOUNT = re.compile(r"\d{1,7}([.,]\d{1,3})?", re.ASCII)
PERCENT = re.compile(r"\d{1,3}([.,]\d{1,2})?", re.ASCII)


def checked_amount(typed: str) -> str:
    """An amount in its one spelling. Raises `ValueError` with a sentence."""
    if not AMOUNT.fullmatch(typed):
        raise ValueError("Use an amount such as 1.50.")
    return typed.replace(",", ".")


def checked_percent(typed: str) -> str:
    """A share in its one spelling. Raises `ValueError` with a sentence."""
    if not PERCENT.fullmatch(typed) or Decimal(typed.replace(",", ".")) > 100:
        raise ValueError("Use a number from 0 to 100, such as 2.5.")
    return typed.replace(",", ".")


def units(amount: str | None, currency: str) -> int:
    """Minor units; what the currency has no coin for is rounded half up."""
    scaled = Decimal(amount or "0").scaleb(currency_digits(currency))
    return int(scaled.quantize(Decimal(1), ROUND_HALF_UP))


def points(percent: str | None) -> int:
    """Basis points."""
    return int(Decimal(percent or "0") * 100)
