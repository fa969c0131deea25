"""Twenty-nine ways to write into another tenant. What the database holds afterwards is the judge."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, literal, select, text, update

from sratix_core.tenancy.session import ScopedSession
from tests.tenancy.kit import detached_order, detached_ticket, world_of, write
from tests.tenancy.models import Event, Order, Ticket, fresh, uid

T = Order.__table__


def foreign_row() -> dict[str, Any]:
    return {"tenant_id": 2, "id": fresh(), "code": "x", "event_id": uid(1), "total": 1}


@write
def w01_add_unstamped(s: ScopedSession) -> None:
    s.add(Order(code="n1", event_id=uid(1)))


@write
def w02_add_foreign_tid(s: ScopedSession) -> None:
    s.add(Order(code="n2", event_id=uid(1), tenant_id=2))


@write
def w03_move(s: ScopedSession) -> None:
    s.get(Order, uid(3)).tenant_id = 2


@write
def w04_orm_update_all(s: ScopedSession) -> None:
    s.execute(update(Order).values(total=0))


@write
def w05_orm_delete_all(s: ScopedSession) -> None:
    s.execute(delete(Ticket))


@write
def w06_orm_update_moves_tid(s: ScopedSession) -> None:
    s.execute(update(Order).values(tenant_id=2))


@write
def w07_bulk_update_by_pk(s: ScopedSession) -> None:
    s.execute(update(Order), [{"tenant_id": 2, "id": uid(2), "total": 0}])


@write
def w08_insert_rows_foreign(s: ScopedSession) -> None:
    s.execute(insert(Order), [foreign_row()])


@write
def w09_insert_values_foreign(s: ScopedSession) -> None:
    s.execute(insert(Order).values(**foreign_row()))


@write
def w10_insert_multi_values(s: ScopedSession) -> None:
    s.execute(insert(Order).values([foreign_row()]))


@write
def w11_bulk_insert_mappings(s: ScopedSession) -> None:
    s.bulk_insert_mappings(Order, [foreign_row()])


@write
def w12_bulk_save_objects(s: ScopedSession) -> None:
    s.bulk_save_objects([Order(**foreign_row())])


@write
def w13_bulk_update_mappings(s: ScopedSession) -> None:
    s.bulk_update_mappings(Order, [{"tenant_id": 2, "id": uid(2), "total": 0}])


@write
def w14_upsert_overwrites(s: ScopedSession) -> None:
    row = {"tenant_id": 2, "id": uid(2), "code": "B2-FOREIGN", "event_id": uid(2), "total": 0}
    statement = world_of(s).upsert(Order).values(**row)
    s.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "code"], set_={"total": 0}))


@write
def w15_upsert_core(s: ScopedSession) -> None:
    row = {"tenant_id": 1, "id": fresh(), "code": "B2-FOREIGN", "event_id": uid(1), "total": 0}
    statement = world_of(s).upsert(T).values(**row)
    s.execute(statement.on_conflict_do_update(index_elements=["code"], set_={"total": 0}))


@write
def w16_insert_from_select(s: ScopedSession) -> None:
    rows = select(literal(2), Order.id, Order.code, Order.id)
    s.execute(insert(Ticket).from_select(["tenant_id", "id", "holder", "order_id"], rows))


@write
def w17_core_update(s: ScopedSession) -> None:
    s.execute(update(T).values(total=0))


@write
def w18_core_delete(s: ScopedSession) -> None:
    s.execute(delete(Ticket.__table__))


@write
def w19_text_update(s: ScopedSession) -> None:
    s.execute(text("update order_ set total=0"))


@write
def w20_merge_overwrites(s: ScopedSession) -> None:
    s.merge(Order(tenant_id=2, id=uid(2), code="B2-FOREIGN", event_id=uid(2), total=0))


@write
def w21_delete_attached(s: ScopedSession) -> None:
    ticket = detached_ticket(tenant_id=2)
    s.add(ticket)
    s.delete(ticket)


@write
def w22_modify_attached(s: ScopedSession) -> None:
    order = detached_order()
    s.add(order)
    order.total = 0


@write
def w23_attach_lying_tid(s: ScopedSession) -> None:
    order = detached_order(tenant_id=1)
    s.add(order)
    order.total = 0


@write
def w24_delete_lying_tid(s: ScopedSession) -> None:
    ticket = detached_ticket(tenant_id=1)
    s.add(ticket)
    s.delete(ticket)


@write
def w25_fk_to_foreign_parent(s: ScopedSession) -> None:
    s.add(Order(tenant_id=1, code="n9", event_id=uid(2)))


@write
def w26_query_update(s: ScopedSession) -> None:
    s.query(Order).update({"total": 0})


@write
def w27_update_from_core(s: ScopedSession) -> None:
    events = Event.__table__
    s.execute(update(Order).where(Order.event_id == events.c.id).values(total=0))


@write
def w28_cascade_delete_parent(s: ScopedSession) -> None:
    s.delete(s.get(Order, uid(1)))


@write
def w29_update_evaluate_sync(s: ScopedSession) -> None:
    s.execute(update(Order).values(total=0), execution_options={"synchronize_session": "fetch"})
