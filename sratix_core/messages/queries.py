"""Reading what was sent."""

from __future__ import annotations

from sqlalchemy import select

from sratix_core.context import TenantContext
from sratix_core.messages.models import Message
from sratix_core.orders.models import Order


def messages_of(ctx: TenantContext, order: Order) -> list[Message]:
    """The messages about an order, newest first."""
    return list(
        ctx.db.scalars(
            select(Message)
            .where(Message.order_id == order.id)
            .order_by(Message.created_at.desc(), Message.id.desc())
        )
    )
