"""Whose request it is: the tenant by path or by its own host, the actor, and the scope its database session gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.response import Response
from pyramid.viewderivers import INGRESS

from sratix_core.context import Actor, TenantContext
from sratix_core.errors import NotFound, Unavailable
from sratix_core.runtime import Runtime
from sratix_core.settings import Settings
from sratix_core.tenancy.resolve import TenantInfo
from sratix_core.tenancy.scope import IdentityScope, SystemScope, TenantScope
from sratix_core.values.slugs import RESERVED
from sratix_core.web.request import OWN_HOST, Request

EVERYWHERE = frozenset({"static", "health", "files"})
"""First path segments that answer on any host."""

UNSEEN = frozenset({"pending", "rejected", "platform"})
"""Tenants whose pages are not there: not yet approved, not approved, and the installation itself."""

CROSSING = {
    "/platform": SystemScope("platform pages show every tenant to platform administrators"),
    "/sign-up": SystemScope("a sign-up makes a tenant and its owner, before either exists"),
}

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


def is_base_host(host: str, settings: Settings) -> bool:
    """Whether `host` is the installation's own address; outside production any loopback name and port is."""
    base = urlsplit(settings.base_url)
    default = {"http": ":80", "https": ":443"}[base.scheme]
    if host.lower().removesuffix(default) == base.netloc.lower().removesuffix(default):
        return True
    return settings.env != "production" and host.lower().rsplit(":", 1)[0] in LOOPBACK


def host_tween_factory(
    handler: Callable[[Request], Response], registry: Registry
) -> Callable[[Request], Response]:
    """On a tenant's own host, put its slug in front of the path; routes are written once, with the slug."""
    runtime: Runtime = registry["runtime"]

    def host_tween(request: Request) -> Response:
        first = request.path_info.split("/", 2)[1]
        if is_base_host(request.host, runtime.settings):
            if runtime.settings.https:  # the settings know it even where the proxy forgets to say so
                request.environ["wsgi.url_scheme"] = "https"
            return handler(request)
        if first in EVERYWHERE:
            return handler(request)
        tenant = runtime.engines.tenants.by_host(request.host.rsplit(":", 1)[0].lower())
        if tenant is None or (first in RESERVED and first != "api"):
            raise NotFound("host_unknown")
        request.environ[OWN_HOST] = tenant.slug
        if first != "api":
            request.path_info = f"/{tenant.slug}{request.path_info}"
        return handler(request)

    return host_tween


def tenant_of(request: Request) -> TenantInfo | None:
    """The tenant named in the address; None where the address names none. Unknown and foreign are the same."""
    slug = (request.matchdict or {}).get("tenant")
    if slug is None:
        return None
    if request.own_host not in (None, slug):
        raise NotFound("tenant_unknown")
    tenant: TenantInfo | None = request.runtime.engines.tenants.by_slug(slug)
    if tenant is None or tenant.status in UNSEEN:
        raise NotFound("tenant_unknown")
    if tenant.status != "active":
        raise Unavailable("tenant_suspended")
    return tenant


def scope_of(request: Request) -> TenantScope | IdentityScope | SystemScope:
    """A tenant's pages see that tenant, platform pages see all, everything else sees only what signing in needs."""
    if request.tenant is not None:
        return TenantScope(request.tenant.id)
    route = request.matched_route
    first = f"/{route.pattern.split('/')[1]}" if route is not None else ""
    return CROSSING.get(first) or IdentityScope()


def actor_of(request: Request) -> Actor:
    """Who acts: an API key, the signed-in user, or nobody in particular; device requests set `request.actor` themselves."""
    if request.bearer is not None and request.bearer.key is not None:
        return Actor("api_key", request.bearer.key.id, request.ip_hash)
    who = request.identity
    if who is not None:
        return Actor("user", who.id, request.ip_hash, who.acting.admin_id if who.acting else None)
    return Actor("anonymous", None, request.ip_hash)


def ip_hash(request: Request) -> str:
    """The caller's address under a key of ours: equal callers stay equal, nobody can be looked up."""
    keyed: bytes = request.runtime.keys.mac("ip", (request.client_addr or "").encode())
    return keyed.hex()[:32]


def context_of(request: Request) -> TenantContext:
    """What this request hands to the domain rooms. Raises `NotFound` on an address without a tenant."""
    if request.tenant is None:
        raise NotFound("tenant_unknown")
    runtime: Runtime = request.runtime
    return runtime.context(request.tenant, request.db, request.actor)


def tenant_view(view: Callable[[Any, Request], Response], info: Any) -> Callable[[Any, Request], Response]:
    """A view below a tenant's address answers only when that tenant is there, whether it looks or not."""
    if info.exception_only:
        return view

    def checked(context: Any, request: Request) -> Response:
        _ = request.tenant
        return view(context, request)

    return checked


def includeme(config: Configurator) -> None:
    config.set_request_factory(Request)
    config.add_request_method(lambda r: r.registry["runtime"], "runtime", reify=True)
    config.add_request_method(tenant_of, "tenant", reify=True)
    config.add_request_method(ip_hash, "ip_hash", reify=True)
    config.add_request_method(actor_of, "actor", reify=True)
    config.add_request_method(context_of, "ctx", reify=True)
    config.add_view_deriver(tenant_view, "tenant", under=INGRESS, over="secured_view")
