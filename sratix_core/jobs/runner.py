"""The workers of one process: a loop that looks every 2 s for due jobs and hands them to its threads, and the ticks.

Wake-ups only make it look sooner. `run_forever` is a worker process of its own.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog

from sratix_core.jobs import pokes
from sratix_core.jobs.claims import Claim
from sratix_core.jobs.registry import JobRegistry
from sratix_core.jobs.ticks import Tick, Ticker
from sratix_core.jobs.wakeups import Wakeups
from sratix_core.jobs.worker import Worker
from sratix_core.runtime import Runtime

log = structlog.get_logger("sratix.jobs")

SWEEP_SECONDS = 2.0


class Runner:
    """`start()` and `stop()` for a process, `drain()` for a test or a command that wants the work done now."""

    def __init__(
        self,
        runtime: Runtime,
        registry: JobRegistry,
        *,
        threads: int = 4,
        ticks: Sequence[Tick] = (),
        wakeups: Wakeups | None = None,
    ) -> None:
        self._worker = Worker(runtime, registry)
        self._deadlines = runtime.plugins.deadlines
        self._threads, self._wakeups = threads, wakeups
        self._free = threading.Semaphore(threads)
        self._wake, self._stop = threading.Event(), threading.Event()
        self._loop = threading.Thread(target=self._sweep_forever, name="sratix-jobs", daemon=True)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="sratix-job")
        self._ticker = Ticker(runtime, ticks)

    def start(self) -> None:
        """Begin to work in threads of our own; no signal handler is touched."""
        pokes.subscribe(self._wake.set)
        if self._wakeups is not None:
            self._wakeups.listen(self._wake.set)
        self._loop.start()
        self._ticker.start()

    def end_when_lost(self) -> None:
        """End the process once every thread hangs; their jobs come back when their leases are over."""
        self._deadlines.lost_threads_end_it = self._threads

    def stop(self) -> None:
        """Take nothing new and let running jobs end. A process killed before that loses time only: the lease's."""
        self._stop.set()
        self._wake.set()
        pokes.unsubscribe(self._wake.set)
        if self._wakeups is not None:
            self._wakeups.stop()
        self._ticker.stop()
        self._loop.join()
        self._pool.shutdown(wait=True)

    def drain(self) -> int:
        """Do in this thread what is due, until nothing is, and return how many jobs that were."""
        done = 0
        while batch := self._worker.claim(self._threads):
            for held in batch:
                self._worker.do(held)
            done += len(batch)
        return done

    def _sweep_forever(self) -> None:
        while not self._stop.is_set():
            try:
                more = self._sweep()
            except Exception as error:
                log.error("jobs_not_claimed", exc_info=error)
                more = False
            if not more:
                self._wake.wait(SWEEP_SECONDS)
                self._wake.clear()

    def _sweep(self) -> bool:
        """Claim as many jobs as threads are free, so that none waits while its lease runs; whether to look again at once."""
        free = 0
        while free < self._threads and self._free.acquire(blocking=False):
            free += 1
        batch: list[Claim] = []
        try:
            batch = self._worker.claim(free) if free else []
        finally:
            for _ in range(free - len(batch)):
                self._free.release()
        for held in batch:
            self._pool.submit(self._do, held)
        return 0 < free == len(batch)

    def _do(self, held: Claim) -> None:
        try:
            self._worker.do(held)
        except Exception as error:
            log.error("job_outcome_lost", job=str(held.id), kind=held.kind, exc_info=error)
        finally:
            self._free.release()
            self._wake.set()


def run_forever(runner: Runner) -> None:
    """A worker process: work until SIGTERM or SIGINT, then let running jobs end. Ends by itself once all threads hang."""
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())
    runner.end_when_lost()
    runner.start()
    asked.wait()
    runner.stop()
