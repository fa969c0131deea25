"""The login cookie: who it names, how it is set at sign-in and how it goes."""

from __future__ import annotations

import hmac
from datetime import timedelta

from pyramid.config import Configurator
from pyramid.response import Response

from sratix_core.accounts import logins
from sratix_core.accounts.logins import Acting, Identity
from sratix_core.settings import Settings
from sratix_core.web.request import Request

BROWSER_KNOWN = timedelta(days=180)


def cookie_name(settings: Settings) -> str:
    """`__Host-` keeps a sub-domain from planting a login; browsers demand TLS for it."""
    return "__Host-sratix" if settings.https else "sratix"


def identity_of(request: Request) -> Identity | None:
    """Whoever is signed in, by a bearer token before any cookie. Asked for by itself: a tenant's session cannot see users."""
    if request.bearer is not None:
        return request.bearer.identity
    runtime = request.runtime
    token = request.cookies.get(cookie_name(runtime.settings))
    if not token or len(token) > 100 or request.own_host is not None:
        return None
    return logins.find(runtime.engines, token, runtime.sources.clock.now())


def remember(request: Request, response: Response, token: str, *, stays: bool) -> None:
    """Set the cookie; without "stay signed in" it also ends with the browser."""
    settings = request.runtime.settings
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=logins.LONG if stays else None,
        path="/",
        secure=settings.https,
        httponly=True,
        samesite="Lax",
    )


def known_browser(request: Request, email: str) -> str:
    """The name of this browser if it was signed in to this account before, else empty.

    It opens nothing: its tries are counted by themselves (OWASP's device cookie), so that strangers who guess do not
    make the account's owner wait.
    """
    name, _, proof = request.cookies.get(browser_cookie(request.runtime.settings), "").partition(".")
    real = _browser_proof(request, email, name)
    return name if name and hmac.compare_digest(proof.encode(), real.encode()) else ""


def remember_browser(request: Request, response: Response, email: str) -> None:
    """Let this browser prove for half a year that its owner was signed in to this account."""
    settings = request.runtime.settings
    name = known_browser(request, email) or request.runtime.sources.random.token(12)
    response.set_cookie(
        browser_cookie(settings),
        f"{name}.{_browser_proof(request, email, name)}",
        max_age=BROWSER_KNOWN,
        path="/",
        secure=settings.https,
        httponly=True,
        samesite="Lax",
    )


def browser_cookie(settings: Settings) -> str:
    return "__Host-known" if settings.https else "known"


def _browser_proof(request: Request, email: str, name: str) -> str:
    proof: bytes = request.runtime.keys.mac("known-browser", f"{email}\n{name}".encode())
    return proof.hex()[:32]


def forget(request: Request, response: Response) -> None:
    """Take the cookie away; the row that made it worth something is deleted by the caller."""
    settings = request.runtime.settings
    response.delete_cookie(cookie_name(settings), path="/")


def acting_of(request: Request) -> Acting | None:
    """Who acts behind the identity of this request; asks nobody where no page has asked who it is."""
    known = request.__dict__.get("identity")
    return known.acting if known is not None else None


def includeme(config: Configurator) -> None:
    config.add_request_method(identity_of, "identity", reify=True)
    config.add_request_method(acting_of, "acting", property=True)
