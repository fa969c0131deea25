"""What differs in a tenant's books right now, each with its likely cause; a statement or two for every kind."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from sratix_core.ledger.acts import cash_at
from sratix_core.orders.models import Order
from sratix_core.orders.states import HOLDS_UNITS, OrderState
from sratix_core.payments.disputes import OPEN as DISPUTED
from sratix_core.payments.models import (
    Dispute,
    DisputeState,
    InboxEvent,
    InboxState,
    Payment,
    PaymentAttempt,
    RefundFailure,
)
from sratix_core.payments.requests import awaited
from sratix_core.payments.states import AttemptState
from sratix_core.plugins.requesting import TO_DECIDE
from sratix_core.reconciliation.differences import cash_by_rows, cash_in_books, payments_that_differ
from sratix_core.reconciliation.kinds import CaseKind, Cause
from sratix_core.reconciliation.models import MovementKind, PaymentMovement, Statement
from sratix_core.refunds.differences import overdue
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

TOO_LONG = timedelta(hours=1)
MOST = 500
"""Cases of one kind that a comparison opens; a broken connection must not fill the table. The rest is found by the next."""

K, C = CaseKind, Cause

STRANGE = {
    "amount_differs": C.OTHER_CURRENCY,
    "paid_outside": C.PAID_OUTSIDE,
    "paid_in_parts": C.PAID_IN_PARTS,
}
"""What a person has to decide about an open try, by its reason."""


@dataclass(frozen=True)
class Found:
    """A difference; its kind and subject name it for ever."""

    kind: CaseKind
    subject: str
    minor: int
    currency: str
    cause: Cause
    provider: str = ""
    mode: str = ""
    order_id: uuid.UUID | None = None
    event_id: uuid.UUID | None = None
    due_at: datetime | None = None


def find(ctx: TenantContext) -> Iterator[Found]:
    """Everything that differs, in the order of `CaseKind`."""
    yield from _charges(ctx)
    yield from _payments(ctx)
    yield from _disputes(ctx)
    yield from _owed(ctx)
    yield from _differences(ctx)
    yield from _attempts(ctx)
    yield from _webhooks(ctx)
    yield from _cash(ctx)


def _charges(ctx: TenantContext) -> Iterator[Found]:
    """Charges no payment records. Where the line carries an attempt of ours, or a request for as much is open, its news was lost;
    else somebody sold elsewhere.
    """
    asked_for = awaited(ctx)
    M, A = PaymentMovement, PaymentAttempt
    ours = and_(A.tenant_id == M.tenant_id, A.id == M.attempt_id)
    query = (
        select(M, A.order_id, Order.event_id)
        .outerjoin(A, ours)
        .outerjoin(Order, and_(Order.tenant_id == A.tenant_id, Order.id == A.order_id))
        .where(M.kind == MovementKind.CHARGE, M.payment_id.is_(None))
    )
    for line, order_id, event_id in ctx.db.execute(query.order_by(M.at, M.id).limit(MOST)):
        requested = (line.provider, line.mode, Money(line.amount_minor, line.currency)) in asked_for
        yield Found(
            K.CHARGE_UNKNOWN,
            line.reference,
            line.amount_minor,
            line.currency,
            C.WEBHOOK_LOST if order_id or requested else C.NOT_OURS,
            line.provider,
            line.mode,
            order_id,
            event_id,
        )


def _payments(ctx: TenantContext) -> Iterator[Found]:
    differ = list(ctx.db.execute(payments_that_differ().limit(MOST)))
    of = {row.order_id for row in differ}
    known = select(Order.id, Order.event_id).where(Order.id.in_(of))
    events = {row.id: row.event_id for row in ctx.db.execute(known)} if of else {}
    for row in differ:
        place = (row.provider, row.mode, row.order_id, events.get(row.order_id))

        def about(kind: CaseKind, minor: int, cause: Cause, row: Any = row, place: Any = place) -> Found:
            return Found(kind, str(row.id), minor, row.currency, cause, *place)

        charge, back, taken = int(row.charge), -int(row.refund), -int(row.dispute)
        if not charge:
            cause = C.BY_HAND if row.recorded_by else C.OTHER_ACCOUNT
            yield about(K.PAYMENT_UNKNOWN, -row.amount_minor, cause)
            continue  # what did not come from there did not go back there either
        if charge != row.amount_minor:
            more = charge > row.amount_minor
            yield about(
                K.AMOUNT_DIFFERS, charge - row.amount_minor, C.CHARGED_TWICE if more else C.CAPTURED_IN_PART
            )
        if back > row.refunded:
            yield about(K.REFUND_UNKNOWN, int(row.refunded) - back, C.MADE_AT_PROVIDER)
        elif back < row.refunded:
            yield about(K.REFUND_MISSING, int(row.refunded) - back, _missing(ctx, row.id))
        if taken != row.disputed:
            yield about(K.DISPUTE_UNKNOWN, int(row.disputed) - taken, C.WEBHOOK_LOST)


def _missing(ctx: TenantContext, payment_id: uuid.UUID) -> Cause:
    """Whether a refund came back to the provider, or never went from there."""
    M = PaymentMovement
    returned = select(M.id).where(
        M.payment_id == payment_id, M.kind == MovementKind.REFUND, M.amount_minor > 0
    )
    return C.CAME_BACK if ctx.db.scalars(returned.limit(1)).first() else C.BY_HAND


def _disputes(ctx: TenantContext) -> Iterator[Found]:
    D = Dispute
    query = (
        select(D, Payment.mode, Order.event_id)
        .join(Payment, and_(Payment.tenant_id == D.tenant_id, Payment.id == D.payment_id))
        .join(Order, and_(Order.tenant_id == D.tenant_id, Order.id == D.order_id))
        .where(D.state.in_(DISPUTED))
    )
    for one, mode, event_id in ctx.db.execute(query.order_by(D.evidence_due_at, D.id).limit(MOST)):
        waits = one.state == DisputeState.NEEDS_RESPONSE
        yield Found(
            K.DISPUTE_OPEN,
            str(one.id),
            -one.amount_minor,
            one.currency,
            C.PLATFORM_BEARS if one.platform_bears else C.ANSWER_BEFORE if waits else C.UNDER_REVIEW,
            one.provider,
            mode,
            one.order_id,
            event_id,
            one.evidence_due_at if waits else None,
        )


def _owed(ctx: TenantContext) -> Iterator[Found]:
    """Orders whose buyer's money should go back and is not on its way, and those that came too late to decide by themselves."""
    kept = func.sum(Payment.amount_minor - Payment.refunded_minor)
    per_order = (
        select(Payment.tenant_id, Payment.order_id, kept.label("kept"), func.count().label("n"))
        .group_by(Payment.tenant_id, Payment.order_id)
        .subquery()
    )
    price = case(
        (Order.state.in_(HOLDS_UNITS), Order.total_minor - Order.credited_minor), else_=Order.kept_minor
    )
    of_order = (RefundFailure.tenant_id == Order.tenant_id, RefundFailure.order_id == Order.id)
    returned = select(RefundFailure.id).where(*of_order).exists().label("returned")
    query = (
        select(Order.id, Order.event_id, Order.currency, Order.provider, Order.state, per_order.c.kept, per_order.c.n,
               price.label("price"), returned)
        .join(per_order, and_(per_order.c.tenant_id == Order.tenant_id, per_order.c.order_id == Order.id))
        .where(per_order.c.kept > price)
        .order_by(Order.id)
        .limit(MOST)
    )  # fmt: skip
    for row in ctx.db.execute(query):
        late = row.state == OrderState.PAID_AFTER_EXPIRY
        twice = row.state in HOLDS_UNITS and row.n > 1
        cause = C.CAME_LATE if late else C.CAME_BACK if row.returned else C.PAID_TWICE if twice else C.OVER
        kind = K.PAID_LATE if late else K.OWED_BACK
        minor = int(row.price) - int(row.kept)
        yield Found(kind, str(row.id), minor, row.currency, cause, row.provider, "", row.id, row.event_id)


