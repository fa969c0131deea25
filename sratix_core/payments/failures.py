"""Refunds that came back after they had gone: booked back once, so that the money is owed to the buyer again."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import NotFound, Refused
from sratix_core.ledger.acts import cash_of, refund_failed
from sratix_core.ledger.posting import post
from sratix_core.orders.moves import locked
from sratix_core.orders.waiting import admit_waiting
from sratix_core.payments.models import Payment, Refund, RefundFailure
from sratix_core.payments.refunds import release
from sratix_core.payments.sending import sends_back

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order


def came_back(ctx: TenantContext, order: Order, refund: Refund, cause: str) -> bool:
    """Write down and book that a refund came back, for whoever holds the order's row; whether that was news."""
    failure_id = ctx.ids.new()
    row = {
        "id": failure_id,
        "refund_id": refund.id,
        "order_id": order.id,
        "payment_id": refund.payment_id,
        "amount_minor": refund.amount_minor,
        "currency": refund.currency,
        "cause": cause[:80],
        "came_back_at": ctx.clock.now(),
        "recorded_by": ctx.actor.id if ctx.actor.kind == "user" else None,
    }
    if not insert_ignore(ctx.db, RefundFailure, ("refund_id",), row):
        return False
    payment = ctx.db.get_one(Payment, refund.payment_id)
    release(ctx, payment, refund.amount)
    post(ctx, refund_failed(order, failure_id, refund.amount, cash_of(refund.provider, payment.mode)))
    facts = {"refund": str(refund.id), "amount": refund.amount_minor}
    record(ctx, "order.refund_failed", "order", order.id, event_id=order.event_id, **facts)
    emit(ctx, "order.refund_failed", "order", order.id, event_id=order.event_id)
    ctx.db.flush()
    ctx.db.expire(payment)
    ctx.db.expire(order, ["payments", "refunds"])
    admit_waiting(ctx, order)
    return True


def named(ctx: TenantContext, provider: str, reference: str) -> Refund | None:
    """The refund that a provider calls so."""
    mine = select(Refund).where(Refund.provider == provider, Refund.reference == reference)
    found: Refund | None = ctx.db.scalar(mine)
    return found


def record_failure(ctx: TenantContext, order: Order, refund_id: uuid.UUID) -> None:
    """A person saw on a statement that a transfer made by hand came back.

    Raises `NotFound`, `Refused`: "refund_by_provider" for one that its provider tells us of, "refund_returned" the second time.
    """
    order = locked(ctx, order)
    refund = ctx.db.scalar(select(Refund).where(Refund.id == refund_id, Refund.order_id == order.id))
    if refund is None:
        raise NotFound("refund")
    if not by_hand(ctx, refund):
        raise Refused("refund_by_provider")
    if not came_back(ctx, order, refund, ""):
        raise Refused("refund_returned")


def by_hand(ctx: TenantContext, refund: Refund) -> bool:
    """Whether a person sent it, so that nobody but a person learns what became of it."""
    payment = ctx.db.get_one(Payment, refund.payment_id)
    return not payment.stored and (refund.provider != payment.provider or not sends_back(ctx, payment))


def failures_of(ctx: TenantContext, order: Order) -> dict[uuid.UUID, RefundFailure]:
    """What came back of an order's refunds, by the refund."""
    mine = select(RefundFailure).where(RefundFailure.order_id == order.id)
    return {failure.refund_id: failure for failure in ctx.db.scalars(mine)}
