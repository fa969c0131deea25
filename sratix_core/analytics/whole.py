"""Figures of the whole installation by day, for its administrators: summed from the rollups of all organizers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, or_, select

from sratix_core.analytics.models import Rollup

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

PAID = "orders.paid"
VALID, AFTER_VALID = "tickets.valid.", "tickets.valid/"
"""Tickets are kept by type; the second is the first text that no longer begins with the first."""


@dataclass(frozen=True)
class Day:
    """Orders that were paid, and tickets that became valid less those that no longer are."""

    orders: int = 0
    tickets: int = 0


def by_day(db: ScopedSession, since: date) -> dict[date, Day]:
    """Every day from `since` on that has figures. One range of one index; days are those of each event's own zone."""
    tickets = and_(Rollup.metric >= VALID, Rollup.metric < AFTER_VALID)
    orders = Rollup.metric == PAID
    rows = db.execute(
        select(
            Rollup.bucket,
            func.sum(case((orders, Rollup.value), else_=0)),
            func.sum(case((tickets, Rollup.value), else_=0)),
        )
        .where(Rollup.bucket >= since, or_(orders, tickets))
        .group_by(Rollup.bucket)
    )
    return {day: Day(int(paid), int(valid)) for day, paid, valid in rows}
