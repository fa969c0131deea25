# mypy: allow-subclassing-any, disable-error-code="misc, empty-body"
"""A payment provider whose money came before: value on gift cards and the like, spent and given back without calling anybody.

It is a means of payment, never a discount: the price of an order, its tax and its invoice stay as they are.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from zope.interface import Interface

from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


@dataclass(frozen=True)
class StoredValue:
    """What a code opens: `key` names it for good, `mark` is as much of the code as anybody may read.

    `state` is `blocked` where the organizer stopped it, `ended` after its last day, `spent` where nothing is on it.
    """

    key: uuid.UUID
    mark: str
    balance: Money
    state: Literal["open", "blocked", "ended", "spent"] = "open"


class IHoldsValue(Interface):
    """Orders can be paid, wholly or in part, with value that was paid for before.

    All of it happens in the transaction of the act, so nothing is called outside. The core books it.
    """

    def found(ctx: TenantContext, typed: str) -> StoredValue | None:
        """What the typed code opens; None where it opens nothing. Wrong ones are counted and slowed down by the core."""

    def held(ctx: TenantContext, key: uuid.UUID) -> StoredValue | None:
        """The same by its key, as it is now."""

    def take(ctx: TenantContext, key: uuid.UUID, amount: Money, order_id: uuid.UUID) -> str:
        """Take an amount off, decided by one statement; the reference of it, never used before. Raises `Conflict`."""

    def put_back(ctx: TenantContext, reference: str, amount: Money, refund_id: uuid.UUID) -> None:
        """Put back an amount of what was taken under `reference`, once for each refund; never more than was taken."""
