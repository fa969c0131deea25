"""Finding events and what belongs to them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from sratix_core.errors import NotFound
from sratix_core.events.models import Event, EventSession, EventStatus, SessionSpeaker, Venue
from sratix_core.tenancy.objects import Objects

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


BY_SLUG = Objects(Event, Event.slug == bindparam("of_slug"), with_one={"venue": ("venue_id", Venue)})


def event_by_slug(ctx: TenantContext, slug: str) -> Event:
    """Any event of the tenant. Raises `NotFound`."""
    event = BY_SLUG.one_or_none(ctx.db, {"in_tenant": ctx.tenant.id, "of_slug": slug})
    if event is None:
        raise NotFound("event")
    return event


def shown_event(ctx: TenantContext, slug: str) -> Event:
    """An event visitors may see: published or cancelled; a draft is as unknown as no event."""
    event = event_by_slug(ctx, slug)
    if event.status not in {EventStatus.PUBLISHED, EventStatus.CANCELLED}:
        raise NotFound("event")
    return event


def public_events(ctx: TenantContext) -> list[Event]:
    """Published public events that are not over, the next one first."""
    return list(
        ctx.db.scalars(
            select(Event)
            .where(Event.status == EventStatus.PUBLISHED, Event.is_public, Event.ends_at >= ctx.clock.now())
            .order_by(Event.starts_at, Event.id)
            .limit(100)
        )
    )


def list_events(ctx: TenantContext, only: Collection[uuid.UUID] | None = None) -> list[Event]:
    """All events of the tenant, or `only` some of them, the latest first."""
    wanted = select(Event).order_by(Event.starts_at.desc(), Event.id).limit(200)
    return list(ctx.db.scalars(wanted if only is None else wanted.where(Event.id.in_(only))))


PROGRAMME = (
    select(EventSession)
    .where(EventSession.event_id == bindparam("of_event"))
    .order_by(EventSession.starts_at, EventSession.track, EventSession.id)
    .options(selectinload(EventSession.appearances).selectinload(SessionSpeaker.speaker))
)


def sessions_of(ctx: TenantContext, event: Event) -> list[EventSession]:
    """The programme in order, with speakers; three statements."""
    return list(ctx.db.scalars(PROGRAMME, {"of_event": event.id}))


def venues(ctx: TenantContext) -> list[Venue]:
    """The tenant's venues by name."""
    return list(ctx.db.scalars(select(Venue).order_by(Venue.name, Venue.id)))


def localized(thing: Any, field: str, locale: str) -> str:
    """`field` of an event, session or ticket type in `locale`, falling back to the language it was written in."""
    texts: Mapping[str, Any] = thing.texts or {}
    value = (texts.get(locale.split("_")[0].split("-")[0]) or {}).get(field)
    return str(value) if value else str(getattr(thing, field))


def past_events(ctx: TenantContext, limit: int = 12) -> list[Event]:
    """Published public events that are over, the latest first."""
    return list(
        ctx.db.scalars(
            select(Event)
            .where(Event.status == EventStatus.PUBLISHED, Event.is_public, Event.ends_at < ctx.clock.now())
            .order_by(Event.ends_at.desc(), Event.id)
            .limit(limit)
        )
    )
