# mypy: allow-subclassing-any, disable-error-code="misc, empty-body"
"""What a payment provider that keeps payment methods for people can do; what holds for all capabilities is in `paying`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zope.interface import Attribute, Interface

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.plugins.paying import Begun, Charge


@dataclass(frozen=True)
class Keeper:
    """A signed-in person for whom the provider keeps what they pay with, for this organizer alone.

    `key` is the same for every repeat of making them known there. `references` are the provider's names for them, the latest
    first; at the account in use at most one is known. `method` is the saved one to pay with; without it the new one is kept.
    """

    key: str
    references: tuple[str, ...] = ()
    method: str = ""


@dataclass(frozen=True)
class SavedMethod:
    """One that a provider keeps: `brand` as people know it, the last four digits, good until the end of `month` in `year`."""

    reference: str
    brand: str
    last4: str
    month: int
    year: int


@dataclass(frozen=True)
class Adding:
    """A person wants to add one without buying. `key` is this press of the button's; the others as in `Charge`."""

    key: str
    keeper: Keeper
    email: str
    locale: str
    return_url: str
    cancel_url: str
    metadata: Mapping[str, str]


class ISavesMethods(Interface):
    """Who is signed in may have the provider keep what they pay with, for their next order with the same organizer.

    `begin` and `begin_embedded` keep what is paid with where `Charge.keeper` names no method. Every `Begun` says in `keeper` under
    which name the provider knows the person. A payment with a saved method is made by the person it belongs to, who is there:
    their bank may ask them.
    """

    kept_by = Attribute("who keeps it, as people know them: Stripe")
    adds_at = Attribute("origins to which a buyer is led to add one, or to be asked by their bank")

    def saves(ctx: TenantContext) -> bool:
        """Whether this organizer offers it."""

    def saved(account: Any, keeper: Keeper) -> Sequence[SavedMethod]:
        """What is kept for them, the latest first; nothing for one who is not known there."""

    def begin_saved(account: Any, charge: Charge) -> Begun:
        """Open a payment with `charge.keeper.method` and move nothing yet; the same charge again is the same payment.

        Raises `Declined("not_theirs")` for a method that the provider doesn't keep for this person.
        """

    def pay_saved(account: Any, charge: Charge, reference: str) -> Begun:
        """Pay what was opened. `redirect` is where the bank asks the buyer, or `charge.return_url`. Raises `Declined`.

        It is called only while the buyer waits for the answer, and again where they come again: it pays once.
        """

    def add(account: Any, adding: Adding) -> Begun:
        """Open the page where one is added."""

    def forget(account: Any, keeper: Keeper, method: str) -> None:
        """Have it kept no longer; nothing happens for one that is gone or not theirs."""
