"""The door to the SDK: loading it takes 0.3 s and 31 MB, so a process does that when it first calls Stripe, and not before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sratix_core.plugin import Charge, OutcomeUnknown
from sratix_stripe.account import Account

if TYPE_CHECKING:
    from stripe import PaymentIntent
    from stripe._v1_services import V1Services

T = TypeVar("T")
CONFLICT = 409

KEYS = 3
"""How often a payment is opened under a new key, after outages that Stripe keeps."""

AROUND = timedelta(minutes=10)
"""How far our clock and Stripe's may differ, with the time that an attempt is repeated at once."""

MOST_LOOKED_AT = 1000


@contextmanager
def api(account: Account, *, reading: bool = False) -> Iterator[V1Services]:
    """Stripe's calls for this account; errors inside become the core's (`transport.translated`)."""
    from sratix_stripe.transport import client, translated

    with translated(reading):
        yield client(account).v1


def opened(charge: Charge, create: Callable[[str], T], find: Callable[[], T | None]) -> T:
    """What `create(key)` makes. Where Stripe keeps an outage under the key, or the same charge with the fee that was agreed before,
    what `find()` finds, or one under the next key.

    Nobody has the address of a payment whose answer never came, so nobody can pay two.
    """
    from stripe import IdempotencyError

    from sratix_stripe.transport import Remembered

    for again in range(KEYS):
        try:
            return create(charge.key if not again else f"{charge.key}-{again + 1}")
        except (Remembered, IdempotencyError) as kept:
            if isinstance(kept, IdempotencyError) and kept.http_status == CONFLICT:
                raise  # the key is in use at this moment
            if (found := find()) is not None:
                return found
    raise OutcomeUnknown


def made_about(charge: Charge) -> Any:
    """The filter for a list of what was made when this charge was."""
    begun = int(charge.begins_at.timestamp())
    around = int(AROUND.total_seconds())
    return {"created": {"gte": begun - around, "lte": begun + around}, "limit": 100}


def intent_of(v1: V1Services, charge: Charge) -> PaymentIntent | None:
    """The intent of this attempt."""
    found = v1.payment_intents.list(params=made_about(charge))
    mine = str(charge.attempt_id)
    newest = islice(found.auto_paging_iter(), MOST_LOOKED_AT)
    return next(
        (
            one
            for one in newest
            if "sratix_attempt" in one.metadata and one.metadata["sratix_attempt"] == mine
        ),
        None,
    )
