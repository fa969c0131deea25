"""What must hold of payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select, union_all

from sratix_core.invariants import Check, Outcome
from sratix_core.jobs.models import Job, JobState
from sratix_core.ledger.accounts import Act
from sratix_core.ledger.models import LedgerEntry
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.payments.models import Payment, PaymentAttempt, Refund, RefundFailure
from sratix_core.payments.selling import job_of
from sratix_core.payments.states import AttemptKind, AttemptState
from sratix_core.tickets.models import Ticket, TicketState

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession


SHOWN = 20


def refunds_within_payments(db: ScopedSession) -> Outcome:
    """M3: what went back of a payment and stayed away, and what is on its way, is set aside of it and never more than came in."""
    went = select(Refund.tenant_id, Refund.payment_id, Refund.amount_minor.label("minor"))
    failed = select(
        RefundFailure.tenant_id, RefundFailure.payment_id, (-RefundFailure.amount_minor).label("minor")
    )
    going = select(
        PaymentAttempt.tenant_id, PaymentAttempt.payment_id, PaymentAttempt.amount_minor.label("minor")
    ).where(PaymentAttempt.kind == AttemptKind.REFUND, PaymentAttempt.open_key.is_not(None))
    both = union_all(went, failed, going).subquery()
    returned = func.coalesce(func.sum(both.c.minor), 0)
    query = (
        select(Payment.id)
        .outerjoin(both, and_(both.c.tenant_id == Payment.tenant_id, both.c.payment_id == Payment.id))
        .group_by(Payment.tenant_id, Payment.id, Payment.amount_minor, Payment.refunded_minor)
        .having(or_(returned != Payment.refunded_minor, returned > Payment.amount_minor))
        .limit(20)
    )
    faults = tuple(f"payment {found}: its refunds do not add up" for found in db.scalars(query))
    return Outcome(int(db.scalar(select(func.count()).select_from(Payment)) or 0), faults)


def failures_are_of_refunds(db: ScopedSession) -> Outcome:
    """M11: a refund comes back whole, for its own order and payment; a try that says so has it written down."""
    same = and_(Refund.tenant_id == RefundFailure.tenant_id, Refund.id == RefundFailure.refund_id)
    odd = (
        select(RefundFailure.id)
        .join(Refund, same)
        .where(
            or_(
                Refund.amount_minor != RefundFailure.amount_minor,
                Refund.currency != RefundFailure.currency,
                Refund.order_id != RefundFailure.order_id,
                Refund.payment_id != RefundFailure.payment_id,
            )
        )
        .limit(20)
    )
    A = PaymentAttempt
    by_name = and_(
        Refund.tenant_id == A.tenant_id, Refund.provider == A.provider, Refund.reference == A.reference
    )
    unsaid = (
        select(A.id)
        .outerjoin(Refund, by_name)
        .outerjoin(RefundFailure, same)
        .where(
            A.kind == AttemptKind.REFUND, (A.state == AttemptState.RETURNED) != RefundFailure.id.is_not(None)
        )
        .limit(20)
    )
    faults = [f"refund failure {found}: it is not its refund's" for found in db.scalars(odd)]
    faults += [f"attempt {found}: it and what came back disagree" for found in db.scalars(unsaid)]
    return Outcome(int(db.scalar(select(func.count()).select_from(RefundFailure)) or 0), tuple(faults))


def attempts_and_payments_agree(db: ScopedSession) -> Outcome:
    """M8: a payment that succeeded is recorded, a refund that succeeded too, and no recorded one comes from an attempt that did not."""
    paid = and_(PaymentAttempt.kind == AttemptKind.PAY, Payment.id.is_(None))
    other = and_(Payment.id.is_not(None), PaymentAttempt.state != AttemptState.SUCCEEDED)
    query = (
        select(PaymentAttempt.id)
        .outerjoin(
            Payment,
            and_(Payment.tenant_id == PaymentAttempt.tenant_id, Payment.attempt_id == PaymentAttempt.id),
        )
        .where(or_(and_(PaymentAttempt.state == AttemptState.SUCCEEDED, paid), other))
        .limit(20)
    )
    faults = tuple(f"attempt {found}: it and its payment disagree" for found in db.scalars(query))
    return Outcome(int(db.scalar(select(func.count()).select_from(PaymentAttempt)) or 0), faults)


def sold_value_is_made(db: ScopedSession) -> Outcome:
    """M12: what a paid order sold of value is made, once for each unit, or a job is about to."""
    made = and_(
        LedgerEntry.tenant_id == Ticket.tenant_id,
        LedgerEntry.op_id == Ticket.id,
        LedgerEntry.act == Act.VALUE_ISSUED,
    )
    of_order = and_(Order.tenant_id == Ticket.tenant_id, Order.id == Ticket.order_id)
    sold = (Ticket.state == TicketState.VALUE, Order.state == OrderState.PAID)
    missing = (
        select(Order.tenant_id, Order.id, Order.code)
        .join(Ticket, of_order)
        .outerjoin(LedgerEntry, made)
        .where(*sold, LedgerEntry.id.is_(None))
        .distinct()
    )
    faults = []
    for tenant_id, order_id, code in db.execute(missing.limit(SHOWN)).all():
        mine = (Job.tenant_id == tenant_id, Job.dedupe == job_of(order_id))
        if db.scalar(select(Job.state).where(*mine)) not in (JobState.WAITING, JobState.RUNNING):
            faults.append(f"order {code}: value that it sold was not made")
    units = select(func.count()).select_from(Ticket).join(Order, of_order).where(*sold)
    return Outcome(int(db.scalar(units) or 0), tuple(faults))


CHECKS = (
    Check("M12", "what paid orders sold of value is made", sold_value_is_made),
    Check("M3", "refunds of a payment add up and never exceed it", refunds_within_payments),
    Check("M8", "attempts and payments agree", attempts_and_payments_agree),
    Check("M11", "what came back is what had gone", failures_are_of_refunds),
)
