# mypy: allow-subclassing-any, disable-error-code="misc, empty-body"
"""A payment provider whose money came before: value on gift cards and the like, spent and given back without calling anybody.

It is a means of payment, never a discount: the price of an order, its tax and its invoice stay as they are.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class SoldUnit:
    """A unit of a paid order that buys value: `id` names it for good, `line_id` and `number` are its place in the order.

    `email` is whom it is for, with `name` where one was given; else it is the buyer's.
    """

    id: uuid.UUID
    line_id: uuid.UUID
    number: int
    order_id: uuid.UUID
    amount: Money
    name: str
    email: str
    locale: str


@dataclass(frozen=True)
class SoldValue:
    """What was made of a unit, as it is now."""

    mark: str
    issued: Money
    balance: Money
    state: Literal["open", "blocked", "ended", "spent"]
    sent_to: str


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

    def hold(ctx: TenantContext, references: Sequence[str], units: Sequence[uuid.UUID]) -> None:
        """Hold what was taken under these and what was made of these units, by their keys, until the commit.

        Asked before several are put back and ended in one act: `take` is asked by keys as well, so that nobody waits in a circle.
        """

    def put_back(ctx: TenantContext, reference: str, amount: Money, refund_id: uuid.UUID) -> None:
        """Put back an amount of what was taken under `reference`, once for each refund; never more than was taken."""


class ISellsValue(Interface):
    """Ticket types can sell value of this provider: each unit of a paid order becomes as much of it as it cost.

    The core prices, books and gives back; all of it happens in the transaction of the act, under the row of the order.
    """

    def sold_as(locale: str) -> str:
        """What one unit is called: "Gift card"."""

    def issue(ctx: TenantContext, unit: SoldUnit) -> bool:
        """Make the value of a unit and mail it, once for each however often it is asked; whether it was made just now."""

    def sold(ctx: TenantContext, units: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, SoldValue]:
        """What was made of these units, by their ids; without those of which nothing was made yet."""

    def take_back(ctx: TenantContext, unit: uuid.UUID, even_blocked: bool = True) -> Money | None:
        """End what was made of a unit, decided under its row: what was left of it; None where nothing was made.

        Raises `Refused("value_back_blocked")` for what is blocked, unless that may be taken back, too: by staff, never by its buyer.
        """

    def mail_again(ctx: TenantContext, unit: uuid.UUID) -> None:
        """Mail it once more. Raises `Refused` for what is no longer good."""
