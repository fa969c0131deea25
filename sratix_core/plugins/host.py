"""Finds the installed plugins, refuses at boot what cannot be right, and calls hooks for one tenant at a time.

A plugin is a package named in the entry-point group `sratix.plugins`, with `info = PluginInfo(…)` and hook functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import pluggy
import structlog
from packaging.requirements import Requirement

from sratix_core import hookspecs
from sratix_core.plugins.checks import PluginError, check_module, check_together
from sratix_core.plugins.deadlines import Deadlines
from sratix_core.plugins.health import Health
from sratix_core.plugins.hooks import TenantHooks
from sratix_core.plugins.interfaces import PluginInfo, PluginPermission, PluginSetting

GROUP = "sratix.plugins"
CACHED_CALLS = 4096

hookimpl = pluggy.HookimplMarker("sratix")
log = structlog.get_logger("sratix.plugins")


class Switches(Protocol):
    """What the host needs to know of a tenant; `TenantInfo` is one."""

    @property
    def enabled_plugins(self) -> frozenset[str]: ...  # and `held_plugins`, where there are any


class PluginHost:
    """All installed plugins of a process. `discover()` finds them, a test names modules."""

    def __init__(self, modules: Iterable[ModuleType] = ()) -> None:
        self._manager = pluggy.PluginManager("sratix")
        self._manager.add_hookspecs(hookspecs)
        self._calls: dict[tuple[str, frozenset[str]], tuple[pluggy.HookImpl, ...]] = {}
        self._effective: dict[tuple[frozenset[str], frozenset[str]], frozenset[str]] = {}
        self._missed: set[str] = set()
        self.health = Health()
        self.deadlines = Deadlines()
        self.modules: dict[str, ModuleType] = {}
        self.infos: dict[str, PluginInfo] = {}
        self.distributions: dict[str, str] = {}
        for module in sorted(modules, key=lambda m: str(getattr(getattr(m, "info", None), "name", ""))):
            check_module(self, self._manager, module)
            self.infos[module.info.name] = module.info
            self.modules[module.info.name] = module
            self._manager.register(module, module.info.name)
        self._settings = {
            name: tuple(s for n, s in self.collect("register_settings") if n == name) for name in self.infos
        }
        self._permissions: dict[str, list[PluginPermission]] = {name: [] for name in self.infos}
        for name, permission in self.collect("register_permissions"):
            self._permissions[name].append(permission)
        check_together(self)

    @classmethod
    def discover(cls) -> PluginHost:
        """The host with every plugin installed in this environment. Raises `PluginError` with the sentence to act on."""
        modules, distributions = [], {}
        for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
            _check_range(point)
            try:
                module = point.load()
            except Exception as error:
                raise PluginError(
                    f"Plugin {point.name} cannot be loaded: {error}. Repair or uninstall it."
                ) from error
            called = getattr(getattr(module, "info", None), "name", point.name)
            if called != point.name:
                raise PluginError(f"Plugin {point.name} calls itself {called}: both names must be the same.")
            modules.append(module)
            distributions[point.name] = point.dist.name if point.dist is not None else ""
        host = cls(modules)
        host.distributions = distributions
        return host

    @staticmethod
    def names() -> list[str]:
        """What is installed in this environment, by entry point; nothing is loaded."""
        return sorted(point.name for point in entry_points(group=GROUP))

    def owner_of(self, dotted: str) -> PluginInfo | None:
        """The plugin that a module or package belongs to, by name; None for the core and for libraries."""
        for name, module in self.modules.items():
            if dotted == module.__name__ or dotted.startswith(module.__name__ + "."):
                return self.infos[name]
        return None

    def effective(self, enabled: frozenset[str], held: frozenset[str] = frozenset()) -> frozenset[str]:
        """What is really on: system plugins, and switched-on ones whose requirements are on too; nothing that is `held`."""
        known = self._effective.get((enabled, held))
        if known is None:
            on = {n for n, i in self.infos.items() if i.level == "system" or n in enabled} - held
            while lacking := {n for n in on if not on.issuperset(self.infos[n].requires)}:
                on -= lacking
            for gone in enabled - set(self.infos) - self._missed:
                self._missed.add(gone)
                log.warning("plugin_gone", plugin=gone, next="install it again, or switch it off")
            if len(self._effective) > CACHED_CALLS:
                self._effective.clear()
            known = self._effective[enabled, held] = frozenset(on)
        return known

    def on_for(self, tenant: Switches) -> frozenset[str]:
        """What is really on for a tenant, without what was paused there or taken out of the whole installation."""
        return self.effective(tenant.enabled_plugins, getattr(tenant, "held_plugins", frozenset()))

    def hooks_for(self, tenant: Switches) -> TenantHooks:
        """The hooks of one tenant."""
        return TenantHooks(self, self.on_for(tenant), getattr(tenant, "id", 0))

    def implementations(self, hook: str, on: frozenset[str]) -> tuple[pluggy.HookImpl, ...]:
        """Who answers `hook` among the plugins `on`, in the order of their names. Raises AttributeError for a typo."""
        key = (hook, on)
        known = self._calls.get(key)
        if known is None:
            found = getattr(self._manager.hook, hook).get_hookimpls()
            if len(self._calls) > CACHED_CALLS:
                self._calls.clear()
            known = tuple(sorted((i for i in found if i.plugin_name in on), key=lambda i: i.plugin_name))
            self._calls[key] = known
        return known

    def collect(self, hook: str) -> Iterator[tuple[str, Any]]:
        """Answers of all installed plugins to a boot hook, as (plugin name, item of its list)."""
        for impl in self.implementations(hook, frozenset(self.infos)):
            answer = impl.function()
            for item in answer if isinstance(answer, list | tuple) else (answer,):
                yield impl.plugin_name, item

    def settings_of(self, plugin: str) -> tuple[PluginSetting, ...]:
        """The settings a plugin declares."""
        return self._settings.get(plugin, ())

    def permissions_of(self, plugin: str) -> list[PluginPermission]:
        """The rights a plugin declares."""
        return self._permissions.get(plugin, [])

    def with_permissions(self, held: frozenset[str], on: frozenset[str]) -> frozenset[str]:
        """Rights of the core together with those of the plugins `on` that they bring along."""
        more = {p.name for name in on for p in self.permissions_of(name) if held & set(p.given_to)}
        return held | more if more else held

    def dependents(self, plugin: str) -> list[PluginInfo]:
        """The installed plugins that require this one."""
        return [info for info in self.infos.values() if plugin in info.requires]

    def migrations(self) -> list[tuple[str, Path]]:
        """(plugin, folder of revisions), every plugin after those it requires."""
        found = dict(self.collect("register_migrations"))
        placed: list[str] = []

        def place(name: str) -> None:
            for required in self.infos[name].requires:
                place(required)
            if name not in placed:
                placed.append(name)

        for name in sorted(self.infos):
            place(name)
        return [(name, Path(found[name])) for name in placed if name in found]


def _check_range(point: EntryPoint) -> None:
    """Refuse a plugin whose distribution asks for another SRAtix. Raises `PluginError`."""
    here = version("sratix")
    for line in (point.dist.requires or ()) if point.dist is not None else ():
        wanted = Requirement(line)
        if wanted.name == "sratix" and not wanted.specifier.contains(here, prereleases=True):
            raise PluginError(
                f"Plugin {point.name} is made for SRAtix {wanted.specifier}, this is {here}: "
                "install a version of it that fits."
            )
