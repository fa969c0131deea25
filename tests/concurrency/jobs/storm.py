"""Many jobs while workers are killed one after another and Redis forgets everything: `storm` says what became of them.

Used by the test beside it with a few hundred jobs and by `script/bench jobs` with 20,000.
"""

from __future__ import annotations

import collections
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import redis
from sqlalchemy import func, select

from sratix_core.audit.models import EventLog
from sratix_core.jobs.invariants import CHECKS
from sratix_core.jobs.models import Job, JobState
from sratix_core.jobs.service import enqueue
from tests.concurrency.jobs.work_process import main
from tests.worksite import Site

URLS = ("database_url", "database_owner_url", "database_system_url", "superuser")
AT_ONCE = 100
"""Jobs enqueued in one transaction."""

PATIENCE = 120.0
"""How long no job may end before the storm counts as stuck; the whole of it takes as long as the machine takes."""


@dataclass
class Outcome:
    """`lost` never ended done, `twice` left their effect more than once; `faults` are those of J1 and J2."""

    kills: int
    seconds: float
    lost: int
    twice: int
    faults: list[str]


FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.concurrency.jobs.work_process"])
"""A new worker is forked from a process that has imported everything: a second of CPU less for every kill."""


def work(said: str, *given: str) -> None:
    """A worker process that writes what it begins to the file `said`, and complains to nobody when it is killed."""
    with open(said, "w", buffering=1) as out, open(os.devnull, "w") as nowhere:
        sys.stdout, sys.stderr = out, nowhere
        main(*given)


class Worker:
    """A worker process whose jobs take `seconds` each; `begun` once it has taken one."""

    def __init__(self, site: Site, folder: Path, seconds: float, redis_url: str | None) -> None:
        handle, name = tempfile.mkstemp(dir=folder, prefix="worker-")
        os.close(handle)
        self._said = Path(name)
        given = (name, str(folder), str(seconds), redis_url or "-", *(site.urls[url] for url in URLS))
        self._process = FORKS.Process(target=work, args=given)
        self._process.start()

    @property
    def begun(self) -> bool:
        return self._said.stat().st_size > 0

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()


def answers(url: str, seconds: float = 10) -> None:
    """Wait for a Redis that is starting."""
    end = time.monotonic() + seconds
    while True:
        try:
            redis.Redis.from_url(url).ping()
            return
        except redis.ConnectionError:
            assert time.monotonic() < end, "redis-server did not start"
            time.sleep(0.05)


@contextmanager
def own_redis() -> Iterator[str | None]:
    """A Redis nobody else uses, so that it may be flushed; None where there is no redis-server."""
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [program, "--port", str(port), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    try:
        answers(url)
        yield url
    finally:
        server.kill()
        server.wait()


def storm(
    site: Site,
    folder: Path,
    count: int,
    *,
    every: float = 2.0,
    workers: int = 3,
    most_kills: int | None = None,
    seconds: float = 0.0,
    redis_url: str | None = None,
) -> Outcome:
    """Enqueue `count` jobs and kill the oldest worker that works `every` so many seconds, until all are done or it was enough."""
    tenant = site.tenant()
    began, kills, queued = time.monotonic(), 0, 0
    running = [Worker(site, folder, seconds, redis_url) for _ in range(workers)]
    last = time.monotonic()
    try:
        fewest, since = count + 1, began
        while queued < count or (waiting := left(site)):
            if queued == count and waiting < fewest:
                fewest, since = waiting, time.monotonic()
            assert queued < count or time.monotonic() - since < PATIENCE, f"{waiting} jobs are still waiting"
            if queued < count:
                with site.acting(tenant) as ctx:
                    for n in range(queued, min(queued + AT_ONCE, count)):
                        enqueue(ctx, "effect", {"n": n})
                queued = min(queued + AT_ONCE, count)
            else:
                time.sleep(0.1)
            begun = [each for each in running if each.begun]
            if begun and time.monotonic() - last >= every and kills != most_kills:
                last = time.monotonic()
                begun[0].kill()
                kills += 1
                flush(redis_url)
                running.remove(begun[0])
                running.append(Worker(site, folder, seconds, redis_url))
    finally:
        for each in running:
            each.kill()
    return judged(site, count, kills, time.monotonic() - began)


def left(site: Site) -> int:
    """Jobs that have not ended."""
    with site.everything() as db:
        unfinished = select(func.count()).select_from(Job)
        return db.scalar(unfinished.where(Job.state.in_([JobState.WAITING, JobState.RUNNING]))) or 0


def flush(redis_url: str | None) -> None:
    if redis_url is not None:
        with suppress(redis.RedisError):
            redis.Redis.from_url(redis_url).flushall()


def judged(site: Site, count: int, kills: int, seconds: float) -> Outcome:
    with site.everything() as db:
        done = db.scalar(select(func.count()).select_from(Job).where(Job.state == JobState.DONE)) or 0
        effects = collections.Counter(data["n"] for data in db.scalars(select(EventLog.data)))
        faults = [fault for each in CHECKS for fault in each.run(db).faults]
    lost = max(count - done, count - len(effects))
    return Outcome(kills, seconds, lost, sum(n > 1 for n in effects.values()), faults)
