"""Asking a provider about one case again: what it says is settled as if its webhook had come, and the books are compared anew."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.errors import Refused, Unavailable
from sratix_core.jobs.run import Retry
from sratix_core.jobs.service import enqueue
from sratix_core.orders.models import Order
from sratix_core.payments.calls import Answer, Question, question
from sratix_core.payments.disputes import note_dispute
from sratix_core.payments.inbox import replay
from sratix_core.payments.models import Dispute, InboxEvent, Payment, PaymentAttempt
from sratix_core.payments.providers import known_provider
from sratix_core.payments.requests import ask_about
from sratix_core.payments.returns import note_refunds
from sratix_core.payments.settling import settle
from sratix_core.plugins.paying import ICallsOut, IDisputes, IRefunds
from sratix_core.reconciliation.cases import case_by_id
from sratix_core.reconciliation.kinds import CaseKind, CaseState
from sratix_core.reconciliation.models import FinanceCase, MovementKind, PaymentMovement
from sratix_core.reconciliation.statement import COMPARE, READ
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.jobs.run import JobRun

LOOK = "finance.look"
K = CaseKind
ASKABLE = frozenset(K) - {K.OWED_BACK, K.PAID_LATE, K.DIFFERENCE_DUE}
"""Kinds a provider can say something about; the others wait for a person."""

BY_ITSELF = frozenset({K.CHARGE_UNKNOWN, K.REFUND_UNKNOWN, K.DISPUTE_UNKNOWN, K.REFUND_MISSING})
"""Kinds that are asked about at once when they are found: most heal by that."""


@dataclass(frozen=True)
class Look:
    """A question to the provider and what its answer does."""

    question: Question
    apply: Callable[[TenantContext, Answer], object]


def look_again(ctx: TenantContext, case: FinanceCase) -> None:
    """Leave the job that asks about a case."""
    enqueue(ctx, LOOK, {"case": str(case.id)})


def ask_again(ctx: TenantContext, case_id: uuid.UUID) -> FinanceCase:
    """A person wants it looked at again, which is on record. Raises `NotFound`, `Refused("case_closed")`."""
    case = case_by_id(ctx, case_id)
    if case.state != CaseState.OPEN:
        raise Refused("case_closed")
    look_again(ctx, case)
    record(ctx, "finance_case.asked", "finance_case", case.id, event_id=case.event_id, case=case.kind)
    return case


def look(run: JobRun) -> None:
    """Ask about a case, settle what the provider says, and compare. A case that is gone, or has nobody to ask, is left."""
    case_id = uuid.UUID(run.payload["case"])
    with run.begin() as ctx:
        case = ctx.db.get(FinanceCase, case_id)
        work = _work(ctx, case) if case is not None else None
        if work is None:
            if case is not None:
                enqueue(ctx, COMPARE)
            run.finish(ctx)
            return
    answer = work.question.answer()
    if answer.said is None and answer.trouble != "declined":
        raise Retry(f"the provider's answer: {answer.trouble}")
    with run.begin() as ctx:
        work.apply(ctx, answer)
        enqueue(ctx, COMPARE)
        run.finish(ctx)


def _work(ctx: TenantContext, case: FinanceCase) -> Look | None:
    try:
        return _asked(ctx, case)
    except Unavailable:  # its keys are gone
        return None


def _asked(ctx: TenantContext, case: FinanceCase) -> Look | None:
    provider: Any = known_provider(ctx, case.provider)
    if case.kind == K.WEBHOOK_FAILED:
        event = ctx.db.get(InboxEvent, uuid.UUID(case.subject))
        if event is not None:
            replay(ctx, event)
        return None
    if case.kind in (K.PAYMENT_UNKNOWN, K.AMOUNT_DIFFERS, K.CASH_DIFFERS):
        enqueue(ctx, READ, {"provider": case.provider, "mode": case.mode})
        return None
    if provider is None or not ICallsOut.providedBy(provider):
        return None
    if case.kind == K.CHARGE_UNKNOWN:
        return _charge(ctx, provider, case)
    if case.kind == K.ATTEMPT_STUCK:
        attempt = ctx.db.get_one(PaymentAttempt, uuid.UUID(case.subject))
        if attempt.open_key is None:
            return None
        asked = question(ctx, ctx.db.get_one(Order, attempt.order_id), attempt)
        return None if asked is None else Look(asked, _settles(attempt.id))
    account = provider.account(ctx, case.mode)
    if case.kind == K.DISPUTE_OPEN and IDisputes.providedBy(provider):
        dispute = ctx.db.get_one(Dispute, uuid.UUID(case.subject))
        return _dispute(provider, account, dispute.payment_id, dispute.reference)
    if case.kind == K.DISPUTE_UNKNOWN and IDisputes.providedBy(provider):
        payment_id = uuid.UUID(case.subject)
        M = PaymentMovement
        lines = select(M.source).where(
            M.payment_id == payment_id, M.kind == MovementKind.DISPUTE, M.source != ""
        )
        name = ctx.db.scalars(lines.order_by(M.at.desc()).limit(1)).first()
        return _dispute(provider, account, payment_id, name) if name else None
    if case.kind in (K.REFUND_UNKNOWN, K.REFUND_MISSING) and IRefunds.providedBy(provider):
        payment = ctx.db.get_one(Payment, uuid.UUID(case.subject))
        payment_id, name = payment.id, payment.reference
        asked = Question(payment_id, lambda: provider.refunds_of(account, name))
        return Look(asked, lambda ctx, answer: note_refunds(ctx, payment_id, answer.said or ()))
    return None


def _settles(attempt_id: uuid.UUID) -> Callable[[TenantContext, Answer], object]:
    return lambda ctx, answer: settle(ctx, attempt_id, answer)


def _dispute(provider: Any, account: Any, payment_id: uuid.UUID, name: str) -> Look:
    asked = Question(payment_id, lambda: provider.dispute(account, name))
    return Look(asked, lambda ctx, answer: note_dispute(ctx, payment_id, answer.said))


def _charge(ctx: TenantContext, provider: Any, case: FinanceCase) -> Look | None:
    """The attempt behind a charge, asked what became of it; however it ended here, money that is there is there.

    The charge of a request for payment does not carry its attempt: requests for as much are asked about.
    """
    M = PaymentMovement
    of = (M.provider == case.provider, M.mode == case.mode, M.reference == case.subject)
    attempt_id = ctx.db.scalar(select(M.attempt_id).where(*of))
    attempt = ctx.db.get(PaymentAttempt, attempt_id) if attempt_id is not None else None
    if attempt_id is None:
        ask_about(ctx, case.provider, case.mode, Money(case.amount_minor, case.currency))
    if attempt is None or attempt.reference is None:
        return None
    account, reference = provider.account(ctx, attempt.mode), attempt.reference
    return Look(Question(attempt.id, lambda: provider.read(account, reference)), _settles(attempt.id))
