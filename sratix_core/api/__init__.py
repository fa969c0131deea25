"""The REST API under /api/v1: what a scanner, a widget or a program calls. Flat snake_case JSON, RFC 9457 errors."""

from __future__ import annotations

from pyramid.config import Configurator

from sratix_core.api.credentials import bearer_of

ROUTES = (
    ("api.scans", "/api/v1/scanner/scans"),
    ("api.manifest", "/api/v1/scanner/manifest"),
    ("api.token", "/api/v1/auth/token"),
    ("api.refresh", "/api/v1/auth/refresh"),
    ("api.revoke", "/api/v1/auth/revoke"),
    ("api.me", "/api/v1/auth/me"),
    ("api.public_events", "/api/v1/public/{tenant}/events"),
    ("api.public_event", "/api/v1/public/{tenant}/events/{event}"),
    ("api.availability", "/api/v1/public/{tenant}/events/{event}/availability"),
)


def includeme(config: Configurator) -> None:
    config.add_request_method(bearer_of, "bearer", reify=True)
    config.include("sratix_core.api.limits")
    config.include("sratix_core.api.idempotency")
    for name, pattern in ROUTES:
        config.add_route(name, pattern)
    config.scan("sratix_core.api")
