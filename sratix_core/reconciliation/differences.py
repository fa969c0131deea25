"""Where a provider's statement and the payments differ, as queries: the comparison and `sratix verify` ask the same ones."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, func, or_, select, union_all

from sratix_core.ledger.accounts import Account
from sratix_core.ledger.models import LedgerEntry
from sratix_core.payments.models import (
    ByHand,
    Dispute,
    DisputeState,
    Payment,
    PaymentAttempt,
    Refund,
    RefundFailure,
)
from sratix_core.reconciliation.models import MovementKind, PaymentMovement, Statement
from sratix_core.reconciliation.statement import OF_PAYMENTS

M = PaymentMovement
S = Statement

TAKEN = (Dispute.state != DisputeState.WON, Dispute.platform_bears.is_(False))
"""Disputes whose amount is not in the organizer's balance."""


def _ours(model: Any, last: Any, *where: Any) -> Any:
    """What we have by payment, and when it changed last."""
    of = (model.tenant_id, model.payment_id)
    found = select(*of, func.sum(model.amount_minor).label("minor"), func.max(last).label("last"))
    return found.where(*where).group_by(*of).subquery()


def _refunds() -> Any:
    """What went back through the providers and did not come back, by payment, and when that changed last."""
    R, F = Refund, RefundFailure
    through = R.provider.not_in(list(ByHand))
    went = select(R.tenant_id, R.payment_id, R.amount_minor.label("minor"), R.paid_back_at.label("at"))
    failed = select(F.tenant_id, F.payment_id, (-F.amount_minor).label("minor"), F.came_back_at.label("at"))
    of_refund = and_(R.tenant_id == F.tenant_id, R.id == F.refund_id)
    both = union_all(went.where(through), failed.join(R, of_refund).where(through)).subquery()
    of = (both.c.tenant_id, both.c.payment_id)
    found = select(*of, func.sum(both.c.minor).label("minor"), func.max(both.c.at).label("last"))
    return found.group_by(*of).subquery()


def _there() -> Any:
    of = (M.tenant_id, M.payment_id)
    sums = [
        func.sum(case((M.kind == k, M.amount_minor), else_=0)).label(k.value) for k in sorted(OF_PAYMENTS)
    ]
    return select(*of, *sums).where(M.payment_id.is_not(None)).group_by(*of).subquery()


def payments_that_differ() -> Any:
    """Rows of payments whose provider's statement says something else, but for what is younger than its last reading:
    (tenant_id, id, order_id, provider, mode, currency, amount_minor, recorded_by, charge, refund, dispute, refunded, disputed).

    `charge`, `refund` and `dispute` are the statement's signed sums, `refunded` and `disputed` ours.
    """
    there = _there()
    refunds = _refunds()
    lost = _ours(Dispute, func.coalesce(Dispute.closed_at, Dispute.opened_at), *TAKEN)
    moving = (PaymentAttempt.tenant_id == Payment.tenant_id) & (PaymentAttempt.payment_id == Payment.id)

    def beside(other: Any) -> Any:
        return and_(other.c.tenant_id == Payment.tenant_id, other.c.payment_id == Payment.id)

    charge, refund, dispute = (
        func.coalesce(there.c[k.value], 0)
        for k in (MovementKind.CHARGE, MovementKind.REFUND, MovementKind.DISPUTE)
    )
    back, taken = func.coalesce(refunds.c.minor, 0), func.coalesce(lost.c.minor, 0)
    of_statement = and_(
        S.tenant_id == Payment.tenant_id, S.provider == Payment.provider, S.mode == Payment.mode
    )
    return (
        select(
            Payment.tenant_id, Payment.id, Payment.order_id, Payment.provider, Payment.mode, Payment.currency,
            Payment.amount_minor, Payment.recorded_by, charge.label("charge"), refund.label("refund"),
            dispute.label("dispute"), back.label("refunded"), taken.label("disputed"),
        )
        .join(S, of_statement)
        .outerjoin(there, beside(there))
        .outerjoin(refunds, beside(refunds))
        .outerjoin(lost, beside(lost))
        .where(
            or_(charge != Payment.amount_minor, -refund != back, -dispute != taken),
            Payment.received_at <= S.read_until,
            or_(refunds.c.last.is_(None), refunds.c.last <= S.read_until),
            or_(lost.c.last.is_(None), lost.c.last <= S.read_until),
            ~select(PaymentAttempt.id).where(moving, PaymentAttempt.open_key.is_not(None)).exists(),
        )
    )  # fmt: skip


def _by_cash(model: Any, minor: Any, *where: Any, whose: Any = Payment.provider) -> Any:
    """Signed sums of something that belongs to payments, by whose cash it is."""
    of = (Payment.tenant_id, whose, Payment.mode, Payment.currency)
    joined = and_(Payment.tenant_id == model.tenant_id, Payment.id == model.payment_id)
    found = select(*of, func.sum(minor).label("minor")).select_from(model).join(Payment, joined)
    return found.where(*where).group_by(*of)


def _came_back() -> Any:
    of_refund = and_(Refund.tenant_id == RefundFailure.tenant_id, Refund.id == RefundFailure.refund_id)
    failed = _by_cash(RefundFailure, RefundFailure.amount_minor, whose=Refund.provider)
    return failed.join(Refund, of_refund)


def cash_by_rows(db: Any) -> dict[tuple[int, str, str, str], int]:
    """What the books must hold as cash by (tenant, provider, mode, currency), from payments, refunds, disputes and statements."""
    sums: dict[tuple[int, str, str, str], int] = {}
    of = (Payment.tenant_id, Payment.provider, Payment.mode, Payment.currency)
    lines = (M.tenant_id, M.provider, M.mode, M.currency)
    booked = func.sum(case((M.kind.in_(OF_PAYMENTS), 0), else_=M.amount_minor) - M.fee_minor)
    for query in (
        select(*of, func.sum(Payment.amount_minor)).group_by(*of),
        _by_cash(Refund, -Refund.amount_minor, whose=Refund.provider),
        _came_back(),
        _by_cash(Dispute, -Dispute.amount_minor, *TAKEN),
        select(*lines, booked).group_by(*lines),
    ):
        for *key, minor in db.execute(query):
            place = (key[0], key[1], key[2], key[3])
            sums[place] = sums.get(place, 0) + int(minor)
    return sums


def cash_in_books(db: Any) -> dict[tuple[int, str, str], int]:
    """What the books hold as cash by (tenant, whose cash, currency)."""
    of = (LedgerEntry.tenant_id, LedgerEntry.provider, LedgerEntry.currency)
    query = select(*of, func.sum(LedgerEntry.amount_minor)).where(LedgerEntry.account == Account.CASH)
    return {
        (owner, whose, currency): int(minor)
        for owner, whose, currency, minor in db.execute(query.group_by(*of))
    }
