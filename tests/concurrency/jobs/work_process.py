"""A worker process for the tests: `python -m tests.concurrency.jobs.work_process <data dir> <seconds a job takes> <url>…`.

Each job writes one event-log row in the transaction that ends it, so that every double end would be seen.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

from sratix_core.audit.events import emit
from sratix_core.jobs.registry import JobRegistry
from sratix_core.jobs.run import JobRun
from sratix_core.jobs.runner import Runner, run_forever
from sratix_core.jobs.wakeups import Wakeups
from sratix_core.values.clock import SystemClock
from tests.worksite import build_site

LEASE = timedelta(seconds=1.5)
SECRET = "a secret of sender and listener"


def main(data_dir: str, seconds: str, redis_url: str, *urls: str) -> None:
    names = ("database_url", "database_owner_url", "database_system_url", "superuser")
    site = build_site(dict(zip(names, urls, strict=True)), Path(data_dir), clock=SystemClock())

    def handler(run: JobRun) -> None:
        sys.stdout.write(f"start {run.payload['n']}\n")
        sys.stdout.flush()
        time.sleep(float(seconds))
        with run.begin() as ctx:
            emit(ctx, "effect", "job", None, n=run.payload["n"])
            run.finish(ctx)

    registry = JobRegistry()
    registry.add("effect", handler, max_attempts=1000, lease=LEASE)
    wakeups = Wakeups(redis_url, SECRET) if redis_url != "-" else None
    run_forever(Runner(site.runtime, registry, threads=2, wakeups=wakeups))
    site.engines.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
