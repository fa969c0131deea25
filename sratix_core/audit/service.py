"""Writing the audit stream: one row in the transaction of the act, so a rolled-back act leaves none (A1)."""

from __future__ import annotations

import uuid
from typing import Any

from sratix_core.audit.models import AuditEntry
from sratix_core.context import TenantContext
from sratix_core.db.appendonly import canonical


def record(
    ctx: TenantContext,
    action: str,
    target_kind: str,
    target_id: uuid.UUID | None,
    event_id: uuid.UUID | None = None,
    **data: Any,
) -> AuditEntry:
    """Say that the context's actor did `action` ("order.cancelled") to an object. `data` holds ids, states and amounts.

    Personal data never enters it: the row can never be changed again, not even by an erasure.
    """
    entry = AuditEntry(
        id=ctx.ids.new(),
        at=ctx.clock.now(),
        actor_kind=ctx.actor.kind,
        actor_id=ctx.actor.id,
        ip_hash=ctx.actor.ip_hash,
        action=action,
        target_kind=target_kind,
        target_id=target_id,
        event_id=event_id,
        data=canonical(data),
    )
    ctx.db.add(entry)
    return entry
