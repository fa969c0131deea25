"""Prebuilt statements pass the same walls as all others, and fail in the same words."""

from __future__ import annotations

from typing import Any, cast

import pytest
from sqlalchemy import Table, bindparam, create_engine, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import NullPool

from sratix_core.tenancy import prepared
from sratix_core.tenancy.errors import ForeignRow, ForeignWrite, NotAReader, UnprovenStatement
from sratix_core.tenancy.prebuilt import Prebuilt, together
from sratix_core.tenancy.scope import IdentityScope
from tests.tenancy.conftest import only_postgresql
from tests.tenancy.models import Event, Order, uid
from tests.tenancy.world import World

ORDERS = cast("Table", Order.__table__)
OWN = (ORDERS.c.tenant_id == bindparam("in_tenant"), ORDERS.c.id == bindparam("of_order"))
ONE = Prebuilt(select(ORDERS.c.tenant_id, ORDERS.c.id, ORDERS.c.total).where(*OWN))
PAY = Prebuilt(update(ORDERS).where(*OWN), ["total"])
NEW = Prebuilt(insert(ORDERS), ["tenant_id", "id", "code", "total", "event_id"])
NEW_EVENT = Prebuilt(insert(cast("Table", Event.__table__)), ["tenant_id", "id", "slug"])


def mine(tenant_id: int = 1) -> dict[str, Any]:
    return {"in_tenant": tenant_id, "of_order": uid(1)}


def test_it_reads_and_writes_the_rows_of_its_tenant_with_their_types(world: World) -> None:
    with world.session(1) as s:
        assert ONE.one_or_none(s, mine()) == (1, uid(1), 10)
        assert PAY.count(s, {**mine(), "total": 77}) == 1
        assert ONE.one_or_none(s, mine()) == (1, uid(1), 77)
        assert ONE.all(s, {**mine(), "of_order": uid(999)}) == []
        rows = [
            {"tenant_id": 1, "id": uid(900 + n), "code": f"p{n}", "total": n, "event_id": uid(1)}
            for n in (1, 2)
        ]
        NEW.many(s, rows)
        assert {s.get(Order, uid(901)).total, s.get(Order, uid(902)).total} == {1, 2}


@pytest.mark.parametrize("count", [2, 16, 17])
def test_several_rows_are_written_at_once_and_each_is_judged(world: World, count: int) -> None:
    with world.session(1) as s:
        rows = [
            {"tenant_id": 1, "id": uid(900 + n), "code": f"p{n}", "total": n, "event_id": uid(1)}
            for n in range(count)
        ]
        with pytest.raises(ForeignRow):
            NEW.many(s, [*rows[:-1], {**rows[-1], "tenant_id": 2}])
        NEW.many(s, rows)
        assert [s.get(Order, uid(900 + n)).total for n in range(count)] == list(range(count))


def test_another_tenants_value_never_reaches_the_database(world: World) -> None:
    before = world.foreign_rows()
    foreign = {"tenant_id": 2, "id": uid(903), "code": "f", "total": 1, "event_id": uid(1)}
    with world.session(1) as s:
        with world.engines.counted() as seen:
            for attempt in (
                lambda: ONE.all(s, mine(2)),
                lambda: PAY.count(s, {**mine(2), "total": 0}),
                lambda: NEW.many(s, [{**foreign, "tenant_id": 1}, foreign]),
            ):
                with pytest.raises(ForeignRow):
                    attempt()
        assert seen == []
    assert world.foreign_rows() == before


def test_what_the_proof_refuses_is_refused_here_as_well(world: World) -> None:
    unproven = Prebuilt(select(ORDERS.c.id).where(ORDERS.c.id == bindparam("of_order")))
    moving = Prebuilt(update(ORDERS).where(*OWN), ["tenant_id"])
    raw = Prebuilt(select(text("total")).select_from(ORDERS).where(*OWN))
    with world.session(1) as s:
        with pytest.raises(UnprovenStatement):
            unproven.all(s, {"of_order": uid(1)})
        with pytest.raises(ForeignWrite):
            moving.count(s, {**mine(), "tenant_id": 2})
        with pytest.raises(UnprovenStatement):
            raw.all(s, mine())
    with world.engines.begin(IdentityScope(), write=False) as s, pytest.raises(NotAReader):
        ONE.all(s, mine())


def test_a_statement_whose_text_would_differ_is_refused_at_once(world: World) -> None:
    several = Prebuilt(select(ORDERS.c.id).where(OWN[0], ORDERS.c.id.in_(bindparam("ids", expanding=True))))
    with world.session(1) as s, pytest.raises(TypeError, match="same text"):
        several.all(s, {"in_tenant": 1, "ids": [uid(1)]})


def test_a_broken_rule_of_the_database_is_told_as_everywhere(world: World) -> None:
    row = {"tenant_id": 1, "id": uid(1), "code": "twice", "total": 1, "event_id": uid(1)}
    with world.session(1) as s, pytest.raises(IntegrityError):
        NEW.many(s, [row])


