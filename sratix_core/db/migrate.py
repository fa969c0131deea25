"""Brings a database to the shape of the models: the core's revisions, each plugin's under its own version table, then the walls.

All of it is one transaction behind one lock, so two processes that start together migrate once, and a failure leaves
what was there. A plugin that is gone leaves its tables and its version table; nobody looks for its revisions again.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Constraint, Index, create_engine, event, text
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import NullPool

from sratix_core.db.appendonly import TransactionId
from sratix_core.db.base import Base
from sratix_core.db.types import UTCDateTime
from sratix_core.plugins.host import PluginHost
from sratix_core.plugins.tables import owner_of_table
from sratix_core.settings import Settings
from sratix_core.tenancy import rls
from sratix_core.tenancy.dialects import address

HERE = Path(__file__).parent / "migrations"
LOCK = 7_215_340_117
"""The advisory lock of all migrations on one PostgreSQL database."""

WAIT_SECONDS = 60
CORE = "core"


class UnknownRevision(Exception):
    """A shape of the tables that this version has never seen; the owner's name is its argument."""


def upgrade(target: Settings | Engine | URL | str, plugins: PluginHost | None = None) -> None:
    """Run what is missing: core, plugins after their requirements, then policies, grants and triggers."""
    host = plugins or PluginHost.discover()
    load_models()
    with alone(target) as connection:
        upgrade_inside(connection, host)


def upgrade_inside(connection: Connection, host: PluginHost) -> None:
    """As `upgrade`, in a transaction that `alone` began."""
    for owner, folder in [(None, HERE / "versions"), *host.migrations()]:
        command.upgrade(config_for(connection, owner, folder), "head")
    rls.install(connection, Base.metadata)


def revisions(connection: Connection, host: PluginHost) -> dict[str, tuple[str | None, str | None]]:
    """The revision a database is at and the newest one, for `core` and for every plugin with tables."""
    found = {}
    for owner, folder in [(None, HERE / "versions"), *host.migrations()]:
        context = MigrationContext.configure(connection, opts=_options(connection, owner))
        scripts = ScriptDirectory.from_config(config_for(connection, owner, folder))
        found[owner or CORE] = (context.get_current_revision(), scripts.get_current_head())
    return found


def version_table(owner: str) -> str:
    """Where the revision of `core` or of a plugin is kept."""
    return "alembic_version" if owner == CORE else f"alembic_{owner}"


def rebuild(connection: Connection, host: PluginHost, wanted: Mapping[str, str]) -> None:
    """In an empty database, the tables as they were at the revisions `wanted`, without walls. Raises `UnknownRevision`."""
    folders: dict[str | None, Path] = {None: HERE / "versions", **dict(host.migrations())}
    for owner in wanted:
        folder = folders.get(None if owner == CORE else owner)
        known = set()
        if folder is not None:
            scripts = ScriptDirectory.from_config(config_for(connection, owner, folder))
            known = {each.revision for each in scripts.walk_revisions()}
        if wanted[owner] not in known:
            raise UnknownRevision(owner)
    for name, folder in folders.items():
        if (name or CORE) in wanted:
            command.upgrade(config_for(connection, name, folder), wanted[name or CORE])


def check(target: Settings | Engine | URL | str, plugins: PluginHost | None = None) -> list[str]:
    """How the database differs from the models, as sentences; empty when `upgrade` has nothing to add or was enough."""
    load_models()
    host = plugins or PluginHost.discover()
    with _engine(target).connect() as connection:
        options = _options(connection, None, checked=frozenset(host.infos))
        context = MigrationContext.configure(connection, opts=options)
        return [_sentence(difference) for difference in compare_metadata(context, Base.metadata)]


def revision(message: str, plugin: str | None = None, plugins: PluginHost | None = None) -> Path:
    """Write the revision that leads from the newest one to the models, for the core or for one plugin."""
    host = plugins or PluginHost.discover()
    load_models()
    folders: dict[str | None, Path] = {None: HERE / "versions", **dict(host.migrations())}
    if plugin not in folders:
        raise SystemExit(f"Plugin {plugin} has no register_migrations hook: add it first.")
    with tempfile.TemporaryDirectory() as scratch, alone(f"sqlite:///{scratch}/scratch.db") as connection:
        for owner, folder in folders.items():
            command.upgrade(config_for(connection, owner, folder), "head")
        config = config_for(connection, plugin, folders[plugin])
        before = len(list(folders[plugin].glob("[0-9]*_*.py")))
        config.attributes["options"]["render_as_batch"] = before > 0  # SQLite alters by rebuilding
        made = command.revision(
            config, message, autogenerate=True, version_path=str(folders[plugin]), rev_id=f"{before + 1:04d}"
        )
    return Path(made.path)  # type: ignore[union-attr]


