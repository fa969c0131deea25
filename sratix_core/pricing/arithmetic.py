"""Whole minor units only: how a fraction is rounded, and how an amount is spread so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

WHOLE = 10_000
"""100 % in basis points."""


def half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator`, rounded half up; neither is negative."""
    return (2 * numerator + denominator) // (2 * denominator)


def share(amount: int, bp: int) -> int:
    """`bp` basis points of an amount."""
    return half_up(amount * bp, WHOLE)


def tax_within(gross: int, bp: int) -> int:
    """The tax that an amount with tax contains."""
    return half_up(gross * bp, WHOLE + bp)


def rounded(amount: int, step: int) -> int:
    """To a multiple of `step`, half up: 5 for coins of 5 Rappen."""
    return half_up(amount, step) * step


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` in parts that sum to it, as near to the weights as whole units allow (largest remainder, the first of equals).

    No part is larger than its weight as long as `amount` is no larger than their sum; nothing for weights of 0.
    """
    whole = sum(weights)
    if not whole or not amount:
        return [0] * len(weights)
    parts = [amount * weight // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for i in by_rest[: amount - sum(parts)]:
        parts[i] += 1
    return parts
