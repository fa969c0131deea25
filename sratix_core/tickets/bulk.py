"""Acts on several tickets of an event: each is done or left as it is, never half."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sratix_core.catalog.models import CapacityPool
from sratix_core.errors import Refused
from sratix_core.orders.bulk import resend_orders
from sratix_core.orders.models import Order
from sratix_core.tickets.models import LIVE, Ticket
from sratix_core.tickets.service import void

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

MOST = 100


def picked(ctx: TenantContext, event: Event, ids: Sequence[uuid.UUID]) -> list[Ticket]:
    """The live tickets of these ids, with holder and order, by id; ids of anything else are nobody's."""
    chosen = select(Ticket).where(
        Ticket.event_id == event.id, Ticket.id.in_(ids[:MOST]), Ticket.state.in_(LIVE)
    )
    with_holder = chosen.options(joinedload(Ticket.attendee), joinedload(Ticket.order))
    return list(ctx.db.scalars(with_holder.order_by(Ticket.id)))


def known(ctx: TenantContext, event: Event, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the ids that are tickets of this event, in any state."""
    mine = select(Ticket.id).where(Ticket.event_id == event.id, Ticket.id.in_(ids[:MOST]))
    return set(ctx.db.scalars(mine))


def void_tickets(ctx: TenantContext, event: Event, ids: Sequence[uuid.UUID], reason: str) -> int:
    """End those that live, and give their units back; how many.

    Orders, tickets and pools are locked in this order and each by id, as acts on orders do it, so that nobody waits in a circle.
    """
    mine = select(Ticket.order_id).where(Ticket.event_id == event.id, Ticket.id.in_(ids[:MOST]))
    ctx.db.execute(select(Order.id).where(Order.id.in_(mine)).order_by(Order.id).with_for_update()).all()
    tickets = (
        select(Ticket.id).where(Ticket.event_id == event.id, Ticket.id.in_(ids[:MOST])).order_by(Ticket.id)
    )
    ctx.db.execute(tickets.with_for_update()).all()
    pools = select(CapacityPool.id).where(CapacityPool.event_id == event.id).order_by(CapacityPool.id)
    ctx.db.execute(pools.with_for_update()).all()
    done = 0
    for ticket in picked(ctx, event, ids):
        try:
            with ctx.db.begin_nested():
                void(ctx, ticket, reason)
        except Refused:
            continue
        done += 1
    return done


def resend_tickets(ctx: TenantContext, event: Event, ids: Sequence[uuid.UUID]) -> int:
    """Send the mails of the orders that these tickets are of, each once; how many mails."""
    return resend_orders(ctx, event, sorted({ticket.order.code for ticket in picked(ctx, event, ids)}))
