"""Statements over the people who come: narrowed, in no order yet, for lists that page in their own way."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, or_, select

from sratix_core.catalog.models import TicketType
from sratix_core.checkin.models import Admission
from sratix_core.db.types import LAST
from sratix_core.errors import NotFound
from sratix_core.orders.models import Order
from sratix_core.tickets.models import LIVE, Attendee, Ticket
from sratix_core.tickets.queries import Row
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


def _rows(event: Event) -> Select[*tuple[Any, ...]]:
    """Every ticket of an event as the columns of `Row`."""
    of_type = and_(TicketType.tenant_id == Ticket.tenant_id, TicketType.id == Ticket.ticket_type_id)
    came = and_(Admission.tenant_id == Ticket.tenant_id, Admission.ticket_id == Ticket.id)
    return (
        select(Ticket, Attendee, TicketType.name, Order.code, Order.buyer_name, Admission)
        .join(Attendee, and_(Attendee.tenant_id == Ticket.tenant_id, Attendee.id == Ticket.attendee_id))
        .join(TicketType, of_type)
        .join(Order, and_(Order.tenant_id == Ticket.tenant_id, Order.id == Ticket.order_id))
        .outerjoin(Admission, came)
        .where(Attendee.event_id == event.id)
    )


def attendee_rows(
    ctx: TenantContext,
    event: Event,
    *,
    search: str = "",
    type_id: uuid.UUID | None = None,
    inside: bool | None = None,
) -> Select[*tuple[Any, ...]]:
    """Live tickets. `search`: the start of a name or an e-mail address, or an order code."""
    query = _rows(event).where(Ticket.state.in_(LIVE))
    if search.strip():
        folded, email = text.fold(search.strip()), text.normal_email(search.strip())
        query = query.where(
            or_(
                and_(Attendee.fold >= folded, Attendee.fold < folded + LAST),
                and_(Attendee.email >= email, Attendee.email < email + LAST),
                Order.code == search.strip().upper(),
            )
        )
    if type_id is not None:
        query = query.where(Ticket.ticket_type_id == type_id)
    if inside is not None:
        query = query.where(Admission.id.is_not(None) if inside else Admission.id.is_(None))
    return query


def ticket_of_attendee(ctx: TenantContext, event: Event, attendee_id: uuid.UUID) -> Row:
    """One attendee of the event with their ticket, whatever its state. Raises `NotFound`."""
    found = ctx.db.execute(_rows(event).where(Attendee.id == attendee_id)).first()
    if found is None:
        raise NotFound("attendee")
    return Row(*found)
