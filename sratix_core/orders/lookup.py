"""One order, for whoever stands in front of somebody: found by its whole code or the buyer's whole address, and shown in six columns."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.values.text import normal_email

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

MOST = 20


@dataclass(frozen=True)
class Found:
    """All that is read of an order: no name, no lines, no money."""

    id: uuid.UUID
    code: str
    event_id: uuid.UUID
    buyer_email: str
    state: OrderState
    created_at: datetime


def look_up(ctx: TenantContext, event: Event, typed: str) -> list[Found]:
    """Orders of the event with exactly this code or address, the newest first, at most `MOST`."""
    asked = typed.strip()
    wanted = Order.buyer_email == normal_email(asked) if "@" in asked else Order.code == asked.upper()
    columns = (Order.id, Order.code, Order.event_id, Order.buyer_email, Order.state, Order.created_at)
    query = select(*columns).where(Order.event_id == event.id, wanted).order_by(Order.created_at.desc())
    return [
        Found(row.id, row.code, row.event_id, row.buyer_email, OrderState(row.state), row.created_at)
        for row in ctx.db.execute(query.limit(MOST))
    ]
