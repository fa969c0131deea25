"""What must hold between providers' statements, payments and books."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from sratix_core.invariants import Check, Outcome
from sratix_core.ledger.accounts import Account
from sratix_core.ledger.acts import cash_at
from sratix_core.ledger.models import LedgerEntry
from sratix_core.orders.models import Order
from sratix_core.payments.models import (
    Dispute,
    DisputeState,
    InboxEvent,
    InboxState,
    Payment,
)
from sratix_core.reconciliation.differences import cash_by_rows, cash_in_books, payments_that_differ
from sratix_core.reconciliation.models import FinanceCase, PaymentMovement, Statement
from sratix_core.reconciliation.statement import OF_PAYMENTS

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

SHOWN = 20


def _counted(db: ScopedSession, model: Any) -> int:
    return int(db.scalar(select(func.count()).select_from(model)) or 0)


def equals_statements(db: ScopedSession) -> Outcome:
    """L5: every line of a statement is booked once and rightly; what the books hold at a provider is what the lines and the
    payments come to; and where a payment differs from its lines there is a case that says so."""
    faults = _booked(db) + _held(db) + _unsaid(db)
    return Outcome(_counted(db, PaymentMovement), tuple(faults[:SHOWN]))


def _booked(db: ScopedSession) -> list[str]:
    M, E = PaymentMovement, LedgerEntry
    of = (E.tenant_id, E.op_id)
    cash = (
        select(*of, func.sum(E.amount_minor).label("minor"))
        .where(E.account == Account.CASH, E.act.in_(("fee", "payout", "adjustment")))
        .group_by(*of)
        .subquery()
    )
    due = case((M.kind.in_(OF_PAYMENTS), 0), else_=M.amount_minor) - M.fee_minor
    wrong = (
        select(M.provider, M.reference)
        .outerjoin(cash, and_(cash.c.tenant_id == M.tenant_id, cash.c.op_id == M.id))
        .where(func.coalesce(cash.c.minor, 0) != due)
    )
    return [
        f"{name} {reference}: the books have another amount"
        for name, reference in db.execute(wrong.limit(SHOWN))
    ]


def _held(db: ScopedSession) -> list[str]:
    S = Statement
    read = {
        (row.tenant_id, row.provider, row.mode)
        for row in db.execute(select(S.tenant_id, S.provider, S.mode).where(S.read_until.is_not(None)))
    }
    if not read:
        return []
    books = cash_in_books(db)
    faults = []
    for (owner, provider, mode, currency), minor in sorted(cash_by_rows(db).items()):
        whose = cash_at(Statement(provider=provider, mode=mode))
        if (owner, provider, mode) in read and books.get((owner, whose, currency), 0) != minor:
            faults.append(
                f"tenant {owner}: cash at {whose} in {currency} is not what its lines and payments come to"
            )
    return faults


def _unsaid(db: ScopedSession) -> list[str]:
    differ = payments_that_differ().subquery()
    of_order = and_(FinanceCase.tenant_id == differ.c.tenant_id, FinanceCase.order_id == differ.c.order_id)
    # Before the comparison that follows a reading, a difference has no case yet; it is asked for in the reading's own unit.
    waits = select(FinanceCase.id).where(of_order).exists()
    rows = db.execute(select(differ.c.id, differ.c.provider).where(~waits, ~_comparing(differ)).limit(SHOWN))
    return [
        f"payment {found}: differs from the statement of {name} and no case says so" for found, name in rows
    ]


def _comparing(differ: Any) -> Any:
    """Whether the comparison that has to find it is still to run."""
    from sratix_core.jobs.models import Job, JobState

    waiting = (Job.tenant_id == differ.c.tenant_id, Job.kind == "finance.compare")
    return select(Job.id).where(*waiting, Job.state.in_((JobState.WAITING, JobState.RUNNING))).exists()


def orders_kept(db: ScopedSession) -> Outcome:
    """M1: what is left of an order's money after refunds and lost disputes is not negative, and in the order's currency."""
    came = (
        select(
            Payment.tenant_id,
            Payment.order_id,
            func.sum(Payment.amount_minor - Payment.refunded_minor).label("minor"),
            func.min(Payment.currency).label("least"),
            func.max(Payment.currency).label("most"),
        )
        .group_by(Payment.tenant_id, Payment.order_id)
        .subquery()
    )
    lost = (
        select(Dispute.tenant_id, Dispute.order_id, func.sum(Dispute.amount_minor).label("minor"))
        .where(Dispute.state == DisputeState.LOST)
        .group_by(Dispute.tenant_id, Dispute.order_id)
        .subquery()
    )
    query = (
        select(Order.code)
        .join(came, and_(came.c.tenant_id == Order.tenant_id, came.c.order_id == Order.id))
        .outerjoin(lost, and_(lost.c.tenant_id == Order.tenant_id, lost.c.order_id == Order.id))
        .where(
            or_(
                came.c.minor - func.coalesce(lost.c.minor, 0) < 0,
                came.c.least != Order.currency,
                came.c.most != Order.currency,
            )
        )
        .limit(SHOWN)
    )
    faults = tuple(
        f"order {code}: more went back than came, or in another currency" for code in db.scalars(query)
    )
    return Outcome(_counted(db, Order), faults)


def inbox_once(db: ScopedSession) -> Outcome:
    """S1: a provider's event is kept once, and what it says of itself fits together."""
    E = InboxEvent
    same = (E.tenant_id, E.provider, E.account, E.event_id)
    twice = select(*same).group_by(*same).having(func.count() > 1).limit(SHOWN)
    over = E.state.in_((InboxState.DONE, InboxState.IGNORED))
    odd = select(E.provider, E.event_id).where(
        or_(
            and_(over, or_(E.processed_at.is_(None), E.error != "")),
            and_(E.state == InboxState.FAILED, E.error == ""),
            and_(E.state == InboxState.RECEIVED, E.processed_at.is_not(None)),
        )
    )
    faults = [f"{row.provider} {row.event_id}: kept twice" for row in db.execute(twice)]
    faults += [f"{name} {event}: its state does not fit" for name, event in db.execute(odd.limit(SHOWN))]
    return Outcome(_counted(db, InboxEvent), tuple(faults[:SHOWN]))


CHECKS = (
    Check("L5", "the books and the providers' statements agree, or a case says why not", equals_statements),
    Check("M1", "of every order's money no more went back than came, in one currency", orders_kept),
    Check("S1", "every provider's event is kept once and its state fits", inbox_once),
)
