"""What `sratix verify` asks about the books."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select, union_all

from sratix_core.audit.verify import walk
from sratix_core.invariants import Check, Outcome
from sratix_core.ledger.accounts import Account, Act
from sratix_core.ledger.models import LedgerEntry
from sratix_core.ledger.reports import REFUNDS
from sratix_core.orders.models import Order
from sratix_core.orders.states import HOLDS_UNITS
from sratix_core.payments.models import Payment, Refund, RefundFailure

if TYPE_CHECKING:
    from sqlalchemy import Select

    from sratix_core.tenancy.session import ScopedSession

SHOWN = 20
HELD = (Account.CASH, Account.STORED_VALUE)
"""What a payment is booked as."""


def _counted(db: ScopedSession, model: Any) -> int:
    return int(db.scalar(select(func.count()).select_from(model)) or 0)


def _transactions(*having: Any) -> Select[int, uuid.UUID, str]:
    same = (LedgerEntry.tenant_id, LedgerEntry.op_id, LedgerEntry.act)
    return select(*same).group_by(*same).having(or_(*having)).limit(SHOWN)


def balanced(db: ScopedSession) -> Outcome:
    """L1: the entries of a transaction are in one currency and sum to 0."""
    wrong = _transactions(
        func.sum(LedgerEntry.amount_minor) != 0,
        func.min(LedgerEntry.currency) != func.max(LedgerEntry.currency),
    )
    faults = tuple(f"{act} {op_id}: the entries do not sum to 0" for _, op_id, act in db.execute(wrong))
    return Outcome(_counted(db, LedgerEntry), faults)


def chained(db: ScopedSession) -> Outcome:
    """L3: every entry is as it was written, numbered without a gap and chained."""
    checked, faults = 0, []
    for count, findings in walk(db, only=(LedgerEntry.__stream__,)):
        checked += count
        faults += [str(finding) for finding in findings]
    return Outcome(checked, tuple(faults[:SHOWN]))


def whole(db: ScopedSession) -> Outcome:
    """L6: one act of one cause is one transaction, its legs numbered from 0 without a gap."""
    wrong = _transactions(func.count() != func.max(LedgerEntry.line) + 1, func.min(LedgerEntry.line) != 0)
    faults = tuple(f"{act} {op_id}: legs are missing" for _, op_id, act in db.execute(wrong))
    return Outcome(_counted(db, LedgerEntry), faults)


def _per_order(accounts: tuple[Account, ...], *acts: Act) -> Any:
    held = (LedgerEntry.tenant_id, LedgerEntry.order_id)
    of = (LedgerEntry.account.in_(accounts), LedgerEntry.order_id.is_not(None))
    return (
        select(*held, func.sum(LedgerEntry.amount_minor).label("minor"))
        .where(*of, *([LedgerEntry.act.in_(acts)] if acts else []))
        .group_by(*held)
        .subquery()
    )


def _received() -> Any:
    """What was received for an order and did not go back; a refund counts once it happened, and no more once it came back."""
    came = select(Payment.tenant_id, Payment.order_id, Payment.amount_minor.label("minor"))
    went = select(Refund.tenant_id, Refund.order_id, (-Refund.amount_minor).label("minor"))
    failed = select(
        RefundFailure.tenant_id, RefundFailure.order_id, RefundFailure.amount_minor.label("minor")
    )
    both = union_all(came, went, failed).subquery()
    of = (both.c.tenant_id, both.c.order_id)
    return select(*of, func.sum(both.c.minor).label("minor")).group_by(*of).subquery()


def agrees_with_orders(db: ScopedSession) -> Outcome:
    """L4: a buyer owes in the books an order's price while it holds seats, or what is kept of it, less what came and did not go back."""
    owed, received = _per_order((Account.BUYERS,)), _received()
    price = case(
        (Order.state.in_(HOLDS_UNITS), Order.total_minor - Order.credited_minor), else_=Order.kept_minor
    )
    query = (
        select(Order.code)
        .outerjoin(owed, and_(owed.c.tenant_id == Order.tenant_id, owed.c.order_id == Order.id))
        .outerjoin(received, and_(received.c.tenant_id == Order.tenant_id, received.c.order_id == Order.id))
        .where(func.coalesce(owed.c.minor, 0) != price - func.coalesce(received.c.minor, 0))
        .limit(SHOWN)
    )
    faults = tuple(f"order {code}: the books say something else is owed" for code in db.scalars(query))
    return Outcome(_counted(db, Order), faults)


