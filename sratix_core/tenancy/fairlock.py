"""A first-come, first-served lock: SQLite has one writer, and in one process writers queue here instead of polling it."""

from __future__ import annotations

import threading
from collections import deque

from sratix_core.tenancy.errors import NestedWriter


class FairLock:
    """Handed from holder to the longest waiter. Any thread may release it: sessions are closed where they happen to be."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False
        self._holder: int | None = None

    def acquire(self, timeout: float = -1) -> bool:
        """Wait in line for at most `timeout` seconds (-1: for ever). Raises `NestedWriter` if this thread holds the lock."""
        me = threading.get_ident()
        with self._mutex:
            if not self._held:
                self._held, self._holder = True, me
                return True
            if self._holder == me:
                raise NestedWriter("this thread already writes; commit or close that session first")
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        came = turn.acquire(timeout=timeout)
        with self._mutex:
            if not came and turn in self._waiting:
                self._waiting.remove(turn)
                return False
            # Not in line any more: it was handed over, if need be in the instant we gave up.
            self._holder = me
        return True

    def release(self) -> None:
        """Hand over to the longest waiter; the lock is free only when nobody waits."""
        with self._mutex:
            self._holder = None
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False
