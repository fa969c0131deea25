"""Capacity, recounted from the holds and tickets that take it (I1)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from sratix_core.catalog.models import CapacityPool, TicketTypePool
from sratix_core.checkout.models import Cart, CartLine, CartState
from sratix_core.invariants import Check, Outcome
from sratix_core.tickets.models import HOLDING, Ticket

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession


def taken_equals_holds_and_tickets(db: ScopedSession) -> Outcome:
    """`taken` of every pool = units of open carts + live tickets of the types that draw on it."""
    link = TicketTypePool
    held = _by_pool(
        db.execute(
            select(link.tenant_id, link.pool_id, func.sum(CartLine.quantity))
            .join(
                CartLine,
                and_(CartLine.tenant_id == link.tenant_id, CartLine.ticket_type_id == link.ticket_type_id),
            )
            .join(Cart, and_(Cart.tenant_id == CartLine.tenant_id, Cart.id == CartLine.cart_id))
            .where(Cart.state == CartState.OPEN)
            .group_by(link.tenant_id, link.pool_id)
        )
    )
    sold = _by_pool(
        db.execute(
            select(link.tenant_id, link.pool_id, func.count())
            .join(
                Ticket, and_(Ticket.tenant_id == link.tenant_id, Ticket.ticket_type_id == link.ticket_type_id)
            )
            .where(Ticket.state.in_(HOLDING))
            .group_by(link.tenant_id, link.pool_id)
        )
    )
    faults, checked = [], 0
    pools = select(CapacityPool.tenant_id, CapacityPool.id, CapacityPool.taken, CapacityPool.capacity)
    for tenant_id, pool_id, taken, capacity in db.execute(pools):
        checked += 1
        counted = held.get((tenant_id, pool_id), 0) + sold.get((tenant_id, pool_id), 0)
        if counted != taken or taken > capacity:
            faults.append(f"pool {pool_id}: taken {taken}, counted {counted}, capacity {capacity}")
    return Outcome(checked, tuple(faults[:20]))


def _by_pool(rows: Iterable[Any]) -> dict[tuple[int, uuid.UUID], int]:
    return {(tenant_id, pool_id): int(units) for tenant_id, pool_id, units in rows}


CHECKS = (
    Check(
        "I1",
        "taken equals open holds and live tickets, and never exceeds capacity",
        taken_equals_holds_and_tickets,
    ),
)
