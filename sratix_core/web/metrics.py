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
from typing import TYPE_CHECKING

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.registry import Registry
from pyramid.response import Response
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.health import pulse
from sratix_core.health.host import processes
from sratix_core.runtime import Runtime
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


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

        for pid, lives in processes(self._shared):
            if not lives:
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
    body = generate_latest(known.collected()) + "".join(state_lines(request.runtime)).encode()
    return Response(body, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


def allowed(request: Request) -> bool:
    """Somebody at this machine with no proxy between, or a caller with the token."""
    token = request.runtime.settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return request.is_local or bool(token and hmac.compare_digest(given.encode(), token.encode()))


def state_lines(runtime: Runtime) -> Iterator[str]:
    """What the database knows, as on the platform's page: jobs, seals, mail, the last backup.

    Without a database only `sratix_database_up 0`.
    """
    now = runtime.sources.clock.now()
    try:
        with runtime.engines.begin(pulse.LOOKING, write=False) as db:
            felt = pulse.take(db, now, runtime.plugins.infos)
    except SQLAlchemyError:
        felt = None
    yield from gauge("database_up", "Whether the database answers", int(felt is not None))
    if felt is None:
        return
    yield "# HELP sratix_jobs Jobs that are not done\n# TYPE sratix_jobs gauge\n"
    for state in pulse.UNFINISHED:
        yield f'sratix_jobs{{state="{state.value}"}} {felt.jobs.get(state, 0)}\n'
    yield from gauge("outbox_age_seconds", "Age of the oldest job that is due", f"{felt.oldest_due:.1f}")
    yield from gauge("unsealed_age_seconds", "Age of the oldest row without its seal", f"{felt.unsealed:.1f}")
    yield from gauge("mails_stuck", "Mails that no transport took so far", felt.mails)
    yield from gauge("plugins_failing", "Plugins whose hooks fail again and again", felt.failing)
    if felt.backup is not None:
        age = (now - felt.backup.at).total_seconds()
        yield from gauge("backup_age_seconds", "Age of the newest backup", f"{age:.0f}")


def gauge(name: str, text: str, value: int | str) -> Iterator[str]:
    yield f"# HELP sratix_{name} {text}\n# TYPE sratix_{name} gauge\nsratix_{name} {value}\n"


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
