"""Writing the event log: what happened, for streams, webhooks and rollups, in the transaction in which it happened."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from sratix_core.audit.models import EventLog
from sratix_core.context import TenantContext
from sratix_core.db.appendonly import canonical
from sratix_core.db.rows import insert_rows


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


def happened(
    ctx: TenantContext,
    type: str,
    subject_kind: str,
    subject_id: uuid.UUID | None,
    event_id: uuid.UUID | None = None,
    **data: Any,
) -> dict[str, Any]:
    """As `emit`, but the row itself, for `write` to append together with others."""
    return {
        "id": ctx.ids.new(),
        "at": ctx.clock.now(),
        "type": type,
        "event_id": event_id,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "data": canonical(data),
    }


def write(ctx: TenantContext, rows: Iterable[dict[str, Any]]) -> None:
    """Append what `happened`, all in one statement."""
    insert_rows(ctx.db, EventLog, rows)


def emit_all(
    ctx: TenantContext,
    type: str,
    subject_kind: str,
    subject_ids: Iterable[uuid.UUID],
    event_id: uuid.UUID | None = None,
    **data: Any,
) -> None:
    """As `emit` for each of many subjects with the same `data`, written at once in one statement."""
    at, said = ctx.clock.now(), canonical(data)
    common = {"at": at, "type": type, "event_id": event_id, "subject_kind": subject_kind, "data": said}
    write(ctx, [{"id": ctx.ids.new(), "subject_id": each, **common} for each in subject_ids])