@only_postgresql
def test_a_connection_that_was_cut_is_told_once_and_replaced(world: World) -> None:
    with world.session(1) as s:
        ONE.all(s, mine())
        _cut(world)
        with pytest.raises(OperationalError):
            ONE.all(s, mine())
    with world.session(1) as s:
        assert ONE.one_or_none(s, mine()) is not None
    _cut(world)  # between two units: the next cannot even begin
    with world.session(1) as s, pytest.raises(OperationalError):
        ONE.all(s, mine())
    with world.session(1) as s:
        assert ONE.one_or_none(s, mine()) is not None


@only_postgresql
def test_the_second_time_on_a_connection_goes_past_the_drivers_cursor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[bool] = []

    def watched(*given: Any) -> Any:
        result = executed(*given)
        went.append(result is not None)
        return result

    executed = prepared.executed
    monkeypatch.setattr(prepared, "executed", watched)
    with world.session(1) as s:
        for _ in range(2):
            assert ONE.one_or_none(s, mine()) == (1, uid(1), 10)
            assert PAY.count(s, {**mine(), "total": 10}) == 1
        assert went == [False, False, True, True]
        assert PAY.count(s, {**mine(), "of_order": uid(999), "total": 10}) == 0
        s.commit()
        del went[:]
        with s.begin_nested() as point:
            assert ONE.one_or_none(s, mine()) == (1, uid(1), 10)
            point.rollback()
        assert ONE.one_or_none(s, mine()) == (1, uid(1), 10)
        s.rollback()  # here the driver forgets what it has prepared
        assert ONE.one_or_none(s, mine()) == (1, uid(1), 10)
        assert ONE.one_or_none(s, mine()) == (1, uid(1), 10)
        assert went[0]
        assert went[-2:] == [False, True]


@only_postgresql
def test_a_rule_broken_past_the_cursor_is_told_in_the_same_words(world: World) -> None:
    row = {"tenant_id": 1, "id": uid(905), "code": "one", "total": 1, "event_id": uid(1)}
    with world.session(1) as s:
        NEW.many(s, [row])
        with pytest.raises(IntegrityError, match="duplicate key"):
            NEW.many(s, [row])
        s.rollback()
        assert ONE.one_or_none(s, mine()) == (1, uid(1), 10)


def an_event(number: int, orders: int = 2) -> list[tuple[Prebuilt, list[dict[str, Any]]]]:
    """An event and orders of it, which can only be written behind it."""
    own = {"tenant_id": 1, "event_id": uid(number)}
    rows = [
        {**own, "id": uid(number + n), "code": f"t{number + n}", "total": n} for n in range(1, orders + 1)
    ]
    return [(NEW_EVENT, [{"tenant_id": 1, "id": uid(number), "slug": f"e{number}"}]), (NEW, rows)]


def test_inserts_travel_together_in_their_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[bool] = []
    sent = prepared.executed_together
    monkeypatch.setattr(prepared, "executed_together", lambda *given: went.append(sent(*given)) or went[-1])
    with world.session(1) as s:
        for number in (10_000, 20_000, 30_000):
            with world.engines.counted() as seen:
                together(s, an_event(number, 18))
            assert len(seen) == 2
        s.commit()
        for number in (10_000, 20_000, 30_000):
            assert [s.get(Order, uid(number + n)).total for n in (1, 17, 18)] == [1, 17, 18]
    postgresql = world.engines.writers.dialect.name == "postgresql"
    assert went == ([False, True, True] if postgresql else [])


def test_together_each_row_is_judged_before_any_is_sent(world: World) -> None:
    event, (orders, rows) = an_event(40_000)
    with world.session(1) as s, world.engines.counted() as seen:
        with pytest.raises(ForeignRow):
            together(s, [(orders, [{**rows[0], "tenant_id": 2}]), event])
        assert seen == []
        if world.engines.writers.dialect.name == "postgresql":
            with pytest.raises(TypeError, match="answer nothing"):
                together(s, [(PAY, [{**mine(), "total": 1}])])


@pytest.mark.parametrize("prepared_before", [False, True])
def test_of_several_the_first_that_fails_is_told_and_none_counts(world: World, prepared_before: bool) -> None:
    event, (orders, rows) = an_event(50_000)
    with world.session(1) as s:
        if prepared_before:
            together(s, an_event(60_000))
            s.commit()
        with pytest.raises(IntegrityError, match=r"duplicate key|UNIQUE"):
            together(s, [event, (orders, [rows[0], {**rows[1], "code": rows[0]["code"]}]), *an_event(70_000)])
        s.rollback()
        assert s.get(Event, uid(50_000)) is None
        assert s.get(Event, uid(70_000)) is None
        together(s, [event, (orders, rows)])
        s.commit()
        assert s.get(Order, uid(50_001)).total == 1


@only_postgresql
def test_a_connection_that_was_cut_between_them_is_told(world: World) -> None:
    with world.session(1) as s:
        together(s, an_event(80_000))
        s.commit()
        ONE.all(s, mine())
        _cut(world)
        with pytest.raises(OperationalError):
            together(s, an_event(90_000))
    with world.session(1) as s:
        assert s.get(Event, uid(90_000)) is None


def _cut(world: World) -> None:
    """End every connection of the runtime role from the server's side."""
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND usename = current_user"
    )
    with create_engine(world.engines.writers.url, poolclass=NullPool).connect() as connection:
        connection.exec_driver_sql(ended).all()
