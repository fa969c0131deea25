"""Work on payments in the background: asking providers, and what they told us."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.jobs.registry import JobKind
from sratix_core.jobs.service import enqueue
from sratix_core.payments.attempts import IN_FLIGHT, ask_again
from sratix_core.payments.inbox import PROCESS, process
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.paying import question_of
from sratix_core.payments.sending import ASK
from sratix_core.payments.settling import settle

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.jobs.run import JobRun

BATCH = 200


def ask(run: JobRun) -> None:
    """Ask about one attempt and settle it with the answer. A second worker on the same one changes nothing."""
    attempt_id = uuid.UUID(run.payload["attempt"])
    with run.begin() as ctx:
        asked = question_of(ctx, attempt_id)
        if asked is None:
            run.finish(ctx)
            return
    answer = asked.answer()
    with run.begin() as ctx:
        settle(ctx, attempt_id, answer)
        run.finish(ctx)


def ask_due(ctx: TenantContext) -> int:
    """Leave a job for every open attempt that is due; how many. Each is put off first, so that ticks beside each other agree."""
    due = (
        select(PaymentAttempt)
        .where(PaymentAttempt.open_key.is_not(None), PaymentAttempt.check_at <= ctx.clock.now())
        .order_by(PaymentAttempt.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    found = list(ctx.db.scalars(due))
    for attempt in found:
        ask_again(ctx, attempt)
        enqueue(ctx, ASK, {"attempt": str(attempt.id)})
    ctx.db.flush()
    return len(found)


JOBS = (
    JobKind(ASK, ask, max_attempts=6, lease=3 * IN_FLIGHT),
    JobKind(PROCESS, process, lease=3 * IN_FLIGHT),
)
