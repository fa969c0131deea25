"""Keeping a refusal, finding it by its reference, and forgetting it in time."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, delete, select

from sratix_core.decisions.models import Decision
from sratix_core.errors import DomainError, NotFound
from sratix_core.values.trace import Trace

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

KEPT = timedelta(days=90)
"""Long enough for the question to come, short enough not to pile up."""

BATCH = 5_000


def keep(
    ctx: TenantContext, reference: str, error: DomainError, why: Trace, event_id: uuid.UUID | None
) -> Decision:
    """Store why `error` was raised; `why` holds what had passed before it."""
    why.stopped(error.code, **error.data)
    decision = Decision(
        id=ctx.ids.new(),
        reference=reference,
        at=ctx.clock.now(),
        code=error.code,
        event_id=event_id,
        actor_kind=ctx.actor.kind,
        actor_id=ctx.actor.id,
        steps=why.steps(),
    )
    ctx.db.add(decision)
    return decision


def by_reference(ctx: TenantContext, reference: str) -> Decision:
    """Raises `NotFound`; a mistyped reference and one of another tenant are the same."""
    found = ctx.db.scalar(select(Decision).where(Decision.reference == reference.strip()[:20]))
    if found is None:
        raise NotFound("decision")
    return found


def forget(ctx: TenantContext) -> int:
    """Delete what is older than `KEPT`, a batch at a time; how many."""
    old = select(Decision.id).where(Decision.at < ctx.clock.now() - KEPT).order_by(Decision.at).limit(BATCH)
    ids = list(ctx.db.scalars(old))
    if not ids:
        return 0
    result = ctx.db.execute(
        delete(Decision).where(Decision.id.in_(ids)), execution_options={"synchronize_session": False}
    )
    assert isinstance(result, CursorResult)
    return result.rowcount
