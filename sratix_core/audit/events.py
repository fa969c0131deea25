"""Writing the event log: what happened, for streams, webhooks and rollups, in the transaction in which it happened."""

from __future__ import annotations

import uuid
from typing import Any

from sratix_core.audit.models import EventLog
from sratix_core.context import TenantContext
from sratix_core.db.appendonly import canonical


def emit(
    ctx: TenantContext,
    type: str,
    subject_kind: str,
    subject_id: uuid.UUID | None,
    event_id: uuid.UUID | None = None,
    **data: Any,
) -> EventLog:
    """Append `type` ("order.paid", "checkin.created") about a subject. Ids only; readers get it once it is sealed.

    `figures` names what it adds to the rollups (`analytics.metrics`).
    """
    entry = EventLog(
        id=ctx.ids.new(),
        at=ctx.clock.now(),
        type=type,
        event_id=event_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        data=canonical(data),
    )
    ctx.db.add(entry)
    return entry
