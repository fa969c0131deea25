"""What must hold of payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from sratix_core.invariants import Check, Outcome
from sratix_core.payments.models import Payment, Refund

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession


def refunds_within_payments(db: ScopedSession) -> Outcome:
    """M3: what went back of a payment is the sum of its refunds, and never more than came in."""
    returned = func.coalesce(func.sum(Refund.amount_minor), 0)
    query = (
        select(Payment.id)
        .outerjoin(Refund, and_(Refund.tenant_id == Payment.tenant_id, Refund.payment_id == Payment.id))
        .group_by(Payment.tenant_id, Payment.id, Payment.amount_minor, Payment.refunded_minor)
        .having(or_(returned != Payment.refunded_minor, returned > Payment.amount_minor))
        .limit(20)
    )
    faults = tuple(f"payment {found}: its refunds do not add up" for found in db.scalars(query))
    return Outcome(int(db.scalar(select(func.count()).select_from(Payment)) or 0), faults)


CHECKS = (Check("M3", "refunds of a payment add up and never exceed it", refunds_within_payments),)
