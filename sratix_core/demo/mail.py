"""Mail of the past counts as sent: the demo writes to nobody, and no job is left that would."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from sratix_core.context import TenantContext
from sratix_core.jobs.models import Job, JobState
from sratix_core.messages.models import Message, MessageState
from sratix_core.messages.service import SEND

TOOK = timedelta(seconds=2)
TRANSPORT = "demo"


def count_as_sent(ctx: TenantContext) -> int:
    """End every waiting mail of this tenant as a worker would have, two seconds after it was written; how many."""
    mails = select(Message.id, Message.created_at).where(Message.state == MessageState.QUEUED)
    sent: list[dict[str, Any]] = [
        _row(ctx, mail_id, state=MessageState.SENT, sent_at=_then(at), transport=TRANSPORT, attempts=1)
        for mail_id, at in ctx.db.execute(mails)
    ]
    jobs = select(Job.id, Job.created_at).where(Job.kind == SEND, Job.state == JobState.WAITING)
    done: list[dict[str, Any]] = [
        _row(ctx, job_id, state=JobState.DONE, finished_at=_then(at), token=1, attempts=1)
        for job_id, at in ctx.db.execute(jobs)
    ]
    if sent:
        ctx.db.execute(update(Message), sent)
    if done:
        ctx.db.execute(update(Job), done)
    return len(sent)


def _row(ctx: TenantContext, row_id: Any, **values: Any) -> dict[str, Any]:
    return {"tenant_id": ctx.tenant.id, "id": row_id, **values}


def _then(at: datetime) -> datetime:
    return at + TOOK
