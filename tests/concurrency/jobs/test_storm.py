"""A few hundred jobs under a storm of kills; `script/bench jobs` does the same with 20,000."""

from __future__ import annotations

import subprocess
import threading
import time
from pathlib import Path

import pytest
import redis

from sratix_core.jobs.registry import JobRegistry
from sratix_core.jobs.runner import Runner
from sratix_core.jobs.wakeups import Wakeups
from tests.concurrency.jobs.storm import left, own_redis, storm
from tests.concurrency.jobs.test_jobs import queue, until
from tests.concurrency.jobs.work_process import SECRET
from tests.worksite import Site


def test_no_job_is_lost_and_none_done_twice_in_a_storm_of_kills(live_site: Site, tmp_path: Path) -> None:
    with own_redis() as redis_url:
        outcome = storm(
            live_site, tmp_path, 300, every=1.5, workers=3, most_kills=4, seconds=0.05, redis_url=redis_url
        )
    assert (outcome.lost, outcome.twice, outcome.faults) == (0, 0, [])
    assert outcome.kills >= 3


@pytest.mark.parametrize("urls", ["sqlite"], indirect=True)
def test_redis_dying_in_the_middle_costs_a_sweep_and_no_work(live_site: Site) -> None:
    """J4. Commits do not wait for it, workers go on, and when it comes back wake-ups travel again."""
    tenant = live_site.tenant()
    registry = JobRegistry()
    registry.add("effect", lambda run: None)
    with own_redis() as url:
        if url is None:
            pytest.skip("no redis-server on this machine")
        sending = Wakeups(url, SECRET)
        sending.announce()
        runner = Runner(live_site.runtime, registry, wakeups=Wakeups(url, SECRET))
        runner.start()
        queue(live_site, tenant, 5)
        until(lambda: left(live_site) == 0, 20)
        redis.Redis.from_url(url).shutdown(nosave=True)
        began = time.monotonic()
        queue(live_site, tenant, 5)
        assert time.monotonic() - began < 5
        until(lambda: left(live_site) == 0, 20)
        port = url.rsplit(":", 1)[1].split("/")[0]
        again = subprocess.Popen(["redis-server", "--port", port, "--save", ""], stdout=subprocess.DEVNULL)
        heard = threading.Event()
        runner._wakeups._heard = heard.set  # type: ignore[union-attr]
        other = Wakeups(url, SECRET)

        def sent() -> bool:
            other._quiet_until = 0.0
            other.send()
            return heard.is_set()

        try:
            until(sent, 30)
        finally:
            other.stop()
            sending.stop()
            runner.stop()
            again.kill()
            again.wait()
