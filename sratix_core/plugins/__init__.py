"""Plugins from the core's side: found, checked at boot, and asked through hooks for one tenant at a time.

`host` finds them, `hooks` calls them, `health` counts how they behave, `checks` and `tables` refuse what cannot be
right, `interfaces` holds what crosses the border.
"""

from sratix_core.plugins.checks import PluginError
from sratix_core.plugins.hooks import TenantHooks
from sratix_core.plugins.host import PluginHost, hookimpl
from sratix_core.plugins.interfaces import PluginInfo

__all__ = ["PluginError", "PluginHost", "PluginInfo", "TenantHooks", "hookimpl"]
