"""Owns chance and identity: the one random source and the one source of UUIDv7 ids.

Both are injected, so a seed can make the same data twice.
"""

from __future__ import annotations

import base64
import hashlib
import os
import threading
import uuid
from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta

from sratix_core.values.clock import Clock


class RandomSource(ABC):
    """Uniform random bytes, and what is made of them. Safe to share between threads."""

    @abstractmethod
    def bytes(self, n: int) -> bytes:
        """`n` uniform bytes."""

    def token(self, nbytes: int) -> str:
        """`nbytes` of chance as unpadded URL-safe base64."""
        return base64.urlsafe_b64encode(self.bytes(nbytes)).rstrip(b"=").decode("ascii")

    def below(self, n: int) -> int:
        """A uniform integer in `0 ≤ x < n`, without modulo bias. Raises `ValueError` for n < 1."""
        if n < 1:
            raise ValueError("below() needs a positive bound")
        bits = (n - 1).bit_length()
        while True:
            drawn = int.from_bytes(self.bytes((bits + 7) // 8)) & ((1 << bits) - 1)
            if drawn < n:
                return drawn


class SystemRandom(RandomSource):
    """The operating system's generator: the only source for keys, secrets and ids in production."""

    def bytes(self, n: int) -> bytes:
        return os.urandom(n)


class SeededRandom(RandomSource):
    """The same bytes for the same seed on every Python version (SHA-256 of seed and counter). Never for secrets."""

    def __init__(self, seed: int | str) -> None:
        self._seed = hashlib.sha256(str(seed).encode()).digest()
        self._block = 0
        self._left = b""
        self._lock = threading.Lock()

    def bytes(self, n: int) -> bytes:
        with self._lock:
            while len(self._left) < n:
                self._left += hashlib.sha256(self._seed + self._block.to_bytes(8)).digest()
                self._block += 1
            drawn, self._left = self._left[:n], self._left[n:]
            return drawn


_RANDOM_BITS = 74
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class IdSource:
    """UUIDv7 (RFC 9562 §5.7): sorted by time, and strictly rising inside one process, also across threads.

    Inside a millisecond, and when the clock steps back, the random field rises by a random step (§6.2 method
    2). Steps are up to 2**48, so two forks that share a state still part at once.
    """

    def __init__(self, clock: Clock, random: RandomSource) -> None:
        self._clock, self._random = clock, random
        self._millisecond, self._field = -1, 0
        self._lock = threading.Lock()

    def new(self) -> uuid.UUID:
        with self._lock:
            now = (self._clock.now() - _EPOCH) // _MILLISECOND
            self._field += 1 + int.from_bytes(self._random.bytes(6))
            if now > self._millisecond:
                self._start(now)
            elif self._field >> _RANDOM_BITS:
                self._start(self._millisecond + 1)
            high, low = self._field >> 62, self._field & (2**62 - 1)
            return uuid.UUID(int=self._millisecond << 80 | 7 << 76 | high << 64 | 2 << 62 | low)

    def _start(self, millisecond: int) -> None:
        # The top bit starts at 0, which leaves room for 33 million ids in one millisecond.
        self._millisecond, self._field = millisecond, self._random.below(2 ** (_RANDOM_BITS - 1))
