"""`/metrics` for Prometheus: requests by route pattern, durations, jobs, connections. No tenant, no path, no person.

Web processes with a common `SRATIX_RUN_DIR` answer for all of them. From elsewhere than this machine it takes
`SRATIX_METRICS_TOKEN`; without it the page does not exist.
"""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.registry import Registry
from pyramid.response import Response
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.jobs.models import Job, JobState
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
QUEUE = SystemScope("metrics count the jobs of all tenants, and name none")


class Metrics:
    """The counters of one process; with `shared` they lie in files that all processes of this machine add up."""

    def __init__(self, shared: Path | None) -> None:
        if shared is not None:
            shared.mkdir(parents=True, exist_ok=True)
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(shared)  # read when the library is first imported
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

        self._shared = shared
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "sratix_requests", "Answers", ["route", "method", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "sratix_request_seconds",
            "Time to an answer",
            ["route"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self.connections = Gauge(
            "sratix_database_connections",
            "Connections of the pool in use",
            ["pool"],
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        if shared is None:
            ProcessCollector(registry=self._registry)

    def watch(self, pool: str, engine: Engine) -> None:
        """Count the connections an engine has lent."""
        gauge = self.connections.labels(pool)
        event.listen(engine, "checkout", lambda *_: gauge.inc())
        event.listen(engine, "checkin", lambda *_: gauge.dec())

    def collected(self) -> CollectorRegistry:
        """What to show: this process, or all that share the folder; gauges of dead ones are dropped."""
        if self._shared is None:
            return self._registry
        from prometheus_client import CollectorRegistry
        from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

        for pid in {int(each.stem.rsplit("_", 1)[1]) for each in self._shared.glob("gauge_live*.db")}:
            if not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
                mark_process_dead(pid, str(self._shared))
        together = CollectorRegistry()
        MultiProcessCollector(together, path=str(self._shared))
        return together


def metrics_tween_factory(
    handler: Callable[[Request], Response], registry: Registry
) -> Callable[[Request], Response]:
    counters: Metrics = registry["metrics"]

    def metrics_tween(request: Request) -> Response:
        started = time.perf_counter()
        response = handler(request)
        route = request.route_pattern or "none"
        method = request.method if request.method in KNOWN_METHODS else "other"
        counters.requests.labels(route, method, str(response.status_code)).inc()
        counters.seconds.labels(route).observe(time.perf_counter() - started)
        return response

    return metrics_tween


KNOWN_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


def metrics(request: Request) -> Response:
    """Counters of the processes, then what the database knows."""
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    if not allowed(request):
        raise HTTPNotFound
    known: Metrics = request.registry["metrics"]
    body = generate_latest(known.collected()) + "".join(queue_lines(request.runtime)).encode()
    return Response(body, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


def allowed(request: Request) -> bool:
    """Somebody at this machine with no proxy between, or a caller with the token."""
    token = request.runtime.settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return request.is_local or bool(token and hmac.compare_digest(given.encode(), token.encode()))


def queue_lines(runtime: Runtime) -> Iterator[str]:
    """Jobs by state and the age of the oldest that is due: the outbox. Finished ones are not counted, they are history.

    Without a database only `sratix_database_up 0`.
    """
    now = runtime.sources.clock.now()
    unfinished = [JobState.WAITING, JobState.RUNNING, JobState.DEAD]
    asked: Any = select(Job.state, func.count()).where(Job.state.in_(unfinished)).group_by(Job.state)
    due = select(func.min(Job.run_at)).where(Job.state == JobState.WAITING, Job.run_at <= now)
    try:
        with runtime.engines.begin(QUEUE, write=False) as db:
            counts = {row[0]: row[1] for row in db.execute(asked)}
            oldest = db.scalar(due)
    except SQLAlchemyError:
        counts = None
    yield "# HELP sratix_database_up Whether the database answers\n# TYPE sratix_database_up gauge\n"
    yield f"sratix_database_up {int(counts is not None)}\n"
    if counts is None:
        return
    yield "# HELP sratix_jobs Jobs that are not done\n# TYPE sratix_jobs gauge\n"
    for state in unfinished:
        yield f'sratix_jobs{{state="{state.value}"}} {counts.get(state, 0)}\n'
    yield "# HELP sratix_outbox_age_seconds Age of the oldest job that is due\n"
    yield "# TYPE sratix_outbox_age_seconds gauge\n"
    yield f"sratix_outbox_age_seconds {(now - oldest).total_seconds() if oldest else 0:.1f}\n"


def includeme(config: Configurator) -> None:
    runtime: Runtime = config.registry["runtime"]
    shared = runtime.settings.run_dir
    made = config.registry["metrics"] = Metrics(shared / "metrics" if shared else None)
    for pool in dict.fromkeys((runtime.engines.readers, runtime.engines.writers, runtime.engines.system)):
        names = ("readers", "writers", "system")
        made.watch(next(name for name in names if getattr(runtime.engines, name) is pool), pool)
    config.add_tween(
        "sratix_core.web.metrics.metrics_tween_factory", over="sratix_core.web.logs.access_tween_factory"
    )
    config.add_route("metrics", "/metrics")
    config.add_view(metrics, route_name="metrics", request_method="GET", permission=PUBLIC)
