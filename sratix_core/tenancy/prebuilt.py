"""Core statements that a room builds once, compiled and proven once per database, then handed to the driver as they are.

What SQLAlchemy does for each execution anew (looking up the compiled form, an execution context, a result that knows its
columns by name) costs more than the statement, and so does the driver's cursor (`prepared`). The proof, the types and the
errors are SQLAlchemy's; a statement that needs more than that (`IN` of any length, defaults that are
functions, RETURNING into objects) belongs into `session.execute`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Executable, bindparam
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import Session

from sratix_core.tenancy import prepared
from sratix_core.tenancy.guard import judge

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

Bound = Mapping[str, Any]
Row = tuple[Any, ...]
PLACE = re.compile(r"%\((\w+)\)s")

MOST_AT_ONCE = 16
"""Rows of one INSERT: each number of rows is a statement of its own, and a connection keeps a hundred of them prepared."""


@dataclass(slots=True)
class Ready:
    """The statement as one database takes it, `numbered` as libpq does, `together` for several rows, by their number.

    `names` are the values it is given, `readers` turn the driver's values into ours, by column.
    """

    compiled: Any
    sql: str
    names: frozenset[str]
    writers: Mapping[str, Callable[[Any], Any]]
    defaults: Bound
    order: Sequence[str] | None
    numbered: tuple[bytes, tuple[str, ...]] | None
    readers: list[tuple[int, Callable[[Any], Any]]] | None = None
    together: dict[int, Ready] = field(default_factory=dict)

    @property
    def plain_insert(self) -> bool:
        """Whether its VALUES end it, so that more rows may follow in the same statement."""
        if self.numbered is None or not self.compiled.isinsert or self.compiled.effective_returning:
            return False
        return self.compiled.statement._post_values_clause is None and self.sql.count(" VALUES ") == 1


@dataclass(slots=True)
class Asked:
    """What the judge looks at: the compiled statement and the values it is about to run with."""

    compiled: Any
    compiled_parameters: list[Bound]
    tenant_judged: bool = False


def among(column: ColumnElement[Any], name: str, count: int) -> ColumnElement[bool]:
    """`column IN` of `count` values, so that its text is always the same; bound by `each`."""
    return column.in_([bindparam(f"{name}_{n}", type_=column.type) for n in range(count)])


def each(name: str, values: Iterable[Any]) -> dict[str, Any]:
    """The values of `among`."""
    return {f"{name}_{n}": value for n, value in enumerate(values)}


class Prebuilt:
    """One statement; `columns` are those that an INSERT or UPDATE without values of its own is given each time."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        self._statement, self._columns = statement, columns
        self._ready: WeakKeyDictionary[Dialect, Ready] = WeakKeyDictionary()

    def all(self, db: ScopedSession, bound: Bound) -> list[Row]:
        """The rows as plain tuples in the order of the columns."""
        rows: list[Row] = self._run(db, [bound], _fetched)
        return rows

    def one_or_none(self, db: ScopedSession, bound: Bound) -> Row | None:
        """The only row. The statement names a key, so there cannot be two."""
        rows = self.all(db, bound)
        return rows[0] if rows else None

    def count(self, db: ScopedSession, bound: Bound) -> int:
        """Rows that an INSERT, UPDATE or DELETE touched."""
        touched: int = self._run(db, [bound], lambda cursor, ready, dialect: cursor.rowcount)
        return touched

    def many(self, db: ScopedSession, rows: list[dict[str, Any]]) -> None:
        """Run it once for each of `rows`, at one go."""
        self._run(db, rows, lambda cursor, ready, dialect: None)

    def _run(
        self, db: ScopedSession, rows: Sequence[Bound], finish: Callable[[Any, Ready, Dialect], Any]
    ) -> Any:
        # Not the door that tenants' sessions have shut: that one leads outside, this one only past the object mapper.
        connection = Session.connection(db)
        ready = self.ready_for(connection.dialect)
        values = _judged(db, connection, ready, rows)
        cursor: Any = None
        try:
            cursor = _executed(connection, ready, values)
            found = finish(cursor, ready, connection.dialect)
            cursor.close()
        except connection.dialect.loaded_dbapi.Error as error:
            # Raises SQLAlchemy's own error in its place; a connection that is gone leaves the pool.
            connection._handle_dbapi_exception(error, ready.sql, values[0], cursor, None)
        return found

    def ready_for(self, dialect: Dialect) -> Ready:
        """The statement for one database, compiled the first time."""
        ready = self._ready.get(dialect)
        if ready is None:
            ready = self._ready[dialect] = _prepare(self._statement, dialect, self._columns)
        return ready


