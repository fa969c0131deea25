"""Jobs under workers that are killed, stopped and resumed: every one is done once, whatever happens to who does it."""

from __future__ import annotations

import collections
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from select import select as select_files

import pytest
from sqlalchemy import func, select

from sratix_core.audit.models import EventLog
from sratix_core.jobs import pokes
from sratix_core.jobs.invariants import CHECKS
from sratix_core.jobs.models import Job, JobState
from sratix_core.jobs.registry import JobRegistry
from sratix_core.jobs.runner import Runner
from sratix_core.jobs.service import enqueue
from sratix_core.jobs.ticks import Tick
from sratix_core.jobs.wakeups import Wakeups
from sratix_core.tenancy.resolve import TenantInfo
from tests.concurrency.jobs.work_process import SECRET
from tests.worksite import Site

NOWHERE = "redis://127.0.0.1:1/0"

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(live_site: Site, tmp_path: Path) -> Iterator[Start]:
    """Starts worker processes and leaves none behind."""
    running: list[subprocess.Popen[str]] = []

    def begin(seconds: float, redis_url: str = "-") -> subprocess.Popen[str]:
        names = ("database_url", "database_owner_url", "database_system_url", "superuser")
        command = [sys.executable, "-W", "ignore", "-m", "tests.concurrency.jobs.work_process", str(tmp_path)]
        command += [str(seconds), redis_url, *(live_site.urls[name] for name in names)]
        root = Path(__file__).parents[3]
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, bufsize=1)
        running.append(process)
        return process

    yield begin
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def started(process: subprocess.Popen[str]) -> None:
    """Wait until the worker is inside a job."""
    assert process.stdout is not None
    assert select_files([process.stdout], [], [], 60)[0], "the worker took no job"
    assert process.stdout.readline().startswith("start ")


def queue(site: Site, tenant: TenantInfo, count: int) -> None:
    for n in range(count):
        with site.acting(tenant) as ctx:
            enqueue(ctx, "effect", {"n": n})


def states(site: Site) -> dict[str, int]:
    with site.everything() as db:
        return {row[0]: row[1] for row in db.execute(select(Job.state, func.count()).group_by(Job.state))}


def effects(site: Site) -> collections.Counter[int]:
    with site.everything() as db:
        return collections.Counter(data["n"] for data in db.scalars(select(EventLog.data)))


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def assert_kept(site: Site, count: int) -> None:
    assert effects(site) == collections.Counter(dict.fromkeys(range(count), 1))
    with site.everything() as db:
        assert [fault for each in CHECKS for fault in each.run(db).faults] == []


def test_workers_killed_again_and_again_lose_nothing_and_do_nothing_twice(
    live_site: Site, start: Start
) -> None:
    count = 24
    queue(live_site, live_site.tenant(), count)
    for _ in range(4):
        victim = start(0.2)
        started(victim)
        victim.kill()
        victim.wait()
    assert states(live_site).get(JobState.DONE, 0) < count
    steady = start(0.02)
    until(lambda: states(live_site) == {JobState.DONE: count})
    assert_kept(live_site, count)
    steady.terminate()
    assert steady.wait(10) == 0


def test_a_worker_stopped_past_its_lease_and_resumed_does_not_finish(live_site: Site, start: Start) -> None:
    tenant = live_site.tenant()
    queue(live_site, tenant, 1)
    first = start(1.0)
    started(first)
    first.send_signal(signal.SIGSTOP)
    second = start(0.05)
    until(lambda: states(live_site) == {JobState.DONE: 1})
    first.send_signal(signal.SIGCONT)
    time.sleep(1.5)
    with live_site.everything() as db:
        job = db.scalars(select(Job)).one()
    assert (job.token, job.attempts, job.state) == (2, 2, JobState.DONE)
    assert_kept(live_site, 1)
    for process in (first, second):
        process.terminate()
        assert process.wait(30) == 0


def test_many_workers_share_the_work_and_each_job_ends_once(live_site: Site) -> None:
    tenant, count = live_site.tenant(), 60
    queue(live_site, tenant, count)
    done: collections.Counter[int] = collections.Counter()
    guard = threading.Lock()

    def handler(run: object) -> None:
        with guard:
            done[run.payload["n"]] += 1  # type: ignore[attr-defined]

    registry = JobRegistry()
    registry.add("effect", handler)
    runners = [Runner(live_site.runtime, registry, threads=3) for _ in range(3)]
    for runner in runners:
        runner.start()
    until(lambda: states(live_site) == {JobState.DONE: count})
    for runner in runners:
        runner.stop()
    assert done == collections.Counter(dict.fromkeys(range(count), 1))


def test_stopping_lets_running_work_end(live_site: Site) -> None:
    queue(live_site, live_site.tenant(), 1)
    begun = threading.Event()

    def handler(run: object) -> None:
        begun.set()
        time.sleep(0.5)

    registry = JobRegistry()
    registry.add("effect", handler)
    runner = Runner(live_site.runtime, registry)
    runner.start()
    assert begun.wait(30)
    runner.stop()
    assert states(live_site) == {JobState.DONE: 1}


def test_without_redis_the_sweep_finds_the_work(live_site: Site) -> None:
    """J4: the sale does not wait for Redis, and the work is done within a sweep or two."""
    tenant = live_site.tenant()
    wakeups = Wakeups(NOWHERE, SECRET)
    wakeups.announce()
    registry = JobRegistry()
    registry.add("effect", lambda run: None)
    runner = Runner(live_site.runtime, registry, wakeups=wakeups)
    runner.start()
    pokes._listeners.remove(runner._wake.set)  # as if the sale happened in another process
    began = time.monotonic()
    queue(live_site, tenant, 3)
    assert time.monotonic() - began < 10
    until(lambda: states(live_site) == {JobState.DONE: 3}, 60)
    runner.stop()


@pytest.mark.redis
def test_a_wakeup_crosses_processes() -> None:
    heard, way = threading.Event(), (os.environ["SRATIX_TEST_REDIS_URL"], SECRET)
    listening, sending = Wakeups(*way), Wakeups(*way)
    listening.listen(heard.set)
    for _ in range(
        100
    ):  # a signal sent before the other listens is lost, and may be: the sweep finds the work
        sending.send()
        if heard.wait(0.3):
            break
    assert heard.is_set()
    sending.stop()
    listening.stop()
    assert not [t for t in threading.enumerate() if t.name.startswith("Worker-") and t.is_alive()]


def test_a_tick_that_fails_comes_round_again(live_site: Site) -> None:
    runs: list[int] = []

    def fail(runtime: object) -> None:
        runs.append(1)
        raise OSError("not now")

    runner = Runner(live_site.runtime, JobRegistry(), ticks=[Tick("t", 0.1, fail)])
    runner.start()
    until(lambda: len(runs) >= 3, 60)
    runner.stop()
    settled = len(runs)
    time.sleep(0.3)
    assert len(runs) == settled
