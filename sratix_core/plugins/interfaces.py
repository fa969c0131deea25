# mypy: allow-subclassing-any, disable-error-code="misc, empty-body"
"""What a plugin hands to the core: the small interfaces it may provide and the plain values that cross the border.

Floor 2, so that rooms can ask `IOffline.providedBy(provider)`; plugins take everything here from `sratix_core.plugin`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from zope.interface import Attribute, Interface

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.settings import Settings
    from sratix_core.values.money import Money


@dataclass(frozen=True)
class PluginInfo:
    """Who a plugin is. `level="system"` is always on; `requires` names plugins that must be there (and on) as well.

    `home` is the route of a page of its own in the dashboard that takes nothing but the tenant; its settings link there.
    """

    name: str
    title: str
    version: str
    category: str
    level: Literal["tenant", "system"] = "tenant"
    requires: tuple[str, ...] = ()
    description: str = ""
    home: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file in a mail. With `cid` it is shown inline (`<img src="cid:…">`), without it is offered for download."""

    filename: str
    content_type: str
    data: bytes = field(repr=False)
    cid: str | None = None


@dataclass(frozen=True)
class Mail:
    """A rendered message. `message_id` (`<…@host>`) stays the same over all attempts, so a repeat is seen as one (J3)."""

    message_id: str
    sender: str
    sender_name: str
    to: str
    to_name: str
    subject: str
    text: str
    html: str | None = None
    reply_to: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class SendResult:
    """What became of one attempt.

    `sent` the other side took it · `later` it asked us to come back · `refused` it never will be taken ·
    `unknown` the answer was lost after the message had left. `detail` holds no address and no text of the message.
    """

    outcome: Literal["sent", "later", "refused", "unknown"]
    detail: str = ""


@dataclass(frozen=True)
class InstructionLine:
    """One labelled value a buyer has to type elsewhere; `copy` offers a button for it."""

    label: str
    value: str
    copy: bool = False


@dataclass(frozen=True)
class Picture:
    """A code to scan: `svg` for pages (drawn by the plugin from data it checked, never a tenant's markup), `png` for mail."""

    svg: str = field(repr=False)
    png: bytes = field(repr=False)
    alt: str


@dataclass(frozen=True)
class Instructions:
    """What a buyer does to pay outside: a sentence, the lines, and what happens then. Plain text, escaped by the page."""

    intro: str
    lines: tuple[InstructionLine, ...]
    note: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class OrderAction:
    """A button on an order's page in the dashboard: posts to `url`; `confirm` is asked first when there is one."""

    name: str
    label: str
    url: str
    tone: Literal["primary", "plain", "danger"] = "plain"
    confirm: str = ""


@dataclass(frozen=True)
class NavItem:
    """A page in the navigation, below the organization's own: a route of the plugin's without parts beside the tenant.

    `icon` is a symbol of the dashboard's sprite; whoever lacks `permission` in the whole organization does not see it.
    """

    label: str
    icon: str
    route: str
    permission: str


@dataclass(frozen=True)
class OpenCases:
    """Things that wait for a person, as one line among the finance cases: what, what happens without them, and where to go.

    `fact`, `consequence` and `action` are sentences in the reader's language, `url` a page of the plugin's.
    """

    fact: str
    consequence: str
    action: str
    url: str
    icon: str = "banknote"


@dataclass(frozen=True)
class HealthCheck:
    """One line of `sratix doctor` and the health page. `run(settings)` returns (ok, sentence) and never raises."""

    name: str
    run: Callable[[Settings], tuple[bool, str]]


@dataclass(frozen=True)
class DataUse:
    """One entry of the record of processing: what personal data, where it stands, why, how long, and who else gets it."""

    what: str
    where: str
    purpose: str
    basis: str
    retention: str
    recipient: str = ""


SETTING_TYPES = {
    "text": "a line of at most 2000 characters, or None",
    "long_text": "several lines, or None",
    "integer": "a whole number from `low` to `high`, or None",
    "boolean": "True or False",
    "choice": "the value of one of `options`, which are pairs of value and text",
    "email": "an e-mail address, or None",
    "url": "an address that begins with https://, or None",
}


@dataclass(frozen=True)
class PluginSetting:
    """One value for a plugin; the dashboard draws the field. `check(value)` raises ValueError(sentence).

    A `choice` names its `options` as (value, text). `per_event` lets an event have a value of its own over the tenant's.
    """

    name: str
    type: Literal["text", "long_text", "integer", "boolean", "choice", "email", "url"]
    title: str
    help: str = ""
    default: str | int | bool | None = None
    secret: bool = False
    check: Callable[[Any], Any] | None = None
    options: tuple[tuple[str, str], ...] = ()
    low: int | None = None
    high: int | None = None
    per_event: bool = False


@dataclass(frozen=True)
class PluginPermission:
    """A right of a plugin's own, `<plugin>.<what>`. Members whose role holds one of `given_to` have it while the plugin is on."""

    name: str
    title: str
    given_to: tuple[str, ...]


class IMessageTransport(Interface):
    """Takes rendered mail off our hands. Called by a job, with no transaction worth keeping open."""

    name = Attribute("short and lasting; stored with each message")

    def send(ctx: TenantContext, mail: Mail) -> SendResult:
        """One attempt. Never raises for what the other side does; never retries by itself."""


class IPaymentProvider(Interface):
    """A way to pay. You may not change the order, commit, or call the outside here: other capabilities do that."""

    name = Attribute("short and lasting; stored as the order's provider")
    icon = Attribute("a symbol of the shop's sprite: landmark, credit-card, smartphone")

    def title(locale: str) -> str:
        """What the buyer chooses, in their language."""

    def help(locale: str) -> str:
        """What happens then, in half a sentence below the title."""

    def available(ctx: TenantContext, total: Money) -> bool:
        """Whether this amount can be paid this way now. Reads settings, calls nobody; never asked about 0."""

    def term_days(ctx: TenantContext) -> int:
        """For how many days the seats are kept while the money is on its way."""


class IOffline(Interface):
    """A provider whose money arrives outside, some days later: the order waits as `awaiting_payment`."""

    def instructions(ctx: TenantContext, order: Any, locale: str) -> Instructions:
        """What the buyer is shown after placing the order, and in the mail. Called for an unpaid order."""


class ITicketOutput(Interface):
    """A file made of tickets."""

    name = Attribute("short and lasting; part of the download address")
    title = Attribute("what the link says, the same in every language: PDF, Apple Wallet")
    content_type = Attribute("the media type of what `render` returns")

    def render(ctx: TenantContext, tickets: Sequence[Any]) -> bytes:
        """The file for these tickets of one order, in the order's language. Raises `Unavailable(code)` when it cannot."""
