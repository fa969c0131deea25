"""What one person holds over all tenants, by the e-mail address of their account.

Every way to an account proves its address: whoever has one read a mail that went there, or the operator made it. So what
was bought with that address, or names it as the one who comes, is theirs to see. Across tenants only one thing is asked:
which tenants know the address. The rows are then read in each tenant's own session, behind all its walls.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, select, tuple_, union
from sqlalchemy.orm import joinedload, selectinload

from sratix_core.catalog.models import TicketType
from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import edge, falls, ranged
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
PAGE = 50
TICKETS = By(Ticket.id, Ticket.id, True)
ORDERS = By(Order.created_at, Order.id, True)
"""Both are the newest first, over all tenants: ids are of the time they were made."""


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
    return contexts_of(runtime, tenants_with(runtime.engines, email), actor)


def contexts_of(runtime: Runtime, tenant_ids: Iterable[int], actor: Actor) -> Iterator[TenantContext]:
    """A reading context of each of these tenants, one after the other."""
    for tenant_id in tenant_ids:
        info = runtime.engines.tenants.by_id(tenant_id)
        if info is not None:
            with runtime.engines.begin(TenantScope(tenant_id), write=False) as db:
                yield runtime.context(info, db, actor)


def my_tickets(ctx: TenantContext, email: str, *, past: bool, cursor: str | None = None) -> list[Ticket]:
    """What this tenant has of a page: live tickets that the address bought or that name it, whole, of events that are over or not.

    In the order in which the page is read, one row more than fit. Raises `NotFound` for a made-up cursor.
    """
    now = ctx.clock.now()
    # By name: the database knows how many tickets an event has, and nothing of those that a subquery would find.
    events = list(
        ctx.db.scalars(select(Event.id).where(Event.ends_at < now if past else Event.ends_at >= now))
    )
    if not events:
        return []
    down, at = falls(TICKETS, cursor), edge(TICKETS, cursor)
    found: dict[uuid.UUID, Ticket] = {}
    for query in (_named(email), _bought(email)):
        some = ranged(
            query.where(Ticket.event_id.in_(events)), TICKETS, down, PAGE, None if at is None else tuple_(*at)
        )
        found |= {t.id: t for t in ctx.db.scalars(some.options(*_WHOLE))}
    return [found[id] for id in sorted(found, reverse=down)[: PAGE + 1]]


def my_page(ctx: TenantContext, email: str, after: uuid.UUID | None, limit: int) -> list[Ticket]:
    """The same tickets, the newest first, from the one after `after` on; no more than `limit`."""
    found: dict[uuid.UUID, Ticket] = {}
    for query in (_bought(email), _named(email)):
        rest = query if after is None else query.where(Ticket.id < after)
        rest = rest.options(*_WHOLE).order_by(Ticket.id.desc()).limit(limit)
        found |= {t.id: t for t in ctx.db.scalars(rest)}
    return [found[id] for id in sorted(found, reverse=True)[:limit]]


def my_orders(ctx: TenantContext, email: str, cursor: str | None = None) -> list[Order]:
    """What this tenant has of a page of the orders that the address placed; as `my_tickets`."""
    mine = select(Order).where(Order.buyer_email == email)
    mine = mine.options(joinedload(Order.event), selectinload(Order.lines))
    at = edge(ORDERS, cursor)
    some = ranged(mine, ORDERS, falls(ORDERS, cursor), PAGE, None if at is None else tuple_(*at))
    return list(ctx.db.scalars(some))


def types_in(ctx: TenantContext, orders: Iterable[Order]) -> dict[uuid.UUID | None, TicketType]:
    """The ticket types of their lines, by id; one statement for all orders."""
    wanted = {line.ticket_type_id for order in orders for line in order.bought}
    if not wanted:
        return {}
    return {kind.id: kind for kind in ctx.db.scalars(select(TicketType).where(TicketType.id.in_(wanted)))}


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


def _named(email: str) -> Select[Any]:
    live = select(Ticket).where(Ticket.state.in_(LIVE))
    return live.join(Attendee, _holds).where(Attendee.email == email)


def _bought(email: str) -> Select[Any]:
    live = select(Ticket).where(Ticket.state.in_(LIVE))
    return live.join(Order, _of).where(Order.buyer_email == email)
