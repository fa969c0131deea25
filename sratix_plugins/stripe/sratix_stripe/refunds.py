"""Money back to the card it came from. https://docs.stripe.com/refunds"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sratix_core.plugin import RefundReading, RefundWanted
from sratix_stripe.account import Account
from sratix_stripe.amounts import from_stripe, to_stripe
from sratix_stripe.api import api
from sratix_stripe.connect import taken_back

if TYPE_CHECKING:
    from stripe import Refund

OURS = "sratix_key"
"""Metadata with the key of the act: by it a refund is known as ours when its answer was lost."""

STATES: dict[str | None, Literal["waiting", "succeeded", "declined"]] = {
    "succeeded": "succeeded",
    "failed": "declined",
    "canceled": "declined",
}


def refund(account: Account, wanted: RefundWanted) -> RefundReading:
    """Send back a part or all of a payment. Raises `Declined`: already refunded, disputed, more than is left.

    It looks first whether this act was done: Stripe forgets a key after a day, and answers an outage under it again until then.
    """
    for known in refunds_of(account, wanted.payment):
        if known.key == wanted.key:
            return known
    params: Any = {
        "payment_intent": wanted.payment,
        "amount": to_stripe(wanted.amount),
        "metadata": {**wanted.metadata, OURS: wanted.key},
    }
    with api(account) as v1:
        params |= taken_back(account, v1, wanted.payment)
        return _reading(v1.refunds.create(params=params, options={"idempotency_key": wanted.key}))


def refunds_of(account: Account, payment: str) -> list[RefundReading]:
    """Every refund of the payment, oldest first, over all of Stripe's pages."""
    with api(account, reading=True) as v1:
        found = v1.refunds.list(params={"payment_intent": payment, "limit": 100})
        return [_reading(one) for one in reversed(list(found.auto_paging_iter()))]


def _reading(refund: Refund) -> RefundReading:
    """`pending` and `requires_action` may still become either."""
    return RefundReading(
        STATES.get(refund.status, "waiting"),
        refund.id,
        from_stripe(refund.amount, refund.currency),
        _key(refund.metadata),
        refund.failure_reason or "",
    )


def _key(metadata: Any) -> str:
    """The SDK's objects know `in` and `[]`, and no `get`."""
    return str(metadata[OURS]) if metadata is not None and OURS in metadata else ""
