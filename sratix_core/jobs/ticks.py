"""Work that is due by the clock rather than by an act: expiring holds, sealing the journal. One thread, one after another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from sratix_core.runtime import Runtime

log = structlog.get_logger("sratix.jobs")


@dataclass(frozen=True)
class Tick:
    """Called about every `seconds` in every process that runs jobs, so it must bear company and ask before it writes."""

    name: str
    seconds: float
    run: Callable[[Runtime], object]


class Ticker:
    """Runs ticks until stopped. One that fails is logged and comes round again."""

    def __init__(self, runtime: Runtime, ticks: Sequence[Tick]) -> None:
        self._runtime, self._ticks = runtime, tuple(ticks)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._forever, name="sratix-ticks", daemon=True)

    def start(self) -> None:
        if self._ticks:
            self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._ticks:
            self._thread.join()

    def _forever(self) -> None:
        # How long to wait is a duration, so it is measured on the monotone clock (K14); a moved clock changes nothing.
        next_at = {tick.name: 0.0 for tick in self._ticks}
        while not self._stop.is_set():
            for tick in self._ticks:
                if time.monotonic() >= next_at[tick.name] and not self._stop.is_set():
                    self._run(tick)
                    next_at[tick.name] = time.monotonic() + tick.seconds
            self._stop.wait(max(0.05, min(next_at.values()) - time.monotonic()))

    def _run(self, tick: Tick) -> None:
        try:
            tick.run(self._runtime)
        except Exception as error:
            log.error("tick_failed", tick=tick.name, exc_info=error)
