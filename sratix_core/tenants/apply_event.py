"""One event of a tenant's folder: the event, its gates, what is sold and on which pools it draws, then its state."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.catalog.models import CapacityPool, PoolKind, TicketType, TicketTypePool, TypeStatus
from sratix_core.catalog.rooms import pool_of_session, set_session_capacity
from sratix_core.catalog.service import (
    TypeDraft,
    create_pool,
    own_pool,
    pools_of,
    save_ticket_type,
    set_capacity,
)
from sratix_core.checkin.doors import add_gate
from sratix_core.checkin.queries import gates
from sratix_core.events.drafts import EventDraft, check
from sratix_core.events.models import Event, EventSession, EventStatus
from sratix_core.events.service import create_event, move, update_event
from sratix_core.pricing.rules import TypeRules, rules_of
from sratix_core.tenants.apply_programme import apply_programme
from sratix_core.tenants.parts import EventPart, TypePart
from sratix_core.values.locale import local_to_utc
from sratix_core.values.money import parse_money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

MADE_WITH_THE_EVENT = "Main entrance"


def apply_event(
    ctx: TenantContext, part: EventPart, venue_id: uuid.UUID | None, hero: uuid.UUID | None, said: list[str]
) -> Event:
    """Raises what the rooms raise for values they refuse."""
    event = _event(ctx, part, venue_id, said)
    if hero is not None and event.hero_file_id != hero:
        event.hero_file_id = hero
        said.append(f"{part.slug}: picture")
    _gates(ctx, event, part, said)
    sessions = apply_programme(ctx, event, part, said)
    pools = {}
    for pool in part.pools:
        pools[pool.name] = _pool(ctx, event, PoolKind(pool.kind), pool.name, pool.capacity, said)
    for session in part.sessions:
        if session.seats is not None:
            pools[session.title] = _seats(ctx, event, sessions[session.title], session.seats, said)
    for position, kind in enumerate(part.ticket_types):
        _ticket_type(ctx, event, kind, position, tuple(pools[name] for name in kind.pools), said)
    if part.status == "published" and event.status == EventStatus.DRAFT:
        move(ctx, event, EventStatus.PUBLISHED)
        said.append(f"{part.slug}: published")
    ctx.db.flush()
    return event


def _event(ctx: TenantContext, part: EventPart, venue_id: uuid.UUID | None, said: list[str]) -> Event:
    event: Event | None = ctx.db.scalar(select(Event).where(Event.slug == part.slug))
    draft = EventDraft(
        name=part.name,
        slug=part.slug,
        starts=part.starts,
        ends=part.ends,
        timezone=ctx.tenant.timezone,
        currency=ctx.tenant.currency,
        tagline=part.tagline,
        description=part.description,
        venue_id=venue_id,
        is_public=part.is_public,
        reentry_allowed=part.reentry_allowed,
        exit_scans=part.exit_scans,
        texts={code: {k: v.strip() for k, v in words.items()} for code, words in part.texts.items()},
    )
    if event is None:
        said.append(f"event {part.slug}")
        return create_event(ctx, draft)
    if any(getattr(event, name) != value for name, value in check(draft).columns.items()):
        said.append(f"event {part.slug}")
        return update_event(ctx, event, draft)
    return event


def _gates(ctx: TenantContext, event: Event, part: EventPart, said: list[str]) -> None:
    """The gate that comes with an event takes the first name; the others are added."""
    known = {gate.name: gate for gate in gates(ctx, event)}
    spare = None if MADE_WITH_THE_EVENT in part.gates else known.get(MADE_WITH_THE_EVENT)
    for name in part.gates:
        if name in known:
            continue
        if spare is not None:
            spare.name, spare = name, None
            ctx.db.flush()
        else:
            add_gate(ctx, event, name)
        said.append(f"{part.slug}: gate {name}")


def _pool(
    ctx: TenantContext, event: Event, kind: PoolKind, name: str, capacity: int, said: list[str]
) -> uuid.UUID:
    for pool in pools_of(ctx, event):
        if pool.name == name and pool.kind == kind:
            if pool.capacity != capacity:
                set_capacity(ctx, event, pool, capacity)
                said.append(f"{event.slug}: pool {name}")
            return pool.id
    said.append(f"{event.slug}: pool {name}")
    return create_pool(ctx, event, kind, name, capacity).id


def _seats(ctx: TenantContext, event: Event, session: EventSession, seats: int, said: list[str]) -> uuid.UUID:
    pool = pool_of_session(ctx, session)
    if pool is None or pool.capacity != seats:
        set_session_capacity(ctx, event, session, seats)
        said.append(f"{event.slug}: seats of {session.title}")
        pool = pool_of_session(ctx, session)
    assert pool is not None
    return pool.id


def _ticket_type(
    ctx: TenantContext,
    event: Event,
    part: TypePart,
    position: int,
    pool_ids: tuple[uuid.UUID, ...],
    said: list[str],
) -> None:
    known: TicketType | None = ctx.db.scalar(
        select(TicketType).where(TicketType.event_id == event.id, TicketType.name == part.name)
    )
    draft = TypeDraft(
        name=part.name,
        price=parse_money(part.price, event.currency),
        description=" ".join(part.description.split()),
        capacity=part.capacity,
        pool_ids=pool_ids,
        sales_start=_moment(part.sales_start, event),
        sales_end=_moment(part.sales_end, event),
        min_per_order=part.min_per_order,
        max_per_order=part.max_per_order,
        max_per_buyer=part.max_per_buyer,
        # A sale that somebody paused in the dashboard stays paused.
        status=TypeStatus.ACTIVE if known is None else known.status,
        visibility=part.visibility,
        is_addon=part.is_addon,
        position=position,
        texts=part.texts,
        # What the dashboard says about early prices and taxes stays: a folder has no words for it.
        rules=TypeRules() if known is None else rules_of(known),
    )
    if known is None or _differs(ctx, known, draft):
        said.append(f"{event.slug}: ticket type {part.name}")
        save_ticket_type(ctx, event, draft, known)


def _moment(local: datetime | None, event: Event) -> datetime | None:
    return None if local is None else local_to_utc(local, event.timezone)


def _differs(ctx: TenantContext, known: TicketType, draft: TypeDraft) -> bool:
    same = ("description", "sales_start", "sales_end", "min_per_order", "max_per_order", "max_per_buyer")
    if any(
        getattr(known, n) != getattr(draft, n) for n in (*same, "visibility", "is_addon", "position", "texts")
    ):
        return True
    own = own_pool(ctx, known)
    linked = ctx.db.scalars(
        select(TicketTypePool.pool_id)
        .join(
            CapacityPool,
            (CapacityPool.tenant_id == TicketTypePool.tenant_id)
            & (CapacityPool.id == TicketTypePool.pool_id),
        )
        .where(TicketTypePool.ticket_type_id == known.id, CapacityPool.kind != PoolKind.TICKET_TYPE)
    )
    return (
        known.price_minor != draft.price.minor
        or (own.capacity if own else None) != draft.capacity
        or set(linked) != set(draft.pool_ids)
    )
