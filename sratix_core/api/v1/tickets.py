"""Tickets and the people they are for."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sratix_core.accounts.permissions import ATTENDEE_VIEW, ORDER_EDIT, ORDER_VIEW
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import Sort, SyncQuery, page, page_of, since
from sratix_core.api.v1.common import picked
from sratix_core.errors import Refused
from sratix_core.refunds.exchanging import Difference, change_type
from sratix_core.tickets.models import Attendee, Ticket, TicketState
from sratix_core.tickets.queries import Filters, Row, live_rows, ticket_of_attendee
from sratix_core.tickets.service import payloads, rename, rotate, ticket_by_id, void
from sratix_core.tickets.terms import short_code

TAG = "Tickets and attendees"
TICKET = EVENT + "/tickets/{ticket}"


class AttendeeOut(msgspec.Struct):
    """Who comes with which ticket; an empty name is still open."""

    id: uuid.UUID
    ticket_id: uuid.UUID
    name: str
    email: str
    company: str
    ticket_type_id: uuid.UUID
    ticket_type: str
    order_code: str
    state: TicketState
    inside: Annotated[bool | None, Meta(description="Null before the first scan.")]
    first_at: datetime | None
    last_at: datetime | None
    updated_at: datetime


class AttendeePatch(msgspec.Struct, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET


class TicketOut(msgspec.Struct):
    """One admission. `short_code` is for people to read out and opens nothing."""

    id: uuid.UUID
    state: TicketState
    ticket_type_id: uuid.UUID
    ticket_type: str
    order_code: str
    attendee_id: uuid.UUID
    attendee_name: str
    attendee_email: str
    short_code: str
    seat_label: str
    epoch: Annotated[int, Meta(description="How often the code was replaced.")]
    created_at: datetime
    updated_at: datetime
    voided_at: datetime | None


class CodeOut(msgspec.Struct):
    """What the QR code of a valid ticket says."""

    ticket_id: uuid.UUID
    payload: str


class AttendeeQuery(SyncQuery, kw_only=True, forbid_unknown_fields=True):
    q: (
        Annotated[
            str, Meta(max_length=100, description="The start of a name or an e-mail, or an order code.")
        ]
        | UnsetType
    ) = UNSET
    ticket_type_id: uuid.UUID | UnsetType = UNSET
    arrived: bool | UnsetType = UNSET


class TicketQuery(SyncQuery, kw_only=True, forbid_unknown_fields=True):
    state: TicketState | UnsetType = UNSET
    ticket_type_id: uuid.UUID | UnsetType = UNSET


def ticket_out(ticket: Ticket, order_code: str) -> TicketOut:
    """Needs the holder and the type loaded."""
    return picked(
        ticket,
        TicketOut,
        ticket_type=ticket.ticket_type.name,
        order_code=order_code,
        attendee_name=ticket.attendee.name,
        attendee_email=ticket.attendee.email,
        short_code=short_code(ticket.id),
    )


def attendee_out(row: Row) -> AttendeeOut:
    door = row.admission
    return picked(
        row.attendee,
        AttendeeOut,
        ticket_id=row.ticket.id,
        ticket_type_id=row.ticket.ticket_type_id,
        ticket_type=row.type_name,
        order_code=row.order_code,
        state=row.ticket.state,
        inside=door.inside if door else None,
        first_at=door.first_at if door else None,
        last_at=door.last_at if door else None,
    )


@endpoint(
    "GET",
    EVENT + "/attendees",
    ATTENDEE_VIEW,
    "List who comes, by name",
    tag=TAG,
    query=AttendeeQuery,
    answers=page_of(AttendeeOut),
)
def list_attendees(call: Call) -> Any:
    asked = call.query

    def or_none(value: Any) -> Any:
        return None if value is UNSET else value

    filters = Filters(
        "" if asked.q is UNSET else asked.q, or_none(asked.ticket_type_id), or_none(asked.arrived)
    )
    query = live_rows(call.ctx, call.event, filters)
    sort = Sort(Ticket.fold, Ticket.id, str, entity=lambda row: row.Ticket)
    if (moment := since(call)) is not None:
        query = query.where(Attendee.updated_at >= moment)
        sort = Sort(Attendee.updated_at, Attendee.id, entity=lambda row: row.Attendee)
    return page(call, query, sort, lambda rows: [attendee_out(Row(*row)) for row in rows])


def _attendee(call: Call) -> Row:
    return ticket_of_attendee(call.ctx, call.event, call.id("attendee"))


@endpoint("GET", EVENT + "/attendees/{attendee}", ATTENDEE_VIEW, "One attendee", tag=TAG, answers=AttendeeOut)
def get_attendee(call: Call) -> AttendeeOut:
    return attendee_out(_attendee(call))


@endpoint(
    "PATCH",
    EVENT + "/attendees/{attendee}",
    ORDER_EDIT,
    "Change who comes",
    tag=TAG,
    body=AttendeePatch,
    answers=AttendeeOut,
    errors=("ticket_state",),
)
def change_attendee(call: Call) -> AttendeeOut:
    found, new = _attendee(call), call.body
    person = found.attendee
    rename(
        call.ctx,
        found.ticket,
        person.name if new.name is UNSET else new.name,
        person.email if new.email is UNSET else new.email,
    )
    call.ctx.db.flush()
    return attendee_out(_attendee(call))


@endpoint(
    "GET",
    EVENT + "/tickets",
    ORDER_VIEW,
    "List tickets in any state, the oldest first",
    tag=TAG,
    query=TicketQuery,
    answers=page_of(TicketOut),
)
def list_tickets(call: Call) -> Any:
    asked = call.query
    query = (
        select(Ticket)
        .where(Ticket.event_id == call.event.id)
        .options(joinedload(Ticket.attendee), joinedload(Ticket.ticket_type), joinedload(Ticket.order))
    )
    if asked.state is not UNSET:
        query = query.where(Ticket.state == asked.state)
    if asked.ticket_type_id is not UNSET:
        query = query.where(Ticket.ticket_type_id == asked.ticket_type_id)
    sort = Sort(Ticket.created_at, Ticket.id)
    if (moment := since(call)) is not None:
        query, sort = query.where(Ticket.updated_at >= moment), Sort(Ticket.updated_at, Ticket.id)

    def convert(rows: Sequence[Ticket]) -> list[TicketOut]:
        return [ticket_out(t, t.order.code) for t in rows]

    return page(call, query, sort, convert)


def _ticket(call: Call) -> Ticket:
    return ticket_by_id(call.ctx, call.event, call.id("ticket"))


@endpoint("GET", TICKET, ORDER_VIEW, "One ticket", tag=TAG, answers=TicketOut)
def get_ticket(call: Call) -> TicketOut:
    ticket = _ticket(call)
    return ticket_out(ticket, ticket.order.code)


@endpoint(
    "GET",
    TICKET + "/qr",
    ORDER_EDIT,
    "What the QR code of a valid ticket says",
    tag=TAG,
    answers=CodeOut,
    errors=("ticket_state",),
)
def get_ticket_code(call: Call) -> CodeOut:
    ticket = _ticket(call)
    found = payloads(call.ctx, call.event, [ticket])
    if ticket.id not in found:
        raise Refused("ticket_state", state=ticket.state)
    return CodeOut(ticket.id, found[ticket.id])


@endpoint(
    "POST",
    TICKET + "/rotation",
    ORDER_EDIT,
    "Replace a ticket's code and mail the new one",
    tag=TAG,
    answers=TicketOut,
    errors=("ticket_state", "ticket_changed", "ticket_rotations_used_up"),
)
def rotate_ticket(call: Call) -> TicketOut:
    ticket = rotate(call.ctx, _ticket(call))
    return ticket_out(ticket, ticket.order.code)


@endpoint(
    "POST",
    TICKET + "/void",
    ORDER_EDIT,
    "End a ticket and give its seat back",
    tag=TAG,
    answers=TicketOut,
    errors=("ticket_state",),
)
def void_ticket(call: Call) -> TicketOut:
    ticket = void(call.ctx, _ticket(call), "organizer")
    return ticket_out(ticket, ticket.order.code)


class ExchangeIn(msgspec.Struct, forbid_unknown_fields=True):
    """`received` takes the `reference` of the money for a dearer type, `asked` mails the buyer a link to pay it, and the new ticket
    is `reserved` until then; `waived` leaves the price; `refunded` gives back what is less.
    """

    ticket_type_id: uuid.UUID
    difference: Difference
    reference: Annotated[str, Meta(max_length=120)] = ""


@endpoint(
    "POST",
    TICKET + "/exchange",
    ORDER_EDIT,
    "Give a ticket of a paid order another type; the answer is the new ticket",
    tag=TAG,
    body=ExchangeIn,
    answers=TicketOut,
    errors=(
        "order_state", "ticket_state", "ticket_in_use", "order_invoiced", "sold_out", "difference_not_received",
        "payment_known", "ticket_changed", "difference_open",
    ),
)  # fmt: skip
def exchange_ticket(call: Call) -> TicketOut:
    body, ticket = call.body, _ticket(call)
    fresh = change_type(call.ctx, ticket.order, ticket, body.ticket_type_id, body.difference, body.reference)
    return ticket_out(fresh, ticket.order.code)
