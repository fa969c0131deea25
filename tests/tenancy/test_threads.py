"""Eight threads, two tenants, one pool, one statement cache: short in the suite, a minute with --slow."""

from __future__ import annotations

import itertools
import random
import threading
import time
from typing import Any

import pytest
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import joinedload, lazyload, selectinload, subqueryload

from tests.tenancy.models import Event, Order, Ticket
from tests.tenancy.world import World

T = Order.__table__
HOT = select(T.c.tenant_id, T.c.code).where(T.c.tenant_id == bindparam("tenant"))
SHOWN = {1: {"A1", "A3"}, 2: {"B1-FOREIGN", "B2-FOREIGN", "B4-FOREIGN"}}


def look(world: World, tenant: int, chance: random.Random) -> list[Any]:
    """One unit of work of a tenant; returns what was not its own."""
    write = chance.random() < 0.2
    loader = chance.choice([joinedload, selectinload, subqueryload, lazyload])
    with world.session(tenant, write=write) as s:
        orders = s.scalars(select(Order).options(loader(Order.tickets))).unique().all()
        seen = {(o.tenant_id, o.code) for o in orders}
        seen |= {(t.tenant_id, o.code) for o in orders for t in o.tickets}
        seen |= {(o.event.tenant_id, o.code) for o in orders}
        seen |= set(map(tuple, s.execute(HOT, {"tenant": tenant})))
        seen |= {(tenant, c) for c in s.scalars(select(Order.code).join(Order.tickets).join(Order.event))}
        tickets = s.scalar(select(func.count()).select_from(Ticket))
        events = s.scalars(select(Event.order_count)).all()
        if write:
            s.execute(update(Order).values(total=Order.total + 1))
            s.commit() if chance.random() < 0.5 else s.rollback()
    wrong = [pair for pair in seen if pair[0] != tenant or pair[1] not in SHOWN[tenant]]
    counted = (tickets, sum(events))
    return [*wrong, *([] if counted == {1: (1, 2), 2: (3, 3)}[tenant] else [counted])]


@pytest.mark.parametrize("seconds", [2, pytest.param(60, marks=pytest.mark.slow)])
def test_eight_threads_and_two_tenants_on_one_pool_never_mix(world: World, seconds: int) -> None:
    wrong: list[Any] = []
    units = itertools.count()
    until = time.monotonic() + seconds

    def work(number: int) -> None:
        chance = random.Random(number)
        while time.monotonic() < until:
            try:
                wrong.extend(look(world, 1 + number % 2, chance))
            except Exception as error:
                wrong.append(error)
                return
            next(units)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert next(units) > 4 * seconds
