"""What boot refuses of a plugin, one sentence each: wrong hooks, missing requirements, tables that are not its own."""

from __future__ import annotations

import inspect
import re
from types import ModuleType
from typing import TYPE_CHECKING

import pluggy

from sratix_core import hookspecs
from sratix_core.plugins.interfaces import SETTING_TYPES, PluginInfo, PluginPermission, PluginSetting
from sratix_core.plugins.tables import check_tables

if TYPE_CHECKING:
    from sratix_core.plugins.host import PluginHost

LEVELS = ("tenant", "system")
UNHOOKED = frozenset({"spec", "fact"})
NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")


class PluginError(Exception):
    """Boot stops with this one sentence."""


def check_module(host: PluginHost, manager: pluggy.PluginManager, module: ModuleType) -> None:
    """Refuse one plugin for what can be seen without the others. Raises `PluginError`."""
    info = getattr(module, "info", None)
    if not isinstance(info, PluginInfo):
        raise PluginError(f"Package {module.__name__} has no `info = PluginInfo(…)`: add it.")
    if not NAME.fullmatch(info.name):
        raise PluginError(
            f"Plugin name {info.name!r} is not usable: write a-z, 0-9 and _, at most 31 characters."
        )
    if info.level not in LEVELS:
        raise PluginError(f"Plugin {info.name}: the level {info.level!r} is neither tenant nor system.")
    if not info.title or not info.version:
        raise PluginError(f"Plugin {info.name} has no title or no version: give `info` both.")
    if info.name in host.infos:
        raise PluginError(f"Plugin {info.name} is installed twice: uninstall one of them.")
    _check_hooks(manager, module, info)


def _check_hooks(manager: pluggy.PluginManager, module: ModuleType, info: PluginInfo) -> None:
    for name in dir(module):
        options = manager.parse_hookimpl_opts(module, name)
        if options is None:
            if (
                hasattr(hookspecs, name)
                and inspect.isfunction(getattr(module, name))
                and name not in UNHOOKED
            ):
                raise PluginError(
                    f"Plugin {info.name}: {name} is not marked @hookimpl, so nobody would call it."
                )
            continue
        if options.get("specname"):
            raise PluginError(
                f"Plugin {info.name}: {name} uses a specname. Name the function after its hook."
            )
        if options.get("wrapper") or options.get("hookwrapper"):
            raise PluginError(f"Plugin {info.name}: {name} is a wrapper. A plugin answers for itself only.")
        caller = getattr(manager.hook, name, None)
        if caller is None or caller.spec is None:
            raise PluginError(f"Plugin {info.name}: there is no hook named {name}.")
        if inspect.iscoroutinefunction(getattr(module, name)):
            raise PluginError(f"Plugin {info.name}: {name} is async, and hooks are not awaited: write `def`.")
        arguments = pluggy._hooks.varnames(getattr(module, name))
        unknown = set(arguments[0] + arguments[1]) - set(caller.spec.argnames)
        if unknown:
            takes = ", ".join(caller.spec.argnames) or "nothing"
            raise PluginError(f"Plugin {info.name}: {name} takes {takes}, not {', '.join(sorted(unknown))}.")


def check_together(host: PluginHost) -> None:
    """Refuse what only shows once all plugins are known: requirements, jobs' names, and models. Raises `PluginError`."""
    for info in host.infos.values():
        for required in info.requires:
            if required not in host.infos:
                raise PluginError(
                    f"Plugin {info.name} requires {required}: install it, or uninstall {info.name}."
                )
    _check_circles(host)
    for name, job in host.collect("register_jobs"):
        if not job.kind.startswith(f"{name}."):
            raise PluginError(f"Plugin {name}: the job {job.kind} must be named {name}.{job.kind}.")
    for name, setting in host.collect("register_settings"):
        _check_setting(name, setting)
    for name in host.infos:
        names = [setting.name for setting in host.settings_of(name)]
        if twice := {n for n in names if names.count(n) > 1}:
            raise PluginError(f"Plugin {name} declares the setting {min(twice)} twice: remove one.")
    for name, permission in host.collect("register_permissions"):
        if not isinstance(permission, PluginPermission) or not permission.name.startswith(f"{name}."):
            raise PluginError(f"Plugin {name}: a permission is PluginPermission({f'{name}.<what>'!r}, …).")
    if problem := check_tables(host):
        raise PluginError(problem)


def _check_setting(plugin: str, setting: object) -> None:
    if not isinstance(setting, PluginSetting):
        raise PluginError(f"Plugin {plugin}: register_settings returns PluginSetting(…), not {setting!r}.")
    where = f"Plugin {plugin}: the setting {setting.name}"
    if not NAME.fullmatch(setting.name):
        raise PluginError(f"{where} is not usable as a name: write a-z, 0-9 and _, at most 31 characters.")
    if setting.type not in SETTING_TYPES:
        raise PluginError(f"{where} has the type {setting.type}; there are {', '.join(SETTING_TYPES)}.")
    if setting.secret and (setting.default is not None or setting.type == "boolean"):
        raise PluginError(f"{where} is a secret: it is text and has no default.")
    if (setting.type == "choice") != bool(setting.options):
        raise PluginError(f"{where}: a choice has options, and nothing else has.")


def _check_circles(host: PluginHost) -> None:
    done: set[str] = set()
    while ready := {n for n, i in host.infos.items() if n not in done and done.issuperset(i.requires)}:
        done |= ready
    if circle := sorted(set(host.infos) - done):
        raise PluginError(f"Plugins {', '.join(circle)} require each other: none could be first.")
