"""What providers paid out lately, and what came back from the bank, as the finance page lists it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from sratix_core.ledger.acts import cash_at
from sratix_core.reconciliation.models import MovementKind, PaymentMovement
from sratix_core.web.request import Request

SHOWN = 5


def latest(request: Request, name: Callable[[str], str]) -> list[dict[str, Any]]:
    """The newest payouts of all providers; `name` says whose cash it is in words."""
    M = PaymentMovement
    lines = select(M).where(M.payment_id.is_(None), M.kind == MovementKind.PAYOUT)
    return [
        {
            "name": name(cash_at(line)),
            "amount": -line.amount,
            "came_back": line.amount_minor > 0,
            "at": line.at,
        }
        for line in request.db.scalars(lines.order_by(M.at.desc(), M.id.desc()).limit(SHOWN))
    ]
