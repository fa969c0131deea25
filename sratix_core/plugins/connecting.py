# mypy: allow-subclassing-any, disable-error-code="misc, empty-body"
"""Payments that the platform takes for organizers: accounts it opened for them at a provider, and its own share.

Such a provider is one of its own beside the one that works with the organizer's own keys: payments, statements and books are
kept apart by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zope.interface import Attribute, Interface

from sratix_core.plugins.paying import Mode
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.settings import Settings


@dataclass(frozen=True)
class ApplicationFee:
    """What the platform keeps of a payment: hundredths of a percent of it, and a fixed amount in its currency's smallest unit."""

    basis_points: int = 0
    fixed_minor: int = 0

    def of(self, amount: Money) -> Money:
        """The fee of a payment, rounded half up, and never more than the payment."""
        share = (amount.minor * self.basis_points + 5_000) // 10_000 + self.fixed_minor
        return Money(min(amount.minor, share), amount.currency)


@dataclass(frozen=True)
class AccountReading:
    """How an organizer's account at the provider stands. `due` are the provider's own names for what it still wants to know;
    `ready` says that payments may go to it, `disabled_reason` is the provider's word for why not."""

    reference: str
    country: str
    details_submitted: bool
    ready: bool
    pays_out: bool
    due: tuple[str, ...] = ()
    disabled_reason: str = ""


@dataclass(frozen=True)
class Whose:
    """Whose an event is that came to the platform's address: by the account it happened in, by the tenant that went with the
    payment, or by the provider's names for the payment. What is not known is empty."""

    account: str = ""
    tenant: str = ""
    references: tuple[str, ...] = ()


class IConnects(Interface):
    """Organizers are paid through accounts that the platform opened for them."""

    def connected(account: Any) -> AccountReading:
        """How the account of this organizer stands. Called with no transaction open, as everything in `paying`."""


class IRoutesEvents(Interface):
    """A provider that tells the platform, at one address, what happened to all organizers."""

    name = Attribute("the provider's name, the same as in `payment_providers`")

    def whose(
        settings: Settings, headers: Mapping[str, str], body: bytes, mode: Mode, now: datetime
    ) -> Whose:
        """Judge an event by the platform's own secrets, without calling anybody. Raises `BadSignature`.

        The tenant's own `ITakesWebhooks.verify` then judges it once more, and refuses one that is not that tenant's.
        """
