"""Leaving work behind: a row in the transaction of the act that needs it, so both commit or neither does."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from sratix_core.context import TenantContext
from sratix_core.db.appendonly import canonical
from sratix_core.db.dialects import insert_ignore
from sratix_core.jobs import pokes
from sratix_core.jobs.models import Job, JobState


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
    now, job_id = ctx.clock.now(), ctx.ids.new()
    at = run_at or now
    job = {
        "id": job_id,
        "kind": kind,
        "payload": canonical(payload or {}),
        "dedupe": dedupe,
        "state": JobState.WAITING,
        "run_at": at,
        "created_at": now,
    }
    if not insert_ignore(ctx.db, Job, ("dedupe",), job) and dedupe is not None:
        job_id = ctx.db.scalars(select(Job.id).where(Job.dedupe == dedupe)).one()
    if at <= now:
        pokes.after_commit(ctx.db)
    return job_id
