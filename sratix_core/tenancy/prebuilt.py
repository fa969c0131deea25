"""Core statements that a room builds once, compiled and proven once per database, then handed to the driver as they are.

What SQLAlchemy does for each execution anew (looking up the compiled form, an execution context, a result that knows its
columns by name) costs more than the statement: 160 µs a statement became 70 (PostgreSQL, 2 cores of 2026). The proof, the
types and the errors are SQLAlchemy's; a statement that needs more than that (`IN` of any length, defaults that are
functions, RETURNING into objects) belongs into `session.execute`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Executable
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from sratix_core.tenancy.guard import judge

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

Bound = Mapping[str, Any]
Row = tuple[Any, ...]


@dataclass(slots=True)
class Ready:
    """The statement as one database takes it. `readers` turn the driver's values into ours, by column."""

    compiled: Any
    sql: str
    writers: Mapping[str, Callable[[Any], Any]]
    defaults: Bound
    order: Sequence[str] | None
    readers: list[tuple[int, Callable[[Any], Any]]] | None = None


@dataclass(slots=True)
class Asked:
    """What the judge looks at: the compiled statement and the values it is about to run with."""

    compiled: Any
    compiled_parameters: list[Bound]
    tenant_judged: bool = False


class Prebuilt:
    """One statement; `columns` are those that an INSERT or UPDATE without values of its own is given each time."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        self._statement, self._columns = statement, columns
        self._ready: WeakKeyDictionary[Dialect, Ready] = WeakKeyDictionary()

    def all(self, db: ScopedSession, bound: Bound) -> list[Row]:
        """The rows as plain tuples in the order of the columns."""
        rows, description = self._run(db, [bound], lambda cursor: (cursor.fetchall(), cursor.description))
        ready = self._for(db.get_bind().dialect)
        if ready.readers is None:
            ready.readers = _readers(ready.compiled, db.get_bind().dialect, description)
        if not ready.readers:
            return list(rows)
        read_rows = []
        for row in rows:
            values = list(row)
            for index, read in ready.readers:
                values[index] = read(values[index])
            read_rows.append(tuple(values))
        return read_rows

    def one_or_none(self, db: ScopedSession, bound: Bound) -> Row | None:
        """The only row. The statement names a key, so there cannot be two."""
        rows = self.all(db, bound)
        return rows[0] if rows else None

    def count(self, db: ScopedSession, bound: Bound) -> int:
        """Rows that an INSERT, UPDATE or DELETE touched."""
        touched: int = self._run(db, [bound], lambda cursor: cursor.rowcount)
        return touched

    def many(self, db: ScopedSession, rows: list[dict[str, Any]]) -> None:
        """Run it once for each of `rows`, at one go."""
        self._run(db, rows, lambda cursor: None)

    def _run(self, db: ScopedSession, rows: Sequence[Bound], finish: Callable[[Any], Any]) -> Any:
        # Not the door that tenants' sessions have shut: that one leads outside, this one only past the object mapper.
        connection = Session.connection(db)
        ready = self._for(connection.dialect)
        given = [ready.compiled.construct_params({**ready.defaults, **row}) for row in rows]
        judge(connection, ready.sql, Asked(ready.compiled, given))
        values = [_written(ready, row) for row in given]
        db.info["engines"].count(ready.sql)
        cursor: Any = None
        try:
            cursor = connection.connection.cursor()
            if len(values) == 1:
                cursor.execute(ready.sql, values[0])
            else:
                cursor.executemany(ready.sql, values)
            found = finish(cursor)
            cursor.close()
        except connection.dialect.loaded_dbapi.Error as error:
            # Raises SQLAlchemy's own error in its place; a connection that is gone leaves the pool.
            connection._handle_dbapi_exception(error, ready.sql, values[0], cursor, None)
        return found

    def _for(self, dialect: Dialect) -> Ready:
        ready = self._ready.get(dialect)
        if ready is None:
            ready = self._ready[dialect] = _prepare(self._statement, dialect, self._columns)
        return ready


def _prepare(statement: Any, dialect: Dialect, columns: Sequence[str] | None) -> Ready:
    compiled = statement.compile(dialect=dialect, column_keys=list(columns) if columns is not None else None)
    if compiled.post_compile_params or compiled.literal_execute_params:
        raise TypeError(
            "a prebuilt statement has the same text each time: no IN of any length, no LIMIT by value"
        )
    defaults = {}
    for column in (*(compiled.insert_prefetch or ()), *(compiled.update_prefetch or ())):
        if not column.default.is_scalar:
            raise TypeError(f"{column}: a prebuilt statement is given each value that is not constant")
        defaults[column.key] = column.default.arg
    order = compiled.positiontup if compiled.positional else None
    return Ready(compiled, str(compiled), compiled._bind_processors, defaults, order)


def _written(ready: Ready, row: Bound) -> Any:
    """Values as the driver takes them."""
    writers = ready.writers
    values = {name: writers[name](value) if name in writers else value for name, value in row.items()}
    return values if ready.order is None else tuple(values[name] for name in ready.order)


def _readers(compiled: Any, dialect: Dialect, description: Any) -> list[tuple[int, Callable[[Any], Any]]]:
    found = []
    for index, entry in enumerate(compiled._result_columns):
        read = entry.type._cached_result_processor(dialect, description[index][1])
        if read is not None:
            found.append((index, read))
    return found
