"""One moment of the whole database, read while others go on writing: what a backup is made of.

SQLite is copied page by page by its backup API, so that no long reader keeps the log from being folded in; PostgreSQL
gives one REPEATABLE READ snapshot. Raw engines, for the owner's commands only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    Uuid,
    create_engine,
    inspect,
    select,
)
from sqlalchemy.engine import URL, Connection
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator, TypeEngine

AT_ONCE = 1000
"""Rows held in memory."""

KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Uuid, "uuid"),
    (JSON, "json"),
    (Boolean, "bool"),
    (Integer, "int"),
    (DateTime, "time"),
    (Date, "date"),
    (LargeBinary, "bytes"),
    (Float, "float"),
    (Numeric, "decimal"),
)

OWNER = """
SELECT rolsuper OR EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = 'tenants'
AND tableowner = current_user) FROM pg_roles WHERE rolname = current_user
"""


class NotReadable(Exception):
    """One sentence for the operator: why this database can't be copied."""


@contextmanager
def snapshot(url: URL, scratch: Path) -> Iterator[Connection]:
    """A reading connection that sees one moment. `scratch` is a folder with room for a copy of a SQLite database.

    Raises `NotReadable`.
    """
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(_copy(Path(url.database or ""), scratch / "snapshot.db")))
        engine = create_engine(url, poolclass=NullPool)
    else:
        options = "-c app.scope=migration -c statement_timeout=0 -c idle_in_transaction_session_timeout=0"
        engine = create_engine(
            url,
            poolclass=NullPool,
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True},
            connect_args={"options": options},
        )
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql" and not connection.exec_driver_sql(OWNER).scalar():
                raise NotReadable(
                    "A backup reads as the owner of the tables: set SRATIX_DATABASE_OWNER_URL, and run sratix migrate once."
                )
            yield connection
    finally:
        engine.dispose()


def _copy(source: Path, target: Path) -> Path:
    if not source.exists():
        raise NotReadable(f"There is no database at {source}: check SRATIX_DATA_DIR and SRATIX_DATABASE_URL.")
    with closing(sqlite3.connect(source, timeout=60)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        damage = new.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise NotReadable(f"The database file is damaged ({damage}): restore the last good backup.")
    return target


def kind_of(type_: TypeEngine[Any]) -> str:
    """What a column holds, in a word that means the same on every database."""
    inner = type_.impl_instance if isinstance(type_, TypeDecorator) else type_
    return next((kind for known, kind in KINDS if isinstance(inner, known)), "text")


def stored_columns(table: Table) -> list[str]:
    """The columns worth keeping. A transaction id means nothing in another database: the restoring one gives its own."""
    return [str(c.name) for c in table.columns if not (table.info.get("stream") and c.name == "txid")]


def rows(connection: Connection, table: Table) -> Generator[tuple[Any, ...], None, None]:
    """All rows in the order of their key, as Python values, a few at a time; close it when an error ends the reading."""
    query = select(*(table.c[name] for name in stored_columns(table))).order_by(*table.primary_key.columns)
    with connection.execute(query, execution_options={"stream_results": True, "yield_per": AT_ONCE}) as found:
        for row in found:
            yield tuple(row)


def strangers(connection: Connection, known: set[str]) -> list[str]:
    """Tables without a model: what uninstalled plugins left."""
    return sorted(str(name) for name in set(inspect(connection).get_table_names()) - known)
