"""Plugins' pages: included with their routes in their own room, and gone for a tenant that has the plugin off.

A view belongs to the plugin whose package registered it or defines it; its author writes nothing for the gate.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationError
from pyramid.response import Response
from pyramid.viewderivers import INGRESS

from sratix_core.errors import NotFound
from sratix_core.plugins import PluginHost
from sratix_core.web.request import Request

View = Callable[[Any, Request], Response]


def owners_of_view(host: PluginHost, info: Any) -> frozenset[str]:
    """The tenant-level plugins a view belongs to, by who registered it and by who defines it; none for the core's own."""
    named = (getattr(info.package, "__name__", ""), getattr(info.original_view, "__module__", None) or "")
    owners = [owner for owner in map(host.owner_of, named) if owner is not None]
    return frozenset(owner.name for owner in owners if owner.level == "tenant")


def plugin_gate(view: View, info: Any) -> View:
    """404 where the plugin is off, as if it were not installed; before permissions, so that nothing tells it exists."""
    host: PluginHost = info.registry["runtime"].plugins
    owners = owners_of_view(host, info)
    if not owners:
        return view

    def gated(context: Any, request: Request) -> Response:
        if request.tenant is None or not owners <= host.on_for(request.tenant):
            raise NotFound("page")
        return view(context, request)

    return gated


def include_plugins(config: Configurator) -> None:
    """Let every installed plugin add its routes and views. Raises `ConfigurationError` for what it may not add."""
    host: PluginHost = config.registry["runtime"].plugins
    for name, module in host.modules.items():
        if not hasattr(module, "includeme"):
            continue
        before = len(config.action_state.actions)
        config.include(module.includeme)
        added = [i for action in config.action_state.actions[before:] for i in action["introspectables"]]
        for thing in added if host.infos[name].level == "tenant" else ():
            if problem := _trespass(name, thing):
                raise ConfigurationError(f"Plugin {name} {problem}")


def _trespass(name: str, thing: Any) -> str | None:
    """Tweens and subscribers run for tenants that have the plugin off; a route elsewhere could cover the core's."""
    if thing.category_name in ("tweens", "subscribers"):
        return f"adds a {thing.category_name[:-1]}, which only system plugins may: remove it."
    if thing.category_name == "routes" and f"/x/{name}/" not in f"{thing['pattern']}/":
        return f"adds the route {thing['pattern']}: put it under /x/{name}/."
    return None


def includeme(config: Configurator) -> None:
    config.add_view_deriver(plugin_gate, "plugin_gate", under=INGRESS, over="secured_view")
    # Before the core's routes: /{tenant}/{event}/ would take every address first.
    include_plugins(config)
