"""`sratix plugin check`: a plugin tried on a scratch installation, the way a stranger's would be before it is let in.

Each check is a finding with one sentence; the first that is wrong at boot ends the examination.
"""

from __future__ import annotations

import re
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from alembic import command
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from sqlalchemy import create_engine, inspect

from sratix_core.db import migrate
from sratix_core.jobs.kinds import registry_for
from sratix_core.jobs.runner import Runner
from sratix_core.jobs.service import enqueue
from sratix_core.plugindev import fill, source, watch
from sratix_core.plugindev.folder import Folder, read
from sratix_core.plugindev.world import EVENT, World
from sratix_core.plugins import PluginError, PluginHost
from sratix_core.plugins.health import SLOW_SECONDS
from sratix_core.plugins.tables import tables_of
from sratix_core.web.gate import ROUTES

HOLE = re.compile(r"\{(\w+)(?::[^}]*)?\}")
STAFF = "/dashboard/"


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    name: str
    ok: bool
    detail: str


def examine(place: Path) -> list[Finding]:
    """Everything that is tried, in order. Never raises for what a plugin does wrong; the scratch installation's log is dropped."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        return list(_examine(place))


def _examine(place: Path) -> Iterator[Finding]:
    try:
        folder = read(place)
        modules = folder.modules()
        host = PluginHost(modules)
        if folder.name not in host.infos:
            raise PluginError(
                f"{folder.package} calls itself otherwise than {folder.name}: both must be the same."
            )
    except PluginError as error:
        yield Finding("boot", False, str(error))
        return
    yield Finding(
        "boot", True, "its hooks, settings, rights and tables are in order, its personal data is declared"
    )
    yield _version(folder, host)
    for name, sentences in source.faults(folder).items():
        yield _finding(name, sentences, SOURCES[name])
    yield _migrations(folder, host)
    try:
        with World.open(*modules) as world:
            yield Finding("start", True, "the application starts with it")
            with watch.calls(folder) as called:
                for check, words in CHECKS:
                    try:
                        yield _finding(check.__name__, check(world, folder), words)
                    except Exception as error:
                        yield Finding(check.__name__, False, _said(error))
            outside = [
                f"it called {each} by itself: the core makes the calls to the outside." for each in called
            ]
            yield _finding("outside", outside, "it called nobody while it was tried")
    except Exception as error:
        yield Finding("start", False, _said(error))


SOURCES = {
    "imports": "imports nothing of ours but sratix_core.plugin",
    "http": "calls nobody outside by itself",
    "sessions": "opens no database session of its own",
    "sources": "takes time, ids and chance from the context",
}


def _finding(name: str, sentences: list[str], fine: str) -> Finding:
    return Finding(name, not sentences, "; ".join(sentences[:3]) or fine)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"


def _version(folder: Folder, host: PluginHost) -> Finding:
    said, packed = host.infos[folder.name].version, folder.version
    fine = said == packed
    detail = (
        f"{said}, in info and in setup.cfg"
        if fine
        else f"info says {said}, setup.cfg {packed}: make them the same."
    )
    return Finding("version", fine, detail)


def _migrations(folder: Folder, host: PluginHost) -> Finding:
    """Up, compared with the models, down to nothing, and up again."""
    models = tables_of(host, folder.name)
    revisions = dict(host.migrations()).get(folder.name)
    if revisions is None:
        lacking = (
            [f"it has {models[0].name} and no register_migrations: nobody would make the table."]
            if models
            else []
        )
        return _finding("migrations", lacking, "it has no tables")
    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite:///{scratch}/scratch.db"
        try:
            migrate.upgrade(url, host)
            mine = [s for s in migrate.check(url, host) if f"x_{folder.name}_" in s]
            if mine:
                return Finding(
                    "migrations", False, f"the revisions lead elsewhere than the models: {mine[0]}."
                )
            if foreign := migrate.check(url, host):
                return Finding(
                    "migrations", False, f"the revisions change what is not its own: {foreign[0]}."
                )
            with migrate.alone(url) as connection:
                command.downgrade(migrate.config_for(connection, folder.name, revisions), "base")
            left = [
                t for t in inspect(create_engine(url)).get_table_names() if t.startswith(f"x_{folder.name}_")
            ]
            if left:
                return Finding(
                    "migrations", False, f"the way down leaves {left[0]} behind: drop it in downgrade()."
                )
            migrate.upgrade(url, host)
        except Exception as error:
            return Finding("migrations", False, _said(error))
    return Finding("migrations", True, "up, down and up again, and in step with the models")


def permissions(world: World, folder: Folder) -> list[str]:
    """Pages for staff ask for a right, and writing ones for a token."""
    wrong = []
    for view in _views(world, folder):
        asks, where = view["permission"], view["pattern"]
        if where.startswith(STAFF) and asks in (NO_PERMISSION_REQUIRED, "signed_in"):
            wrong.append(f"{where} is for staff and open to anybody: give its view a permission.")
        if view["csrf"] is False:
            wrong.append(f"{where} takes forms without a token: leave csrf= out.")
    return wrong


def tenants(world: World, folder: Folder) -> list[str]:
    """One tenant's pages and answers show nothing of another's, on their own address and with the other's ids in it."""
    tables = tables_of(world.runtime.plugins, folder.name)
    marks = fill.rows(world, tables)
    wrong = []
    for view in _views(world, folder):
        if view["methods"] and "GET" not in view["methods"]:
            continue
        for owner, others in (("alpha", "bravo"), ("bravo", "alpha")):
            for ids in (owner, others):
                path = _address(view["pattern"], owner, fill.ids(world, tables, ids))
                answer = world.get(path, tenant=owner)
                if marks[others] in answer.text:
                    wrong.append(f"{view['pattern']} shows one organizer what is another's.")
                if answer.status_int >= 500:
                    wrong.append(f"{view['pattern']} breaks with {answer.status}.")
    for owner, others in (("alpha", "bravo"), ("bravo", "alpha")):
        page = world.get(f"/dashboard/{owner}/events/{EVENT}/orders/{world.orders[owner]}/", tenant=owner)
        if marks[others] in page.text:
            wrong.append("page_slot shows one organizer what is another's.")
    return sorted(set(wrong))


