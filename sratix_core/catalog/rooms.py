"""The places of a session: a pool of its own that ticket types can draw on."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.catalog.models import CapacityPool, PoolKind, TicketTypePool
from sratix_core.catalog.service import create_pool, set_capacity
from sratix_core.errors import Refused

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event, EventSession


def session_pools(ctx: TenantContext, event: Event) -> dict[uuid.UUID, CapacityPool]:
    """The pools of an event's sessions, by session id."""
    rows = ctx.db.scalars(
        select(CapacityPool).where(CapacityPool.event_id == event.id, CapacityPool.session_id.is_not(None))
    )
    return {p.session_id: p for p in rows if p.session_id is not None}


def pools_of_sessions(ctx: TenantContext, session_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, CapacityPool]:
    """The pools of these sessions, by session id."""
    rows = (
        ctx.db.scalars(select(CapacityPool).where(CapacityPool.session_id.in_(session_ids)))
        if session_ids
        else ()
    )
    return {p.session_id: p for p in rows if p.session_id is not None}


def pool_of_session(ctx: TenantContext, session: EventSession) -> CapacityPool | None:
    """The session's pool, None where nothing limits it."""
    return ctx.db.scalar(select(CapacityPool).where(CapacityPool.session_id == session.id))


def set_session_capacity(
    ctx: TenantContext, event: Event, session: EventSession, capacity: int | None
) -> None:
    """Give a session a number of places, change it, or lift the limit. A pool that tickets draw on cannot be lifted."""
    pool = pool_of_session(ctx, session)
    if pool is None and capacity is not None:
        create_pool(ctx, event, PoolKind.SESSION, session.title[:120], capacity, session.id)
    elif pool is not None and capacity is not None:
        set_capacity(ctx, event, pool, capacity)
    elif pool is not None:
        _must_be_unused(ctx, pool)
        ctx.db.delete(pool)
        ctx.db.flush()


def keep_pool(ctx: TenantContext, session: EventSession) -> None:
    """Before a session goes: its pool goes with it, or stays as a shared one where ticket types draw on it."""
    pool = pool_of_session(ctx, session)
    if pool is None:
        return
    if _is_used(ctx, pool):
        pool.session_id, pool.kind = None, PoolKind.SHARED
    else:
        ctx.db.delete(pool)
    ctx.db.flush()


def _is_used(ctx: TenantContext, pool: CapacityPool) -> bool:
    return (
        ctx.db.scalar(select(TicketTypePool.id).where(TicketTypePool.pool_id == pool.id).limit(1)) is not None
    )


def _must_be_unused(ctx: TenantContext, pool: CapacityPool) -> None:
    if _is_used(ctx, pool):
        raise Refused("pool_in_use", name=pool.name)
