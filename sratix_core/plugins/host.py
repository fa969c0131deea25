"""Finds the installed plugins, refuses at boot what cannot be right, and calls hooks for one tenant at a time.

A plugin is a package named in the entry-point group `sratix.plugins`, with `info = PluginInfo(…)` and hook functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import pluggy
import structlog

from sratix_core import hookspecs
from sratix_core.plugins.checks import PluginError, check_module, check_together
from sratix_core.plugins.interfaces import PluginInfo, PluginSetting

GROUP = "sratix.plugins"
CACHED_CALLS = 4096

hookimpl = pluggy.HookimplMarker("sratix")
log = structlog.get_logger("sratix.plugins")


class Switches(Protocol):
    """What the host needs to know of a tenant; `TenantInfo` is one."""

    @property
    def enabled_plugins(self) -> frozenset[str]: ...


class PluginHost:
    """All installed plugins of a process. `discover()` finds them, a test names modules."""

    def __init__(self, modules: Iterable[ModuleType] = ()) -> None:
        self._manager = pluggy.PluginManager("sratix")
        self._manager.add_hookspecs(hookspecs)
        self._calls: dict[tuple[str, frozenset[str]], tuple[pluggy.HookImpl, ...]] = {}
        self._effective: dict[frozenset[str], frozenset[str]] = {}
        self.modules: dict[str, ModuleType] = {}
        self.infos: dict[str, PluginInfo] = {}
        for module in sorted(modules, key=lambda m: str(getattr(getattr(m, "info", None), "name", ""))):
            check_module(self, self._manager, module)
            self.infos[module.info.name] = module.info
            self.modules[module.info.name] = module
            self._manager.register(module, module.info.name)
        check_together(self)

    @classmethod
    def discover(cls) -> PluginHost:
        """The host with every plugin installed in this environment. Raises `PluginError` with the sentence to act on."""
        modules = []
        for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
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
        return cls(modules)

    def owner_of(self, dotted: str) -> PluginInfo | None:
        """The plugin that a module or package belongs to, by name; None for the core and for libraries."""
        for name, module in self.modules.items():
            if dotted == module.__name__ or dotted.startswith(module.__name__ + "."):
                return self.infos[name]
        return None

    def effective(self, enabled: frozenset[str]) -> frozenset[str]:
        """What is really on for a tenant: system plugins, and switched-on ones whose requirements are on too."""
        known = self._effective.get(enabled)
        if known is None:
            on = {n for n, i in self.infos.items() if i.level == "system" or n in enabled}
            while lacking := {n for n in on if not on.issuperset(self.infos[n].requires)}:
                on -= lacking
            if len(self._effective) > CACHED_CALLS:
                self._effective.clear()
            known = self._effective[enabled] = frozenset(on)
        return known

    def hooks_for(self, tenant: Switches) -> TenantHooks:
        """The hooks of one tenant."""
        return TenantHooks(self, self.effective(tenant.enabled_plugins))

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
        return tuple(item for name, item in self.collect("register_settings") if name == plugin)

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


class TenantHooks:
    """`ctx.hooks`: only what this tenant has switched on. `hooks.payment_providers(ctx=ctx)` gives an answer per plugin."""

    def __init__(self, host: PluginHost, on: frozenset[str]) -> None:
        self.host = host
        self.on = on

    def is_on(self, plugin: str) -> bool:
        """Whether a plugin is on for this tenant."""
        return plugin in self.on

    def __getattr__(self, hook: str) -> Callable[..., list[Any]]:
        impls = self.host.implementations(hook, self.on)
        if hook in hookspecs.FACTS:
            return lambda **given: self.notify(hook, **given)
        return lambda **given: [a for i in impls if (a := i.function(*_arguments(i, given))) is not None]

    def notify(self, hook: str, **given: Any) -> list[Any]:
        """Tell a fact to each plugin on its own. A failing one is logged, its changes are undone, the act goes on."""
        database = getattr(given.get("ctx"), "db", None)
        for impl in self.host.implementations(hook, self.on):
            arguments = _arguments(impl, given)
            if database is not None:
                database.flush()  # the act's own rows must not fail inside the plugin's savepoint
            try:
                with database.begin_nested() if database is not None else nullcontext():
                    impl.function(*arguments)
            except Exception:
                log.exception("plugin_failed", plugin=impl.plugin_name, hook=hook)
        return []


def _arguments(impl: pluggy.HookImpl, given: dict[str, Any]) -> list[Any]:
    return [given[name] for name in impl.argnames]
