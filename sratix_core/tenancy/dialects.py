"""How a connection of each database is made and begun: the engines below `Engines`, and nothing about scopes.

SQLite gets WAL, `query_only` readers and one writer at a time (BEGIN IMMEDIATE); PostgreSQL its timeouts.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakValueDictionary

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import InvalidRequestError

from sratix_core.errors import Unavailable
from sratix_core.tenancy.fairlock import FairLock

if TYPE_CHECKING:
    import sqlite3

Mode = Literal["read", "write", "owner"]

QUEUE_SECONDS = 5.0
"""A writer that waited this long in its own process is answered `database_busy`."""

TIMEOUTS = {"lock_timeout": "3s", "statement_timeout": "30s", "idle_in_transaction_session_timeout": "60s"}
HELD = "sratix_write_lock"

_locks: WeakValueDictionary[str, FairLock] = WeakValueDictionary()
_locks_mutex = Lock()


def address(url: str) -> URL:
    """The parsed address, with the driver we use. Raises `ValueError` for SQLite without a file."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    if parsed.drivername == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise ValueError("SQLite needs a file: readers and writers are connections of their own")
    return parsed


def make_engine(url: URL, mode: Mode, threads: int) -> Engine:
    """An engine for one kind of use; unguarded."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, mode, threads)
    return _postgresql(url, mode, threads)


def _postgresql(url: URL, mode: Mode, threads: int) -> Engine:
    settings = {} if mode == "owner" else TIMEOUTS
    if mode == "owner":
        settings = {"app.scope": "migration", "lock_timeout": "10s"}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return create_engine(
        url,
        isolation_level="READ COMMITTED",
        connect_args={"options": options},
        pool_size=2 if mode == "owner" else threads,
        max_overflow=threads,
        pool_timeout=10,
    )


def _sqlite(url: URL, mode: Mode, threads: int) -> Engine:
    path = str(Path(url.database or "").resolve())
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    # isolation_level None: the driver begins nothing by itself, the listeners below do.
    connect = {"isolation_level": None, "check_same_thread": False, "timeout": 5, "cached_statements": 256}
    engine = create_engine(url, connect_args=connect, pool_size=threads, max_overflow=-1)

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, record: Any) -> None:
        raw.execute("PRAGMA busy_timeout=5000")
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        # Off for migrations only: Alembic rebuilds tables, and DROP TABLE would cascade.
        raw.execute(f"PRAGMA foreign_keys={'OFF' if mode == 'owner' else 'ON'}")
        raw.execute("PRAGMA recursive_triggers=ON")  # or REPLACE would delete append-only rows silently
        if mode == "read":
            raw.execute("PRAGMA query_only=ON")

    if mode == "read":
        event.listen(engine, "begin", lambda conn: _driver(conn).execute("BEGIN"))
    else:
        _queue_writers(engine, lock_of(path))
    return engine


def lock_of(path: str) -> FairLock:
    """The lock of a database file, one per process."""
    with _locks_mutex:
        lock = _locks.get(path)
        if lock is None:
            lock = _locks[path] = FairLock()
        return lock


def _driver(conn: Connection) -> Any:
    return conn.connection.driver_connection


def _queue_writers(engine: Engine, lock: FairLock) -> None:
    """BEGIN IMMEDIATE behind the lock, which is handed on only after COMMIT or ROLLBACK has returned."""
    import sqlite3  # not where PostgreSQL is used

    commit, rollback = engine.dialect.do_commit, engine.dialect.do_rollback

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        if not lock.acquire(QUEUE_SECONDS):
            raise Unavailable("database_busy", waited=QUEUE_SECONDS)
        conn.info[HELD] = lock
        try:
            _driver(conn).execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            _release(conn.info)
            raise Unavailable("database_busy", waited=QUEUE_SECONDS) from error
        except BaseException:
            _release(conn.info)
            raise

    def do_commit(connection: Any) -> None:
        commit(connection)
        _release(_info(connection))

    def do_rollback(connection: Any) -> None:
        try:
            rollback(connection)
        finally:
            _release(_info(connection))

    engine.dialect.do_commit = do_commit  # type: ignore[assignment, method-assign]
    engine.dialect.do_rollback = do_rollback  # type: ignore[assignment, method-assign]
    # Whatever way a connection leaves, it does not take the lock along.
    for name in ("checkin", "close", "invalidate"):
        event.listen(engine, name, lambda raw, record, *rest: _release(record.info if record else {}))


def _info(connection: Any) -> dict[str, Any]:
    """Where a pooled connection keeps its lock; the one that only asks the version at first connect has no such place."""
    try:
        known: dict[str, Any] = connection.info
    except (NotImplementedError, InvalidRequestError):
        return {}
    return known


def _release(info: dict[str, Any]) -> None:
    lock = info.pop(HELD, None)
    if lock is not None:
        lock.release()
