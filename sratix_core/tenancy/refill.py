"""Filling a database from a backup, inside the owner's one transaction: emptied, filled, counted, numbered on.

Works below the walls: the tables are new, so neither policies nor append-only triggers stand yet; they are installed
before the transaction ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Date,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    Text,
    Uuid,
    func,
    inspect,
    select,
    types,
)
from sqlalchemy import column as a_column
from sqlalchemy import table as a_table
from sqlalchemy.engine import Connection

from sratix_core.db.types import UTCDateTime

AT_ONCE = 1000
VERSIONS = "alembic_"

TYPES: dict[str, type[types.TypeEngine[Any]]] = {
    "uuid": Uuid,
    "json": Text,  # written as text; both databases take a document so
    "bool": Boolean,
    "int": Integer,
    "time": UTCDateTime,
    "date": Date,
    "bytes": LargeBinary,
    "float": Float,
    "decimal": Numeric,
    "text": Text,
}


def occupied(connection: Connection) -> str | None:
    """The name of a table with a row in it, None in an empty database; version tables don't count."""
    for name in inspect(connection).get_table_names():
        if not name.startswith(VERSIONS) and count(connection, name):
            return name
    return None


def clear(connection: Connection) -> None:
    """Drop every table: triggers refuse to empty the append-only ones, and old shapes must not stand in the way."""
    also = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for name in inspect(connection).get_table_names():
        connection.exec_driver_sql(f"DROP TABLE {_quoted(name)}{also}")


def misfit(connection: Connection, table: str, columns: Sequence[str]) -> str | None:
    """The name of a column that only the table or only the backup has, None when they fit; a default fills a gap."""
    there = {each["name"]: each for each in inspect(connection).get_columns(table)}
    for name in columns:
        if name not in there:
            return f"{table}.{name}"
    for name, each in there.items():
        if name not in columns and not each["nullable"] and each["default"] is None:
            return f"{table}.{name}"
    return None


class Filler:
    """Takes the rows of one table; a context manager. `values` are Python values in the order of `columns`."""

    def __init__(
        self, connection: Connection, table: str, columns: Sequence[str], kinds: Sequence[str]
    ) -> None:
        self._connection, self._table = connection, table
        self._columns = tuple(columns)
        self._json = tuple(index for index, kind in enumerate(kinds) if kind == "json")
        self._sql_null = {each["name"]: each["nullable"] for each in inspect(connection).get_columns(table)}
        self._kinds = kinds
        self._waiting: list[dict[str, Any]] = []
        self._copy: Any = None

    def __enter__(self) -> Filler:
        if self._connection.dialect.name == "postgresql":
            names = ", ".join(map(_quoted, self._columns))
            cursor = self._connection.connection.cursor()
            self._open = cursor.copy(f"COPY {_quoted(self._table)} ({names}) FROM STDIN")
            self._copy = self._open.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        if self._copy is not None:
            self._open.__exit__(*error)
        elif error[0] is None:
            self._write()

    def add(self, values: Sequence[Any]) -> None:
        row = list(values)
        for index in self._json:
            row[index] = self._document(self._columns[index], row[index])
        if self._copy is not None:
            self._copy.write_row(row)
            return
        self._waiting.append(dict(zip(self._columns, row, strict=True)))
        if len(self._waiting) >= AT_ONCE:
            self._write()

    def _document(self, name: str, value: Any) -> str | None:
        """A document as text; where the column must hold something, nothing is the document `null`."""
        return None if value is None and self._sql_null[name] else msgspec.json.encode(value).decode()

    def _write(self) -> None:
        if self._waiting:
            typed = [a_column(n, TYPES[k]()) for n, k in zip(self._columns, self._kinds, strict=True)]
            self._connection.execute(a_table(self._table, *typed).insert(), self._waiting)
            self._waiting.clear()


def count(connection: Connection, table: str) -> int:
    """Rows of a table."""
    return connection.execute(select(func.count()).select_from(a_table(table))).scalar_one()


def number_on(connection: Connection, tables: Sequence[str]) -> None:
    """Let PostgreSQL's sequences go on after the highest number in use; SQLite looks for itself."""
    if connection.dialect.name != "postgresql":
        return
    for table, name, sequence in _sequences(connection, tables):
        highest: Any = func.coalesce(func.max(a_column(name, Integer)), 0)
        connection.execute(select(func.setval(sequence, highest + 1, False)).select_from(a_table(table)))


def _sequences(connection: Connection, tables: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for table in tables:
        for each in inspect(connection).get_columns(table):
            asked = "SELECT pg_get_serial_sequence(%s, %s)"
            sequence = connection.exec_driver_sql(asked, (_quoted(table), each["name"])).scalar()
            if sequence is not None:
                yield table, each["name"], sequence


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


__all__ = ["Filler", "clear", "count", "misfit", "number_on", "occupied"]
