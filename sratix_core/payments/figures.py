"""How well paying works: tries and how they ended, why cards were declined, how long an order waits for its money."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import and_, extract, func, select

from sratix_core.ledger.acts import cash_at
from sratix_core.orders.models import Order
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.states import OPEN, AttemptKind, AttemptState

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

A = PaymentAttempt


@dataclass
class Paying:
    """Tries to pay by how they ended; `reasons` of the declined ones by the provider's own code; `payments` that came by
    whatever way, and `seconds` from placing an order to its money on the average (None: there was none)."""

    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    payments: int = 0
    seconds: float | None = None

    @property
    def tries(self) -> int:
        return sum(self.states.values())

    @property
    def ended(self) -> int:
        """Tries of which it is known how they ended."""
        return self.tries - sum(self.states[state] for state in OPEN)

    @property
    def rate(self) -> float | None:
        """The share of ended tries that brought money, 0 to 1."""
        return self.states[AttemptState.SUCCEEDED] / self.ended if self.ended else None


def by_provider(
    db: ScopedSession, since: datetime, until: datetime, event_id: uuid.UUID | None = None
) -> dict[str, Paying]:
    """For what was begun, and what was received, from `since` up to `until`, by whose cash it is (`cash_at`); two statements.

    Of one organizer in its session, of all of them in one that sees everybody.
    """
    found: dict[str, Paying] = {}
    of_order = and_(Order.tenant_id == A.tenant_id, Order.id == A.order_id)
    kinds = (A.provider, A.mode, A.state, A.reason)
    tries = select(*kinds, func.count()).where(
        A.kind == AttemptKind.PAY, A.created_at >= since, A.created_at < until
    )
    if event_id is not None:
        tries = tries.join(Order, of_order).where(Order.event_id == event_id)
    for provider, mode, state, reason, n in db.execute(tries.group_by(*kinds)):
        mine = found.setdefault(cash_at(Payment(provider=provider, mode=mode)), Paying())
        mine.states[state] += int(n)
        if state == AttemptState.DECLINED:
            mine.reasons[reason or "unknown"] += int(n)
    waited = extract("epoch", Payment.received_at) - extract("epoch", Order.created_at)
    came = (
        select(Payment.provider, Payment.mode, func.count(), func.avg(waited))
        .join(Order, and_(Order.tenant_id == Payment.tenant_id, Order.id == Payment.order_id))
        .where(Payment.received_at >= since, Payment.received_at < until)
    )
    if event_id is not None:
        came = came.where(Order.event_id == event_id)
    for provider, mode, n, seconds in db.execute(came.group_by(Payment.provider, Payment.mode)):
        mine = found.setdefault(cash_at(Payment(provider=provider, mode=mode)), Paying())
        mine.payments, mine.seconds = int(n), float(seconds)
    return found