def load_models() -> None:
    """Every table must be known before anything is compared or walled in. By name: this floor is below the rooms."""
    import_module("sratix_core.models")


@contextmanager
def alone(target: Settings | Engine | URL | str) -> Iterator[Connection]:
    """One transaction on the owner's connection while no other process migrates."""
    engine = _engine(target)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
                connection.execute(
                    text("SET LOCAL lock_timeout = '10s'")
                )  # from here on never queue behind a long reader
            yield connection
            if engine.dialect.name == "sqlite":
                broken = connection.execute(text("PRAGMA foreign_key_check")).first()
                if broken is not None:
                    raise RuntimeError(
                        f"a row of {broken[0]} would point at nothing in {broken[2]}; nothing was changed"
                    )
    finally:
        engine.dispose()


def _engine(target: Settings | Engine | URL | str) -> Engine:
    """A connection of its own as the owner, unguarded; never the process's pools."""
    if isinstance(target, Settings):
        target = target.database_owner_url
    url = target.url if isinstance(target, Engine) else address(target) if isinstance(target, str) else target
    if url.get_backend_name() == "postgresql":
        return create_engine(url, poolclass=NullPool, connect_args={"options": "-c app.scope=migration"})
    Path(url.database or "").resolve().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, poolclass=NullPool, connect_args={"isolation_level": None, "timeout": WAIT_SECONDS}
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, record: Any) -> None:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA foreign_keys=OFF")  # Alembic rebuilds tables, and DROP TABLE would cascade

    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN EXCLUSIVE"))
    return engine


def config_for(connection: Connection, owner: str | None, folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(folder).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["options"] = {**_options(connection, owner), "connection": connection}
    return config


def _options(
    connection: Connection, owner: str | None, *, checked: frozenset[str] | None = None
) -> dict[str, Any]:
    """A revision looks at one owner's tables; the check at the core's and those of the plugins `checked`."""

    owners = [*PluginHost.names(), *(checked or ()), *([owner] if owner else [])]

    def has_model(name: str | None, kind: str, parents: Any) -> bool:
        return kind != "table" or name in Base.metadata.tables

    def ours(thing: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
        table = str(name if kind == "table" else thing.table.name)
        if checked is None and owner is not None:
            return owner_of_table(table, owners) == owner
        return not table.startswith("x_") or owner_of_table(table, owners) in (checked or ())

    return {
        "target_metadata": Base.metadata,
        "version_table": version_table(owner or CORE),
        "include_name": has_model,
        "include_object": ours,
        "render_item": _render_for_plugin if owner else _render,
        "compare_type": True,
    }


def _render(kind: str, thing: Any, context: Any) -> str | bool:
    """How our own types stand in a revision; False leaves it to Alembic."""
    if kind == "type" and isinstance(thing, UTCDateTime):
        context.imports.add("from sratix_core.db import types")
        return "types.UTCDateTime()"
    if kind == "type" and isinstance(thing, JSON):
        context.imports.add("from sratix_core.db import types")
        return "types.Json"
    if kind == "server_default" and isinstance(getattr(thing, "arg", None), TransactionId):
        context.imports.add("from sratix_core.db.appendonly import TransactionId")
        return "TransactionId()"
    return False


def _render_for_plugin(kind: str, thing: Any, context: Any) -> str | bool:
    """As `_render`, from the only module of ours that a plugin imports."""
    for known, written in ((UTCDateTime, "UTCDateTime()"), (JSON, "Json")):
        if kind == "type" and isinstance(thing, known):
            context.imports.add(f"from sratix_core.plugin import {written.removesuffix('()')}")
            return written
    return False


def _sentence(difference: Any) -> str:
    if isinstance(difference, list):  # changes of one column come together
        difference = difference[0]
    kind, *parts = difference
    names = [_name(p) for p in parts if p is not None and not isinstance(p, dict)]
    return f"{kind.replace('_', ' ')}: {' '.join(names)}"


def _name(part: Any) -> str:
    name = str(getattr(part, "name", part))
    table = part.table if isinstance(part, Index | Constraint) else None
    return name if table is None else f"{table.name}.{name}"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["revision", words]:
            revision(words)  # Alembic says which file it wrote
        case ["revision", words, "--plugin", name]:
            revision(words, name)
        case _:
            raise SystemExit(
                'Write: python -m sratix_core.db.migrate revision "what changes" [--plugin NAME]'
            )
