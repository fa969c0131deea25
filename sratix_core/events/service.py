"""Making events and moving them through their life-cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.catalog.models import TicketType
from sratix_core.checkin.models import Gate
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.drafts import CheckedDraft, EventDraft, check
from sratix_core.events.models import Event, EventStatus, Venue
from sratix_core.events.states import MOVES
from sratix_core.tickets.keys import make_key

if TYPE_CHECKING:
    import uuid

    from sratix_core.context import TenantContext


def create_event(ctx: TenantContext, draft: EventDraft) -> Event:
    """A draft event with its signing key and one gate. Raises `Invalid`."""
    checked = check(draft)
    _check_references(ctx, checked, None)
    now = ctx.clock.now()
    event = Event(
        id=ctx.ids.new(), status=EventStatus.DRAFT, created_at=now, updated_at=now, **checked.columns
    )
    ctx.db.add(event)
    ctx.db.flush()
    make_key(ctx, event.id)
    ctx.db.add(Gate(id=ctx.ids.new(), event_id=event.id, name="Main entrance", position=0))
    record(ctx, "event.created", "event", event.id, event_id=event.id)
    ctx.db.flush()
    return event


def update_event(ctx: TenantContext, event: Event, draft: EventDraft) -> Event:
    """Write a changed draft over an event. The currency stays once a ticket type has a price in it."""
    checked = check(draft)
    _check_references(ctx, checked, event)
    if checked.columns["currency"] != event.currency and has_types(ctx, event):
        raise Invalid({"currency": "currency_fixed"})
    for name, value in checked.columns.items():
        setattr(event, name, value)
    event.updated_at = ctx.clock.now()
    record(ctx, "event.updated", "event", event.id, event_id=event.id)
    emit(ctx, "event.updated", "event", event.id, event_id=event.id)
    ctx.db.flush()
    return event


def has_types(ctx: TenantContext, event: Event) -> bool:
    """Whether the event sells anything yet; its currency is fixed from then on."""
    return ctx.db.scalar(select(TicketType.id).where(TicketType.event_id == event.id).limit(1)) is not None


def _check_references(ctx: TenantContext, checked: CheckedDraft, event: Event | None) -> None:
    columns = checked.columns
    other = select(Event.id).where(Event.slug == columns["slug"])
    if event is not None:
        other = other.where(Event.id != event.id)
    if ctx.db.scalar(other) is not None:
        raise Invalid({"slug": "slug_taken"})
    if columns["venue_id"] is not None and ctx.db.get(Venue, columns["venue_id"]) is None:
        raise Invalid({"venue_id": "unknown_choice"})


def move(ctx: TenantContext, event: Event, target: EventStatus) -> Event:
    """One step of the life-cycle. Publishing needs a ticket type; moves that do not exist raise `Refused`."""
    row = ctx.db.scalars(
        select(Event)
        .where(Event.id == event.id)
        .with_for_update(of=Event, key_share=True)  # sales go on meanwhile: their rows only point at this one
        .execution_options(populate_existing=True)
    ).one()
    before = EventStatus(row.status)
    if target not in MOVES[before]:
        raise Refused("event_state", state=before.value, target=target.value)
    if target == EventStatus.PUBLISHED and not has_types(ctx, row):
        raise Refused("event_needs_ticket_type")
    row.status, row.updated_at = target, ctx.clock.now()
    if target == EventStatus.PUBLISHED and row.published_at is None:
        row.published_at = row.updated_at
    record(ctx, f"event.{target.value}", "event", row.id, event_id=row.id)
    emit(ctx, f"event.{target.value}", "event", row.id, event_id=row.id)
    ctx.db.flush()
    return row


def venue_by_id(ctx: TenantContext, venue_id: uuid.UUID) -> Venue:
    """Raises `NotFound`."""
    venue: Venue | None = ctx.db.get(Venue, venue_id)
    if venue is None:
        raise NotFound("venue")
    return venue
