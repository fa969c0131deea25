"""A handler that never returns: its thread is taken back where Python can, its process is given up where it can't, the job is done."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from sratix_core.jobs.models import JobState
from sratix_core.jobs.registry import JobRegistry
from sratix_core.jobs.runner import Runner
from sratix_core.plugins.deadlines import EXIT_CODE
from tests.concurrency.jobs.test_jobs import queue, states, until
from tests.worksite import Site


@pytest.mark.parametrize("urls", ["sqlite"], indirect=True)
def test_a_loop_that_outlives_its_lease_is_ended_and_the_job_done_by_another(live_site: Site) -> None:
    queue(live_site, live_site.tenant(), 1)
    tries: list[str] = []

    def handler(run: object) -> None:
        tries.append(threading.current_thread().name)
        while len(tries) == 1:
            time.sleep(0.01)

    registry = JobRegistry()
    registry.add("effect", handler, lease=timedelta(seconds=1))
    runner = Runner(live_site.runtime, registry, threads=1)
    runner.start()
    until(lambda: states(live_site) == {JobState.DONE: 1}, 120)
    assert len(tries) == 2, "the one thread was free again"
    assert live_site.runtime.plugins.deadlines.hanging == []
    runner.stop()


LOST = """
import sys, threading, time
from datetime import timedelta
from pathlib import Path
from sratix_core.jobs.registry import JobRegistry
from sratix_core.jobs.runner import Runner, run_forever
from sratix_core.values.clock import SystemClock
from tests.worksite import build_site, sqlite_urls

def handler(run):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()  # inside C, for ever

folder = Path(sys.argv[1])
site = build_site(sqlite_urls(folder), folder, clock=SystemClock())
registry = JobRegistry()
registry.add("effect", handler, lease=timedelta(seconds=1))
run_forever(Runner(site.runtime, registry, threads=2))
"""


@pytest.mark.parametrize("urls", ["sqlite"], indirect=True)
def test_a_worker_whose_threads_are_all_lost_ends_so_that_a_new_one_starts(
    live_site: Site, tmp_path: Path
) -> None:
    queue(live_site, live_site.tenant(), 2)
    command = [sys.executable, "-W", "ignore", "-c", LOST, str(tmp_path)]
    root = Path(__file__).parents[3]
    lost = subprocess.run(command, cwd=root, capture_output=True, timeout=120, check=False)
    assert lost.returncode == EXIT_CODE, lost.stderr[-500:]
    assert states(live_site) == {JobState.RUNNING: 2}
    registry = JobRegistry()
    registry.add("effect", lambda run: None)
    runner = Runner(live_site.runtime, registry)
    runner.start()
    until(lambda: states(live_site) == {JobState.DONE: 2}, 120)
    runner.stop()
