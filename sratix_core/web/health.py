"""Whether this process lives, and whether it can work: the two questions a supervisor and a load balancer ask."""

from __future__ import annotations

from typing import Any

from pyramid.config import Configurator
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.db import shape
from sratix_core.health import pulse
from sratix_core.runtime import Runtime
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request


def live(request: Request) -> dict[str, Any]:
    """The process answers; says nothing about what it stands on."""
    return {"ok": True}


def ready(request: Request) -> dict[str, Any]:
    """Database, schema and worker. Answers 503 while the process cannot sell."""
    checks = readiness(request)
    if not all(checks.values()):
        request.response.status_code = 503
    return {"ok": all(checks.values()), "checks": checks}


def readiness(request: Request) -> dict[str, bool]:
    """Each check by name; without a database the others cannot be known."""
    runtime: Runtime = request.runtime
    now = runtime.sources.clock.now()
    try:
        with runtime.engines.begin(pulse.LOOKING, write=False) as db:
            late = pulse.oldest_due(db, now) > pulse.WORKER_LATE.total_seconds()
    except SQLAlchemyError:
        return {"database": False, "schema": False, "worker": False}
    return {"database": True, "schema": schema_current(request), "worker": not late}


def schema_current(request: Request) -> bool:
    """Whether the tables fit the models. Looked at until they do, then never again in this process."""
    seen: dict[str, bool] = request.registry.setdefault("schema", {})
    if not seen:
        lacking = shape.missing(request.runtime.settings.database_url)
        seen.update({} if lacking else {"current": True})
    return bool(seen)


def includeme(config: Configurator) -> None:
    for name, path, view in (
        ("health", "/health", live),
        ("health.ready", "/health/ready", ready),
        ("api.health", "/api/v1/health", live),
    ):
        config.add_route(name, path)
        config.add_view(view, route_name=name, request_method="GET", renderer="json", permission=PUBLIC)
