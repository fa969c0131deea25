"""A payment that a bank took back. https://docs.stripe.com/disputes"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from sratix_core.plugin import DisputeReading
from sratix_stripe.account import Account
from sratix_stripe.amounts import from_stripe
from sratix_stripe.api import api

STATES: dict[str, Literal["needs_response", "under_review", "won", "lost"]] = {
    "needs_response": "needs_response",
    "warning_needs_response": "needs_response",
    "under_review": "under_review",
    "warning_under_review": "under_review",
    "won": "won",
    "warning_closed": "won",  # an inquiry that came to nothing
    "prevented": "won",
    "lost": "lost",
}


def dispute(account: Account, reference: str) -> DisputeReading:
    """How it stands; the fee is what Stripe took off for it so far. A state that is new to us is still under review.

    Stripe takes the amount from whoever took the payment: under Connect that is the platform.
    """
    with api(account, reading=True) as v1:
        found = v1.disputes.retrieve(reference)
    due = found.evidence_details.due_by
    payment = found.payment_intent
    return DisputeReading(
        found.id,
        (payment if isinstance(payment, str) else payment.id) if payment else "",
        STATES.get(found.status, "under_review"),
        from_stripe(found.amount, found.currency),
        from_stripe(sum(line.fee for line in found.balance_transactions), found.currency),
        found.reason,
        datetime.fromtimestamp(due, UTC) if due else None,
        platform_bears=bool(account.destination),
    )
