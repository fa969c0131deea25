"""How paying went over all organizers, week by week and by currency, for the administrators of the installation.

Everything is real money: what was bought in test mode moved none. Each figure is one statement, and no order or person is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, select

from sratix_core.payments.models import Dispute, Payment, PaymentAttempt, Refund
from sratix_core.payments.states import AttemptKind

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

LIVE = "live"


def by_week(db: ScopedSession, edges: Sequence[datetime]) -> list[Counter[str]]:
    """For each stretch between two edges: `tries` to pay and how they ended (`succeeded`, `declined`, …), `payments`, `refunds`,
    `disputes`."""
    weeks: list[Counter[str]] = [Counter() for _ in edges[1:]]
    A = PaymentAttempt
    tried = and_(A.kind == AttemptKind.PAY, A.mode == LIVE)
    for week, state, n in _counted(db, edges, A.created_at, tried, A.state):
        weeks[week][state] += n
        weeks[week]["tries"] += n
    for name, at, which in (
        ("payments", Payment.received_at, Payment.mode == LIVE),
        ("refunds", Refund.paid_back_at, _of_live(Refund.tenant_id, Refund.payment_id)),
        ("disputes", Dispute.opened_at, _of_live(Dispute.tenant_id, Dispute.payment_id)),
    ):
        for week, n in _counted(db, edges, at, which):
            weeks[week][name] += n
    return weeks


def amounts(db: ScopedSession, since: datetime, until: datetime) -> dict[str, Counter[str]]:
    """By currency, in minor units: `received`, `refunds`, `disputes`."""
    found: dict[str, Counter[str]] = {}
    for name, model, at, which in (
        ("received", Payment, Payment.received_at, Payment.mode == LIVE),
        ("refunds", Refund, Refund.paid_back_at, _of_live(Refund.tenant_id, Refund.payment_id)),
        ("disputes", Dispute, Dispute.opened_at, _of_live(Dispute.tenant_id, Dispute.payment_id)),
    ):
        table: Any = model
        summed = select(table.currency, func.sum(table.amount_minor)).where(at >= since, at < until, which)
        for currency, minor in db.execute(summed.group_by(table.currency)):
            found.setdefault(currency, Counter())[name] = int(minor)
    return found


def _counted(
    db: ScopedSession, edges: Sequence[datetime], at: Any, which: Any, *kinds: Any
) -> list[tuple[Any, ...]]:
    """(number of the week, kinds…, count) of the rows that `which` holds for."""
    week = case(*((at < end, n) for n, end in enumerate(edges[1:])), else_=len(edges)).label("week")
    rows = select(week, *kinds, func.count()).where(at >= edges[0], at < edges[-1], which)
    return [tuple(row) for row in db.execute(rows.group_by(week, *kinds))]


def _of_live(tenant_id: Any, payment_id: Any) -> Any:
    return (
        select(Payment.id)
        .where(Payment.tenant_id == tenant_id, Payment.id == payment_id, Payment.mode == LIVE)
        .exists()
    )
