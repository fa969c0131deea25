"""How often one client may try: token buckets in memory, so that a flood costs no database work.

Processes with a common `SRATIX_RUN_DIR` count together, others each for itself; guesses at passwords are counted in the
database besides.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from pyramid.config import Configurator

from sratix_core.values.clock import Clock
from sratix_core.web.problems import TooManyRequests
from sratix_core.web.request import Request

MAX_BUCKETS = 50_000
"""Beyond that the longest unused buckets are forgotten; about 10 MB."""


@dataclass(frozen=True)
class Limit:
    """`burst` requests at once, refilled evenly over `per` seconds."""

    name: str
    burst: int
    per: float


LOGIN = Limit("login", 30, 60)
CHECKOUT = Limit("checkout", 60, 60)
LOOKUP = Limit("lookup", 120, 60)


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

    def take(self, limit: Limit, client: str) -> float:
        """Take one token. Answers 0 when there was one, else the seconds until there is."""
        now = self._clock.now()
        with self._lock:
            tokens, since = self._held.pop((limit.name, client), (float(limit.burst), now))
            left, wait = refilled(limit, tokens, (now - since).total_seconds())
            self._held[limit.name, client] = (left, now)
            while len(self._held) > MAX_BUCKETS:
                self._held.popitem(last=False)
        return wait


def limit(request: Request, limit: Limit, client: str | None = None) -> None:
    """Count this request against `limit`, by address unless `client` names something better. Raises `TooManyRequests`."""
    wait = request.registry["buckets"].take(limit, client or request.client_addr or "")
    if wait:
        raise TooManyRequests(seconds=math.ceil(wait))


def includeme(config: Configurator) -> None:
    from sratix_core.web.shared_limits import SharedBuckets  # it counts by the rules above

    process = config.registry["runtime"]
    shared = process.settings.run_dir
    clock = process.sources.clock
    config.registry["buckets"] = SharedBuckets(shared / "limits", clock) if shared else Buckets(clock)
    config.add_request_method(limit, "limit")
