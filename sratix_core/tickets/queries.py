"""Finding the people who come."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from sratix_core.catalog.models import TicketType
from sratix_core.checkin.models import Admission
from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, page
from sratix_core.errors import NotFound
from sratix_core.orders.models import Order
from sratix_core.search.models import Kind
from sratix_core.search.queries import WALKED, find
from sratix_core.tickets.models import LIVE, Attendee, Ticket

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


@dataclass(frozen=True)
class Filters:
    """What narrows the list; `came` None is everybody. Who came is listed by arrival, everybody else by name."""

    search: str = ""
    type_id: uuid.UUID | None = None
    came: bool | None = None


@dataclass(frozen=True)
class Listed:
    """A page, and whether a search had so many hits that they stand in the order of what was found, whatever was asked."""

    page: Page[Row]
    more_hits: bool = False


def by_arrival(filters: Filters) -> bool:
    """Whether these filters list people by when they came; a search has few hits and stays by name."""
    return filters.came is True and not filters.search.strip()


def rows(event: Event, *, came: bool | None = None) -> Any:
    """Every ticket of the event, in any state, as the columns of `Row`."""
    query = (
        select(Ticket, Attendee, TicketType.name, Order.code, Order.buyer_name, Admission)
        .join(Attendee, and_(Attendee.tenant_id == Ticket.tenant_id, Attendee.id == Ticket.attendee_id))
        .join(
            TicketType, and_(TicketType.tenant_id == Ticket.tenant_id, TicketType.id == Ticket.ticket_type_id)
        )
        .join(Order, and_(Order.tenant_id == Ticket.tenant_id, Order.id == Ticket.order_id))
    )
    seen = and_(Admission.tenant_id == Ticket.tenant_id, Admission.ticket_id == Ticket.id)
    query = query.join(Admission, seen) if came else query.outerjoin(Admission, seen)
    query = query.where(Ticket.event_id == event.id)
    if came is False:
        # Asked ticket by ticket on the way: a join that excludes would be computed for the whole event and then sorted.
        query = query.where(
            select(Admission.id).where(seen).correlate(Ticket).limit(1).scalar_subquery().is_(None)
        )
    return query


def live_rows(ctx: TenantContext, event: Event, filters: Filters) -> Any:
    """The statement behind the list, in no order yet."""
    query = _narrowed(event, filters)
    if filters.search.strip():
        hits = find(ctx, Kind.ATTENDEE, filters.search, event.id)
        query = query.where(Ticket.id.is_(None) if hits is None else Ticket.attendee_id.in_(hits.refs))
    return query


def _narrowed(event: Event, filters: Filters) -> Any:
    query = rows(event, came=filters.came).where(Ticket.state.in_(LIVE))
    return query if filters.type_id is None else query.where(Ticket.ticket_type_id == filters.type_id)


def ticket_of_attendee(ctx: TenantContext, event: Event, attendee_id: uuid.UUID) -> Row:
    """One attendee of the event with their ticket, whatever its state. Raises `NotFound`."""
    found = ctx.db.execute(rows(event).where(Ticket.attendee_id == attendee_id)).first()
    if found is None:
        raise NotFound("attendee")
    return Row(*found)


def listed(
    ctx: TenantContext,
    event: Event,
    filters: Filters,
    descending: bool = False,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Listed:
    """Live tickets, one page; one statement, two with a search. Raises `NotFound` for a made-up cursor."""
    query, by, more = _narrowed(event, filters), By(Ticket.fold, Ticket.id, descending), False
    if filters.search.strip():
        hits = find(ctx, Kind.ATTENDEE, filters.search, event.id)
        if hits is None:
            return Listed(Page([], None, None))
        if more := hits.more:
            query, by = hits.walked(query, Ticket.tenant_id, Ticket.attendee_id), WALKED
        else:
            query = query.where(Ticket.attendee_id.in_(hits.refs))
    elif by_arrival(filters):
        by = By(Admission.first_at, Admission.id, descending)
        query = query.where(Admission.event_id == event.id)
    places: dict[uuid.UUID, tuple[Any, uuid.UUID]] = {}

    def run(paged: Any) -> Sequence[Row]:
        found = [(Row(*row), (value, id)) for *row, value, id in ctx.db.execute(paged)]
        places.update((row.ticket.id, place) for row, place in found)
        return [row for row, _ in found]

    paged = page(
        query.add_columns(by.column, by.id), by, cursor, limit, run, lambda row: places[row.ticket.id]
    )
    return Listed(paged, more)


def of_ids(ctx: TenantContext, event: Event, ids: Sequence[uuid.UUID]) -> list[Row]:
    """The live tickets of these ids, by name; ids of anything else are nobody's."""
    query = rows(event).where(Ticket.id.in_(ids), Ticket.state.in_(LIVE))
    return [Row(*found) for found in ctx.db.execute(query.order_by(Ticket.fold, Ticket.id))]


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
    """One page and the cursor of the next. `search`: the beginning of a word of a name, an address or a code."""
    found = listed(ctx, event, Filters(search, type_id, inside), False, cursor, limit).page
    return found.rows, found.after
