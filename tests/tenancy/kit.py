"""The register of traps and what they share. A read returns what it saw, FOREIGN in it is a leak; a write is judged after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import make_transient_to_detached

from sratix_core.tenancy.session import ScopedSession
from tests.tenancy.models import Order, Ticket, uid
from tests.tenancy.world import World

Trap = Callable[[ScopedSession], Any]
READS: dict[str, Trap] = {}
WRITES: dict[str, Trap] = {}


def read(function: Trap) -> Trap:
    READS[function.__name__] = function
    return function


def write(function: Trap) -> Trap:
    WRITES[function.__name__] = function
    return function


def verdict(leaked: object) -> str:
    return "FOREIGN" if leaked else "no"


def world_of(s: ScopedSession) -> World:
    world: World = s.info["world"]
    return world


def detached_order(**values: Any) -> Order:
    """Tenant 2's order as an object that claims to have been loaded."""
    given = {"id": uid(2), "tenant_id": 2, "code": "B2-FOREIGN", "total": 999, "event_id": uid(2), **values}
    order = Order(**given)
    make_transient_to_detached(order)
    return order


def detached_ticket(tenant_id: int) -> Ticket:
    ticket = Ticket(id=uid(2), tenant_id=tenant_id, holder="x", order_id=uid(2))
    make_transient_to_detached(ticket)
    return ticket


def holders(orders: Any) -> list[Any]:
    return [[t.holder for t in o.tickets] for o in orders]


def codes(orders: Any) -> list[str]:
    return [o.code for o in orders]
