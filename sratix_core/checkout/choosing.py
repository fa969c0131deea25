"""Which quantities may become a cart: windows, limits and add-ons, decided before any unit is claimed."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from sqlalchemy import Table, and_, bindparam

from sratix_core.catalog.availability import OfferState, state_at
from sratix_core.catalog.draws import hold_links
from sratix_core.catalog.hot import POOLS, TYPES, Units
from sratix_core.catalog.models import TicketType, TicketTypePool, Visibility
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import EventStatus
from sratix_core.tenancy.objects import Objects
from sratix_core.tenancy.prebuilt import among, each

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

MOST_PER_CART = 100
"""Tickets of one cart, whatever the types allow: one request must stay small."""


class NotOnSale(Refused):
    """`name` of the type, `state` it is in, `opens_at` when that is known."""

    code = "not_on_sale"


class Chosen(NamedTuple):
    """Types in their order, the units they take by pool, and what was left of each pool a moment ago."""

    types: list[TicketType]
    units: Units
    left: Units


LINKS = cast("Table", TicketTypePool.__table__)
_of_type = and_(LINKS.c.tenant_id == TYPES.c.tenant_id, LINKS.c.ticket_type_id == TYPES.c.id)
_to_pool = and_(POOLS.c.tenant_id == LINKS.c.tenant_id, POOLS.c.id == LINKS.c.pool_id)


@cache
def _wanted(count: int) -> Objects[TicketType]:
    """So many types of an event, each once for each of its pools."""
    return Objects(
        TicketType,
        TYPES.c.event_id == bindparam("of_event"),
        among(TYPES.c.id, "type", count),
        order_by=(TYPES.c.position, TYPES.c.id),
        joined=(LINKS.join(POOLS, _to_pool), _of_type),
        also=(POOLS.c.id, POOLS.c.capacity - POOLS.c.taken),
    )


def checked_types(
    ctx: TenantContext,
    event: Event,
    quantities: Mapping[uuid.UUID, int],
    unlocked: frozenset[uuid.UUID] = frozenset(),
) -> Chosen:
    """The wanted types, hidden ones only where `unlocked`; which pools they draw on stays so until the commit.

    Raises `Invalid`, `NotOnSale` (an unknown type counts as such) or `Refused`.
    """
    if event.status != EventStatus.PUBLISHED or event.ends_at <= ctx.clock.now():
        raise Refused("event_not_on_sale", status=event.status, ends_at=event.ends_at)
    ctx.why.passed("event_on_sale", event=event.id, ends_at=event.ends_at)
    wanted = {k: v for k, v in quantities.items() if v}
    if not wanted:
        raise Invalid({"quantity": "nothing_chosen"})
    if any(q < 0 for q in wanted.values()) or sum(wanted.values()) > MOST_PER_CART:
        raise Invalid({"quantity": "quantity_out_of_range"}, least=1, most=MOST_PER_CART)
    hold_links(ctx)
    units: Counter[uuid.UUID] = Counter()
    types: list[TicketType] = []
    left: dict[uuid.UUID, int] = {}
    bound = {"in_tenant": ctx.tenant.id, "of_event": event.id, **each("type", wanted)}
    for ticket_type, (pool_id, free) in _wanted(len(wanted)).rows(ctx.db, bound):
        if ticket_type not in types:
            types.append(ticket_type)
        if pool_id is not None:
            units[pool_id] += wanted[ticket_type.id]
            left[pool_id] = free
    if len(types) != len(wanted):
        raise NotOnSale(name="", state="unknown")
    now = ctx.clock.now()
    for ticket_type in types:
        quantity = wanted[ticket_type.id]
        state = state_at(ticket_type, None, now)
        hidden = ticket_type.visibility == Visibility.HIDDEN and ticket_type.id not in unlocked
        if state != OfferState.ON_SALE or hidden:
            raise NotOnSale(name=ticket_type.name, state=state.value, opens_at=ticket_type.sales_start)
        if not ticket_type.min_per_order <= quantity <= ticket_type.max_per_order:
            raise Invalid(
                {f"q_{ticket_type.id}": "quantity_out_of_range"},
                name=ticket_type.name,
                least=ticket_type.min_per_order,
                most=ticket_type.max_per_order,
            )
        ctx.why.passed(
            "type_on_sale", name=ticket_type.name, quantity=quantity, most=ticket_type.max_per_order
        )
    places = sum(wanted[t.id] for t in types if not t.is_addon)
    for ticket_type in types:
        if ticket_type.is_addon and wanted[ticket_type.id] > places:
            raise Refused("addon_needs_ticket", name=ticket_type.name, places=places)
    return Chosen(types, units, left)
