"""A statement that psycopg has prepared on a connection, handed to libpq: what its cursors do around that costs as much again.

psycopg stays the one that prepares, remembers and forgets (after a rollback, or when there are too many): it is asked
whether it has the statement, and otherwise executes it itself.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

TRANSFORMER = "sratix_transformer"
"""Key in the notes of a connection: what turns its values into the server's and back."""

PLACE = re.compile(r"%%|%\((\w+)\)s")
COMMAND_OK, TUPLES_OK, PIPELINE_SYNC, IN_TRANSACTION, GONE = 1, 2, 10, 2, 1
"""`PGRES_COMMAND_OK`, `PGRES_TUPLES_OK`, `PGRES_PIPELINE_SYNC`, `PQTRANS_INTRANS` and `CONNECTION_BAD` of libpq."""

FOR_THE_ANSWER, FOR_BOTH = 1, 3
"""psycopg's `Wait.R` and `Wait.RW`; `FOR_THE_ANSWER` is `Ready.R` too."""


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
    pgconn = driver.pgconn
    call = _call(connection, driver, sql, values)
    if call is None or pgconn.transaction_status != IN_TRANSACTION:
        return None
    result = pgconn.exec_prepared(*call)
    transformer = connection.info[TRANSFORMER]
    if result.status == TUPLES_OK:
        transformer.set_pgresult(result)
        return Result(result, transformer.load_rows(0, result.ntuples, tuple))
    if result.status == COMMAND_OK:
        return Result(result, [])
    raise _error(connection, pgconn, result)


def executed_together(connection: Connection, asked: Sequence[tuple[bytes, Sequence[Any]]]) -> bool:
    """Run statements that answer no rows, in their order and as one message; False where one of them is not prepared.

    Raises psycopg's error of the first that failed; those behind it did not run.
    """
    driver: Any = connection.connection.driver_connection
    pgconn = driver.pgconn
    calls = [_call(connection, driver, sql, values) for sql, values in asked]
    if None in calls or pgconn.transaction_status != IN_TRANSACTION:
        return False
    pgconn.enter_pipeline_mode()
    for call in calls:
        pgconn.send_query_prepared(*call)  # type: ignore[misc]
    pgconn.pipeline_sync()
    answers = driver.wait(until_sync(pgconn))
    if pgconn.status != GONE:
        pgconn.exit_pipeline_mode()
    for answer in answers:
        if answer.status != COMMAND_OK:
            raise _error(connection, pgconn, answer)
    if len(answers) < len(calls):
        raise _gone("the connection is gone")
    return True


def _call(connection: Connection, driver: Any, sql: bytes, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """What libpq is given: the plan's name, the values as they are sent and their formats."""
    transformer = connection.info.get(TRANSFORMER) or _transformer(connection, driver)
    sent = transformer.dump_sequence(values, [_AUTO[0]] * len(values))
    key, known = (sql, transformer.types or ()), _known(driver)
    name = known.get(key)
    if name is None:
        return None
    known.move_to_end(key)
    return name, sent, transformer.formats


def until_sync(pgconn: Any) -> Generator[int, int, list[Any]]:
    """Sends what waits and gives what the database answers up to the sync. Raises psycopg's error when the connection is gone."""
    while pgconn.flush():
        if (yield FOR_BOTH) & FOR_THE_ANSWER:
            pgconn.consume_input()
    answers: list[Any] = []
    while True:
        while pgconn.is_busy():
            yield FOR_THE_ANSWER
            pgconn.consume_input()
        answer = pgconn.get_result()
        if answer is None:  # the end of one statement's answers; of all of them when the connection is gone
            if pgconn.status == GONE:
                return answers
            continue
        if answer.status == PIPELINE_SYNC:
            return answers
        answers.append(answer)


def _known(driver: Any) -> Any:
    """What psycopg has prepared; it keeps that to itself, so a release that keeps it elsewhere just executes everything."""
    return getattr(getattr(driver, "_prepared", None), "_names", None) or {}


_AUTO: list[Any] = []
"""psycopg's format of its own choice, once psycopg is there."""


def _transformer(connection: Connection, driver: Any) -> Any:
    from psycopg.adapt import PyFormat, Transformer  # not there on an embedded database

    if not _AUTO:
        _AUTO.append(PyFormat.AUTO)
    made = connection.info[TRANSFORMER] = Transformer(driver)
    return made


def _error(connection: Connection, pgconn: Any, result: Any) -> Exception:
    from psycopg.errors import error_from_result

    if pgconn.status == GONE:
        return _gone(result.get_error_message())
    return error_from_result(result)


def _gone(why: str) -> Exception:
    from psycopg.errors import OperationalError

    return OperationalError(why)
