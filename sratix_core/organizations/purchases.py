"""What is bought for an organization: which orders are its own, and the tickets in them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from sratix_core.audit.service import record
from sratix_core.checkin.queries import inside_of
from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, page
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.orders.models import Order
from sratix_core.organizations.models import Organization
from sratix_core.tickets.models import LIVE, Attendee, Ticket
from sratix_core.tickets.service import rename

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PAGE = 50


def known_id(ctx: TenantContext, organization_id: uuid.UUID | None) -> uuid.UUID | None:
    """The same id, if the tenant has that organization. Raises `Invalid` with `organization_id`."""
    known = select(Organization.id).where(Organization.id == organization_id)
    # Held against a deletion at the same moment: one of the two sees the other.
    if organization_id is not None and not ctx.db.scalar(known.with_for_update(read=True, key_share=True)):
        raise Invalid({"organization_id": "unknown_choice"})
    return organization_id


def assign_order(ctx: TenantContext, order: Order, organization_id: uuid.UUID | None) -> Order:
    """Say for which organization an order was placed; None: for nobody but its buyer. Raises `Invalid`."""
    if order.organization_id == organization_id:
        return order
    was, order.organization_id = order.organization_id, known_id(ctx, organization_id)
    order.updated_at = ctx.clock.now()
    ctx.db.flush()
    record(ctx, "order.assigned", "order", order.id, event_id=order.event_id, was=was, now=organization_id)
    return order


def orders_of(
    ctx: TenantContext, organization_id: uuid.UUID, cursor: str | None = None, limit: int = PAGE
) -> Page[Order]:
    """Its orders with event and lines, the newest first. Raises `NotFound` for a made-up cursor."""
    query = select(Order).where(Order.organization_id == organization_id)
    query = query.options(selectinload(Order.lines), joinedload(Order.event))
    by = By(Order.created_at, Order.id, descending=True)
    return page(query, by, cursor, limit, lambda q: ctx.db.scalars(q).all(), lambda o: (o.created_at, o.id))


def tickets_of(
    ctx: TenantContext, organization_id: uuid.UUID, cursor: str | None = None, limit: int = PAGE
) -> Page[Ticket]:
    """Live tickets of its orders with holder, type and order, the newest first. Raises `NotFound` for a made-up cursor."""
    by = By(Ticket.id, Ticket.id, descending=True)
    return page(
        live_tickets(organization_id),
        by,
        cursor,
        limit,
        lambda q: ctx.db.scalars(q).all(),
        lambda t: (t.id, t.id),
    )


def ticket_of(ctx: TenantContext, organization_id: uuid.UUID, ticket_id: uuid.UUID) -> Ticket:
    """A live ticket that this organization bought. Raises `NotFound`."""
    found = ctx.db.scalar(live_tickets(organization_id).where(Ticket.id == ticket_id))
    if found is None:
        raise NotFound("ticket")
    return found


def name_ticket(
    ctx: TenantContext, organization_id: uuid.UUID, ticket_id: uuid.UUID, name: str, email: str
) -> Ticket:
    """Write who uses a ticket of the organization. Raises `NotFound`, `Invalid`, `Refused` after the door."""
    ticket = ticket_of(ctx, organization_id, ticket_id)
    if ticket.id in inside_of(ctx, [ticket]):
        raise Refused("ticket_in_use")
    if ticket.order.event.ends_at < ctx.clock.now():
        raise Refused("event_over")
    return rename(ctx, ticket, name, email)


def open_names(ctx: TenantContext, organization_id: uuid.UUID) -> tuple[int, int]:
    """How many live tickets the organization has, and how many of them have nobody's name yet."""
    mine = _tickets(organization_id).with_only_columns(func.count(), func.count().filter(Attendee.name == ""))
    same = and_(Attendee.tenant_id == Ticket.tenant_id, Attendee.id == Ticket.attendee_id)
    live, nameless = ctx.db.execute(mine.join(Attendee, same)).one()
    return int(live), int(nameless)


_WHOLE = (
    joinedload(Ticket.attendee),
    joinedload(Ticket.ticket_type),
    joinedload(Ticket.order).joinedload(Order.event),
)


def live_tickets(organization_id: uuid.UUID) -> Select[Any]:
    """The statement: live tickets of an organization's orders, whole, in no order yet."""
    return _tickets(organization_id).options(*_WHOLE)


def _tickets(organization_id: uuid.UUID) -> Select[Any]:
    of = and_(Order.tenant_id == Ticket.tenant_id, Order.id == Ticket.order_id)
    return (
        select(Ticket).join(Order, of).where(Order.organization_id == organization_id, Ticket.state.in_(LIVE))
    )
