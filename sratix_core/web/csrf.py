"""Forged requests: every writing view checks a token and the origin, unless its registration says `csrf=False` and why.

`csrf="origin"` is for a form on a page that is the same for everybody and can carry no token: there the browser's own
word that the form is ours counts as much.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.csrf import CookieCSRFStoragePolicy, check_csrf_origin, check_csrf_token
from pyramid.exceptions import BadCSRFOrigin, ConfigurationError
from pyramid.response import Response

from sratix_core.runtime import Runtime
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request
from sratix_core.web.unit import only_reads

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

View = Callable[[Any, Request], Response]


class TokenCookie(CookieCSRFStoragePolicy):
    """Pyramid's double-submit cookie, its token drawn from the injected random source."""

    def __init__(self, runtime: Runtime) -> None:
        https = runtime.settings.https
        super().__init__("__Host-csrf" if https else "csrf", secure=https, httponly=True, samesite="Lax")
        self._token_factory = lambda: runtime.sources.random.token(24)


def once_cookie(request: Request) -> str:
    """The cookie that a page without a token gives its visitors (`shop.once`)."""
    return "__Host-once" if request.runtime.settings.https else "once"


def is_own_form(request: Request) -> bool:
    """Whether the browser says a page of ours posts this.

    One too old to say anything must bring the cookie that it was given with the page and that goes to no other site. A
    subdomain is no other site: with TLS `check_csrf_origin` before this wants the page named by `Referer` as well.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return bool(site == "same-origin")
    if origin is not None:
        return bool(origin == request.host_url)
    return once_cookie(request) in request.cookies


def csrf_view(view: View, info: Any) -> View:
    """Check before the view; browsers that say where a request comes from are believed when they say elsewhere.

    A bearer credential needs no token: no browser sends one by itself, and beside it no cookie counts.
    """
    if info.exception_only:
        return view
    if info.options.get("csrf") is False:
        if info.options.get("permission") != PUBLIC:
            route = info.options["route_name"]
            raise ConfigurationError(
                f"The view on {route!r} takes cookies: leave out csrf=False, or make it PUBLIC."
            )
        return view
    if only_reads(info):
        return view

    by_origin = info.options.get("csrf") == "origin"

    def checked(context: Any, request: Request) -> Response:
        if request.method not in SAFE and request.bearer is None:
            if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
                raise BadCSRFOrigin("the browser says this comes from another site")
            check_csrf_origin(request)
            if not (by_origin and is_own_form(request)):
                check_csrf_token(request)
        return view(context, request)

    return checked


csrf_view.options = ("csrf",)  # type: ignore[attr-defined]


def includeme(config: Configurator) -> None:
    config.set_csrf_storage_policy(TokenCookie(config.registry["runtime"]))
    config.add_view_deriver(csrf_view, "csrf", under="secured_view", over="owrapped_view")
