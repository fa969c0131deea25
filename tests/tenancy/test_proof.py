"""The proof reads SQL as the database does: what looks filtered and is not must be refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    and_,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    table,
    text,
    update,
)
from sqlalchemy.schema import CreateTable, DropTable

from sratix_core.tenancy.errors import (
    ForeignRow,
    ForeignWrite,
    NotAReader,
    UnprovenStatement,
)
from sratix_core.tenancy.scope import IdentityScope, TenantScope
from tests.tenancy.models import Event, Order, Ticket, uid
from tests.tenancy.world import World

T, E, S = Order.__table__, Event.__table__, Ticket.__table__
OTHER = T.alias()
MINE = T.c.tenant_id == 1

UNPROVEN: dict[str, Callable[[], Any]] = {
    "an ON clause of an outer join filters its inner side only": lambda: select(T.c.code).select_from(
        T.outerjoin(E, and_(E.c.id == T.c.event_id, T.c.tenant_id == 1, E.c.tenant_id == 1))
    ),
    "equality flows from the outer side to the inner, never back": lambda: select(T.c.code).select_from(
        T.outerjoin(E, and_(E.c.tenant_id == T.c.tenant_id, E.c.tenant_id == 1))
    ),
    "a full join filters neither side": lambda: select(T.c.code).select_from(
        T.join(E, and_(T.c.tenant_id == 1, E.c.tenant_id == 1), full=True)
    ),
    "OR is not AND": lambda: select(T.c.code).where(or_(MINE, T.c.total > 0)),
    "NOT turns a predicate around": lambda: select(T.c.code).where(not_(and_(MINE, T.c.total > 0))),
    "less than is not equal": lambda: select(T.c.code).where(T.c.tenant_id <= 1),
    "a list is not one tenant": lambda: select(T.c.code).where(T.c.tenant_id.in_([1, 2])),
    "an alias needs a predicate of its own": lambda: select(OTHER.c.code).where(MINE, OTHER.c.id == T.c.id),
    "two tables that only equal each other": lambda: select(T.c.code).where(T.c.tenant_id == E.c.tenant_id),
    "a predicate outside does not reach into a subquery": lambda: (
        lambda sub: select(sub).where(
            sub.c.tenant_id == 1, select(func.count()).select_from(S).scalar_subquery() > 0
        )
    )(select(T).subquery()),
    "UPDATE .. FROM proves both tables": lambda: (
        update(T).where(MINE, T.c.event_id == E.c.id).values(total=0)
    ),
    "a CTE that updates": lambda: select(update(T).values(total=0).returning(T.c.code).cte("changed").c.code),
    "a CTE that deletes": lambda: select(delete(S).returning(S.c.holder).cte("gone").c.holder),
    "INSERT .. SELECT may choose any tenant": lambda: insert(S).from_select(
        ["tenant_id", "id", "holder", "order_id"], select(literal(2), T.c.id, T.c.code, T.c.id).where(MINE)
    ),
    "several rows in one VALUES": lambda: insert(S).values(
        [{"tenant_id": 2, "id": uid(9), "holder": "x", "order_id": uid(2)}]
    ),
    "text as a column": lambda: select(text("code")).select_from(T).where(MINE),
    "text as an order": lambda: select(T.c.code).where(MINE).order_by(text("(select 1)")),
    "a prefix": lambda: select(T.c.code).where(MINE).prefix_with("ALL"),
    "set_config": lambda: select(func.set_config("app.tenant_id", "2", True)),
    "query_to_xml": lambda: select(func.query_to_xml("select * from order_", True, True, "")),
    "DDL that creates": lambda: CreateTable(T),
    "DDL that drops": lambda: DropTable(T),
}


@pytest.mark.filterwarnings("ignore:SELECT statement has a cartesian product")
@pytest.mark.parametrize("why", UNPROVEN)
def test_what_only_looks_filtered_is_refused(world: World, why: str) -> None:
    with world.session(1) as s, pytest.raises(UnprovenStatement):
        s.execute(UNPROVEN[why]())


def test_a_table_that_does_not_say_whose_it_is_is_refused(world: World) -> None:
    for statement in (
        select(table("order_", column("code"))),
        select(column("name")).select_from(table("pg_catalog_or_anything")),
    ):
        for scope in (TenantScope(1), IdentityScope()):
            with world.session(scope) as s, pytest.raises(NotAReader):
                s.execute(statement)


def test_proven_joins_pass(world: World) -> None:
    joined = T.outerjoin(E, and_(E.c.tenant_id == T.c.tenant_id, E.c.id == T.c.event_id))
    with world.session(1) as s:
        assert s.execute(select(T.c.code, E.c.slug).select_from(joined).where(MINE)).all() == [
            ("A1", "ev1"),
            ("A3", "ev1"),
        ]
        swapped = select(T.c.code).where(bindparam("t") == T.c.tenant_id)
        assert len(s.execute(swapped, {"t": 1}).all()) == 2


def test_the_key_of_a_row_never_moves(world: World) -> None:
    with world.session(1) as s:
        for statement, rows in (
            (update(T).where(MINE).values(tenant_id=1), None),
            (update(T).where(T.c.tenant_id == bindparam("t")), {"t": 1, "tenant_id": 2}),
        ):
            with pytest.raises(ForeignWrite):
                s.execute(statement, rows)


def test_a_foreign_predicate_is_refused_even_beside_the_right_one(world: World) -> None:
    with world.session(1) as s, pytest.raises(ForeignRow):
        s.execute(select(Order).where(Order.tenant_id == 2))
