"""What waits for a person, as the finance pages name it beside their own cases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from sratix_bank_transfer.models import Transaction, TransactionState
from sratix_core.plugin import OpenCases


def waiting(request: Any) -> list[OpenCases]:
    """Payments that wait for a decision, and those that somebody has to send back; one statement."""
    of = (TransactionState.OPEN, TransactionState.TO_RETURN)
    counted = select(Transaction.state, func.count()).where(Transaction.state.in_(of))
    counts = {
        TransactionState(state): int(n)
        for state, n in request.db.execute(counted.group_by(Transaction.state))
    }
    here = request.route_path("bank_transfer.payments", tenant=request.matchdict["tenant"])
    t, n, back = request.t, counts.get(TransactionState.OPEN, 0), counts.get(TransactionState.TO_RETURN, 0)
    found = []
    if n:
        fact = (
            t("One bank payment waits for a decision.")
            if n == 1
            else t("{n} bank payments wait for a decision.", n=n)
        )
        found.append(OpenCases(fact, t("No order is paid by them before that."), t("Decide"), here))
    if back:
        fact = (
            t("One bank payment is to be sent back.")
            if back == 1
            else t("{n} bank payments are to be sent back.", n=back)
        )
        found.append(
            OpenCases(fact, t("Transfer the money, then mark it here."), t("Open"), here + "?view=return")
        )
    return found
