"""Subqueries, counts and raw fragments: what can be inferred, and what text slips in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, func, literal_column, select, text
from sqlalchemy.orm import joinedload, load_only, make_transient_to_detached

from sratix_core.tenancy.session import ScopedSession
from tests.tenancy.kit import codes, detached_order, read, verdict, world_of
from tests.tenancy.models import Event, Order, Ticket, uid

T = Order.__table__


@read
def r26_scalar_subquery(s: ScopedSession) -> Any:
    return s.scalar(select(select(func.max(Order.total)).scalar_subquery()))


@read
def r27_scalar_subq_in_orm(s: ScopedSession) -> Any:
    return s.execute(select(Event.id, select(func.max(Order.total)).scalar_subquery())).all()


@read
def r28_exists(s: ScopedSession) -> Any:
    return verdict(s.scalar(select(exists().where(Order.code == "B2-FOREIGN"))))


@read
def r29_exists_orm_select(s: ScopedSession) -> Any:
    return verdict(s.scalar(select(exists(select(Order.id).where(Order.code == "B2-FOREIGN")))))


@read
def r30_any_inference(s: ScopedSession) -> Any:
    return verdict(s.scalars(select(Order).where(Order.tickets.any(Ticket.holder == "eve-FOREIGN"))).all())


@read
def r31_has_inference(s: ScopedSession) -> Any:
    return verdict(s.scalars(select(Order).where(Order.event.has(Event.slug == "ev2-FOREIGN"))).all())


@read
def r32_core_subq_in_orm_where(s: ScopedSession) -> Any:
    return verdict(
        s.scalars(
            select(Order).where(
                Order.total < select(func.max(T.c.total)).scalar_subquery(), Order.id == uid(1)
            )
        ).all()
    )


@read
def r33_core_join_in_orm(s: ScopedSession) -> Any:
    return s.execute(select(Event.id, T.c.code).join(T, T.c.event_id == Event.id)).all()


@read
def r34_column_property(s: ScopedSession) -> Any:
    n = s.get(Event, uid(1)).order_count
    return verdict(n != 2)


@read
def r35_text_or_in_where(s: ScopedSession) -> Any:
    return codes(s.scalars(select(Order).where(text("total > 0 or 1=1"))))


@read
def r36_text_or_alone(s: ScopedSession) -> Any:
    return s.execute(select(Order.code).where(text("1=1) or (1=1"))).all()


@read
def r37_from_statement_text(s: ScopedSession) -> Any:
    return codes(s.scalars(select(Order).from_statement(text("select * from order_"))))


@read
def r38_from_statement_core(s: ScopedSession) -> Any:
    return codes(s.scalars(select(Order).from_statement(select(T))))


@read
def r39_literal_column(s: ScopedSession) -> Any:
    return s.execute(select(Event.id, literal_column("(select max(total) from order_)"))).all()


@read
def r40_query_api(s: ScopedSession) -> Any:
    first = s.query(Order).filter_by(id=uid(2)).first()
    return [s.query(Order).count() == 2 or "FOREIGN", codes(s.query(Order)), first]


@read
def r41_connection_door(s: ScopedSession) -> Any:
    return s.connection().execute(select(T.c.code)).all()


@read
def r42_refresh_attached(s: ScopedSession) -> Any:
    o2 = Order(tenant_id=2, id=uid(2))
    make_transient_to_detached(o2)
    s.add(o2)
    s.refresh(o2)
    return o2.code


@read
def r43_expired_attr_attached(s: ScopedSession) -> Any:
    o2 = Order(tenant_id=2, id=uid(2))
    make_transient_to_detached(o2)
    s.add(o2)
    return o2.code


@read
def r44_merge_noload(s: ScopedSession) -> Any:
    return s.merge(detached_order(), load=False).code


@read
def r45_merge_then_read(s: ScopedSession) -> Any:
    o = s.merge(Order(id=uid(2)))
    return o.code


@read
def r46_load_only(s: ScopedSession) -> Any:
    seen = [(o.id, o.code) for o in s.scalars(select(Order).options(load_only(Order.id)))]
    return [*seen, s.get(Order, uid(2), options=[load_only(Order.id)])]


@read
def r47_m2m_secondary(s: ScopedSession) -> Any:
    return [t.name for t in s.get(Order, uid(1)).secondary_tags]


@read
def r48_joinedload_m2m(s: ScopedSession) -> Any:
    orders = s.scalars(select(Order).options(joinedload(Order.secondary_tags))).unique()
    return [[t.name for t in o.secondary_tags] for o in orders]


@read
def r49_lambda_cache_other_tenant(s: ScopedSession) -> Any:
    s.scalars(select(Order)).all()
    s.scalars(select(Order).where(Order.id == uid(1))).one().tickets  # noqa: B018
    s.rollback()  # SQLite has one writer
    with world_of(s).session(2) as s2:
        out = codes(s2.scalars(select(Order)))
        seen = {t.holder for t in s2.scalars(select(Order).where(Order.id == uid(1))).one().tickets}
    return verdict(any("A" in c for c in out) or seen != {"twin-FOREIGN", "eve-FOREIGN"})
