"""What a plugin keeps in the database, counted, copied out and dropped, whether or not its package is still there.

Runs as the owner, in the one transaction of migrations. Secrets are never copied out.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import MetaData, Table, delete, func, inspect, select, update
from sqlalchemy.engine import Connection

from sratix_core.db.base import Base
from sratix_core.db.migrate import alone, config_for, load_models
from sratix_core.plugins.tables import owner_of_table
from sratix_core.settings import Settings


@dataclass(frozen=True)
class Leftovers:
    """Rows by table, and how many rows of the core's tables belong to the plugin."""

    tables: dict[str, int]
    settings: int
    switches: int
    on_for: tuple[str, ...]
    jobs: int

    @property
    def empty(self) -> bool:
        """Whether nothing of worth is there: a switch that is off and empty tables are not."""
        return not (any(self.tables.values()) or self.settings or self.jobs)


def find(target: Settings, plugin: str, installed: Collection[str]) -> Leftovers:
    """What `plugin` has in the database. `installed` are all known names, so that nobody else's table is taken."""
    load_models()
    with alone(target) as connection:
        return _find(connection, plugin, installed)


def export(target: Settings, plugin: str, installed: Collection[str], folder: Path) -> list[Path]:
    """One file of JSON lines per table and one for settings without their secrets; the files that were written."""
    load_models()
    folder.mkdir(parents=True, exist_ok=True)
    with alone(target) as connection:
        written = []
        for table in _tables(connection, plugin, installed):
            written.append(_write(folder / f"{table.name}.jsonl", connection, select(table)))
        settings = Base.metadata.tables["tenant_settings"]
        mine = select(settings).where(_starts(settings.c.key, f"plugin.{plugin}."))
        written.append(_write(folder / "settings.jsonl", connection, mine))
        return written


def drop(target: Settings, plugin: str, installed: Collection[str], revisions: Path | None) -> Leftovers:
    """Delete all of it and say what it was: its revisions downwards where they are there, its tables where they are not."""
    load_models()
    with alone(target) as connection:
        found = _find(connection, plugin, installed)
        if revisions is not None:
            command.downgrade(config_for(connection, plugin, revisions), "base")
        remaining = _tables(connection, plugin, installed)
        if remaining:
            remaining[0].metadata.drop_all(connection, tables=remaining)
        metadata = MetaData()
        version = f"alembic_{plugin}"
        if inspect(connection).has_table(version):
            Table(version, metadata, autoload_with=connection).drop(connection)
        core = Base.metadata.tables
        settings, switches, faults = (core[n] for n in ("tenant_settings", "tenant_plugins", "plugin_faults"))
        connection.execute(delete(settings).where(_starts(settings.c.key, f"plugin.{plugin}.")))
        connection.execute(delete(switches).where(switches.c.name == plugin))
        connection.execute(delete(faults).where(faults.c.plugin == plugin))
        jobs = core["jobs"]
        mine = update(jobs).where(_starts(jobs.c.kind, f"{plugin}."), jobs.c.state == "waiting")
        connection.execute(mine.values(state="dead", last_error="plugin_uninstalled"))
        return found


def _find(connection: Connection, plugin: str, installed: Collection[str]) -> Leftovers:
    core = Base.metadata.tables
    settings, switches, jobs, tenants = (
        core[n] for n in ("tenant_settings", "tenant_plugins", "jobs", "tenants")
    )
    tables = _tables(connection, plugin, installed)

    def count(table: Table, *where: Any) -> int:
        return connection.scalar(select(func.count()).select_from(table).where(*where)) or 0

    on_for = select(tenants.c.slug).join(switches, switches.c.tenant_id == tenants.c.id)
    on_for = on_for.where(switches.c.name == plugin, switches.c.enabled).order_by(tenants.c.slug)
    return Leftovers(
        tables={table.name: count(table) for table in tables},
        settings=count(settings, _starts(settings.c.key, f"plugin.{plugin}.")),
        switches=count(switches, switches.c.name == plugin),
        on_for=tuple(connection.scalars(on_for)),
        jobs=count(jobs, _starts(jobs.c.kind, f"{plugin}."), jobs.c.state.not_in(("done", "dead"))),
    )


def _tables(connection: Connection, plugin: str, installed: Collection[str]) -> list[Table]:
    names = {*installed, plugin}
    mine = [n for n in inspect(connection).get_table_names() if owner_of_table(n, names) == plugin]
    metadata = MetaData()
    if mine:
        metadata.reflect(connection, only=mine)
    return [table for table in metadata.sorted_tables if table.name in mine]


def _starts(column: Any, prefix: str) -> Any:
    return column.startswith(prefix, autoescape=True)


def _write(path: Path, connection: Connection, statement: Any) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for row in connection.execute(statement).mappings():
            file.write(json.dumps(dict(_plain(row)), ensure_ascii=False) + "\n")
    path.chmod(0o600)
    return path


def _plain(row: Any) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, dict) and "sealed" in value:
            value = {"secret": "left out"}
        elif isinstance(value, bytes):
            value = base64.b64encode(value).decode()
        elif isinstance(value, datetime | date):
            value = value.isoformat()
        elif isinstance(value, uuid.UUID):
            value = str(value)
        yield name, value
