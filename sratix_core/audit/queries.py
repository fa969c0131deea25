"""Reading the audit stream for one object."""

from __future__ import annotations

from sqlalchemy import select

from sratix_core.audit.models import AuditEntry
from sratix_core.context import TenantContext
from sratix_core.orders.models import Order


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
