"""Reading the audit stream: for one object, or one kind of act."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.audit.models import AuditEntry
from sratix_core.context import TenantContext
from sratix_core.orders.models import Order

if TYPE_CHECKING:
    from sratix_core.events.models import Event


def history_of(ctx: TenantContext, order: Order) -> list[AuditEntry]:
    """What was done to an order and to its tickets, newest first."""
    ids = [order.id, *(t.id for t in order.tickets)]
    return list(
        ctx.db.scalars(
            select(AuditEntry)
            .where(AuditEntry.target_id.in_(ids))
            .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
            .limit(200)
        )
    )


def done_since(
    ctx: TenantContext, event: Event, action: str, moment: datetime, limit: int
) -> list[AuditEntry]:
    """Entries of one action in an event at or after `moment`, oldest first."""
    return list(
        ctx.db.scalars(
            select(AuditEntry)
            .where(AuditEntry.at >= moment, AuditEntry.action == action, AuditEntry.event_id == event.id)
            .order_by(AuditEntry.at, AuditEntry.id)
            .limit(limit)
        )
    )
