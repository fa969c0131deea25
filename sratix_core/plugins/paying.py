# mypy: allow-subclassing-any, disable-error-code="misc, empty-body"
"""What a payment provider may be able to do beyond being a way to pay: one small interface for each ability.

Whatever calls the outside is called with no transaction open and takes an `account`, never a context: what it needs of the
tenant's settings was read before, by `ICallsOut.account`. Calls raise `NotSent` (nothing arrived, may be repeated),
`OutcomeUnknown` (the core asks again until it knows) or `Declined` (a definite no); anything else counts as unknown.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from zope.interface import Attribute, Interface

from sratix_core.plugins.saving import Keeper
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

Mode = Literal["test", "live"]


class Declined(Exception):
    """The provider said no and nothing moved. `reason` is its own short code, never personal data."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class BadSignature(Exception):
    """An inbound event that was not signed for this endpoint, is too old, or of the other mode. Nothing is stored of it."""


@dataclass(frozen=True)
class ChargeLine:
    """What the buyer reads on the provider's page; the amount is for all of them together."""

    text: str
    quantity: int
    amount: Money


@dataclass(frozen=True)
class Charge:
    """What the core asks a provider to collect. The lines less the discount are the amount.

    `key` is the same for every repeat of this attempt: the provider's idempotency key. After `ends_at` nobody may be able to
    pay. `begins_at` is when the attempt was made: what is reckoned from it is the same in every repeat. `metadata` (tenant,
    order, attempt) tells from outside whose the payment is. Who sends a request for payment is told, too, in whose `name` it is
    and the number of the organizer's own `invoice`, if there is one by then.
    """

    key: str
    attempt_id: uuid.UUID
    amount: Money
    code: str
    title: str
    email: str
    locale: str
    lines: Sequence[ChargeLine]
    discount: Money
    return_url: str
    cancel_url: str
    begins_at: datetime
    ends_at: datetime
    metadata: Mapping[str, str]
    keeper: Keeper | None = None
    name: str = ""
    invoice: str = ""


@dataclass(frozen=True)
class Begun:
    """A payment the buyer can make now: at `redirect`, or on our page by a script that is given `client`."""

    reference: str
    redirect: str = ""
    client: Mapping[str, str] = field(default_factory=dict, repr=False)
    keeper: str = ""


@dataclass(frozen=True)
class Reading:
    """What the provider says a payment has come to. `payment` names it for refunds; `amount` is what was received.

    `waiting` may still become anything; the others are final. `reason` is a short code of the provider's. `provider` is whose
    payment it is by name, where that is not who was asked (`IRequestsPayment`).
    """

    state: Literal["waiting", "succeeded", "declined", "cancelled", "expired"]
    reference: str
    payment: str = ""
    amount: Money | None = None
    reason: str = ""
    provider: str = ""


@dataclass(frozen=True)
class RefundWanted:
    """Money to send back of `payment`; `key` as in `Charge`."""

    key: str
    payment: str
    amount: Money
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RefundReading:
    """One refund as the provider has it. `key` is ours where we made it, empty for one made on the provider's own pages.

    `declined` is the end of it, also after `succeeded`: then the money came back, and `reason` is the provider's short code why.
    """

    state: Literal["waiting", "succeeded", "declined"]
    reference: str
    amount: Money
    key: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Inbound:
    """An event whose signature is right. It is a hint: the core reads the object again before it believes anything.

    `references` are names by which the core may know the subject, `attempt` is our own id if the event carried it.
    """

    event_id: str
    type: str
    mode: Mode
    account: str
    subject: Literal["payment", "refund", "dispute", "payout", "account", "other"]
    references: tuple[str, ...]
    attempt: str = ""


@dataclass(frozen=True)
class DisputeReading:
    """A payment that its buyer's bank took back until it is decided. `fee` is what the provider asks for it; where
    `platform_bears`, the money came out of the platform's balance, and the organizer's stays as it is."""

    reference: str
    payment: str
    state: Literal["needs_response", "under_review", "won", "lost"]
    amount: Money
    fee: Money
    reason: str
    evidence_due_at: datetime | None
    platform_bears: bool = False


@dataclass(frozen=True)
class Movement:
    """A line of the provider's own statement: `amount` before and `fee` off it, so the balance moved by their difference.

    `payment` is set for charges, refunds and disputes; `reference` is unique at the provider. `source` names what moved the
    money (the charge, refund, dispute, payout), `attempt` is our own id if the payment carried it.
    """

    reference: str
    kind: Literal["charge", "refund", "payout", "dispute", "adjustment"]
    amount: Money
    fee: Money
    payment: str
    at: datetime
    source: str = ""
    attempt: str = ""


class ICallsOut(Interface):
    """A provider that is asked over the network."""

    def mode(ctx: TenantContext, event: Any) -> Mode:
        """Whether this event sells for play money or real."""

    def account(ctx: TenantContext, mode: Mode) -> Any:
        """All that calls need of the settings, as a plain value. Raises `Unavailable("not_configured")`."""

    def read(account: Any, reference: str) -> Reading:
        """What has become of a payment."""


class IRedirects(Interface):
    """The buyer pays on a page of the provider's."""

    hosts = Attribute(
        "origins that the buyer may be sent to, for the page's policy: https://checkout.stripe.com"
    )

    def begin(account: Any, charge: Charge) -> Begun:
        """Open the payment; the same `charge.key` again gives the same one.

        Also where the provider remembers an outage under that key: then look for the payment (by `charge.attempt_id`), and only
        open it under another key that follows from this one where there is none. Nobody has its address, so nobody has paid.
        """

    def end(account: Any, reference: str) -> Reading:
        """Make sure that nobody can pay it any more; what it has come to."""


class IEmbeds(Interface):
    """The buyer pays on our page, in fields that are the provider's."""

    sources = Attribute('what the page\'s policy must allow: {"script-src": ("https://js.stripe.com",), …}')

    def begin_embedded(account: Any, charge: Charge) -> Begun:
        """Open the payment; `client` is what the fields need."""

    def end(account: Any, reference: str) -> Reading:
        """As in `IRedirects`."""

    def fields(request: Any, begun: Begun, return_url: str) -> Any:
        """Markup of the fields and their script."""


class ITakesWebhooks(Interface):
    """A provider that tells us when something happened."""

    def verify(ctx: TenantContext, headers: Mapping[str, str], body: bytes, mode: Mode) -> Inbound:
        """Judge an inbound event without calling anybody; header names are lower case. Raises `BadSignature`."""


class IRefunds(Interface):
    """Money can go back the way it came."""

    def refund(account: Any, wanted: RefundWanted) -> RefundReading:
        """Send it; the same `key` again is the same refund. Raises `Declined`."""

    def refunds_of(account: Any, payment: str) -> Sequence[RefundReading]:
        """Every refund of a payment, also those that were made on the provider's own pages."""


class IDisputes(Interface):
    """A buyer's bank may take a payment back."""

    def dispute(account: Any, reference: str) -> DisputeReading:
        """How one stands."""


class IPaysOut(Interface):
    """The provider holds the money for a while and has a statement of its own."""

    def movements(account: Any, since: datetime, until: datetime) -> Sequence[Movement]:
        """The statement of a period, oldest first, every page of it."""
