"""Which pools a number of tickets takes from, and the lock that keeps the answer true until the transaction ends."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.catalog.models import TicketTypePool
from sratix_core.db.dialects import hold_alone, hold_shared

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

LINKS = 1
"""The lock of all links between types and pools of one tenant."""


def hold_links(ctx: TenantContext) -> None:
    """Until the commit nobody changes which type draws on which pool; what is read of the links after it stays true."""
    hold_shared(ctx.db, LINKS)


def units_for(ctx: TenantContext, quantities: Mapping[uuid.UUID, int]) -> Counter[uuid.UUID]:
    """Units by pool for quantities by ticket type. Until the commit nobody changes which type draws on which pool."""
    units: Counter[uuid.UUID] = Counter()
    if not quantities:
        return units
    hold_links(ctx)
    rows = ctx.db.execute(
        select(TicketTypePool.ticket_type_id, TicketTypePool.pool_id).where(
            TicketTypePool.ticket_type_id.in_(quantities)
        )
    )
    for type_id, pool_id in rows:
        units[pool_id] += quantities[type_id]
    return units


def change_links(ctx: TenantContext) -> None:
    """Wait for the claims and releases under way and let none begin until the commit; before any pool is touched."""
    hold_alone(ctx.db, LINKS)
