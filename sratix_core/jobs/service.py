"""Leaving work behind: a row in the transaction of the act that needs it, so both commit or neither does."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, select, update

from sratix_core.context import TenantContext
from sratix_core.db.appendonly import canonical
from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Conflict, NotFound
from sratix_core.jobs import pokes
from sratix_core.jobs.models import Job, JobState

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession


def enqueue(
    ctx: TenantContext,
    kind: str,
    payload: Mapping[str, Any] | None = None,
    run_at: datetime | None = None,
    dedupe: str | None = None,
) -> uuid.UUID:
    """Queue `kind` for this tenant and return the job's id. `payload` holds ids, never personal data.

    `dedupe` (up to 200 characters, unique in the tenant for ever) makes it once: a second call returns the first job.
    """
    job = queued(ctx, kind, payload, run_at, dedupe)
    job_id: uuid.UUID = job["id"]
    if not insert_ignore(ctx.db, Job, ("dedupe",), job) and dedupe is not None:
        same = (Job.tenant_id == ctx.tenant.id, Job.dedupe == dedupe)
        job_id = ctx.db.scalars(select(Job.id).where(*same)).one()
    return job_id


def queued(
    ctx: TenantContext,
    kind: str,
    payload: Mapping[str, Any] | None = None,
    run_at: datetime | None = None,
    dedupe: str | None = None,
) -> dict[str, Any]:
    """As `enqueue`, but the row itself, to be inserted with others by whoever knows that nobody used `dedupe` before."""
    now = ctx.clock.now()
    if run_at is None or run_at <= now:
        pokes.after_commit(ctx.db)
    return {
        "tenant_id": ctx.tenant.id,  # said aloud: a platform page queues from a session of all tenants
        "id": ctx.ids.new(),
        "kind": kind,
        "payload": canonical(payload or {}),
        "dedupe": dedupe,
        "state": JobState.WAITING,
        "run_at": run_at or now,
        "created_at": now,
    }


def retry_now(db: ScopedSession, tenant_id: int, job_id: uuid.UUID, now: datetime) -> str:
    """Let a job that was given up, or waits for its next try, run at once with all its tries again; answers its kind.

    For a session of all tenants. Raises `NotFound`, `Conflict("job_state")` for one that runs or is done.
    """
    mine = (Job.tenant_id == tenant_id, Job.id == job_id)
    kind = db.scalar(select(Job.kind).where(*mine))
    if kind is None:
        raise NotFound("job")
    again = {
        "state": JobState.WAITING,
        "run_at": now,
        "attempts": 0,
        "finished_at": None,
        "lease_until": None,
        "token": Job.token + 1,
    }
    changed = db.execute(
        update(Job)
        .where(*mine, Job.state.in_([JobState.DEAD, JobState.WAITING]))
        .values(**again)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(changed, CursorResult)
    if changed.rowcount != 1:
        raise Conflict("job_state")
    pokes.after_commit(db)
    return kind
