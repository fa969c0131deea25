"""What can be bought now, at what price, and how much of it is left."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from sratix_core.catalog.models import (
    CapacityPool,
    PoolKind,
    TicketType,
    TicketTypePool,
    TypeStatus,
    Visibility,
)
from sratix_core.pricing.rules import Step, rules_of, step_at
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


class OfferState(StrEnum):
    ON_SALE = "on_sale"
    SOLD_OUT = "sold_out"
    NOT_YET = "not_yet"
    ENDED = "ended"
    PAUSED = "paused"


@dataclass(frozen=True)
class Offer:
    """One ticket type as the shop shows it. `left` is None where nothing limits it; `max_quantity` is 0 unless on sale."""

    ticket_type: TicketType
    price: Money
    left: int | None
    capacity: int | None
    state: OfferState
    max_quantity: int
    list_price: Money
    step: Step | None = None
    """What makes the price another than the list's at this moment."""

    @property
    def scarce(self) -> bool:
        """Few left: at most ten, or at most one in ten."""
        return (
            self.left is not None
            and self.left > 0
            and (self.left <= 10 or self.left * 10 <= (self.capacity or 0))
        )


def state_at(ticket_type: TicketType, left: int | None, now: datetime) -> OfferState:
    """The windows are half open: on sale from `sales_start` until just before `sales_end`."""
    if ticket_type.status != TypeStatus.ACTIVE:
        return OfferState.PAUSED
    if ticket_type.sales_end is not None and now >= ticket_type.sales_end:
        return OfferState.ENDED
    if left == 0:
        return OfferState.SOLD_OUT
    if ticket_type.sales_start is not None and now < ticket_type.sales_start:
        return OfferState.NOT_YET
    return OfferState.ON_SALE


TYPES = (
    select(TicketType)
    .where(TicketType.event_id == bindparam("of_event"))
    .order_by(TicketType.position, TicketType.name, TicketType.id)
)
ROOM = (
    select(TicketTypePool.ticket_type_id, CapacityPool.capacity, CapacityPool.taken, CapacityPool.kind)
    .join(
        CapacityPool,
        (CapacityPool.tenant_id == TicketTypePool.tenant_id) & (CapacityPool.id == TicketTypePool.pool_id),
    )
    .where(CapacityPool.event_id == bindparam("of_event"))
)


def offers(
    ctx: TenantContext, event: Event, *, also: frozenset[uuid.UUID] = frozenset(), staff: bool = False
) -> list[Offer]:
    """All offers of an event in their order, two statements. `also` names link-only types to include."""
    types = list(ctx.db.scalars(TYPES, {"of_event": event.id}))
    room: dict[uuid.UUID, list[tuple[int, int]]] = defaultdict(list)
    gone: dict[uuid.UUID, int] = {}
    for type_id, capacity, taken, kind in ctx.db.execute(ROOM, {"of_event": event.id}):
        room[type_id].append((capacity - taken, capacity))
        if kind == PoolKind.TICKET_TYPE:
            gone[type_id] = taken
    now = ctx.clock.now()
    return [
        offer_of(t, room[t.id], now, gone.get(t.id, 0))
        for t in types
        if staff or t.visibility == Visibility.PUBLIC or t.id in also
    ]


def offer_of(ticket_type: TicketType, room: list[tuple[int, int]], now: datetime, gone: int = 0) -> Offer:
    """The offer of one type; `room` is (left, capacity) of each pool it draws on, `gone` what its own pool has given."""
    step = step_at(rules_of(ticket_type).steps, gone, now)
    price = ticket_type.price_minor if step is None else step.price_minor
    left, capacity = min(room) if room else (None, None)
    state = state_at(ticket_type, left, now)
    most = ticket_type.max_per_order if left is None else min(ticket_type.max_per_order, left)
    return Offer(
        ticket_type=ticket_type,
        price=Money(price, ticket_type.currency),
        left=left,
        capacity=capacity,
        state=state,
        max_quantity=most if state == OfferState.ON_SALE else 0,
        list_price=Money(ticket_type.price_minor, ticket_type.currency),
        step=step,
    )
