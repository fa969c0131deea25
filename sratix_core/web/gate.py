"""Plugins' pages: included with their routes in their own room, and gone for a tenant that has the plugin off.

A view belongs to the plugin whose package registered it or defines it, and to the one whose route it answers; its author
writes nothing for the gate.
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

ROUTES = "plugin_routes"
"""Registry key: which plugin added a route, by the route's name."""

MAY_ADD = frozenset({"routes", "views", "permissions", "templates", "static views"})
"""What a tenant's plugin may add to the application; anything else would be at work where it is off, too."""


def owners_of_view(host: PluginHost, info: Any) -> frozenset[str]:
    """The tenant-level plugins a view belongs to, by who registered it, who defines it and whose route it is; none for the core's."""
    named = (getattr(info.package, "__name__", ""), getattr(info.original_view, "__module__", None) or "")
    owners = {owner.name for owner in map(host.owner_of, named) if owner is not None}
    owners.add(info.registry[ROUTES].get(info.options.get("route_name")))
    return frozenset(name for name in owners - {None} if host.infos[name].level == "tenant")


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
    routes: dict[str, str] = config.registry.setdefault(ROUTES, {})
    for name, module in host.modules.items():
        if not hasattr(module, "includeme"):
            continue
        state, before = config.action_state, len(config.action_state.actions)
        config.include(module.includeme)
        if config.action_state is not state:
            raise ConfigurationError(
                f"Plugin {name} commits the configuration before it was looked at: remove that."
            )
        added = [i for action in config.action_state.actions[before:] for i in action["introspectables"]]
        for thing in added if host.infos[name].level == "tenant" else ():
            if problem := _trespass(name, thing):
                raise ConfigurationError(f"Plugin {name} {problem}")
        routes |= {thing["name"]: name for thing in added if thing.category_name == "routes"}


def _trespass(name: str, thing: Any) -> str | None:
    """What a plugin for tenants adds that would reach pages of others, as the rest of a sentence."""
    kind = thing.category_name
    if kind not in MAY_ADD:
        return f"adds {kind}, which only system plugins may: remove that."
    if kind == "views" and not thing["route_name"]:
        return "adds a view without a route, which could answer for any page: give it a route."
    if kind == "routes" and f"/x/{name}/" not in f"{thing['pattern']}/":
        return f"adds the route {thing['pattern']}: put it under /x/{name}/."
    return None


def includeme(config: Configurator) -> None:
    config.add_view_deriver(plugin_gate, "plugin_gate", under=INGRESS, over="secured_view")
    # Before the core's routes: /{tenant}/{event}/ would take every address first.
    include_plugins(config)
