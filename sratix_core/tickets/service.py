"""What a ticket can go through: shown as a code, rotated, renamed, voided."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import joinedload

from sratix_core.analytics import metrics
from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.catalog.draws import units_for
from sratix_core.catalog.hot import release
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.messages.service import queue
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.search import service as search
from sratix_core.tickets.issuing import sort_name
from sratix_core.tickets.keys import signing_key
from sratix_core.tickets.models import LIVE, Attendee, Ticket, TicketState
from sratix_core.tickets.terms import entry_of
from sratix_core.values import signing, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

LAST_EPOCH = 255


def payloads(ctx: TenantContext, event: Event, tickets: Iterable[Ticket]) -> dict[uuid.UUID, str]:
    """The signed code of every valid ticket, by ticket id. Ed25519 is deterministic: the same ticket, the same code."""
    valid = [t for t in tickets if t.state == TicketState.VALID]
    if not valid:
        return {}
    kid, private = signing_key(ctx, event.id)
    return {t.id: signing.sign_ticket(private, kid, t.epoch, event.id, t.id) for t in valid}


def ticket_by_id(ctx: TenantContext, event: Event, ticket_id: uuid.UUID) -> Ticket:
    """A ticket of this event with its holder and type. Raises `NotFound`."""
    ticket = ctx.db.scalar(
        select(Ticket)
        .where(Ticket.id == ticket_id, Ticket.event_id == event.id)
        .options(joinedload(Ticket.attendee), joinedload(Ticket.ticket_type), joinedload(Ticket.order))
    )
    if ticket is None:
        raise NotFound("ticket")
    return ticket


def rotate(ctx: TenantContext, ticket: Ticket) -> Ticket:
    """Give a valid ticket a new code and mail it; the old one admits nobody from this commit on (T4)."""
    if ticket.state != TicketState.VALID:
        raise Refused("ticket_state", state=ticket.state)
    if ticket.epoch >= LAST_EPOCH:
        raise Refused("ticket_rotations_used_up")
    result = ctx.db.execute(
        update(Ticket)
        .where(Ticket.id == ticket.id, Ticket.epoch == ticket.epoch, Ticket.state == TicketState.VALID)
        .values(epoch=ticket.epoch + 1, updated_at=ctx.clock.now()),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise Refused("ticket_changed")
    ctx.db.refresh(ticket)
    record(ctx, "ticket.rotated", "ticket", ticket.id, event_id=ticket.event_id, epoch=ticket.epoch)
    order = ticket.order
    queue(ctx, "tickets_resent", order.buyer_email, order.locale, order=order, again=True)
    return ticket


def rename(ctx: TenantContext, ticket: Ticket, name: str, email: str) -> Ticket:
    """Write who comes with a live ticket. Raises `Invalid` with `name`, `email`."""
    if ticket.state not in LIVE:
        raise Refused("ticket_state", state=ticket.state)
    fields: dict[str, str] = {}
    try:
        name, email = " ".join(text.clean(name, 160).split()), text.clean(email, 254).strip()
    except text.BadText as error:
        raise Invalid({"name": "unreadable"}) from error
    if not name:
        fields["name"] = "required"
    if email and not text.is_email(email):
        fields["email"] = "not_an_email"
    if fields:
        raise Invalid(fields)
    person = ctx.db.scalars(select(Attendee).where(Attendee.id == ticket.attendee_id)).one()
    person.name, person.email = name, text.normal_email(email) if email else ""
    person.fold, person.updated_at = sort_name(name), ctx.clock.now()
    ticket.fold = person.fold
    search.replace(ctx, entry_of(person, ticket.id, ticket.order.code))
    record(ctx, "ticket.renamed", "ticket", ticket.id, event_id=ticket.event_id)
    return ticket


def void(
    ctx: TenantContext,
    ticket: Ticket,
    reason: str,
    *,
    tell: bool = True,
    states: Sequence[TicketState] = LIVE,
) -> Ticket:
    """End one ticket that is in one of the `states` and give its units back; the holder of the order is told, unless the caller does it."""
    # The order first, as acts on orders and on picked tickets do: the mail below refers to it, and would wait for them.
    of_order = ctx.db.scalars(select(Order.state).where(Order.id == ticket.order_id).with_for_update()).one()
    before = ctx.db.scalars(select(Ticket.state).where(Ticket.id == ticket.id).with_for_update()).one()
    if of_order == OrderState.PAID and before == TicketState.RESERVED:
        raise Refused("difference_open")  # it took the place of another ticket, which would be lost with it
    result = ctx.db.execute(
        update(Ticket)
        .where(Ticket.id == ticket.id, Ticket.state.in_(states))
        .values(state=TicketState.VOID, voided_at=ctx.clock.now(), updated_at=ctx.clock.now()),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise Refused("ticket_state", state=ticket.state)
    ctx.db.refresh(ticket)
    release(ctx, units_for(ctx, {ticket.ticket_type_id: 1}))
    record(ctx, "ticket.voided", "ticket", ticket.id, event_id=ticket.event_id, reason=reason)
    figures = metrics.tickets_moved(before, TicketState.VOID, {ticket.ticket_type_id: 1})
    emit(ctx, "ticket.voided", "ticket", ticket.id, event_id=ticket.event_id, figures=figures)
    if tell:
        order, told = ticket.order, {"ticket_id": str(ticket.id)}
        queue(ctx, "ticket_voided", order.buyer_email, order.locale, order=order, data=told)
    return ticket
