# mypy: allow-subclassing-any
"""What carries wake-ups: huey over Redis.

Imported only where wake-ups travel: huey brings every driver it knows, 15 MB that a process without Redis never uses.
"""

from __future__ import annotations

import logging
from typing import Any

from huey import RedisHuey
from huey.consumer import Consumer
from huey.serializer import SignedSerializer
from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.retry import Retry


class EmbeddedConsumer(Consumer):
    """huey's worker threads inside our process: no signal handlers, no scheduler, no loop of its own."""

    def start(self) -> None:
        for _, worker in self.worker_threads:
            worker.start()

    def stop(self, graceful: bool = False) -> None:
        self.stop_flag.set()
        for _, worker in self.worker_threads:
            worker.join(timeout=2)


def open_queue(redis_url: str, secret: str) -> Any:
    """The queue wake-ups travel through. Timeouts are short: a request waits for `send` after its commit.

    huey reads its messages by pickle, so they are signed: whoever can write to Redis must not run code here.
    """
    # huey logs a traceback at every look at a Redis that is gone; `send` and `listen` say it once.
    logging.getLogger("huey").setLevel(logging.CRITICAL)
    signed = SignedSerializer(secret=secret, salt="sratix-wakeups")
    pool = ConnectionPool.from_url(
        redis_url, socket_connect_timeout=0.25, socket_timeout=3, retry=Retry(NoBackoff(), 0)
    )
    return RedisHuey("sratix", connection_pool=pool, read_timeout=1, results=False, serializer=signed)
