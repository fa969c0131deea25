# mypy: allow-subclassing-any, disable-error-code="misc, empty-body"
"""What a payment provider that sends its own request for payment can do; what holds for all capabilities is in `paying`."""

from __future__ import annotations

from typing import Any

from zope.interface import Attribute, Interface

from sratix_core.plugins.paying import Begun, Charge, Reading

OVERDUE = "overdue"
"""`Reading.reason` of a request that waits though its day is over."""

WRITTEN_OFF = "uncollectible"
"""…that the organizer has given up at the provider; it may still be paid."""

PAID_OUTSIDE = "paid_outside"
"""…that somebody marked as paid there, by money that did not come through the provider. No money is claimed: a person decides."""

PAID_IN_PARTS = "paid_in_parts"
"""…that several payments have paid, or a part. A person decides."""

NOTED = frozenset({OVERDUE, WRITTEN_OFF, PAID_OUTSIDE, PAID_IN_PARTS})
TO_DECIDE = frozenset({PAID_OUTSIDE, PAID_IN_PARTS})


class IRequestsPayment(Interface):
    """The provider sends the buyer a request for payment that is open for days, on a page of its own: beside `ICallsOut` and `IRedirects`.

    The order is kept for `term_days`, as one that waits for a transfer. `begin` sends the request, `end` takes it back, and `read`
    says `waiting` until there is money; its `reason` is one of this module's words, or empty.
    """

    settles_with = Attribute(
        "the provider on whose account the money comes: payment, refunds, statement and books go by its name, and it hears the events"
    )

    def request_of(account: Any, charge: Charge) -> Begun | Reading:
        """The request of an attempt so old that its key may be forgotten, by `charge.attempt_id`; "expired" where none is open or paid."""

    def send_again(account: Any, reference: str, key: str) -> None:
        """Mail it to the buyer once more; `key` is this press of the button. Raises `Declined` where it can't be paid any more."""
