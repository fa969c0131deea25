"""Plugins from the core's side: found, checked at boot, and asked through hooks for one tenant at a time.

`host` finds and calls them, `checks` refuses what cannot be right, `interfaces` holds what crosses the border.
"""

from sratix_core.plugins.checks import PluginError
from sratix_core.plugins.host import PluginHost, TenantHooks, hookimpl
from sratix_core.plugins.interfaces import PluginInfo

__all__ = ["PluginError", "PluginHost", "PluginInfo", "TenantHooks", "hookimpl"]
