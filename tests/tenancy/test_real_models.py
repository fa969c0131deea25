"""Every table of the product between two tenants with the same ids: nothing of the second is read, changed or counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Table, delete, exists, func, insert, select, text, union_all, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import (
    Mapper,
    aliased,
    contains_eager,
    joinedload,
    make_transient_to_detached,
    selectinload,
)

from sratix_core.db.base import Base, global_tables, scoped_tables
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.tenancy.engines import Engines
from sratix_core.tenancy.errors import ForeignWrite, NotAReader, TenancyError, UnprovenStatement
from sratix_core.tenancy.scope import IdentityScope, Scope, SystemScope, TenantScope
from sratix_core.tenancy.session import ScopedSession
from sratix_core.tickets.models import Ticket
from tests.tenancy.models import fresh, uid
from tests.tenancy.real import fill, real_engines
from tests.tenancy.world import shows_foreign

MAPPERS: dict[str, Mapper[Any]] = {m.local_table.name: m for m in Base.registry.mappers}  # type: ignore[attr-defined]
SCOPED = [table.name for table in scoped_tables()]
GLOBAL = [table.name for table in global_tables()]
SYSTEM = SystemScope("a test reads what a tenant may not")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def engines(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    engines = real_engines(request.param, tmp_path_factory.mktemp("real"))
    fill(engines)
    yield engines
    engines.dispose()


def foreign_rows(engines: Engines) -> list[Any]:
    with engines.owner.connect() as connection:
        return [connection.execute(select(t).where(t.c.tenant_id == 2)).all() for t in scoped_tables()]


@pytest.mark.parametrize("name", SCOPED)
def test_an_entity_shows_own_rows_only(engines: Engines, name: str) -> None:
    model = MAPPERS[name].class_
    with engines.begin(TenantScope(1), write=False) as db:
        assert [row.tenant_id for row in db.scalars(select(model))] == [1]
        assert db.scalar(select(func.count()).select_from(model)) == 1
        assert db.get(model, uid(1)).tenant_id == 1
        assert db.get(model, uid(2)) is None
        other = aliased(model)
        assert db.scalars(select(other.tenant_id)).all() == [1]
        assert db.scalars(union_all(select(model.tenant_id), select(other.tenant_id))).all() == [1, 1]
    with engines.begin(SYSTEM, write=False) as db:
        assert db.scalar(select(func.count()).select_from(model)) == 2


@pytest.mark.parametrize("name", SCOPED)
def test_core_statements_without_the_tenant_are_refused(engines: Engines, name: str) -> None:
    table: Table = Base.metadata.tables[name]
    statements = [
        select(table),
        select(func.count()).select_from(table),
        select(exists().where(table.c.id == uid(1))),
        update(table).values(id=fresh()),
        delete(table),
        text(f"DELETE FROM {name}"),
    ]
    for statement in statements:
        with engines.session(TenantScope(1)) as db, pytest.raises(UnprovenStatement):
            db.execute(statement)
        with engines.session(IdentityScope()) as db, pytest.raises(TenancyError):
            db.execute(statement)


@pytest.mark.parametrize("name", SCOPED)
def test_writes_leave_the_other_tenant_alone(engines: Engines, name: str) -> None:
    model, before = MAPPERS[name].class_, foreign_rows(engines)
    twin = model(tenant_id=2, id=uid(1))
    make_transient_to_detached(twin)
    attempts: list[Callable[[ScopedSession], Any]] = [
        lambda db: db.execute(update(model).values(id=model.id)),
        lambda db: db.execute(delete(model)),
        lambda db: db.execute(update(model).values(tenant_id=2)),
        lambda db: db.execute(update(model), [{"tenant_id": 2, "id": uid(1)}]),
        lambda db: db.execute(insert(model), [{"tenant_id": 2, "id": fresh()}]),
        lambda db: db.add(model(tenant_id=2, id=fresh())),
        lambda db: db.add(twin),
        lambda db: setattr(db.get(model, uid(1)), "tenant_id", 2),
        lambda db: db.delete(db.get(model, uid(1))),
    ]
    for attempt in attempts:
        with engines.session(TenantScope(1)) as db:
            try:
                attempt(db)
                db.flush()
            except (TenancyError, DBAPIError):
                pass
            db.rollback() if db.is_active else db.close()
    assert foreign_rows(engines) == before


@pytest.mark.parametrize("engines", [pytest.param("postgresql", marks=pytest.mark.pg)], indirect=True)
def test_the_policies_alone_keep_every_table_apart(engines: Engines) -> None:
    raw = engines.writers.raw_connection()
    cursor = raw.cursor()
    cursor.execute("SELECT set_config('app.tenant_id', '1', true)")
    for name in SCOPED:
        cursor.execute(f"SELECT count(*), min(tenant_id), max(tenant_id) FROM {name}")
        assert (name, cursor.fetchone()) == (name, (1, 1, 1))
    raw.close()


@pytest.mark.parametrize("name", GLOBAL)
@pytest.mark.parametrize("scope", [TenantScope(1), IdentityScope(), SYSTEM], ids=lambda scope: scope.kind)
def test_global_tables_are_refused_outside_their_readers(engines: Engines, name: str, scope: Scope) -> None:
    table = Base.metadata.tables[name]
    readers = {*table.info["readers"], "system"}
    for statement in (select(MAPPERS[name].class_), select(table), select(func.count()).select_from(table)):
        with engines.session(scope, write=False) as db:
            if {"any", scope.kind} & readers:
                db.execute(statement).all()
            else:
                with pytest.raises(NotAReader):
                    db.execute(statement)
    if scope.kind == "tenant":
        for write in (
            insert(table),
            update(table).values({c.name: c for c in table.primary_key}),
            delete(table),
        ):
            with engines.session(scope) as db, pytest.raises(NotAReader):
                db.execute(write.values({c.name: None for c in table.columns}) if write.is_insert else write)


T, S = Order.__table__, Ticket.__table__
SHAPES: dict[str, Callable[[ScopedSession], Any]] = {
    "columns": lambda db: db.execute(select(Order.code, Order.buyer_name)).all(),
    "join": lambda db: db.execute(select(Order.code, Ticket.seat_label).join(Order.tickets)).all(),
    "join without the tenant": lambda db: db.execute(
        select(Order.code, Ticket.seat_label).join(Ticket, Ticket.order_id == Order.id)
    ).all(),
    "lazy": lambda db: [(o.event.slug, [t.seat_label for t in o.tickets]) for o in db.scalars(select(Order))],
    "lazy upwards": lambda db: [(t.order.code, t.attendee.name) for t in db.scalars(select(Ticket))],
    "joinedload": lambda db: [
        [t.seat_label for t in o.tickets]
        for o in db.scalars(select(Order).options(joinedload(Order.tickets)).limit(5)).unique()
    ],
    "selectinload": lambda db: [
        [x.name for x in o.lines] for o in db.scalars(select(Order).options(selectinload(Order.lines)))
    ],
    "contains_eager": lambda db: [
        o.event.slug for o in db.scalars(select(Order).join(Order.event).options(contains_eager(Order.event)))
    ],
    "eager by model": lambda db: [e.venue.name for e in db.scalars(select(Event))],
    "any": lambda db: db.scalars(select(Order.code).where(Order.tickets.any(Ticket.seat_label == "FOREIGN"))).all(),
    "has": lambda db: db.scalars(select(Order.code).where(Order.event.has(Event.slug == "FOREIGN"))).all(),
    "implicit": lambda db: db.execute(select(Order.code, Event.slug).where(Order.event_id == Event.id)).all(),
    "cte": lambda db: db.execute(select(select(Order.code).cte().c.code)).all(),
    "scalar subquery": lambda db: db.scalars(select(select(func.max(Order.buyer_name)).scalar_subquery())).all(),
    "returning": lambda db: db.execute(update(Order).values(code=Order.code).returning(Order.code)).all(),
    "for update": lambda db: db.scalars(select(Order.code).with_for_update()).all(),
    "query": lambda db: [o.code for o in db.query(Order).filter(Order.id == uid(1))],
    "refresh": lambda db: db.refresh(db.get(Order, uid(1)), ["code"]),
    "core, proven": lambda db: db.execute(
        select(T.c.code, S.c.seat_label).join(S, (S.c.tenant_id == T.c.tenant_id) & (S.c.order_id == T.c.id))
        .where(T.c.tenant_id == 1)
    ).all(),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_ordinary_shapes_work_and_stay_inside(engines: Engines, shape: str) -> None:
    with engines.session(TenantScope(1)) as db:
        seen = SHAPES[shape](db)
    assert not shows_foreign(seen)


def test_merge_of_a_strangers_object_is_refused(engines: Engines) -> None:
    with engines.session(TenantScope(1)) as db, pytest.raises(ForeignWrite):
        db.merge(Order(tenant_id=2, id=uid(1)))
