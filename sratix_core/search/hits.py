"""One field over everything: the first hits among people, orders, organizations and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, selectinload

from sratix_core.checkin.models import Admission
from sratix_core.events.models import Event
from sratix_core.orders.models import Order
from sratix_core.organizations.models import Organization
from sratix_core.search.models import Kind
from sratix_core.search.queries import find
from sratix_core.search.terms import words
from sratix_core.tickets.models import LIVE, Ticket

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

SHOWN = 6
EVENTS_LOOKED_AT = 300
"""The newest; their names are few, so they are compared here."""


def people(ctx: TenantContext, typed: str) -> list[tuple[Ticket, str]]:
    """Live tickets of whom was meant, each with where its holder is: `expected`, `inside` or `left`."""
    hits = find(ctx, Kind.ATTENDEE, typed)
    if hits is None:
        return []
    query = (
        select(Ticket, Admission.inside)
        .outerjoin(Admission, and_(Admission.tenant_id == Ticket.tenant_id, Admission.ticket_id == Ticket.id))
        .where(Ticket.attendee_id.in_(hits.some), Ticket.state.in_(LIVE))
        .order_by(Ticket.fold, Ticket.id)
        .limit(SHOWN)
        .options(
            joinedload(Ticket.attendee),
            joinedload(Ticket.ticket_type),
            joinedload(Ticket.order).joinedload(Order.event),
        )
    )
    where = {None: "expected", True: "inside", False: "left"}
    return [(ticket, where[inside]) for ticket, inside in ctx.db.execute(query)]


def orders(ctx: TenantContext, typed: str) -> list[Order]:
    """Orders with their event and lines, the newest first."""
    hits = find(ctx, Kind.ORDER, typed)
    if hits is None:
        return []
    query = (
        select(Order)
        .where(Order.id.in_(hits.some))
        .order_by(Order.created_at.desc(), Order.id.desc())
        .limit(SHOWN)
        .options(joinedload(Order.event), selectinload(Order.lines))
    )
    return list(ctx.db.scalars(query))


def organizations(ctx: TenantContext, typed: str) -> list[Organization]:
    """Organizations that take part, by name."""
    hits = find(ctx, Kind.ORGANIZATION, typed)
    if hits is None:
        return []
    query = select(Organization).where(Organization.id.in_(hits.some))
    return list(ctx.db.scalars(query.order_by(Organization.fold, Organization.id).limit(SHOWN)))


def events(ctx: TenantContext, typed: str) -> list[Event]:
    """Events whose name has all the words, the newest first."""
    wanted = words(typed)
    rows = ctx.db.scalars(select(Event).order_by(Event.starts_at.desc()).limit(EVENTS_LOOKED_AT))
    return [row for row in rows if has(row.name, wanted)][:SHOWN]


def has(name: str, wanted: list[str]) -> bool:
    """Whether every word begins one of the name's."""
    known = words(name)
    return all(any(word.startswith(w) for word in known) for w in wanted)
