"""Entities, loaders and compositions: SELECT in all its ORM shapes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, text, union_all
from sqlalchemy.orm import aliased, joinedload, selectinload, subqueryload

from sratix_core.tenancy.session import ScopedSession
from tests.tenancy.kit import codes, detached_order, holders, read, verdict
from tests.tenancy.models import Event, Order, Ticket, uid

T = Order.__table__


@read
def r01_select_entity(s: ScopedSession) -> Any:
    return codes(s.scalars(select(Order)))


@read
def r02_select_columns(s: ScopedSession) -> Any:
    return s.execute(select(Order.code, Order.total)).all()


@read
def r03_get_other_pk(s: ScopedSession) -> Any:
    o = s.get(Order, uid(2))
    return o and o.code


@read
def r04_get_after_attach(s: ScopedSession) -> Any:
    s.add(detached_order())
    o = s.get(Order, uid(2))
    return o and o.code


@read
def r05_lazy_m2o_crooked(s: ScopedSession) -> Any:
    o = s.scalars(select(Order).where(Order.id == uid(3))).one()
    return o.event and o.event.slug


@read
def r06_lazy_o2m_crooked(s: ScopedSession) -> Any:
    o = s.scalars(select(Order).where(Order.id == uid(1))).one()
    return [t.holder for t in o.tickets]


@read
def r07_lazy_on_added_object(s: ScopedSession) -> Any:
    o = Order(tenant_id=1, code="N", event_id=uid(2))
    s.add(o)
    s.flush()
    return o.event and o.event.slug


@read
def r08_lazy_o2m_on_added(s: ScopedSession) -> Any:
    e = Event(tenant_id=1, slug="n")
    s.add(e)
    s.flush()
    s.expire(e)
    o = s.get(Order, uid(1))
    s.expire(o)
    return [t.holder for t in o.tickets]


@read
def r09_joinedload_m2o(s: ScopedSession) -> Any:
    return [o.event and o.event.slug for o in s.scalars(select(Order).options(joinedload(Order.event)))]


@read
def r10_joinedload_o2m(s: ScopedSession) -> Any:
    return holders(s.scalars(select(Order).options(joinedload(Order.tickets))).unique())


@read
def r11_selectinload(s: ScopedSession) -> Any:
    return holders(s.scalars(select(Order).options(selectinload(Order.tickets))))


@read
def r12_subqueryload(s: ScopedSession) -> Any:
    return holders(s.scalars(select(Order).options(subqueryload(Order.tickets))))


@read
def r13_aliased(s: ScopedSession) -> Any:
    other = aliased(Order)
    return s.execute(select(other.code)).all()


@read
def r14_join_aliased(s: ScopedSession) -> Any:
    tickets = aliased(Ticket)
    return s.execute(select(Order.code, tickets.holder).join(tickets, tickets.order_id == Order.id)).all()


@read
def r15_cartesian_second_entity(s: ScopedSession) -> Any:
    return s.execute(select(Event.slug, Order.code)).all()


@read
def r16_count_select_from(s: ScopedSession) -> Any:
    n = s.scalar(select(func.count()).select_from(Order))
    return verdict(n != 2)


@read
def r17_sum(s: ScopedSession) -> Any:
    return s.scalar(select(func.max(Order.total)))


@read
def r18_core_table(s: ScopedSession) -> Any:
    return s.execute(select(T)).all()


@read
def r19_core_count(s: ScopedSession) -> Any:
    n = s.scalar(select(func.count()).select_from(T))
    return verdict(n != 2)


@read
def r20_text(s: ScopedSession) -> Any:
    return s.execute(text("select code from order_")).all()


@read
def r21_union(s: ScopedSession) -> Any:
    return s.execute(union_all(select(Order.code), select(Ticket.holder))).all()


@read
def r22_union_as_entity(s: ScopedSession) -> Any:
    u = union_all(select(Order).where(Order.id == uid(1)), select(Order).where(Order.id == uid(2))).subquery()
    return codes(s.scalars(select(aliased(Order, u))))


@read
def r23_subquery(s: ScopedSession) -> Any:
    sq = select(Order.code.label("c")).subquery()
    return s.execute(select(sq.c.c)).all()


@read
def r24_cte(s: ScopedSession) -> Any:
    sq = select(Order.code.label("c")).cte()
    return s.execute(select(sq.c.c)).all()


@read
def r25_aliased_subquery(s: ScopedSession) -> Any:
    sq = select(Order).subquery()
    return codes(s.scalars(select(aliased(Order, sq))))
