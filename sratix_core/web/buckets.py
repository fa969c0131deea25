"""Token buckets: a burst, then a steady drip. In this process's memory, or through Redis for all processes where it is set.

A flood costs no database work. When Redis does not answer, each process counts as it would without it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from sratix_core.context import KeyRing
from sratix_core.values.clock import Clock

log = structlog.get_logger("sratix.limits")

MAX_BUCKETS = 50_000
"""Beyond that the longest unused buckets are forgotten; about 10 MB."""

QUIET_SECONDS = 30.0
"""How long a Redis that did not answer is left alone: it must not slow every request down."""

PATIENCE_SECONDS = 0.25


@dataclass(frozen=True)
class Limit:
    """`burst` requests at once, refilled evenly over `per` seconds."""

    name: str
    burst: int
    per: float


@dataclass(frozen=True)
class Allowance:
    """What one request found: `wait` seconds until it fits (0: it was taken), `left` whole requests, full again in `full_in` seconds."""

    limit: Limit
    wait: float
    left: int
    full_in: float


def allowance(limit: Limit, tokens: float, wait: float) -> Allowance:
    """From the tokens that are left in a bucket."""
    return Allowance(limit, wait, int(tokens), (limit.burst - tokens) * limit.per / limit.burst)


def refilled(limit: Limit, tokens: float, seconds: float) -> tuple[float, float]:
    """Take one token of a bucket that had `tokens` and was left alone since: what is left, and the wait for one (0: taken)."""
    rate = limit.burst / limit.per
    tokens = min(float(limit.burst), tokens + max(0.0, seconds) * rate)
    return (tokens - 1, 0.0) if tokens >= 1 else (tokens, (1 - tokens) / rate)


class Buckets:
    """Token buckets by limit and client; safe between threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, str], tuple[float, datetime]] = OrderedDict()

    def ask(self, limit: Limit, client: str) -> Allowance:
        """Take one token if there is one; being refused costs nothing."""
        now = self._clock.now()
        with self._lock:
            tokens, since = self._held.pop((limit.name, client), (float(limit.burst), now))
            tokens, wait = refilled(limit, tokens, (now - since).total_seconds())
            self._held[limit.name, client] = (tokens, now)
            while len(self._held) > MAX_BUCKETS:
                self._held.popitem(last=False)
        return allowance(limit, tokens, wait)

    def take(self, limit: Limit, client: str) -> float:
        """Take one token. Answers 0 when there was one, else the seconds until there is."""
        return self.ask(limit, client).wait

    def close(self) -> None:
        """Nothing to give back."""


# The same bucket as above, in one step on the server and by its clock: processes need not agree on the time.
SCRIPT = """
local at = redis.call('TIME')
local now, burst, rate = at[1] + at[2] / 1000000, tonumber(ARGV[1]), ARGV[1] / ARGV[2]
local held = redis.call('HMGET', KEYS[1], 'tokens', 'since')
local tokens = math.min(burst, (tonumber(held[1]) or burst) + math.max(0, now - (tonumber(held[2]) or now)) * rate)
local wait = 0
if tokens >= 1 then tokens = tokens - 1 else wait = (1 - tokens) / rate end
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'since', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) / rate * 1000) + 1000)
return {string.format('%.6f', tokens), string.format('%.6f', wait)}
"""


class SharedBuckets(Buckets):
    """Buckets that all processes share through Redis; clients stand there under a keyed hash. While it is gone `here` counts."""

    def __init__(self, here: Buckets, url: str, keys: KeyRing) -> None:
        from redis import Redis, RedisError  # 6 MB where nobody has a Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self._here, self._keys, self._gone = here, keys, RedisError
        self._redis: Any = Redis.from_url(
            url,
            socket_connect_timeout=PATIENCE_SECONDS,
            socket_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._script = self._redis.register_script(SCRIPT)
        self._quiet_until = 0.0

    def ask(self, limit: Limit, client: str) -> Allowance:
        """As in memory."""
        if time.monotonic() < self._quiet_until:
            return self._here.ask(limit, client)
        name = self._keys.mac("limit", f"{limit.name}\n{client}".encode()).hex()[:32]
        try:
            tokens, wait = self._script(keys=[f"sratix:limit:{name}"], args=[limit.burst, limit.per])
        except self._gone as error:
            self._quiet_until = time.monotonic() + QUIET_SECONDS
            log.warning("limits_not_shared", quiet_seconds=QUIET_SECONDS, error=type(error).__name__)
            return self._here.ask(limit, client)
        return allowance(limit, float(tokens), float(wait))

    def close(self) -> None:
        """Give the connections back."""
        self._here.close()
        self._redis.close()