def agrees_with_payments(db: ScopedSession) -> Outcome:
    """Every payment is booked as cash, or as value that was spent, and nothing of either was booked for an order without one."""
    cash, received = _per_order(HELD, Act.PAYMENT, *REFUNDS), _received()
    query = (
        select(Order.code)
        .outerjoin(cash, and_(cash.c.tenant_id == Order.tenant_id, cash.c.order_id == Order.id))
        .outerjoin(received, and_(received.c.tenant_id == Order.tenant_id, received.c.order_id == Order.id))
        .where(func.coalesce(cash.c.minor, 0) != func.coalesce(received.c.minor, 0))
        .limit(SHOWN)
    )
    faults = tuple(f"order {code}: payments and cash in the books differ" for code in db.scalars(query))
    return Outcome(_counted(db, Payment), faults)


def agrees_on_fees(db: ScopedSession) -> Outcome:
    """The fees in the books are those of the orders that stand, or of what was kept, less what was credited of them."""
    booked = _per_order((Account.SERVICE_FEES,))
    stands = or_(Order.state.in_(HOLDS_UNITS), Order.kept_minor > 0)
    fees = case((stands, Order.fee_minor - Order.credited_fee_minor), else_=0)
    query = (
        select(Order.code)
        .outerjoin(booked, and_(booked.c.tenant_id == Order.tenant_id, booked.c.order_id == Order.id))
        .where(func.coalesce(booked.c.minor, 0) != -fees)
        .limit(SHOWN)
    )
    faults = tuple(f"order {code}: its fees and the books differ" for code in db.scalars(query))
    return Outcome(_counted(db, Order), faults)


def agrees_on_value(db: ScopedSession) -> Outcome:
    """What orders sold of value in the books is that of the orders that stand, or of what was kept, less what was credited of it."""
    booked = _per_order((Account.VALUE_ORDERED,), Act.CHARGE, Act.VOID, Act.CREDIT_NOTE)
    left = _per_order((Account.VALUE_ORDERED,))
    stands = or_(Order.state.in_(HOLDS_UNITS), Order.kept_minor > 0)
    value = case((stands, Order.value_minor - Order.credited_value_minor), else_=0)
    query = (
        select(Order.code)
        .outerjoin(booked, and_(booked.c.tenant_id == Order.tenant_id, booked.c.order_id == Order.id))
        .outerjoin(left, and_(left.c.tenant_id == Order.tenant_id, left.c.order_id == Order.id))
        .where(
            or_(
                func.coalesce(booked.c.minor, 0) != -value,
                func.coalesce(left.c.minor, 0) > 0,
                and_(Order.state.not_in(HOLDS_UNITS), func.coalesce(left.c.minor, 0) != 0),
            )
        )
        .limit(SHOWN)
    )
    faults = tuple(f"order {code}: the value it sold and the books differ" for code in db.scalars(query))
    return Outcome(_counted(db, Order), faults)


CHECKS = (
    Check("L1", "the entries of every transaction sum to 0 in one currency", balanced),
    Check("L3", "every ledger entry is as it was written, numbered without a gap and chained", chained),
    Check("L4", "the books and the orders agree on what each buyer owes", agrees_with_orders),
    Check("L6", "one business act is one whole ledger transaction", whole),
    Check("L7", "payments and the cash in the books agree", agrees_with_payments),
    Check("L9", "the value that orders sold and the books agree", agrees_on_value),
    Check("L8", "the fees of orders and the books agree", agrees_on_fees),
)
