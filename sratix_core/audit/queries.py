"""Reading the audit stream: of one object, and of a tenant page by page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sratix_core.audit.models import AuditEntry
from sratix_core.context import TenantContext
from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, page
from sratix_core.orders.models import Order

PAGE = 50
AMOUNTS = frozenset({"amount", "total", "price"})
"""Facts of an entry that are money, for whoever may see it."""


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


@dataclass(frozen=True)
class Filters:
    """What narrows the list; `until` is excluded."""

    actor_id: uuid.UUID | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


def listed(
    ctx: TenantContext, filters: Filters, cursor: str | None = None, limit: int = PAGE
) -> Page[AuditEntry]:
    """What was done in this tenant, newest first; one statement. Raises `NotFound` for a made-up cursor."""
    query: Any = select(AuditEntry)
    if filters.actor_id is not None:
        query = query.where(AuditEntry.actor_id == filters.actor_id)
    if filters.action:
        query = query.where(AuditEntry.action == filters.action)
    if filters.since is not None:
        query = query.where(AuditEntry.at >= filters.since)
    if filters.until is not None:
        query = query.where(AuditEntry.at < filters.until)

    def run(paged: Any) -> Sequence[AuditEntry]:
        found: Sequence[AuditEntry] = ctx.db.scalars(paged).all()
        return found

    return page(query, By(AuditEntry.at, AuditEntry.id, True), cursor, limit, run, lambda e: (e.at, e.id))
