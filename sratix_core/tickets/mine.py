"""What one person holds over all tenants, by the e-mail address of their account.

Every way to an account proves its address: whoever has one read a mail that went there, or the operator made it. So what
was bought with that address, or names it as the one who comes, is theirs to see. Across tenants only one thing is asked:
which tenants know the address. The rows are then read in each tenant's own session, behind all its walls.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, select, union
from sqlalchemy.orm import joinedload, selectinload

from sratix_core.errors import NotFound
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants.models import Tenant, TenantStatus
from sratix_core.tickets.models import LIVE, Attendee, Ticket

if TYPE_CHECKING:
    from sratix_core.context import Actor, TenantContext
    from sratix_core.runtime import Runtime
    from sratix_core.tenancy.engines import Engines

WHERE = SystemScope("a person's tickets lie in several tenants; only which ones is asked here")
MOST_TENANTS = 50
MOST = 200
"""Tickets, and orders, that are shown of one tenant; the newest."""


def tenants_with(engines: Engines, email: str) -> list[int]:
    """Ids of the active tenants where `email` (in normal form) bought something or comes. Nothing else is read."""
    known = union(
        select(Order.tenant_id).where(Order.buyer_email == email),
        select(Attendee.tenant_id).where(Attendee.email == email),
    ).subquery()
    active = select(Tenant.id).join(known, known.c.tenant_id == Tenant.id)
    with engines.begin(WHERE, write=False) as db:
        rows = db.scalars(
            active.where(Tenant.status == TenantStatus.ACTIVE).order_by(Tenant.id).limit(MOST_TENANTS)
        )
        return list(rows)


def has_tickets(engines: Engines, email: str) -> bool:
    """Whether any tenant knows the address."""
    return bool(tenants_with(engines, email))


def over_tenants(runtime: Runtime, email: str, actor: Actor) -> Iterator[TenantContext]:
    """A reading context of each tenant that knows the address, one after the other."""
    for tenant_id in tenants_with(runtime.engines, email):
        info = runtime.engines.tenants.by_id(tenant_id)
        if info is not None:
            with runtime.engines.begin(TenantScope(tenant_id), write=False) as db:
                yield runtime.context(info, db, actor)


def my_tickets(ctx: TenantContext, email: str) -> list[Ticket]:
    """Live tickets of this tenant that the address bought or that name it, whole, by event."""
    named = _tickets().join(Attendee, _holds).where(Attendee.email == email)
    bought = _tickets().join(Order, _of).where(Order.buyer_email == email)
    found = {t.id: t for query in (bought, named) for t in ctx.db.scalars(query)}
    return sorted(found.values(), key=lambda t: (t.order.event.starts_at, t.order_id, t.position))


def my_page(ctx: TenantContext, email: str, after: uuid.UUID | None, limit: int) -> list[Ticket]:
    """The same tickets, the newest first, from the one after `after` on; no more than `limit`."""
    named = _tickets().join(Attendee, _holds).where(Attendee.email == email)
    bought = _tickets().join(Order, _of).where(Order.buyer_email == email)
    found: dict[uuid.UUID, Ticket] = {}
    for query in (bought, named):
        rest = query if after is None else query.where(Ticket.id < after)
        found |= {t.id: t for t in ctx.db.scalars(rest.limit(limit))}
    return [found[id] for id in sorted(found, reverse=True)[:limit]]


def my_orders(ctx: TenantContext, email: str) -> list[Order]:
    """Orders of this tenant that the address placed, the newest first."""
    mine = select(Order).where(Order.buyer_email == email)
    mine = mine.order_by(Order.created_at.desc(), Order.id.desc())  # the index, read backwards
    whole = (joinedload(Order.event), selectinload(Order.lines))
    return list(ctx.db.scalars(mine.options(*whole).limit(MOST)))


def my_ticket(ctx: TenantContext, email: str, ticket_id: uuid.UUID) -> Ticket:
    """One of them. A ticket of somebody else is as unknown as none: raises `NotFound`."""
    ticket = ctx.db.scalar(
        select(Ticket).where(Ticket.id == ticket_id, Ticket.state.in_(LIVE)).options(*_WHOLE)
    )
    if ticket is None or email not in (ticket.attendee.email, ticket.order.buyer_email):
        raise NotFound("tenant_unknown")
    return ticket


_of = and_(Order.tenant_id == Ticket.tenant_id, Order.id == Ticket.order_id)
_holds = and_(Attendee.tenant_id == Ticket.tenant_id, Attendee.id == Ticket.attendee_id)
_WHOLE = (
    joinedload(Ticket.attendee),
    joinedload(Ticket.ticket_type),
    joinedload(Ticket.order).joinedload(Order.event).joinedload(Event.venue),
)


def _tickets() -> Select[Any]:
    live = select(Ticket).where(Ticket.state.in_(LIVE))
    return live.options(*_WHOLE).order_by(Ticket.id.desc()).limit(MOST)
