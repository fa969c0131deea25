"""What a buyer is asked for after a change that costs more: with a term and a mail, outstanding until it is paid or undone."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Select, and_, func, select

from sratix_core.messages.service import queue
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.payments.models import Payment
from sratix_core.refunds.models import PriceDifference
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

MAIL = "difference_asked"

TERM = timedelta(days=7)
"""How long a buyer has, but not longer than until the event begins."""


def ask_for(
    ctx: TenantContext, order: Order, ticket_id: uuid.UUID, before_id: uuid.UUID, worth: Money, amount: Money
) -> PriceDifference:
    """Ask the buyer for `amount`, by mail with the link to pay it. For whoever holds the order's row."""
    now = ctx.clock.now()
    asked = PriceDifference(
        id=ctx.ids.new(),
        order_id=order.id,
        ticket_id=ticket_id,
        before_id=before_id,
        worth_minor=worth.minor,
        amount_minor=amount.minor,
        currency=amount.currency,
        asked_at=now,
        due_at=max(now, min(now + TERM, order.event.starts_at)),
        asked_by=ctx.actor.id if ctx.actor.kind == "user" else None,
    )
    ctx.db.add(asked)
    ctx.db.flush()
    queue(ctx, MAIL, order.buyer_email, order.locale, order=order, data={"difference_id": str(asked.id)})
    return asked


def open_difference(ctx: TenantContext, order: Order) -> PriceDifference | None:
    """What the buyer was asked for and has not paid whole; asks nothing of an order that lacks nothing."""
    if not order.paid_at or not order.outstanding.minor:
        return None
    mine = select(PriceDifference).where(
        PriceDifference.order_id == order.id, PriceDifference.undone_at.is_(None)
    )
    return ctx.db.scalars(mine.order_by(PriceDifference.id.desc()).limit(1)).first()


def overdue(event_id: uuid.UUID | None, now: datetime) -> Select[PriceDifference, Order]:
    """(the difference, its order) of every one past its term whose order still lacks something; of one event if it is given."""
    D = PriceDifference
    of_order = and_(Order.tenant_id == D.tenant_id, Order.id == D.order_id)
    paid = (Payment.tenant_id == Order.tenant_id, Payment.order_id == Order.id)
    kept = select(func.coalesce(func.sum(Payment.amount_minor - Payment.refunded_minor), 0)).where(*paid)
    lacks = Order.total_minor - Order.credited_minor > kept.correlate(Order).scalar_subquery()
    query = select(D, Order).join(Order, of_order)
    query = query.where(D.undone_at.is_(None), D.due_at < now, Order.state == OrderState.PAID, lacks)
    if event_id is not None:
        query = query.where(Order.event_id == event_id)
    return query.order_by(D.due_at, D.id)


def let_go(ctx: TenantContext, order: Order) -> None:
    """Ask for it no longer: the new ticket stands at what was paid. For an order that ends anyway."""
    if order.outstanding.minor:
        credit(ctx, order, order.outstanding, "difference_waived")
