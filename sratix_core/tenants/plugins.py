"""A tenant's plugins: switched on with what they need, off unless something needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sratix_core.audit.service import record
from sratix_core.errors import NotFound, Refused
from sratix_core.plugins.interfaces import PluginInfo
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
    """Switch a plugin on, and first what it requires; the names of all that were off. Raises `NotFound`."""
    info, on = installed(ctx, name), ctx.tenant.enabled_plugins
    switched = [n for n in (*info.requires, name) if n not in on]
    for wanted in switched:
        switch_plugin(ctx.db, ctx.sources, ctx.tenant.id, wanted, True)
        record(ctx, "plugin.enabled", "plugin", None, plugin=wanted)
    return switched


def disable(ctx: TenantContext, name: str) -> None:
    """Switch a plugin off; what it stored stays. Raises `NotFound`, `Refused("plugin_needed")` while another needs it."""
    info, on = installed(ctx, name), ctx.tenant.enabled_plugins
    needing = [i.title for i in ctx.hooks.host.infos.values() if name in i.requires and i.name in on]
    if needing:
        raise Refused("plugin_needed", title=info.title, by=", ".join(needing))
    switch_plugin(ctx.db, ctx.sources, ctx.tenant.id, name, False)
    record(ctx, "plugin.disabled", "plugin", None, plugin=name)
