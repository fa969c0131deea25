"""Stripe's own statement: the balance transactions of a period, fees and payouts included."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from sratix_core.plugin import Movement
from sratix_stripe.account import Account
from sratix_stripe.amounts import from_stripe
from sratix_stripe.api import api

Kind = Literal["charge", "refund", "payout", "dispute", "adjustment"]

KINDS: dict[str, Kind] = {
    "charge": "charge",
    "refund": "refund",
    "refund_failure": "refund",
    "partial_capture_reversal": "refund",
    "dispute": "dispute",
    "dispute_reversal": "dispute",
    "payout": "payout",
    "payout_reversal": "payout",
}
"""By Stripe's reporting category, which tells a dispute from other adjustments where the type doesn't."""


def movements(account: Account, since: datetime, until: datetime) -> list[Movement]:
    """From `since` up to, not including, `until`; oldest first."""
    period: Any = {"gte": int(since.timestamp()), "lt": int(until.timestamp())}
    params: Any = {"created": period, "limit": 100, "expand": ["data.source"]}
    with api(account, reading=True) as v1:
        newest_first = list(v1.balance_transactions.list(params=params).auto_paging_iter())
    return [movement(line) for line in reversed(newest_first)]


def movement(line: Any) -> Movement:
    """One line, with its source expanded."""
    return Movement(
        line.id,
        KINDS.get(line.reporting_category, "adjustment"),
        from_stripe(line.amount, line.currency),
        from_stripe(line.fee, line.currency),
        payment_of(line.source),
        datetime.fromtimestamp(line.created, UTC),
        str(getattr(line.source, "id", line.source) or ""),
        attempt_of(line.source),
    )


def payment_of(source: Any) -> str:
    """The intent behind a charge, refund or dispute."""
    found = getattr(source, "payment_intent", None)
    return str(getattr(found, "id", found) or "")


def attempt_of(source: Any) -> str:
    """Our id of the try behind a charge; the SDK's objects know `in` and `[]`, and no `get`."""
    metadata = getattr(source, "metadata", None)
    return str(metadata["sratix_attempt"]) if metadata is not None and "sratix_attempt" in metadata else ""
