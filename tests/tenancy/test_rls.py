"""Row-level security by itself: raw SQL as the runtime role, with none of our Python in the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from sratix_core.tenancy import doctor, rls
from tests.tenancy.conftest import need_postgresql
from tests.tenancy.models import Order, TrapBase, fresh, uid
from tests.tenancy.world import DATABASE, World, postgresql_address

pytestmark = pytest.mark.pg

TENANT_1 = "SELECT set_config('app.tenant_id', '1', true)"
IDENTITY = "SELECT set_config('app.scope', 'identity', true)"


@pytest.fixture(scope="module")
def postgresql() -> Iterator[World]:
    need_postgresql()
    world = World(postgresql_address(DATABASE + "_rls"))
    yield world
    world.engines.dispose()


@pytest.fixture
def walls(postgresql: World) -> World:
    postgresql.seed()
    return postgresql


@pytest.fixture
def app(walls: World) -> Iterator[Engine]:
    """One pooled connection of the runtime role, unguarded."""
    engine = create_engine(walls.engines.writers.url, pool_size=1, max_overflow=0)
    yield engine
    engine.dispose()


def run(engine: Engine, *statements: str) -> Any:
    with engine.begin() as connection:
        for statement in statements:
            result = connection.execute(text(statement))
        return result.all() if result.returns_rows else result.rowcount


COUNT = "SELECT count(*) FROM order_"


def test_without_a_tenant_there_are_no_rows(app: Engine) -> None:
    assert run(app, COUNT) == [(0,)]
    assert run(app, "UPDATE order_ SET total = 0") == 0


def test_a_tenant_sees_and_changes_its_own_rows_only(app: Engine, walls: World) -> None:
    before = walls.foreign_rows()
    assert run(app, TENANT_1, COUNT) == [(2,)]
    assert run(app, TENANT_1, "UPDATE order_ SET total = 0") == 2
    assert run(app, TENANT_1, "DELETE FROM ticket") == 1
    assert walls.foreign_rows() == before


def test_the_setting_ends_with_its_transaction(app: Engine) -> None:
    run(app, TENANT_1, COUNT)
    assert run(app, "SELECT count(*), current_setting('app.tenant_id', true) FROM order_ GROUP BY 2") == []
    assert run(app, "SELECT current_setting('app.tenant_id', true)") == [("",)]


def test_a_savepoint_that_rolls_back_takes_its_setting_along(app: Engine) -> None:
    other = "SELECT set_config('app.tenant_id', '2', true)"
    assert run(app, TENANT_1, "SAVEPOINT a", other, "ROLLBACK TO a", COUNT) == [(2,)]


def test_a_polluted_connection_serves_the_next_session_its_own_tenant(walls: World) -> None:
    pool = walls.engines.writers
    for _ in range(2):
        raw = pool.raw_connection()
        raw.cursor().execute("SELECT set_config('app.tenant_id', '2', false)")
        raw.commit()
        raw.close()
        with walls.session(1) as s:
            assert {o.tenant_id for o in s.scalars(select(Order))} == {1}
    pool.dispose()


def test_the_owner_is_bound_unless_it_migrates(walls: World) -> None:
    plain = create_engine(walls.engines.owner.url)
    assert run(plain, COUNT) == [(0,)]
    assert run(plain, "UPDATE order_ SET total = total") == 0
    assert run(walls.engines.owner, COUNT) == [(5,)]
    plain.dispose()


def test_the_system_role_sees_all_and_owns_nothing(walls: World) -> None:
    system = create_engine(walls.engines.system.url)
    assert run(system, COUNT) == [(5,)]
    with pytest.raises(ProgrammingError):
        run(system, "ALTER TABLE order_ DISABLE ROW LEVEL SECURITY")
    system.dispose()


def test_a_row_cannot_be_written_for_another_tenant(app: Engine) -> None:
    row = f"INSERT INTO order_ (tenant_id, id, code, total, event_id) VALUES (2, '{fresh()}', 'x', 1, '{uid(1)}')"
    with pytest.raises(ProgrammingError, match="row-level security"):
        run(app, TENANT_1, row)
    with pytest.raises(ProgrammingError, match="row-level security"):
        run(app, TENANT_1, f"UPDATE order_ SET tenant_id = 2 WHERE id = '{uid(3)}'")


def test_a_composite_key_refuses_the_crooked_child(app: Engine) -> None:
    row = f"INSERT INTO order_ (tenant_id, id, code, total, event_id) VALUES (1, '{fresh()}', 'x', 1, '{uid(2)}')"
    with pytest.raises(IntegrityError):
        run(app, TENANT_1, row)


def test_unique_keys_are_no_oracle(app: Engine) -> None:
    row = f"INSERT INTO order_ (tenant_id, id, code, total, event_id) VALUES (1, '{fresh()}', 'B2-FOREIGN', 1, '{uid(1)}')"
    assert run(app, TENANT_1, row + " ON CONFLICT DO NOTHING") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE ticket",
        "ALTER TABLE order_ DISABLE ROW LEVEL SECURITY",
        "DROP POLICY srx_app ON order_",
        "ALTER TABLE entry DISABLE TRIGGER ALL",
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SET ROLE sratix_system",
        "SET ROLE sratix_owner",
        "SET session_replication_role = replica",
    ],
)
def test_the_runtime_role_may_not(app: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError):
        run(app, TENANT_1, statement)


def test_global_tables_keep_to_their_readers(app: Engine) -> None:
    assert run(app, TENANT_1, "SELECT count(*) FROM tenants") == [(0,)]
    assert run(app, TENANT_1, "SELECT count(*) FROM rates") == [(1,)]
    assert run(app, TENANT_1, "UPDATE rates SET name = 'x'") == 0
    assert run(app, IDENTITY, "SELECT count(*) FROM tenants") == [(2,)]
    assert run(app, IDENTITY, "SELECT count(*) FROM platform_notes") == [(0,)]
    assert run(app, IDENTITY, COUNT) == [(0,)]
    with pytest.raises(ProgrammingError):
        run(app, TENANT_1, "INSERT INTO rates VALUES (5, 'x')")


def test_injected_sql_may_name_another_tenant_which_is_why_text_is_refused(app: Engine) -> None:
    assert run(app, TENANT_1, "SELECT set_config('app.tenant_id', '2', true)", COUNT) == [(3,)]


def test_the_policy_leaves_the_index_in_use(app: Engine) -> None:
    plan = run(
        app, "SET LOCAL enable_seqscan = off", TENANT_1, f"EXPLAIN SELECT * FROM order_ WHERE id = '{uid(1)}'"
    )
    assert "Index" in str(plan)


def test_a_new_table_is_closed_until_it_is_installed(app: Engine, walls: World) -> None:
    run(walls.engines.owner, "CREATE TABLE fresh (id int, tenant_id int)", "INSERT INTO fresh VALUES (1, 2)")
    try:
        with pytest.raises(ProgrammingError):
            run(app, TENANT_1, "SELECT * FROM fresh")
        with walls.engines.owner.connect() as connection:
            problems = doctor.rls_census(connection, TrapBase.metadata)
        assert problems == ["fresh: row-level security is not forced"]
    finally:
        run(walls.engines.owner, "DROP TABLE fresh")


def test_views_and_definer_functions_are_found_by_the_census(app: Engine, walls: World) -> None:
    owner = walls.engines.owner
    run(
        owner,
        "CREATE VIEW v_plain AS SELECT * FROM order_",
        "CREATE VIEW v_invoker WITH (security_invoker=true) AS SELECT * FROM order_",
        "CREATE FUNCTION f_definer() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM order_'",
        "GRANT SELECT ON v_plain, v_invoker TO sratix_app",
        "GRANT TRUNCATE ON ticket TO sratix_app",
        "DROP POLICY srx_app ON tag",
    )
    try:
        assert run(app, TENANT_1, "SELECT count(*) FROM v_invoker") == [(2,)]
        with owner.connect() as connection:
            problems = doctor.rls_census(connection, TrapBase.metadata)
        assert [p.split(":")[0].split("(")[0] for p in problems] == ["v_plain", "f_definer", "ticket", "tag"]
    finally:
        run(owner, "DROP VIEW v_plain, v_invoker", "DROP FUNCTION f_definer()")
        with owner.begin() as connection:
            rls.install(connection, TrapBase.metadata)
    with owner.connect() as connection:
        assert doctor.rls_census(connection, TrapBase.metadata) == []
