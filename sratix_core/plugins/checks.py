"""What boot refuses of a plugin, one sentence each: wrong hooks, missing requirements, tables that are not its own."""

from __future__ import annotations

import inspect
import re
from types import ModuleType
from typing import TYPE_CHECKING

import pluggy
from sqlalchemy import Table

from sratix_core import hookspecs
from sratix_core.db.base import Base
from sratix_core.plugins.interfaces import PluginInfo

if TYPE_CHECKING:
    from sratix_core.plugins.host import PluginHost

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
    for mapper in Base.registry.mappers:
        owner = host.owner_of(mapper.class_.__module__)
        if owner is None:
            continue
        table = mapper.local_table
        assert isinstance(table, Table)
        if not table.name.startswith(f"x_{owner.name}_"):
            raise PluginError(f"Plugin {owner.name}: table {table.name} must be named x_{owner.name}_….")
        if table.info.get("scope") != "tenant":
            raise PluginError(f"Plugin {owner.name}: model {mapper.class_.__name__} must be TenantScoped.")


def _check_circles(host: PluginHost) -> None:
    done: set[str] = set()
    while ready := {n for n, i in host.infos.items() if n not in done and done.issuperset(i.requires)}:
        done |= ready
    if circle := sorted(set(host.infos) - done):
        raise PluginError(f"Plugins {', '.join(circle)} require each other: none could be first.")
