"""One line per request and one per fault: structured, with the route's pattern instead of the path, without personal data.

A path may hold an order's secret or a name; the pattern never does. Every answer carries its request id.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import structlog
from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.response import Response
from pyramid.tweens import INGRESS

from sratix_core.settings import Settings
from sratix_core.web.request import Request

log = structlog.get_logger("sratix.access")


def configure(settings: Settings) -> None:
    """Set the format for the whole process: JSON lines, or text for people."""
    text = settings.log_format == "text"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(),
            structlog.dev.ConsoleRenderer(colors=False) if text else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if settings.env == "test" else logging.INFO
        ),
        cache_logger_on_first_use=settings.env != "test",
    )


def route_pattern(request: Request) -> str | None:
    """The matched route as it was declared, `/{tenant}/{event}/`."""
    route = getattr(request, "matched_route", None)
    return route.pattern if route is not None else None


def access_tween_factory(
    handler: Callable[[Request], Response], registry: Registry
) -> Callable[[Request], Response]:
    random = registry["runtime"].sources.random

    def access_tween(request: Request) -> Response:
        request.request_id = random.token(9)
        started = time.perf_counter()
        response = handler(request)
        tenant = request.__dict__.get("tenant")
        log.info(
            "request",
            request_id=request.request_id,
            method=request.method,
            route=request.route_pattern,
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
            tenant=tenant.id if tenant is not None else None,
        )
        response.headers["X-Request-Id"] = request.request_id
        return response

    return access_tween


def includeme(config: Configurator) -> None:
    config.add_request_method(route_pattern, "route_pattern", property=True)
    config.add_tween(
        "sratix_core.web.logs.access_tween_factory",
        under=INGRESS,
        over="sratix_core.web.security.headers_tween_factory",
    )
