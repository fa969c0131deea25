"""What a tenant's session must let through: the walls may not stand in the way of ordinary work."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam, delete, exists, func, insert, select, union_all, update
from sqlalchemy.exc import IntegrityError, NoResultFound

from sratix_core.tenancy.errors import ForeignRow, ForeignWrite, UnprovenStatement
from sratix_core.tenancy.scope import SystemScope
from tests.tenancy.conftest import only_postgresql
from tests.tenancy.models import Event, Order, OrderTag, Tag, Ticket, fresh, uid
from tests.tenancy.world import World

T = Order.__table__
S = Ticket.__table__


def order(code: str, **values: Any) -> Order:
    return Order(code=code, event_id=uid(1), **values)


def test_get_takes_the_bare_id_and_finds_the_own_row_of_twins(world: World) -> None:
    with world.session(1) as s:
        assert s.get(Order, uid(1)).code == "A1"
        assert s.get(Order, (1, uid(1))) is s.get(Order, {"id": uid(1)})
        assert s.get_one(Order, uid(3)).code == "A3"
        with pytest.raises(NoResultFound):
            s.get_one(Order, uid(2))
        with pytest.raises(ForeignRow):
            s.get(Order, (2, uid(2)))


def test_a_system_session_sees_everything_by_full_key(world: World) -> None:
    with world.session(SystemScope("a test looks at both tenants"), write=False) as s:
        assert s.get(Order, (2, uid(1))).code == "B1-FOREIGN"
        assert s.scalar(select(func.count()).select_from(Order)) == 5


def test_new_objects_get_their_tenant_and_related_ones_too(world: World) -> None:
    with world.session(1) as s:
        new = order("N1", tickets=[Ticket(holder="zoe")])
        s.add(new)
        event = s.get(Event, uid(1))
        event.orders.append(Order(code="N2"))
        s.flush()
        assert (new.tenant_id, new.tickets[0].tenant_id) == (1, 1)
        s.commit()
        assert s.scalars(select(Order.code).order_by(Order.code)).all() == ["A1", "A3", "N1", "N2"]
        assert new.tickets[0].order is new


def test_association_rows_are_made_through_the_proxy(world: World) -> None:
    with world.session(1) as s:
        s.get(Order, uid(3)).tags.append(s.get(Tag, uid(1)))
        s.commit()
        assert [t.name for t in s.get(Order, uid(3)).tags] == ["vip"]
        s.add(OrderTag(order_id=uid(3), tag_id=uid(2)))
        with pytest.raises(IntegrityError):
            s.flush()


def test_deleting_a_parent_leaves_children_to_the_database(world: World) -> None:
    with world.session(1) as s:
        s.delete(s.get(Order, uid(1)))
        s.commit()
        assert s.scalars(select(Ticket)).all() == []


def test_a_rolled_back_deletion_can_be_worked_on_again(world: World) -> None:
    with world.session(1) as s:
        o = s.get(Order, uid(3))
        savepoint = s.begin_nested()
        s.delete(o)
        s.flush()
        savepoint.rollback()
        o.total = 6
        s.commit()
        assert s.get(Order, uid(3)).total == 6


def test_merge_stamps_what_has_no_tenant(world: World) -> None:
    with world.session(1) as s:
        merged = s.merge(Order(id=uid(1), total=11, tickets=[Ticket(id=uid(1), holder="anna")]))
        s.commit()
        assert (merged.code, merged.total, merged.tickets[0].holder) == ("A1", 11, "anna")
        (added,) = s.merge_all([Order(id=uid(2), code="own two", event_id=uid(1))])
        s.commit()
        assert added.tenant_id == 1
        with pytest.raises(ForeignWrite):
            s.merge(Order(id=uid(1), tickets=[Ticket(id=uid(2), tenant_id=2)]))


def test_rows_are_inserted_in_bulk_with_the_tenant_added(world: World) -> None:
    rows = [{"id": fresh(), "code": f"b{n}", "event_id": uid(1)} for n in range(1500)]
    with world.session(1) as s:
        s.execute(insert(Order), rows)
        assert "tenant_id" not in rows[0]
        returned = s.scalars(
            insert(Order).returning(Order), [{"id": fresh(), "code": "r", "event_id": uid(1)}]
        )
        assert returned.one().tenant_id == 1
        s.execute(insert(Order).values(id=fresh(), code="v", event_id=uid(1)))
        s.commit()
        assert s.scalar(select(func.count()).select_from(Order)) == 1504


def test_a_foreign_row_deep_in_a_bulk_insert_is_refused(world: World) -> None:
    rows = [{"id": fresh(), "tenant_id": 1, "code": f"b{n}", "event_id": uid(1)} for n in range(1200)]
    rows[-1]["tenant_id"] = 2
    with world.session(1) as s, pytest.raises(ForeignWrite):
        s.execute(insert(Order), rows)
    with world.session(1) as s, pytest.raises(ForeignRow):
        s.execute(insert(T), rows)


def test_bulk_update_by_key_stays_with_the_tenant(world: World) -> None:
    with world.session(1) as s:
        s.execute(update(Order), [{"id": uid(1), "total": 1}, {"id": uid(3), "total": 3}])
        s.commit()
        assert s.scalars(select(Order.total).order_by(Order.total)).all() == [1, 3]


def test_upserts_are_stamped_and_meet_only_own_rows(world: World) -> None:
    row = {"id": fresh(), "code": "A1", "event_id": uid(1), "total": 77}
    with world.session(1) as s:
        statement = world.upsert(Order).values(**row)
        set_total = {"total": statement.excluded.total}
        s.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "code"], set_=set_total))
        core = world.upsert(T).on_conflict_do_update(
            index_elements=[T.c.tenant_id, T.c.code], set_={"total": T.c.total + 1}
        )
        s.execute(core, {**row, "tenant_id": 1, "id": fresh()})
        s.execute(world.upsert(Order).on_conflict_do_nothing(), [{**row, "id": fresh()}])
        s.commit()
        assert s.get(Order, uid(1)).total == 78
        moving = world.upsert(Order).values(**row)
        moving = moving.on_conflict_do_update(index_elements=["tenant_id", "code"], set_={"tenant_id": 2})
        with pytest.raises(ForeignWrite):
            s.execute(moving)


@only_postgresql  # SQLite has no ON CONFLICT ON CONSTRAINT
def test_an_upsert_may_name_its_constraint(world: World) -> None:
    row = {"id": fresh(), "code": "A1", "event_id": uid(1), "total": 5}
    with world.session(1) as s:
        statement = world.upsert(Order).values(**row)
        named = statement.on_conflict_do_update(constraint="uq_order__tenant_id_code", set_={"total": 5})
        s.execute(named)
        assert s.get(Order, uid(1)).total == 5


def test_hot_core_statements_pass_with_their_predicate(world: World) -> None:
    mine = T.c.tenant_id == bindparam("tenant")
    claim = (
        update(T).where(mine, T.c.id == bindparam("order"), T.c.total + 1 <= 11).values(total=T.c.total + 1)
    )
    seats = select(func.count()).select_from(S).where(S.c.tenant_id == T.c.tenant_id, S.c.order_id == T.c.id)
    look = select(T.c.code, seats.correlate(T).scalar_subquery()).where(mine)
    with world.session(1) as s:
        assert s.execute(claim, {"tenant": 1, "order": uid(1)}).rowcount == 1
        assert s.execute(claim, {"tenant": 1, "order": uid(1)}).rowcount == 0
        assert s.execute(look.order_by(T.c.code), {"tenant": 1}).all() == [("A1", 1), ("A3", 0)]
        for statement in (claim, look):
            with pytest.raises(ForeignRow):
                s.execute(statement, {"tenant": 2, "order": uid(1)})
        s.execute(insert(T), [{"tenant_id": 1, "id": fresh(), "code": "c", "event_id": uid(1), "total": 0}])
        assert s.execute(delete(S).where(S.c.tenant_id == 1)).rowcount == 1
        there = exists().where(T.c.tenant_id == 1, T.c.code == "c")
        assert s.scalar(select(there)) is True
        both = union_all(
            select(T.c.code).where(T.c.tenant_id == 1), select(S.c.holder).where(S.c.tenant_id == 1)
        )
        assert len(s.execute(both).all()) == 3


@pytest.mark.filterwarnings("ignore:Column .order_.tenant_id. is marked")
def test_a_core_insert_must_name_the_tenant(world: World) -> None:
    row = {"id": fresh(), "code": "c", "event_id": uid(1), "total": 0}
    with world.session(1) as s:
        with pytest.raises(ForeignRow):
            s.execute(insert(T), [row])
        with pytest.raises(UnprovenStatement):
            s.execute(insert(T).values(**row, tenant_id=select(func.max(T.c.tenant_id)).scalar_subquery()))


def test_objects_stay_readable_after_their_unit(world: World) -> None:
    with world.engines.begin(world.session(1).scope) as s:
        o = s.get(Order, uid(1))
    assert o.code == "A1"


def test_refresh_and_expiry_load_by_the_tenant_key(world: World) -> None:
    with world.session(1) as s:
        o = s.get(Order, uid(1))
        s.refresh(o, ["total"])
        s.expire(o)
        assert (o.total, o.event.order_count, o.event.careless_count) == (10, 2, 2)
