"""How often one client may try: token buckets in this process's memory, so that a flood costs no database work.

Several processes allow a client several times as much; guesses at passwords are counted in the database besides.
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
SIGN_UP = Limit("sign_up", 10, 600)
SIGN_UP_MAIL = Limit("sign_up_mail", 3, 3600)
LOOKUP = Limit("lookup", 120, 60)


class Buckets:
    """Token buckets by limit and client; safe between threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, str], tuple[float, datetime]] = OrderedDict()

    def take(self, limit: Limit, client: str) -> float:
        """Take one token. Answers 0 when there was one, else the seconds until there is."""
        now = self._clock.now()
        rate = limit.burst / limit.per
        with self._lock:
            tokens, since = self._held.pop((limit.name, client), (float(limit.burst), now))
            gone = max(0.0, (now - since).total_seconds())
            tokens = min(float(limit.burst), tokens + gone * rate)
            wait = 0.0 if tokens >= 1 else (1 - tokens) / rate
            self._held[limit.name, client] = (tokens - 1 if wait == 0 else tokens, now)
            while len(self._held) > MAX_BUCKETS:
                self._held.popitem(last=False)
        return wait


def limit(request: Request, limit: Limit, client: str | None = None) -> None:
    """Count this request against `limit`, by address unless `client` names something better. Raises `TooManyRequests`."""
    wait = request.registry["buckets"].take(limit, client or request.client_addr or "")
    if wait:
        raise TooManyRequests(seconds=math.ceil(wait))


def includeme(config: Configurator) -> None:
    config.registry["buckets"] = Buckets(config.registry["runtime"].sources.clock)
    config.add_request_method(limit, "limit")
