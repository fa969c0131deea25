"""The pools of units that ticket types draw on."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select

from sratix_core.accounts.permissions import EVENT_EDIT
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import Count, picked
from sratix_core.catalog.models import CapacityPool, PoolKind
from sratix_core.catalog.service import create_pool, pool_by_id, set_capacity

TAG = "Tickets for sale"


class PoolOut(msgspec.Struct):
    """Units that can be taken. `kind` says whose: the event's, a session's, one ticket type's, or shared."""

    id: uuid.UUID
    name: str
    kind: PoolKind
    session_id: uuid.UUID | None
    capacity: int
    taken: int
    updated_at: datetime


class PoolIn(msgspec.Struct, forbid_unknown_fields=True):
    """A pool that several ticket types can draw on."""

    name: str
    capacity: Count


class PoolPatch(msgspec.Struct, forbid_unknown_fields=True):
    capacity: Count


@endpoint(
    "GET",
    EVENT + "/capacity-pools",
    EVENT_EDIT,
    "List capacity pools by name",
    tag=TAG,
    query=ListQuery,
    answers=page_of(PoolOut),
)
def list_capacity_pools(call: Call) -> Any:
    query = select(CapacityPool).where(CapacityPool.event_id == call.event.id)

    def convert(rows: Sequence[CapacityPool]) -> list[PoolOut]:
        return [picked(p, PoolOut) for p in rows]

    return page(call, query, Sort(CapacityPool.name, CapacityPool.id, str), convert)


@endpoint(
    "POST",
    EVENT + "/capacity-pools",
    EVENT_EDIT,
    "Add a shared capacity pool",
    tag=TAG,
    body=PoolIn,
    answers=PoolOut,
    status=201,
)
def create_capacity_pool(call: Call) -> Any:
    pool = create_pool(call.ctx, call.event, PoolKind.SHARED, call.body.name, call.body.capacity)
    call.created(pool.id)
    return picked(pool, PoolOut)


@endpoint("GET", EVENT + "/capacity-pools/{pool}", EVENT_EDIT, "One capacity pool", tag=TAG, answers=PoolOut)
def get_capacity_pool(call: Call) -> Any:
    return picked(pool_by_id(call.ctx, call.event, call.id("pool")), PoolOut)


@endpoint(
    "PATCH",
    EVENT + "/capacity-pools/{pool}",
    EVENT_EDIT,
    "Raise or lower a capacity pool",
    tag=TAG,
    body=PoolPatch,
    answers=PoolOut,
    errors=("capacity_taken",),
)
def change_capacity_pool(call: Call) -> Any:
    pool = pool_by_id(call.ctx, call.event, call.id("pool"))
    return picked(set_capacity(call.ctx, call.event, pool, call.body.capacity), PoolOut)
