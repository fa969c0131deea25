"""Choices that repeat: the same demo on every machine, with secrets that are the machine's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sratix_core.values.ids import RandomSource, SeededRandom

T = TypeVar("T")

SEED = 7


class Chance:
    """Draws from a seed."""

    def __init__(self, seed: str) -> None:
        self._random = SeededRandom(f"{SEED}/{seed}")

    def below(self, n: int) -> int:
        """`0 ≤ x < n`."""
        return self._random.below(n)

    def percent(self, of_hundred: int) -> bool:
        """True that often."""
        return self.below(100) < of_hundred

    def pick(self, choices: Sequence[T]) -> T:
        """One of them, all equally likely."""
        return choices[self.below(len(choices))]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """One of them, by whole weights."""
        drawn = self.below(sum(weight for _, weight in choices))
        for choice, weight in choices:
            drawn -= weight
            if drawn < 0:
                return choice
        raise ValueError("no weights")

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """In another order."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in items]


class DemoRandom(RandomSource):
    """Numbers (ids, order codes) repeat from the seed; bytes (keys, secrets of links) come from the real source."""

    def __init__(self, secret: RandomSource, seed: str) -> None:
        self._secret, self._seeded = secret, SeededRandom(f"{SEED}/{seed}/numbers")

    def bytes(self, n: int) -> bytes:
        return self._secret.bytes(n)

    def below(self, n: int) -> int:
        return self._seeded.below(n)
