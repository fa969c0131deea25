"""Switching a plugin on or off in one tenant, with what it needs and for whom it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sratix_core.audit.service import record
from sratix_core.errors import NotFound, Refused
from sratix_core.tenants.service import switch_plugin

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.plugins import PluginInfo


def switch(ctx: TenantContext, name: str, on: bool) -> PluginInfo:
    """Turn a plugin on together with what it requires, or off. The same again changes nothing.

    Raises `NotFound`, or `Refused("plugin_needed")` for one that another needs.
    """
    infos, enabled = ctx.hooks.host.infos, ctx.tenant.enabled_plugins
    info = infos.get(name)
    if info is None or info.level != "tenant":
        raise NotFound("plugin")
    if on == (name in enabled):
        return info
    if not on:
        needing = [i.title for i in infos.values() if name in i.requires and i.name in enabled]
        if needing:
            raise Refused("plugin_needed", title=info.title, by=", ".join(needing))
    for changed in (*(info.requires if on else ()), name):
        switch_plugin(ctx.db, ctx.sources, ctx.tenant.id, changed, on)
    record(ctx, "plugin.enabled" if on else "plugin.disabled", "plugin", None, plugin=name)
    return info
