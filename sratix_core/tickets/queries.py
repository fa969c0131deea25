"""Finding the people who come."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select, tuple_

from sratix_core.catalog.models import TicketType
from sratix_core.checkin.models import Admission
from sratix_core.db.types import LAST
from sratix_core.errors import NotFound
from sratix_core.orders.models import Order
from sratix_core.tickets.models import LIVE, Attendee, Ticket
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One ticket in the attendee list."""

    ticket: Ticket
    attendee: Attendee
    type_name: str
    order_code: str
    buyer_name: str
    admission: Admission | None


def attendees(
    ctx: TenantContext,
    event: Event,
    *,
    search: str = "",
    type_id: uuid.UUID | None = None,
    inside: bool | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> tuple[list[Row], str | None]:
    """Live tickets by name, one page and the cursor of the next. `search`: start of a name or e-mail, or an order code."""
    query = (
        select(Ticket, Attendee, TicketType.name, Order.code, Order.buyer_name, Admission)
        .join(Attendee, and_(Attendee.tenant_id == Ticket.tenant_id, Attendee.id == Ticket.attendee_id))
        .join(
            TicketType, and_(TicketType.tenant_id == Ticket.tenant_id, TicketType.id == Ticket.ticket_type_id)
        )
        .join(Order, and_(Order.tenant_id == Ticket.tenant_id, Order.id == Ticket.order_id))
        .outerjoin(Admission, and_(Admission.tenant_id == Ticket.tenant_id, Admission.ticket_id == Ticket.id))
        .where(Attendee.event_id == event.id, Ticket.state.in_(LIVE))
    )
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
    if cursor:
        query = query.where(tuple_(Attendee.fold, Attendee.id) > _read_cursor(cursor))
    rows: Sequence[tuple[Ticket, Attendee, str, str, str, Admission | None]] = [
        tuple(row)  # type: ignore[misc]
        for row in ctx.db.execute(query.order_by(Attendee.fold, Attendee.id).limit(limit + 1))
    ]
    shown = [Row(*row) for row in rows[:limit]]
    last = shown[-1].attendee if len(rows) > limit else None
    return shown, None if last is None else f"{last.id.hex}{last.fold}"


def _read_cursor(cursor: str) -> tuple[str, uuid.UUID]:
    try:
        return cursor[32:], uuid.UUID(cursor[:32])
    except ValueError as error:
        raise NotFound("page") from error
