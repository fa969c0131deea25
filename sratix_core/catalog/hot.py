"""Claiming and returning units: the two statements every sale stands on (D7); and what an event's page asks each time.

Prebuilt, and judged by the compiled proof.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from sqlalchemy import BindParameter, Table, and_, bindparam, select, update

from sratix_core.catalog.models import CapacityPool, TicketType
from sratix_core.errors import Refused
from sratix_core.events.models import ContentVersion, Event
from sratix_core.tenancy.glance import Glance
from sratix_core.tenancy.prebuilt import Prebuilt

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

POOLS = cast("Table", CapacityPool.__table__)
_mine = (POOLS.c.tenant_id == bindparam("in_tenant"), POOLS.c.id == bindparam("of_pool"))
_units: BindParameter[int] = bindparam("units")

CLAIM = Prebuilt(
    update(POOLS)
    .where(*_mine, POOLS.c.taken + _units <= POOLS.c.capacity)
    .values(taken=POOLS.c.taken + _units, updated_at=bindparam("at"))
)
RELEASE = Prebuilt(
    update(POOLS)
    .where(*_mine, POOLS.c.taken >= _units)
    .values(taken=POOLS.c.taken - _units, updated_at=bindparam("at"))
)
LEFT = Prebuilt(select(POOLS.c.name, POOLS.c.capacity - POOLS.c.taken).where(*_mine))

EVENTS, VERSIONS = cast("Table", Event.__table__), cast("Table", ContentVersion.__table__)
OF_SLUG = (EVENTS.c.tenant_id == bindparam("in_tenant"), EVENTS.c.slug == bindparam("of_slug"))
WITH_VERSION = EVENTS.outerjoin(
    VERSIONS, and_(VERSIONS.c.tenant_id == EVENTS.c.tenant_id, VERSIONS.c.id == uuid.UUID(int=0))
)
KNOWN = Glance(select(EVENTS.c.id, VERSIONS.c.version).select_from(WITH_VERSION).where(*OF_SLUG))
"""An event's id and the version of the tenant's content."""

LIVE = Glance(
    select(
        EVENTS.c.id,
        VERSIONS.c.version,
        POOLS.c.id.label("pool_id"),
        POOLS.c.session_id,
        POOLS.c.capacity,
        POOLS.c.taken,
        POOLS.c.kind,
    )
    .select_from(
        WITH_VERSION.outerjoin(
            POOLS, and_(POOLS.c.tenant_id == EVENTS.c.tenant_id, POOLS.c.event_id == EVENTS.c.id)
        )
    )
    .where(*OF_SLUG)
)
"""A row for each pool of an event, one without a pool where it has none: its id, the content version, what is taken."""

TYPES = cast("Table", TicketType.__table__)
_names = Prebuilt(
    select(TYPES.c.id, TYPES.c.name)
    .where(TYPES.c.tenant_id == bindparam("in_tenant"), TYPES.c.event_id == bindparam("of_event"))
    .order_by(TYPES.c.position, TYPES.c.id)
)


def names_of(ctx: TenantContext, event_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """What an event's ticket types are called, in their order."""
    found = _names.all(ctx.db, {"in_tenant": ctx.tenant.id, "of_event": event_id})
    return dict(found)


Units = Mapping[uuid.UUID, int]
"""Units by pool id."""


class SoldOut(Refused):
    """`pool` is the pool's id, `name` its name, `left` what it still had when the claim failed."""

    code = "sold_out"


NONE: Units = {}


def exchange(ctx: TenantContext, back: Units, wanted: Units) -> None:
    """Give units back and take others, all or none: the caller's transaction rolls back on `SoldOut`.

    Pools are touched once per transaction, in the order of their ids, the same for everybody: two carts cannot wait for
    each other. Raises `RuntimeError` when a pool would fall below zero: that is a defect, never a user's doing.
    """
    at = ctx.clock.now()
    for pool_id in sorted({*back, *wanted}):
        bound = {"in_tenant": ctx.tenant.id, "of_pool": pool_id}
        if pool_id in back and not RELEASE.count(ctx.db, {**bound, "units": back[pool_id], "at": at}):
            raise RuntimeError(f"pool {pool_id} would fall below zero")
        if pool_id in wanted and not CLAIM.count(ctx.db, {**bound, "units": wanted[pool_id], "at": at}):
            row = LEFT.one_or_none(ctx.db, bound)
            raise SoldOut(
                wanted=wanted[pool_id],
                pool=pool_id,
                name=row[0] if row else "",
                left=max(0, row[1]) if row else 0,
            )


def claim(ctx: TenantContext, units: Units) -> None:
    """Take units of several pools, all or none. Raises `SoldOut`."""
    exchange(ctx, NONE, units)


def release(ctx: TenantContext, units: Units) -> None:
    """Give units of several pools back."""
    exchange(ctx, units, NONE)
