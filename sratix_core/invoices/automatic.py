"""Invoices that nobody has to ask for: a job issues and mails them once an order is paid, or was ordered on account.

A job and not the act itself, so that no sale and no payment waits for the counter of numbers or fails with an invoice.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

from sratix_core.errors import Refused
from sratix_core.invoices import mailing, settings
from sratix_core.invoices.service import issue
from sratix_core.invoices.settings import IssueWhen
from sratix_core.jobs.registry import JobKind
from sratix_core.jobs.service import enqueue
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.jobs.run import JobRun

KIND = "invoices.issue"


def ask(ctx: TenantContext, order: Order) -> None:
    """Have the invoice issued, if the tenant wants it at this point of the order. In the transaction of the act that led there."""
    wanted = settings.issues(ctx)
    if not order.total_minor or wanted == IssueWhen.NEVER:
        return
    if order.state == OrderState.PAID or wanted == IssueWhen.ORDERED:
        enqueue(ctx, KIND, {"order": order.id}, dedupe=f"{KIND}:{order.id}:{order.state}")


def make(run: JobRun) -> None:
    """The handler. An order that ended meanwhile, or a sender that is not complete, leaves nothing to do."""
    with run.begin() as ctx:
        order = ctx.db.get(Order, uuid.UUID(run.payload["order"]))
        if order is not None:
            with suppress(Refused):
                mailing.send_unasked(ctx, issue(ctx, order))
        run.finish(ctx)


JOBS = (JobKind(KIND, make),)