def together(db: ScopedSession, asked: Iterable[tuple[Prebuilt, Sequence[Bound]]]) -> None:
    """Run INSERTs, each for all of its rows, in this order; where the database can, all of them travel in one message.

    For what is written while others wait for our locks: an answer less to wait for is time that they don't.
    """
    connection = Session.connection(db)
    steps = []
    for statement, rows in asked:
        ready = statement.ready_for(connection.dialect)
        values = _judged(db, connection, ready, rows)
        if values and not ready.plain_insert and ready.numbered is not None:
            raise TypeError(f"only INSERTs that answer nothing travel together: {ready.sql[:60]!r}")
        steps += [(ready, values[at : at + MOST_AT_ONCE]) for at in range(0, len(values), MOST_AT_ONCE)]
    sent = [_as_one(ready, values) for ready, values in steps]
    try:
        if None not in sent and prepared.executed_together(connection, cast("Any", sent)):
            return
        for ready, values in steps:
            _executed(connection, ready, values).close()
    except connection.dialect.loaded_dbapi.Error as error:
        all_of_them = "; ".join(ready.sql for ready, _ in steps)
        connection._handle_dbapi_exception(error, all_of_them, None, None, None)


def _as_one(ready: Ready, values: Sequence[Any]) -> tuple[bytes, list[Any]] | None:
    """An INSERT of some rows with the values of its numbers; None where the database takes no numbers."""
    if ready.numbered is None:
        return None
    if len(values) > 1:
        return _as_one(_of_rows(ready, len(values)), [_in_a_row(values)])
    sql, names = ready.numbered
    return sql, [values[0][name] for name in names]


def _judged(db: ScopedSession, connection: Connection, ready: Ready, rows: Sequence[Bound]) -> list[Any]:
    """The values as the driver takes them, after the proof has seen them. Raises a `TenancyError`."""
    given = [_given(ready, row) for row in rows]
    judge(connection, ready.sql, Asked(ready.compiled, given))
    db.info["engines"].count(ready.sql)
    return [_written(ready, row) for row in given]


def _given(ready: Ready, row: Bound) -> Bound:
    """The values by the names of the statement; only one that has values of its own needs SQLAlchemy to find them."""
    whole = {**ready.defaults, **row} if ready.defaults else row
    return whole if whole.keys() == ready.names else cast("Bound", ready.compiled.construct_params(whole))


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
    sql = str(compiled)
    numbered = prepared.numbered(sql) if dialect.driver == "psycopg" else None
    names = frozenset(compiled.bind_names.values())
    return Ready(compiled, sql, names, compiled._bind_processors, defaults, order, numbered)


def _executed(connection: Connection, ready: Ready, values: Sequence[Any]) -> Any:
    """The cursor, or what stands for one, after the statement was executed once for each of `values`."""
    if ready.numbered is not None and len(values) == 1:
        sql, names = ready.numbered
        result = prepared.executed(connection, sql, [values[0][name] for name in names])
        if result is not None:
            return result
    if ready.plain_insert and 1 < len(values) <= MOST_AT_ONCE:
        return _executed(connection, _of_rows(ready, len(values)), [_in_a_row(values)])
    cursor: Any = connection.connection.cursor()
    if len(values) > 1:
        cursor.executemany(ready.sql, values)
    elif ready.numbered is not None:
        cursor.execute(ready.sql, values[0], prepare=True)
    else:
        cursor.execute(ready.sql, values[0])
    return cursor


def _in_a_row(values: Sequence[Any]) -> dict[str, Any]:
    """The values of several rows under the names that `_of_rows` gives them."""
    return {f"{name}__{n}": value for n, row in enumerate(values) for name, value in row.items()}


def _of_rows(ready: Ready, rows: int) -> Ready:
    """The INSERT of one row, which is what was proven and each row is judged by, as one of several rows."""
    if (made := ready.together.get(rows)) is not None:
        return made
    into, _, row = ready.sql.partition(" VALUES ")
    several = ", ".join(PLACE.sub(rf"%(\1__{n})s", row) for n in range(rows))
    sql = f"{into} VALUES {several}"
    made = ready.together[rows] = replace(ready, sql=sql, numbered=prepared.numbered(sql), together={})
    return made


def _fetched(cursor: Any, ready: Ready, dialect: Dialect) -> list[Row]:
    """The rows with our types."""
    return converted(ready, dialect, cursor.fetchall(), lambda: [column[1] for column in cursor.description])


def _written(ready: Ready, row: Bound) -> Any:
    """Values as the driver takes them."""
    writers = ready.writers
    values = {name: writers[name](value) if name in writers else value for name, value in row.items()}
    return values if ready.order is None else tuple(values[name] for name in ready.order)


def converted(
    ready: Ready, dialect: Dialect, rows: Sequence[Row], types: Callable[[], Sequence[Any]]
) -> list[Row]:
    """The driver's rows with our values in them; `types` tells the driver's names of the columns' types, once."""
    if ready.readers is None:
        ready.readers = _readers(ready.compiled, dialect, types())
    if not ready.readers:
        return list(rows)
    read_rows = []
    for row in rows:
        values = list(row)
        for index, read in ready.readers:
            values[index] = read(values[index])
        read_rows.append(tuple(values))
    return read_rows


def _readers(compiled: Any, dialect: Dialect, types: Sequence[Any]) -> list[tuple[int, Callable[[Any], Any]]]:
    found = []
    for index, entry in enumerate(compiled._result_columns):
        read = entry.type._cached_result_processor(dialect, types[index])
        if read is not None:
            found.append((index, read))
    return found
