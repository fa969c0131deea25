"""Wake-ups between processes over huey and Redis: an empty task that says "look now". No work and no data travel in it.

Without Redis, and while it is gone, the 2 s sweep remains.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import structlog

from sratix_core.jobs import pokes
from sratix_core.settings import Settings

log = structlog.get_logger("sratix.jobs")

QUIET_SECONDS = 30.0
"""How long a queue that did not answer is left alone: a dead Redis must not slow every sale down."""


ENOUGH = 20
"""Wake-ups that lie unheard; more would only pile up where no worker runs."""


class Wakeups:
    """`send()` in a process that makes work, `listen()` in one that does it. Neither ever raises or waits long."""

    def __init__(self, redis_url: str, secret: str) -> None:
        self._redis_url, self._secret = redis_url, secret
        self._lock = threading.Lock()
        self._queue: Any = None
        self._task: Any = None
        self._consumer: Any = None
        self._heard: Callable[[], None] = lambda: None
        self._quiet_until = 0.0

    @classmethod
    def where_set(cls, settings: Settings) -> Wakeups | None:
        """Those of this installation; none without Redis."""
        return cls(settings.redis_url, settings.secret_key) if settings.redis_url else None

    def announce(self) -> None:
        """Send a wake-up after every commit in this process that left work behind."""
        from sratix_core.jobs import carrier as _loaded_now  # noqa: F401  (not in the middle of the first sale)

        pokes.subscribe(self.send)

    def send(self) -> None:
        """Wake one listening process."""
        if time.monotonic() < self._quiet_until:
            return
        try:
            self._open()
            if self._queue.storage.queue_size() < ENOUGH:
                self._task()
        except Exception as error:
            self._quiet_until = time.monotonic() + QUIET_SECONDS
            log.warning("wakeups_not_sent", quiet_seconds=QUIET_SECONDS, error=type(error).__name__)

    def listen(self, heard: Callable[[], None]) -> None:
        """Call `heard`, in a thread of huey's, for every wake-up that arrives."""
        self._heard = heard
        try:
            self._open()
            from sratix_core.jobs.carrier import EmbeddedConsumer

            self._consumer = EmbeddedConsumer(
                self._queue, workers=1, periodic=False, initial_delay=0.1, max_delay=1.0
            )
            self._consumer.start()
        except Exception as error:
            log.warning("wakeups_not_heard", error=type(error).__name__)

    def stop(self) -> None:
        pokes.unsubscribe(self.send)
        if self._consumer is not None:
            self._consumer.stop()
        if self._queue is not None:
            self._queue.storage.close()

    def _open(self) -> None:
        with self._lock:
            if self._queue is None:
                from sratix_core.jobs.carrier import open_queue

                queue = open_queue(self._redis_url, self._secret)
                self._task = queue.task(name="look")(self._look)
                self._queue = queue

    def _look(self) -> None:
        self._heard()
