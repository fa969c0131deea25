"""A glance passes the same walls as a session, and leaves neither a transaction nor a tenant's name behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
from sqlalchemy import Table, bindparam, create_engine, select, union_all
from sqlalchemy.pool import NullPool

from sratix_core.tenancy import glance
from sratix_core.tenancy.errors import ForeignRow, NotAReader, UnprovenStatement
from sratix_core.tenancy.glance import Glance
from sratix_core.tenancy.scope import IdentityScope, SystemScope
from tests.tenancy.conftest import only_postgresql
from tests.tenancy.models import Order, uid
from tests.tenancy.world import World

ORDERS = cast("Table", Order.__table__)
OF_TENANT = ORDERS.c.tenant_id == bindparam("in_tenant")
ONE = Glance(
    select(ORDERS.c.tenant_id, ORDERS.c.id, ORDERS.c.total).where(
        OF_TENANT, ORDERS.c.id == bindparam("of_order")
    )
)
CODED = Glance(select(ORDERS.c.id).where(OF_TENANT, ORDERS.c.code == bindparam("of_code")))


@pytest.fixture(autouse=True)
def _pool_as_it_was(world: World) -> Iterator[None]:
    yield
    world.engines.dispose()  # a glance beside a session leaves two connections


def mine(tenant_id: int = 1) -> dict[str, Any]:
    return {"in_tenant": tenant_id, "of_order": uid(1)}


def test_it_reads_what_is_committed_with_its_types(world: World) -> None:
    for _ in range(3):
        assert ONE.all(world.engines, 1, mine()) == [(1, uid(1), 10)]
    assert ONE.all(world.engines, 1, {**mine(), "of_order": uid(999)}) == []
    with world.session(1) as s:
        s.get(Order, uid(1)).total = 77
        s.flush()
        if world.engines.dialect == "postgresql":
            assert ONE.all(world.engines, 1, mine()) == [(1, uid(1), 10)], "another unit's work is not done"
        s.commit()
    assert ONE.all(world.engines, 1, mine()) == [(1, uid(1), 77)]


def test_one_statement_is_counted(world: World) -> None:
    with world.engines.counted() as seen:
        ONE.all(world.engines, 1, mine())
    assert len([sql for sql in seen if ORDERS.name in sql]) == 1


def test_another_tenants_value_never_reaches_the_database(world: World) -> None:
    with world.engines.counted() as seen, pytest.raises(ForeignRow):
        ONE.all(world.engines, 1, mine(2))
    assert seen == []


def test_an_unproven_question_is_refused(world: World) -> None:
    unproven = Glance(select(ORDERS.c.id).where(ORDERS.c.id == bindparam("of_order")))
    with pytest.raises(UnprovenStatement):
        unproven.all(world.engines, 1, {"of_order": uid(1)})


@pytest.mark.parametrize("odd", ["'; DROP TABLE orders; --", "$1", "%s", "ü" * 500, "\\", '"', ""])
def test_words_are_only_words(world: World, odd: str) -> None:
    assert CODED.all(world.engines, 1, {"in_tenant": 1, "of_code": odd}) == []
    assert ONE.all(world.engines, 1, mine()) == [(1, uid(1), 10)]


@only_postgresql
def test_what_means_another_thing_as_text_is_refused_before_a_connection_is_taken(world: World) -> None:
    for odd, error in ((1.5, TypeError), (None, TypeError), ("a\0b", ValueError)):
        with pytest.raises(error):
            CODED.all(world.engines, 1, {"in_tenant": 1, "of_code": odd})
    assert world.engines.readers.pool.checkedout() == 0  # type: ignore[attr-defined]


@only_postgresql
def test_the_connection_is_nobodys_afterwards(world: World) -> None:
    ONE.all(world.engines, 1, mine())
    assert _settings(world) == ["", "", "off"]
    impossible = Glance(select(100 / (ORDERS.c.total - ORDERS.c.total)).where(OF_TENANT))
    with pytest.raises(Exception, match="division by zero"):
        impossible.all(world.engines, 1, {"in_tenant": 1})
    assert _settings(world) == ["", "", "off"]


def _settings(world: World) -> list[str]:
    """What a pooled connection says of itself: whose it is, which scope, whether it only reads."""
    connection = world.engines.readers.raw_connection()
    try:
        driver: Any = connection.driver_connection
        assert driver.pgconn.transaction_status == 0
        asked = "current_setting('app.tenant_id', true), current_setting('app.scope', true)"
        answer = driver.pgconn.exec_(f"SELECT {asked}, current_setting('transaction_read_only')".encode())
        return [(answer.get_value(0, n) or b"").decode() for n in range(3)]
    finally:
        connection.close()


@only_postgresql
def test_without_the_proof_row_level_security_still_stands(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glance, "judge_scope", lambda *judged: None)
    assert ONE.all(world.engines, 2, mine(2)) != []
    assert ONE.all(world.engines, 1, mine(2)) == []


@only_postgresql
def test_it_answers_after_a_rollback_dropped_the_plans_and_after_the_connection_was_cut(world: World) -> None:
    ONE.all(world.engines, 1, mine())
    with world.session(1) as s:
        for _ in range(7):  # the driver plans what is asked often, and drops all plans with a rollback
            s.get_one(Order, uid(1), populate_existing=True)
        s.rollback()
    assert ONE.all(world.engines, 1, mine()) == [(1, uid(1), 10)]
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND usename = current_user"
    )
    with create_engine(world.engines.writers.url, poolclass=NullPool).connect() as connection:
        connection.exec_driver_sql(ended).all()
    assert ONE.all(world.engines, 1, mine()) == [(1, uid(1), 10)]


def test_only_a_tenants_glance_reads_tenants_rows(world: World) -> None:
    with pytest.raises(NotAReader):
        ONE.within(world.engines, IdentityScope(), mine())
    across = SystemScope("a test looks across tenants")
    for tenant_id in (1, 2):
        assert [row[0] for row in ONE.within(world.engines, across, mine(tenant_id))] == [tenant_id]
    assert ONE.within(world.engines, across, mine()) == ONE.all(world.engines, 1, mine())
    with world.session(2) as s:
        assert {order.tenant_id for order in s.scalars(select(Order))} == {2}, "the next one says whose it is"


def test_a_value_that_stands_twice_is_sent_once(world: World) -> None:
    twice = ORDERS.c.id == bindparam("of_order"), ORDERS.c.id != bindparam("of_order")
    both = union_all(*(select(ORDERS.c.id).where(OF_TENANT, condition) for condition in twice)).subquery()
    found = Glance(select(both.c.id)).all(world.engines, 1, mine())
    assert uid(1) in [row[0] for row in found]
