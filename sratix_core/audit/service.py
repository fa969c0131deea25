"""Writing the audit stream: one row in the transaction of the act, so a rolled-back act leaves none (A1)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sratix_core.audit.models import AuditEntry
from sratix_core.context import Actor, Sources, TenantContext
from sratix_core.db.appendonly import canonical
from sratix_core.db.rows import insert_rows


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
    entry = entry_in(ctx.tenant.id, ctx.sources, ctx.actor, action, target_kind, target_id, event_id, data)
    ctx.db.add(entry)
    return entry


def recorded(
    ctx: TenantContext,
    action: str,
    target_kind: str,
    target_id: uuid.UUID | None,
    event_id: uuid.UUID | None = None,
    **data: Any,
) -> list[dict[str, Any]]:
    """As `record`, but the row itself, to be inserted with others; none where entries wait for the flush, with which it goes."""
    if any(isinstance(waiting, AuditEntry) for waiting in ctx.db.new):
        record(ctx, action, target_kind, target_id, event_id, **data)
        return []
    return [_row(ctx.sources, ctx.actor, action, target_kind, target_id, event_id, data)]


def record_row(
    ctx: TenantContext,
    action: str,
    target_kind: str,
    target_id: uuid.UUID | None,
    event_id: uuid.UUID | None = None,
    **data: Any,
) -> None:
    """As `record`, written at once as a row, or with the entries that wait for the flush."""
    insert_rows(ctx.db, AuditEntry, recorded(ctx, action, target_kind, target_id, event_id, **data))


def entry_in(
    tenant_id: int,
    sources: Sources,
    actor: Actor,
    action: str,
    target_kind: str,
    target_id: uuid.UUID | None,
    event_id: uuid.UUID | None,
    data: Mapping[str, Any],
) -> AuditEntry:
    """The row of one act in one tenant's stream, not yet in a session; for who acts on several tenants at once."""
    row = _row(sources, actor, action, target_kind, target_id, event_id, data)
    return AuditEntry(tenant_id=tenant_id, **row)


def _row(
    sources: Sources,
    actor: Actor,
    action: str,
    target_kind: str,
    target_id: uuid.UUID | None,
    event_id: uuid.UUID | None,
    data: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "id": sources.ids.new(),
        "at": sources.clock.now(),
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "impersonator_id": actor.impersonator_id,
        "ip_hash": actor.ip_hash,
        "action": action,
        "target_kind": target_kind,
        "target_id": target_id,
        "event_id": event_id,
        "data": canonical(data),
    }
