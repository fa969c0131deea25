"""Asking once for money that is not there yet, some days before the seats go back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, select

from sratix_core.audit.service import record
from sratix_core.messages.models import Message
from sratix_core.messages.service import queue
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.plugins.slips import IReminds

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

KIND = "payment_reminder"
MOST_DAYS = 30
AT_ONCE = 200


def remind(ctx: TenantContext) -> int:
    """Queue the reminders that are due; how many. An order placed inside its last days gets none."""
    asked = 0
    for answer in ctx.hooks.payment_providers(ctx=ctx):
        for provider in answer:
            days = provider.remind_days(ctx) if IReminds.providedBy(provider) else 0
            asked += _remind(ctx, provider.name, timedelta(days=min(days, MOST_DAYS))) if days else 0
    return asked


def _remind(ctx: TenantContext, provider: str, before: timedelta) -> int:
    now = ctx.clock.now()
    told = exists().where(
        and_(Message.tenant_id == Order.tenant_id, Message.order_id == Order.id, Message.kind == KIND)
    )
    waiting = select(Order).where(
        Order.state == OrderState.AWAITING_PAYMENT,
        Order.provider == provider,
        Order.expires_at > now,
        Order.expires_at <= now + before,
        ~told,
    )
    due = [
        order
        for order in ctx.db.scalars(waiting.order_by(Order.expires_at).limit(AT_ONCE))
        if order.expires_at is not None and order.created_at < order.expires_at - before
    ]
    for order in due:
        queue(ctx, KIND, order.buyer_email, order.locale, order=order)
        record(ctx, "order.reminded", "order", order.id, event_id=order.event_id)
    return len(due)
