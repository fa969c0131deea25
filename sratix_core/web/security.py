"""Headers of every answer: what the page may load, who may frame it, what it tells others; and CORS where it is meant.

The scanner needs the camera, so the permissions policy keeps it for our own origin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pyramid.config import Configurator
from pyramid.interfaces import IRoutesMapper
from pyramid.registry import Registry
from pyramid.response import Response
from pyramid.tweens import INGRESS

from sratix_core.settings import Settings
from sratix_core.web.request import Request

PERMISSIONS_POLICY = (
    "camera=(self), microphone=(), geolocation=(), usb=(), serial=(), midi=(), payment=(), "
    "display-capture=(), accelerometer=(), gyroscope=(), magnetometer=(), browsing-topics=()"
)

CORS_METHODS = "GET, POST, PUT, PATCH, DELETE"
CORS_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID"
CORS_EXPOSED = (
    "ETag, Idempotent-Replayed, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
)


def content_policy(settings: Settings) -> str:
    """Nothing but our own files; uploads may have an origin of their own."""
    images = "'self' data:" + (f" {settings.files_base_url}" if settings.files_base_url else "")
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )


def allow_hosts(request: Request, response: Response, directive: str, hosts: Iterable[str]) -> None:
    """Let this one answer load from, or send its form to, `hosts` as well; what it set before stays."""
    policy = response.headers.get("Content-Security-Policy") or content_policy(request.runtime.settings)
    parts = [part.split() for part in policy.split(";")]
    found = next((part for part in parts if part[0] == directive), None)
    if found is None:
        parts.append(found := [directive, "'self'"])
    found += [host for host in hosts if host not in found]
    response.headers["Content-Security-Policy"] = "; ".join(" ".join(part) for part in parts)


def may_lead_to(request: Request, hosts: Iterable[str]) -> None:
    """The forms of this page may be answered by a redirect to `hosts`: browsers hold that, too, against the page they stand on."""
    allow_hosts(request, request.response, "form-action", hosts)


def is_api(request: Request) -> bool:
    """Whether a program is asking. Reads the raw path, which may not be decodable."""
    return str(request.environ.get("PATH_INFO", "")).startswith("/api/")


HOLES = frozenset("{*:")
"""Marks of a segment that is not written out, of which some are older spellings."""


def is_for_api(info: Any) -> bool:
    """Whether a view that is being registered may be asked below `/api/`: by its route, or by one that begins with a hole."""
    route = info.options.get("route_name")
    if route is None:
        return True
    pattern: str = info.registry.getUtility(IRoutesMapper).get_route(route).pattern
    first = pattern.lstrip("/").partition("/")[0]  # Pyramid takes a pattern with or without its slash
    return first == "api" or not HOLES.isdisjoint(first)


def allowed_origin(request: Request, settings: Settings) -> str | None:
    """The caller's origin when it may read this answer from a browser."""
    path = str(request.environ.get("PATH_INFO", ""))
    origin = request.headers.get("Origin")
    if origin in settings.cors_origins and path.startswith(("/api/", "/public/")):
        return origin
    return None


def preflight(request: Request) -> Response:
    """The answer to a browser that asks before it sends; it needs no route and no session."""
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = CORS_METHODS
    response.headers["Access-Control-Allow-Headers"] = CORS_HEADERS
    response.headers["Access-Control-Max-Age"] = "600"
    return response


def headers_tween_factory(
    handler: Callable[[Request], Response], registry: Registry
) -> Callable[[Request], Response]:
    """Add what is missing; a view that set one of these headers itself keeps it."""
    settings: Settings = registry["runtime"].settings
    always = {
        "Content-Security-Policy": content_policy(settings),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    if settings.https:
        always["Strict-Transport-Security"] = "max-age=31536000"

    def headers_tween(request: Request) -> Response:
        origin = allowed_origin(request, settings)
        asking = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = preflight(request) if origin and asking else handler(request)
        own = {
            name.lower() for name, _ in response.headerlist
        }  # each look into `headers` walks through all of them
        response.headerlist.extend((name, always[name]) for name in always if name.lower() not in own)
        if origin is not None:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = CORS_EXPOSED
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if settings.cors_origins and is_api(request):
            response.headers.add("Vary", "Origin")
        return response

    return headers_tween


def includeme(config: Configurator) -> None:
    config.add_tween("sratix_core.web.security.headers_tween_factory", under=INGRESS)
