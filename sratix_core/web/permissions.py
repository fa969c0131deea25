"""Deny by default: every view says who may call it, and the application does not start while one is silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationError
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED

from sratix_core.accounts import permissions
from sratix_core.web.request import Request

PUBLIC = NO_PERMISSION_REQUIRED
"""Anybody may call this view: `permission=PUBLIC`, greppable."""

SIGNED_IN = "signed_in"
"""Whoever has a login, in no tenant in particular."""

PLATFORM = "platform.admin"
"""Administrators of the installation."""

MEMBER = "member"
"""Whoever has a place in the tenant of the address, even if only in one of its events."""

KNOWN = frozenset({PUBLIC, SIGNED_IN, PLATFORM, MEMBER}) | permissions.KNOWN

View = Callable[[Any, Request], Response]


def declared_view(view: View, info: Any) -> View:
    """Raises `ConfigurationError` at boot for a view without a permission, or with one that no role knows."""
    if info.exception_only:
        return view
    permission = info.options.get("permission")
    where = f"{getattr(info.original_view, '__qualname__', info.original_view)!r} on route {info.options['route_name']!r}"
    if permission is None:
        raise ConfigurationError(f"The view {where} declares no permission: add permission=, or PUBLIC.")
    host = info.registry["runtime"].plugins
    if permission not in KNOWN and permission not in {
        p.name for n in host.infos for p in host.permissions_of(n)
    }:
        raise ConfigurationError(f"The view {where} asks for the unknown permission {permission!r}.")
    return view


declared_view.options = ("permission",)  # type: ignore[attr-defined]


def includeme(config: Configurator) -> None:
    config.add_view_deriver(declared_view, "declared")