def off(world: World, folder: Folder) -> list[str]:
    """Not a line of it runs for a tenant that has it off: no page, no hook, no job, nothing it left in the process."""
    if world.runtime.plugins.infos[folder.name].level == "system":
        return []
    tables, wrong = tables_of(world.runtime.plugins, folder.name), []
    runner = Runner(world.runtime, registry_for(world.runtime.plugins))
    jobs = [job.kind for name, job in world.runtime.plugins.collect("register_jobs") if name == folder.name]
    world.switch(folder.name, False)

    def everyday() -> None:
        code = world.sell("alpha")
        world.get(f"/dashboard/alpha/events/{EVENT}/orders/{code}/")
        world.get(f"/alpha/{EVENT}/", role=None)
        with world.ctx() as ctx:
            fill.ask_all(ctx, code)
            for kind in jobs:
                enqueue(ctx, kind)
        runner.drain()

    for pattern, ask in _doors(world, folder):
        if ask(_address(pattern, "alpha", fill.ids(world, tables, "alpha"))).status_int != 404:
            wrong.append(f"{pattern} is still there for a tenant that has it off.")
    wrong += [f"{name} runs for a tenant that has it off." for name in watch.ran(folder, everyday)]
    world.switch(folder.name, True)
    return wrong


def hooks(world: World, folder: Folder) -> list[str]:
    """Every hook it has answers in time and without an error, asked as the core asks it."""
    health, wrong = world.runtime.plugins.health, []
    health.take()
    world.get(f"/dashboard/alpha/events/{EVENT}/orders/{world.orders['alpha']}/")
    with world.ctx() as ctx:
        fill.ask_all(ctx, world.orders["alpha"])
    for (_, plugin, hook), fault in health.take().items():
        if plugin == folder.name and fault.failures:
            wrong.append(f"{hook} raised {fault.error}")
        if plugin == folder.name and fault.slow:
            wrong.append(
                f"{hook} took {fault.slowest * 1000:.0f} ms, {SLOW_SECONDS * 1000:.0f} are too many: leave a job"
            )
    return wrong


CHECKS: tuple[tuple[Callable[[World, Folder], list[str]], str], ...] = (
    (permissions, "every page asks for a right, every form for a token"),
    (hooks, "its hooks answer in time and raise nothing"),
    (tenants, "nothing of one organizer reaches another"),
    (off, "nothing is left of it where it is off"),
)


def _views(world: World, folder: Folder) -> list[dict[str, Any]]:
    """The plugin's views with the pattern of their route."""
    registry = world.app.registry
    host, found = world.runtime.plugins, []
    for item in registry.introspector.get_category("views") or ():
        view = item["introspectable"]
        owner = host.owner_of(getattr(view["callable"], "__module__", "") or "")
        owners = {owner.name if owner else None, registry[ROUTES].get(view["route_name"])}
        route = registry.introspector.get("routes", view["route_name"]) if view["route_name"] else None
        if folder.name not in owners or route is None:
            continue
        permission = next(
            (r["value"] for r in item["related"] if r.category_name == "permissions"), NO_PERMISSION_REQUIRED
        )
        methods = view["request_methods"] or ()
        found.append(
            {
                "pattern": route["pattern"],
                "permission": permission,
                "methods": (methods,) if isinstance(methods, str) else tuple(methods),
                "csrf": view.get("csrf"),
            }
        )
    return found


def _doors(world: World, folder: Folder) -> Iterator[tuple[str, Callable[[str], Response]]]:
    """How its addresses are asked: each view by its method, and routes where it put something else, as they are read."""
    views = _views(world, folder)
    for view in views:
        yield view["pattern"], world.post if view["methods"] and "GET" not in view["methods"] else world.get
    for name, owner in world.app.registry[ROUTES].items():
        pattern = world.app.registry.introspector.get("routes", name)["pattern"]
        if owner == folder.name and pattern not in {view["pattern"] for view in views}:
            yield pattern, world.get


def _address(pattern: str, tenant: str, ids: dict[str, str]) -> str:
    known = {"tenant": tenant, "event": EVENT, **ids}
    return HOLE.sub(lambda hole: known.get(hole[1], str(uuid.UUID(int=1))), pattern)
