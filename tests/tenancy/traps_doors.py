"""Doors, joins and caches: savepoints, RETURNING, CTEs, implicit FROMs and statements shared with other scopes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import except_, func, join, lambda_stmt, or_, select, text, true, update
from sqlalchemy.orm import contains_eager, joinedload

from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenancy.session import ScopedSession
from tests.tenancy.kit import codes, holders, read, verdict, world_of
from tests.tenancy.models import Event, Order, OrderTag, uid

T = Order.__table__


@read
def r50_for_update(s: ScopedSession) -> Any:
    return codes(s.scalars(select(Order).with_for_update()))


@read
def r51_contains_eager(s: ScopedSession) -> Any:
    return holders(
        s.scalars(select(Order).join(Order.tickets).options(contains_eager(Order.tickets))).unique()
    )


@read
def r52_after_commit_next_tx(s: ScopedSession) -> Any:
    s.scalars(select(Order)).all()
    s.commit()
    return codes(s.scalars(select(Order)))


@read
def r53_lambda_stmt(s: ScopedSession) -> Any:
    return codes(s.scalars(lambda_stmt(lambda: select(Order))))


@read
def r54_select_from_join_entity_core(s: ScopedSession) -> Any:
    return s.execute(
        select(func.max(Order.total)).select_from(join(Event, T, T.c.event_id == Event.id))
    ).all()


@read
def r55_session_bind_engine(s: ScopedSession) -> Any:
    with s.get_bind().connect() as c:
        return c.execute(text("select code from order_")).all()


@read
def r56_returning_update(s: ScopedSession) -> Any:
    return s.execute(update(Order).values(total=Order.total).returning(Order.code, Order.total)).all()


@read
def r57_savepoint(s: ScopedSession) -> Any:
    with s.begin_nested():
        return codes(s.scalars(select(Order)))


@read
def r58_association_rows_as_core(s: ScopedSession) -> Any:
    return verdict(len(s.execute(select(OrderTag.__table__.c.tag_id)).all()) > 1)


@read
def r59_implicit_from_core_col(s: ScopedSession) -> Any:
    return s.execute(
        select(Order.code).where(Order.event_id == Event.__table__.c.id, Order.id == uid(3))
    ).all()


@read
def r60_implicit_from_entity(s: ScopedSession) -> Any:
    return s.execute(select(Order.code).where(Order.event_id == Event.id, Order.id == uid(3))).all()


@read
def r61_core_subq_with_wrong_tenant(s: ScopedSession) -> Any:
    return s.execute(
        select(Event.id, select(func.max(T.c.total)).where(T.c.tenant_id == 2).scalar_subquery())
    ).all()


@read
def r62_recursive_cte(s: ScopedSession) -> Any:
    c = select(Order.id, Order.code, Order.total).where(Order.id == uid(1)).cte(recursive=True)
    c = c.union_all(select(Order.id, Order.code, Order.total).where(Order.total > c.c.total))
    return s.execute(select(c.c.code)).all()


@read
def r63_intersect_except(s: ScopedSession) -> Any:
    return s.execute(except_(select(Order.code), select(Order.code).where(Order.id == uid(1)))).all()


@read
def r64_joined_limit_wrap(s: ScopedSession) -> Any:
    return holders(s.scalars(select(Order).options(joinedload(Order.tickets)).limit(5)).unique())


@read
def r65_lambda_two_tenants_joined(s: ScopedSession) -> Any:
    def query() -> Any:
        return select(Order).options(joinedload(Order.tickets))

    s.scalars(query()).unique().all()
    s.rollback()
    with world_of(s).session(2) as s2:
        out = [(o.code, [t.holder for t in o.tickets]) for o in s2.scalars(query()).unique()]
    return verdict("A" in str([c for c, _ in out]) or len(out) != 3 or "ann" in str(out))


@read
def r66_lazy_on_added_crooked_o2m(s: ScopedSession) -> Any:
    o = s.get(Order, uid(1))
    s.expunge(o)
    return "ok"


@read
def r67_noload_populate_existing(s: ScopedSession) -> Any:
    return codes(s.scalars(select(Order).execution_options(populate_existing=True)))


@read
def r68_core_with_right_predicate(s: ScopedSession) -> Any:
    return s.execute(select(T.c.code).where(T.c.tenant_id == 1)).all()


@read
def r69_or_defeats_predicate(s: ScopedSession) -> Any:
    return codes(s.scalars(select(Order).where(or_(Order.total > 0, true()))))


@read
def r70_system_compiled_cache_reuse(s: ScopedSession) -> Any:
    with world_of(s).session(
        SystemScope("the same statement, compiled for all tenants"), write=False
    ) as system:
        system.execute(select(T)).all()
    return s.execute(select(T)).all()
