"""How transactions begin and end: readers and writers, the queue of SQLite's writers, PostgreSQL's timeouts."""

from __future__ import annotations

from typing import Any

import pytest
import transaction
import zope.sqlalchemy
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError
from zope.sqlalchemy.datamanager import STATUS_CHANGED

from sratix_core.tenancy import dialects
from sratix_core.tenancy.scope import IdentityScope, SystemScope, TenantScope
from tests.tenancy.conftest import only_postgresql, only_sqlite
from tests.tenancy.models import Order, Tenant, uid
from tests.tenancy.world import World


def pragma(world: World, name: str, write: bool) -> Any:
    engine = world.engines.writers if write else world.engines.readers
    raw = engine.raw_connection()
    try:
        return raw.cursor().execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        raw.close()


@only_sqlite
def test_sqlite_connections_are_prepared(world: World) -> None:
    for write in (True, False):
        expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
        expected |= {"recursive_triggers": 1, "query_only": int(not write)}
        assert {name: pragma(world, name, write) for name in expected} == expected


@only_postgresql
def test_postgresql_connections_have_timeouts(world: World) -> None:
    names = (
        "transaction_isolation",
        "lock_timeout",
        "statement_timeout",
        "idle_in_transaction_session_timeout",
    )
    for scope in (TenantScope(1), IdentityScope(), SystemScope("reads settings")):
        with world.session(scope) as s:
            values = [s.scalar(select(func.current_setting(name))) for name in names]
        assert values == ["read committed", "3s", "30s", "1min"]


def test_a_reading_session_cannot_write(world: World) -> None:
    for scope in (TenantScope(1), SystemScope("tries to write")):
        with world.session(scope, write=False) as s:
            assert s.scalars(select(Order)).all()
            with pytest.raises(DBAPIError):
                s.execute(update(Order).values(total=0))
    with world.session(1) as s:
        s.execute(update(Order).values(total=0))  # and the connection is no reader afterwards
        s.commit()


def test_a_unit_commits_at_its_end_and_rolls_back_on_an_error(world: World) -> None:
    with world.engines.begin(TenantScope(1)) as s:
        s.get(Order, uid(1)).total = 50
    with pytest.raises(ZeroDivisionError), world.engines.begin(TenantScope(1)) as s:
        s.execute(update(Order).values(total=60 // 0))
    with world.engines.begin(TenantScope(1), write=False) as s:
        assert s.get(Order, uid(1)).total == 50


def test_statements_are_counted(world: World) -> None:
    with world.engines.counted() as seen:
        with world.engines.begin(TenantScope(1), write=False) as s:
            first = s.get(Order, uid(1))
            assert s.get(Order, uid(1)) is first
    assert [sql.split()[0] for sql in seen if "set_config" not in sql] == ["SELECT"]
    with world.engines.begin(TenantScope(1), write=False) as s:
        s.get(Order, uid(1))
    assert len(seen) == 1  # whose connection it is goes with BEGIN


def test_a_unit_of_zope_commits_core_statements(world: World) -> None:
    manager = transaction.TransactionManager(explicit=True)
    for total, end in ((70, manager.commit), (80, manager.abort)):
        manager.begin()
        s = world.session(1)
        zope.sqlalchemy.register(s, initial_state=STATUS_CHANGED, transaction_manager=manager)
        s.execute(update(Order.__table__).where(Order.tenant_id == 1).values(total=total))
        end()
    with world.engines.begin(TenantScope(1), write=False) as s:
        assert s.get(Order, uid(1)).total == 70


def test_a_database_in_memory_is_refused() -> None:
    for url in ("sqlite://", "sqlite:///:memory:"):
        with pytest.raises(ValueError, match="needs a file"):
            dialects.address(url)
    assert dialects.address("postgres://u@h/d").drivername == "postgresql+psycopg"


def test_scopes_say_whose_and_why() -> None:
    for wrong in ("1", None, True):
        with pytest.raises(TypeError):
            TenantScope(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="says why"):
        SystemScope(" ")
    assert TenantScope(1) == TenantScope(1)


def test_nothing_is_left_open(world: World) -> None:
    with world.session(IdentityScope(), write=False) as s:
        s.scalars(select(Tenant)).all()
    assert world.engines.readers.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert world.engines.writers.pool.checkedout() == 0  # type: ignore[attr-defined]
