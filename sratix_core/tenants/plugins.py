"""A tenant's plugins: switched on with what they need, off unless something needs them, and their settings kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.errors import NotFound, Refused
from sratix_core.plugins.interfaces import PluginInfo
from sratix_core.tenants import plugin_health
from sratix_core.tenants.models import TenantPlugin
from sratix_core.tenants.service import switch_plugin

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


def installed(ctx: TenantContext, name: str) -> PluginInfo:
    """A plugin that a tenant can switch. Raises `NotFound` for one that is not installed, or is always on."""
    info = ctx.hooks.host.infos.get(name)
    if info is None or info.level != "tenant":
        raise NotFound("plugin")
    return info


def enable(ctx: TenantContext, name: str) -> list[str]:
    """Switch a plugin on, and first what it requires; the names of all that were off. Raises `NotFound`, `Refused`."""
    info, host = installed(ctx, name), ctx.hooks.host
    switched: list[str] = []
    for required in info.requires:
        if host.infos[required].level == "tenant" and required not in ctx.tenant.enabled_plugins:
            switched += [n for n in enable(ctx, required) if n not in switched]
    if name not in ctx.tenant.enabled_plugins:
        switch_plugin(ctx.db, ctx.sources, ctx.tenant.id, name, True)
        record(ctx, "plugin.enabled", "plugin", None, plugin=name)
        switched.append(name)
    return switched


def disable(ctx: TenantContext, name: str) -> None:
    """Switch a plugin off; what it stored stays. Raises `NotFound`, `Refused("plugin_needed")` while another needs it."""
    info, on = installed(ctx, name), ctx.tenant.enabled_plugins
    needing = [i.title for i in ctx.hooks.host.dependents(name) if i.name in on]
    if needing:
        raise Refused("plugin_needed", title=info.title, by=", ".join(needing))
    switch_plugin(ctx.db, ctx.sources, ctx.tenant.id, name, False)
    record(ctx, "plugin.disabled", "plugin", None, plugin=name)


def pause(ctx: TenantContext, name: str, paused: bool) -> None:
    """Take a misbehaving plugin out, with all that needs it, or let it go on. Raises `NotFound`, `Refused("plugin_off")`."""
    info = installed(ctx, name)
    if name not in ctx.tenant.enabled_plugins:
        raise Refused("plugin_off", title=info.title)
    plugin_health.pause(ctx, name, paused)
    record(ctx, "plugin.paused" if paused else "plugin.resumed", "plugin", None, plugin=name)


def switches(ctx: TenantContext) -> dict[str, TenantPlugin]:
    """The switches of this tenant by plugin, as they stand now; one statement."""
    rows = ctx.db.scalars(select(TenantPlugin).execution_options(populate_existing=True))
    return {row.name: row for row in rows}
