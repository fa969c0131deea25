"""What was deleted, told from the audit stream: the row that says so is written in the same transaction and never changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from sratix_core.api.framework import Call
from sratix_core.api.paging import UNSET, Gone
from sratix_core.audit.models import AuditEntry
from sratix_core.errors import Refused

MOST = 5_000


def gone_since(call: Call, action: str, moment: datetime | None, *, of_event: bool = True) -> list[Gone]:
    """Ids of the event's things, or of what belongs to no event, that went by `action`; all of them come with the first page of a delta.

    Raises `Refused("too_much_gone")` when the list is better loaded anew.
    """
    if moment is None or call.query.cursor is not UNSET:
        return []
    done = select(AuditEntry).where(AuditEntry.at >= moment, AuditEntry.action == action)
    done = done.where(AuditEntry.event_id == (call.event.id if of_event else None)).order_by(
        AuditEntry.at, AuditEntry.id
    )
    rows = call.ctx.db.scalars(done.limit(MOST + 1)).all()
    if len(rows) > MOST:
        raise Refused("too_much_gone")
    return [Gone(row.target_id, row.at) for row in rows if row.target_id is not None]
