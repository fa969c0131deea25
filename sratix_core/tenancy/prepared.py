"""A statement that psycopg has prepared on a connection, handed to libpq: what its cursors do around that costs as much again.

psycopg stays the one that prepares, remembers and forgets (after a rollback, or when there are too many): it is asked
whether it has the statement, and otherwise executes it itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

TRANSFORMER = "sratix_transformer"
"""Key in the notes of a connection: what turns its values into the server's and back."""

PLACE = re.compile(r"%%|%\((\w+)\)s")
COMMAND_OK, TUPLES_OK, IN_TRANSACTION, GONE = 1, 2, 2, 1
"""`PGRES_COMMAND_OK`, `PGRES_TUPLES_OK`, `PQTRANS_INTRANS` and `CONNECTION_BAD` of libpq."""


def numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with `$1` for `%(name)s`, as psycopg writes it, and the names in the order of their numbers."""
    names: dict[str, int] = {}

    def place(found: re.Match[str]) -> str:
        return "%" if found[1] is None else f"${names.setdefault(found[1], len(names) + 1)}"

    return PLACE.sub(place, sql).encode(), tuple(names)


class Result:
    """Of a cursor what is asked of it: the rows, the types of the columns, and how many rows were touched."""

    __slots__ = ("_result", "_rows", "rowcount")

    def __init__(self, result: Any, rows: list[tuple[Any, ...]]) -> None:
        self._result, self._rows = result, rows
        self.rowcount = result.ntuples if result.status == TUPLES_OK else result.command_tuples

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self._rows

    @property
    def description(self) -> list[tuple[None, int]]:
        return [(None, self._result.ftype(index)) for index in range(self._result.nfields)]

    def close(self) -> None:
        """Nothing is open."""


def executed(connection: Connection, sql: bytes, values: Sequence[Any]) -> Result | None:
    """The statement's result; None where psycopg has not prepared it on this connection. Raises psycopg's errors."""
    driver: Any = connection.connection.driver_connection
    transformer = connection.info.get(TRANSFORMER) or _transformer(connection, driver)
    sent = transformer.dump_sequence(values, [_AUTO[0]] * len(values))
    key, known = (sql, transformer.types or ()), driver._prepared._names
    name = known.get(key)
    pgconn = driver.pgconn
    if name is None or pgconn.transaction_status != IN_TRANSACTION:
        return None
    known.move_to_end(key)
    result = pgconn.exec_prepared(name, sent, transformer.formats)
    if result.status == TUPLES_OK:
        transformer.set_pgresult(result)
        return Result(result, transformer.load_rows(0, result.ntuples, tuple))
    if result.status == COMMAND_OK:
        return Result(result, [])
    raise _error(connection, pgconn, result)


_AUTO: list[Any] = []
"""psycopg's format of its own choice, once psycopg is there."""


def _transformer(connection: Connection, driver: Any) -> Any:
    from psycopg.adapt import PyFormat, Transformer  # not there on an embedded database

    if not _AUTO:
        _AUTO.append(PyFormat.AUTO)
    made = connection.info[TRANSFORMER] = Transformer(driver)
    return made


def _error(connection: Connection, pgconn: Any, result: Any) -> Exception:
    from psycopg.errors import OperationalError, error_from_result

    if pgconn.status == GONE:
        return OperationalError(result.get_error_message())
    return error_from_result(result)