def _differences(ctx: TenantContext) -> Iterator[Found]:
    """What was asked for after a change, is past its term and still lacks."""
    for one, order in ctx.db.execute(overdue(None, ctx.clock.now()).limit(MOST)):
        yield Found(
            K.DIFFERENCE_DUE,
            str(one.id),
            order.outstanding.minor,
            one.currency,
            C.NOT_PAID,
            order_id=order.id,
            event_id=order.event_id,
            due_at=one.due_at,
        )


def _attempts(ctx: TenantContext) -> Iterator[Found]:
    """Tries that should be settled by now; a request for payment may wait until its end, unless a person has to decide."""
    A, now = PaymentAttempt, ctx.clock.now()
    may_wait = and_(A.state == AttemptState.WAITING, A.ends_at.is_not(None), A.ends_at > now)
    old = or_(
        and_(A.created_at <= now - TOO_LONG, ~may_wait), A.reason.in_(["amount_differs", *sorted(TO_DECIDE)])
    )
    query = (
        select(A, Order.event_id)
        .join(Order, and_(Order.tenant_id == A.tenant_id, Order.id == A.order_id))
        .where(A.open_key.is_not(None), old)
    )
    for one, event_id in ctx.db.execute(query.order_by(A.id).limit(MOST)):
        cause = STRANGE.get(one.reason) or (C.WAITS_LONG if one.state == "waiting" else C.NO_ANSWER)
        place = (one.provider, one.mode, one.order_id, event_id)
        yield Found(K.ATTEMPT_STUCK, str(one.id), one.amount_minor, one.currency, cause, *place)


def _webhooks(ctx: TenantContext) -> Iterator[Found]:
    failed = select(InboxEvent.id, InboxEvent.provider, InboxEvent.mode).where(
        InboxEvent.state == InboxState.FAILED
    )
    for row in ctx.db.execute(failed.order_by(InboxEvent.id).limit(MOST)):
        yield Found(
            K.WEBHOOK_FAILED,
            str(row.id),
            0,
            ctx.tenant.currency,
            C.PROCESSING_FAILED,
            row.provider,
            row.mode,
        )


def _cash(ctx: TenantContext) -> Iterator[Found]:
    """L5: what the books hold at a provider against its statement's lines and our payments."""
    ends = select(Statement.provider, Statement.mode).where(Statement.read_until.is_not(None))
    read = {(row.provider, row.mode) for row in ctx.db.execute(ends)}
    if not read:
        return
    books = cash_in_books(ctx.db)
    for (owner, provider, mode, currency), minor in cash_by_rows(ctx.db).items():
        differs = books.get((owner, cash_at(Statement(provider=provider, mode=mode)), currency), 0) - minor
        if (provider, mode) in read and differs:
            subject = f"{provider}/{mode}/{currency}"
            yield Found(K.CASH_DIFFERS, subject, differs, currency, C.BOOKED_ELSEWHERE, provider, mode)
