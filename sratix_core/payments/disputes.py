"""Payments that a buyer's bank takes back: set aside in the books until they are decided, shown until answered."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.audit.events import emit
from sratix_core.audit.service import record
from sratix_core.ledger.acts import dispute_lost, dispute_opened, dispute_won
from sratix_core.ledger.posting import post
from sratix_core.orders.models import Order
from sratix_core.orders.moves import locked
from sratix_core.payments.models import Dispute, DisputeState, Payment
from sratix_core.payments.providers import known_provider
from sratix_core.plugins.paying import DisputeReading, IPaysOut

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

OPEN = frozenset({DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW})


def note_dispute(ctx: TenantContext, payment_id: uuid.UUID, said: DisputeReading) -> Dispute:
    """Write down how a dispute stands and book what that means, each step once whatever the order it is heard in.

    One that the platform bears is shown and not booked: the organizer's money at the provider does not move.
    """
    payment = ctx.db.get_one(Payment, payment_id)
    order = locked(ctx, ctx.db.get_one(Order, payment.order_id))
    mine = (Dispute.provider == payment.provider, Dispute.reference == said.reference)
    dispute = ctx.db.scalar(
        select(Dispute).where(*mine).with_for_update().execution_options(populate_existing=True)
    )
    now = ctx.clock.now()
    if dispute is None:
        dispute = Dispute(
            id=ctx.ids.new(),
            order_id=order.id,
            payment_id=payment.id,
            provider=payment.provider,
            reference=said.reference,
            state=DisputeState.NEEDS_RESPONSE,
            amount_minor=said.amount.minor,
            currency=said.amount.currency,
            fee_minor=said.fee.minor,
            reason=said.reason[:80],
            evidence_due_at=said.evidence_due_at,
            platform_bears=said.platform_bears,
            opened_at=now,
        )
        ctx.db.add(dispute)
        ctx.db.flush()
        # A provider with a statement of its own has the fee there, and it is booked from that line, whichever comes first.
        stated = IPaysOut.providedBy(known_provider(ctx, payment.provider))
        if not dispute.platform_bears:
            post(ctx, dispute_opened(order, dispute, payment, 0 if stated else dispute.fee_minor))
        _tell(ctx, order, dispute, "opened")
    if DisputeState(dispute.state) in OPEN:
        dispute.state, dispute.evidence_due_at = DisputeState(said.state), said.evidence_due_at
        if said.state in {"won", "lost"}:
            dispute.closed_at = now
            ended = dispute_won if said.state == "won" else dispute_lost
            if not dispute.platform_bears:
                post(ctx, ended(order, dispute, payment))
            _tell(ctx, order, dispute, said.state)
    ctx.db.flush()
    return dispute


def disputes_of(ctx: TenantContext, order: Order) -> list[Dispute]:
    """The disputes of an order, oldest first."""
    return list(ctx.db.scalars(select(Dispute).where(Dispute.order_id == order.id).order_by(Dispute.id)))


def _tell(ctx: TenantContext, order: Order, dispute: Dispute, what: str) -> None:
    record(
        ctx,
        f"dispute.{what}",
        "order",
        order.id,
        event_id=order.event_id,
        dispute=str(dispute.id),
        amount=dispute.amount_minor,
    )
    emit(ctx, f"dispute.{what}", "order", order.id, event_id=order.event_id)
