"""Changing what is for sale: ticket types, pools, and which type draws on which pool."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, func, select, update

from sratix_core.audit.service import record
from sratix_core.catalog.draws import change_links
from sratix_core.catalog.hot import exchange
from sratix_core.catalog.models import (
    CapacityPool,
    PoolKind,
    TicketType,
    TicketTypePool,
    TypeStatus,
    Visibility,
)
from sratix_core.catalog.selling import check_sells
from sratix_core.checkout.models import Cart, CartLine, CartState
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.pricing.rules import TypeRules, faults_of, stored
from sratix_core.tickets.models import HOLDING, Ticket
from sratix_core.values import text
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

LARGEST_POOL = 1_000_000
AS_LISTED = TypeRules()


@dataclass(frozen=True)
class TypeDraft:
    """A ticket type as typed, times already in UTC. `capacity` becomes a pool of its own; `pool_ids` are shared ones."""

    name: str
    price: Money
    description: str = ""
    capacity: int | None = None
    pool_ids: tuple[uuid.UUID, ...] = ()
    sales_start: datetime | None = None
    sales_end: datetime | None = None
    min_per_order: int = 1
    max_per_order: int = 10
    max_per_buyer: int | None = None
    status: str = TypeStatus.ACTIVE
    visibility: str = Visibility.PUBLIC
    is_addon: bool = False
    position: int = 0
    texts: dict[str, Any] = field(default_factory=dict)
    rules: TypeRules = AS_LISTED


def _columns(event: Event, draft: TypeDraft) -> dict[str, Any]:
    fields: dict[str, str] = {}
    columns: dict[str, Any] = {}
    for name, most in (("name", 120), ("description", 400)):
        try:
            columns[name] = " ".join(text.clean(getattr(draft, name), most).split())
        except text.BadText:
            fields[name] = "too_long" if len(getattr(draft, name)) > most else "unreadable"
    if not columns.get("name") and "name" not in fields:
        fields["name"] = "required"
    if draft.price.currency != event.currency:
        fields["price"] = "other_currency"
    if not 0 <= draft.price.minor <= 10**12:
        fields["price"] = "price_out_of_range"
    if draft.sales_start and draft.sales_end and draft.sales_end <= draft.sales_start:
        fields["sales_end"] = "ends_before_start"
    if not 1 <= draft.min_per_order <= draft.max_per_order <= 100:
        fields["max_per_order"] = "limits_out_of_order"
    if draft.max_per_buyer is not None and not 1 <= draft.max_per_buyer <= 1000:
        fields["max_per_buyer"] = "range"
    if draft.capacity is not None and not 0 <= draft.capacity <= LARGEST_POOL:
        fields["capacity"] = "range"
    if draft.status not in list(TypeStatus) or draft.visibility not in list(Visibility):
        fields["status"] = "unknown_choice"
    fields |= faults_of(draft.rules, draft.capacity is not None, draft.price.minor)
    if fields:
        raise Invalid(fields)
    columns["pricing"] = stored(draft.rules)
    for name in ("sales_start", "sales_end", "min_per_order", "max_per_order", "max_per_buyer"):
        columns[name] = getattr(draft, name)
    for name in ("status", "visibility", "is_addon", "position", "texts"):
        columns[name] = getattr(draft, name)
    return {**columns, "price_minor": draft.price.minor, "currency": draft.price.currency}


def save_ticket_type(
    ctx: TenantContext, event: Event, draft: TypeDraft, ticket_type: TicketType | None = None
) -> TicketType:
    """Create a ticket type or write over one. Prices of carts and orders that exist stay as they are. Raises `Invalid`."""
    columns = _columns(event, draft)
    check_sells(ctx, draft, ticket_type, _units_out)
    now = ctx.clock.now()
    if ticket_type is None:
        ticket_type = TicketType(
            id=ctx.ids.new(), event_id=event.id, created_at=now, updated_at=now, **columns
        )
        ctx.db.add(ticket_type)
    else:
        change_links(ctx)
        for name, value in columns.items():
            setattr(ticket_type, name, value)
        ticket_type.updated_at = now
    ctx.db.flush()
    _own_pool(ctx, event, ticket_type, draft.capacity)
    _link(ctx, event, ticket_type, set(draft.pool_ids))
    record(
        ctx, "ticket_type.saved", "ticket_type", ticket_type.id, event_id=event.id, price=draft.price.minor
    )
    return ticket_type


def own_pool(ctx: TenantContext, ticket_type: TicketType) -> CapacityPool | None:
    """The pool that only this type draws on, None when it has no limit of its own."""
    return ctx.db.scalar(
        select(CapacityPool)
        .join(
            TicketTypePool,
            (TicketTypePool.tenant_id == CapacityPool.tenant_id)
            & (TicketTypePool.pool_id == CapacityPool.id),
        )
        .where(TicketTypePool.ticket_type_id == ticket_type.id, CapacityPool.kind == PoolKind.TICKET_TYPE)
    )


def _own_pool(ctx: TenantContext, event: Event, ticket_type: TicketType, capacity: int | None) -> None:
    pool = own_pool(ctx, ticket_type)
    if pool is None and capacity is not None:
        pool = create_pool(ctx, event, PoolKind.TICKET_TYPE, ticket_type.name, capacity)
        _draw_on(ctx, ticket_type, {pool.id}, set())
    elif pool is not None and capacity is not None:
        set_capacity(ctx, event, pool, capacity)
        pool.name = ticket_type.name
    elif pool is not None:
        _draw_on(ctx, ticket_type, set(), {pool.id})
        ctx.db.delete(pool)


def _link(ctx: TenantContext, event: Event, ticket_type: TicketType, pool_ids: set[uuid.UUID]) -> None:
    """Make the shared pools of a type exactly `pool_ids`."""
    shared = select(CapacityPool.id).where(
        CapacityPool.event_id == event.id, CapacityPool.kind != PoolKind.TICKET_TYPE
    )
    if pool_ids - set(ctx.db.scalars(shared)):
        raise Invalid({"pools": "unknown_choice"})
    now_linked = set(
        ctx.db.scalars(
            select(TicketTypePool.pool_id).where(
                TicketTypePool.ticket_type_id == ticket_type.id, TicketTypePool.pool_id.in_(shared)
            )
        )
    )
    _draw_on(ctx, ticket_type, pool_ids - now_linked, now_linked - pool_ids)


def _units_out(ctx: TenantContext, ticket_type: TicketType) -> int:
    """Units of a type that are held or sold. One statement: an order placed meanwhile must not count as both."""
    held = (
        select(func.coalesce(func.sum(CartLine.quantity), 0))
        .join(Cart, (Cart.tenant_id == CartLine.tenant_id) & (Cart.id == CartLine.cart_id))
        .where(CartLine.ticket_type_id == ticket_type.id, Cart.state == CartState.OPEN)
        .scalar_subquery()
    )
    sold = (
        select(func.count(Ticket.id))
        .where(Ticket.ticket_type_id == ticket_type.id, Ticket.state.in_(HOLDING))
        .scalar_subquery()
    )
    return int(ctx.db.scalars(select(held + sold)).one())


def _draw_on(
    ctx: TenantContext, ticket_type: TicketType, joined: set[uuid.UUID], parted: set[uuid.UUID]
) -> None:
    """Link pools and leave others; what is held or sold moves along. Raises `SoldOut` where a pool cannot take it."""
    if not joined and not parted:
        return
    if out := _units_out(ctx, ticket_type):
        exchange(ctx, dict.fromkeys(parted, out), dict.fromkeys(joined, out))
    links = select(TicketTypePool).where(
        TicketTypePool.ticket_type_id == ticket_type.id, TicketTypePool.pool_id.in_(parted)
    )
    for link in ctx.db.scalars(links):
        ctx.db.delete(link)
    for pool_id in sorted(joined):
        ctx.db.add(TicketTypePool(id=ctx.ids.new(), ticket_type_id=ticket_type.id, pool_id=pool_id))
    ctx.db.flush()


def create_pool(
    ctx: TenantContext,
    event: Event,
    kind: PoolKind,
    name: str,
    capacity: int,
    session_id: uuid.UUID | None = None,
) -> CapacityPool:
    """A pool of units. Raises `Invalid`."""
    try:
        name = " ".join(text.clean(name, 120).split())
    except text.BadText as error:
        raise Invalid({"name": "unreadable"}) from error
    if not name:
        raise Invalid({"name": "required"})
    if not 0 <= capacity <= LARGEST_POOL:
        raise Invalid({"capacity": "range"})
    pool = CapacityPool(
        id=ctx.ids.new(),
        event_id=event.id,
        session_id=session_id,
        kind=kind,
        name=name,
        capacity=capacity,
        taken=0,
        updated_at=ctx.clock.now(),
    )
    ctx.db.add(pool)
    ctx.db.flush()
    record(ctx, "pool.created", "pool", pool.id, event_id=event.id, capacity=capacity)
    return pool


def set_capacity(ctx: TenantContext, event: Event, pool: CapacityPool, capacity: int) -> CapacityPool:
    """Raise or lower a pool. Lowering under what is taken raises `Refused("capacity_taken")`; a sale in between counts."""
    if not 0 <= capacity <= LARGEST_POOL:
        raise Invalid({"capacity": "range"})
    if capacity == pool.capacity:
        return pool
    result = ctx.db.execute(
        update(CapacityPool)
        .where(CapacityPool.id == pool.id, CapacityPool.taken <= capacity)
        .values(capacity=capacity, updated_at=ctx.clock.now()),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(result, CursorResult)
    ctx.db.refresh(pool)
    if result.rowcount != 1:
        raise Refused("capacity_taken", name=pool.name, taken=pool.taken, capacity=capacity)
    record(ctx, "pool.resized", "pool", pool.id, event_id=event.id, capacity=capacity)
    return pool


def ticket_type_by_id(ctx: TenantContext, event: Event, type_id: uuid.UUID) -> TicketType:
    """A type of this event. Raises `NotFound`."""
    found = ctx.db.scalar(select(TicketType).where(TicketType.id == type_id, TicketType.event_id == event.id))
    if found is None:
        raise NotFound("ticket_type")
    return found


def types_of(ctx: TenantContext, event: Event) -> list[TicketType]:
    """An event's ticket types in their order."""
    mine = select(TicketType).where(TicketType.event_id == event.id)
    return list(ctx.db.scalars(mine.order_by(TicketType.position, TicketType.id)))


def pools_of(ctx: TenantContext, event: Event) -> list[CapacityPool]:
    """All pools of an event by kind and name."""
    return list(
        ctx.db.scalars(
            select(CapacityPool)
            .where(CapacityPool.event_id == event.id)
            .order_by(CapacityPool.kind, CapacityPool.name, CapacityPool.id)
        )
    )


def pool_by_id(ctx: TenantContext, event: Event, pool_id: uuid.UUID) -> CapacityPool:
    """A pool of this event. Raises `NotFound`."""
    found = ctx.db.scalar(
        select(CapacityPool).where(CapacityPool.id == pool_id, CapacityPool.event_id == event.id)
    )
    if found is None:
        raise NotFound("pool")
    return found
