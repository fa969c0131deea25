"""One question as a unit of its own: whose it is and what is asked travel to the database in one message.

A unit of work asks three times (BEGIN with the tenant, the question, COMMIT) and joins the request's transaction; a page that
compares what it has with a row or two needs none of that. What stands before one sync of a pipeline is one transaction to
PostgreSQL, so the tenant's name is gone with the answer. Whatever is out of the ordinary, and an embedded database, gets a
session, which knows what to say about it.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.tenancy.guard import judge_scope
from sratix_core.tenancy.prebuilt import Asked, Bound, Prebuilt, Ready, Row, converted
from sratix_core.tenancy.prepared import COMMAND_OK, TUPLES_OK, until_sync
from sratix_core.tenancy.rings import TELL_READER
from sratix_core.tenancy.scope import Scope, SystemScope, TenantScope

if TYPE_CHECKING:
    from sratix_core.tenancy.engines import Engines

NAMED = "sratix_named"
"""Where a pooled connection keeps which statements the database has a plan for."""

AS_TEXT = frozenset({int, str, uuid.UUID})
"""What means the same to PostgreSQL as `str()` of it; besides, a question may be given bytes."""

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A statement as it is sent: its name on the connection, its text with `$1`, the names of the values in order."""

    name: bytes
    sql: bytes
    order: Sequence[str]


def _planned(sql: str, order: Sequence[str]) -> Planned:
    numbered = sql % {name: f"${n}" for n, name in enumerate(order, 1)}
    return Planned(f"sratix_{next(_numbers)}".encode(), numbered.encode(), order)


TOLD = _planned(TELL_READER, ("tenant", "scope"))


class Glance:
    """One SELECT outside of any unit of work: it sees what is committed and leaves nothing open."""

    def __init__(self, statement: Select[Any]) -> None:
        self._prebuilt = Prebuilt(statement)
        self._planned: WeakKeyDictionary[Dialect, Planned] = WeakKeyDictionary()

    def all(self, engines: Engines, tenant_id: int, bound: Bound) -> list[Row]:
        """One tenant's rows, as plain tuples in the order of the columns. Raises a `TenancyError` as a session would."""
        return self.within(engines, TenantScope(tenant_id), bound)

    def within(self, engines: Engines, scope: Scope, bound: Bound) -> list[Row]:
        """As `all`, in any scope."""
        rows = self._in_one_message(engines, scope, bound) if engines.dialect == "postgresql" else None
        if rows is not None:
            return rows
        with engines.begin(scope, write=False) as db:
            return self._prebuilt.all(db, bound)

    def _in_one_message(self, engines: Engines, scope: Scope, bound: Bound) -> list[Row] | None:
        """None where a session must ask: nothing was answered and nothing is open."""
        engine = engines.system if isinstance(scope, SystemScope) else engines.readers
        ready = self._prebuilt.ready_for(engine.dialect)
        given = ready.compiled.construct_params(bound)
        if not isinstance(scope, SystemScope):
            judge_scope(scope, ready.sql, Asked(ready.compiled, [given]))
        told = {"tenant": scope.tenant_id if isinstance(scope, TenantScope) else "", "scope": scope.kind}
        asked = [(TOLD, told), (self._plan(ready, engine.dialect), given)]
        try:
            connection = engine.raw_connection()
        except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error):
            return None
        try:
            driver: Any = connection.driver_connection
            answer = _exchange(driver, connection.info.setdefault(NAMED, set()), asked)
            if answer is None:
                if driver.broken:
                    connection.invalidate()
                return None
            engines.count(ready.sql)
            return _rows(ready, engine.dialect, driver, answer)
        except engine.dialect.loaded_dbapi.Error:
            connection.invalidate()
            return None
        finally:
            connection.close()

    def _plan(self, ready: Ready, dialect: Dialect) -> Planned:
        found = self._planned.get(dialect)
        if found is None:
            order = tuple(dict.fromkeys(ready.compiled.bind_names.values()))  # one may stand there twice
            found = self._planned[dialect] = _planned(ready.sql, order)
        return found


def _exchange(driver: Any, named: set[bytes], asked: Sequence[tuple[Planned, Bound]]) -> Any | None:
    """The last question's answer, all of them in one message and one transaction; None if any of them was refused."""
    values = [[_as_text(bound[name]) for name in planned.order] for planned, bound in asked]
    pgconn = driver.pgconn
    pgconn.enter_pipeline_mode()
    for (planned, _), given in zip(asked, values, strict=True):
        if planned.name not in named:
            pgconn.send_prepare(planned.name, planned.sql)
        pgconn.send_query_prepared(planned.name, given)
    pgconn.pipeline_sync()
    answers = driver.wait(until_sync(pgconn))
    if not driver.broken:
        pgconn.exit_pipeline_mode()
    if not answers or not all(answer.status in (COMMAND_OK, TUPLES_OK) for answer in answers):
        named.clear()  # a rollback lets the driver drop all plans
        return None
    named.update(planned.name for planned, _ in asked)
    return answers[-1]


def _as_text(value: Any) -> bytes:
    if type(value) is bytes:
        return b"\\x" + value.hex().encode()
    if type(value) not in AS_TEXT:
        raise TypeError(f"a glance is given numbers, words, bytes and ids, not {type(value).__name__}")
    text = str(value)
    if "\0" in text:
        raise ValueError("text with NUL is none to a database")
    return text.encode()


def _rows(ready: Ready, dialect: Dialect, driver: Any, answer: Any) -> list[Row]:
    from psycopg.adapt import Transformer  # there is a connection, so there is a driver

    reader = Transformer(driver)
    reader.set_pgresult(answer)
    rows = reader.load_rows(0, answer.ntuples, tuple)
    return converted(ready, dialect, rows, lambda: [answer.ftype(n) for n in range(answer.nfields)])
