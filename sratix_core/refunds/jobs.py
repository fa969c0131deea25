"""Work on what is given back, in the background."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from sratix_core.jobs.registry import JobKind
from sratix_core.jobs.run import Retry
from sratix_core.orders.models import Order
from sratix_core.payments.refunds import owed_back
from sratix_core.payments.sending import going_back, send_owed
from sratix_core.refunds.event_runs import WORK, work
from sratix_core.refunds.returning import SEND

if TYPE_CHECKING:
    from sratix_core.jobs.run import JobRun

PAUSE = timedelta(seconds=30)


def send(run: JobRun) -> None:
    """Send what an order owes once its payment is free; tried again while it is not."""
    with run.begin() as ctx:
        order = ctx.db.get_one(Order, uuid.UUID(run.payload["order"]))
        busy = going_back(ctx, order)
        send_owed(ctx, order)
        if not busy or not owed_back(order).minor:
            run.finish(ctx)
            return
    raise Retry("another refund of this payment is on its way", PAUSE)


JOBS = (
    JobKind(SEND, send, max_attempts=60),
    JobKind(WORK, work),
)
