"""The double's own clock: runs with the machine's until it is set, then stands until it is moved."""

from __future__ import annotations

import threading
import time


class Clock:
    """Unix seconds. `wait_until` lets a held answer go when the clock is moved past its hour."""

    def __init__(self, standing_at: int | None = None) -> None:
        self._standing = standing_at
        self._moved = threading.Condition()
        self._over = False

    def now(self) -> int:
        return int(time.time()) if self._standing is None else self._standing

    @property
    def stands(self) -> bool:
        return self._standing is not None

    def set(self, to: int | None) -> None:
        """Stand at `to`; None lets it run again."""
        with self._moved:
            self._standing = to
            self._moved.notify_all()

    def advance(self, seconds: int) -> None:
        self.set(self.now() + seconds)

    def wait_until(self, hour: int) -> None:
        with self._moved:
            while (left := hour - self.now()) > 0 and not self._over:
                self._moved.wait(None if self.stands else left)

    def let_go(self) -> None:
        """Whoever waits waits no longer, nor does anybody after."""
        with self._moved:
            self._over = True
            self._moved.notify_all()
