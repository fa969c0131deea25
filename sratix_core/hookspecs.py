"""The contract with plugins: every hook there is, one sentence each. What is not here cannot be hooked.

`register_x` is asked once at boot, a noun asks for things, a past tense tells a fact. A question's caller gets one answer
per plugin, in the order of their names; a fact's results are ignored and its failures never reach the sale. The three
questions about prices are the exception to "a failing plugin is left out": nothing is sold until they are answered.
"""

# mypy: disable-error-code="empty-body"

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pluggy

if TYPE_CHECKING:
    from markupsafe import Markup
    from pyramid.request import Request

    from sratix_core.api.framework import Endpoint
    from sratix_core.context import TenantContext
    from sratix_core.invariants import Check
    from sratix_core.jobs.registry import JobKind
    from sratix_core.messages.letters import Letter
    from sratix_core.orders.models import Order
    from sratix_core.plugins.connecting import IRoutesEvents
    from sratix_core.plugins.interfaces import (
        DataUse,
        HealthCheck,
        IMessageTransport,
        IPaymentProvider,
        ITicketOutput,
        NavItem,
        OpenCases,
        OrderAction,
        PluginPermission,
        PluginSetting,
    )
    from sratix_core.plugins.invoicing import IInvoiceAttachment, IInvoiceOutput
    from sratix_core.plugins.pricing import OrderFee, PriceCart, PriceRule, TaxBuyer, TaxLine, TaxRate

F = TypeVar("F", bound=Callable[..., Any])

spec = pluggy.HookspecMarker("sratix")
FACTS: set[str] = set()
"""Names of the hooks that tell a fact."""


SLOTS = {"order.side": ("beside an order in the dashboard", "the order")}
"""Named places on pages: where each is and what its subject is. A page asks for no other."""


def fact(function: F) -> F:
    """Mark a hook as past tense: told to each plugin on its own, see `TenantHooks`."""
    FACTS.add(function.__name__)
    marked: F = spec(function)
    return marked


# Boot: asked once, of every installed plugin -------------------------------------------------------------------------


@spec
def register_settings() -> list[PluginSetting]:
    """The values a tenant sets for this plugin; the dashboard draws the form and encrypts secrets."""


@spec
def register_permissions() -> list[PluginPermission]:
    """The rights this plugin's pages ask for, and which rights of the core bring them along."""


@spec
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    """What this plugin's English sentences are in other languages, by locale; the core's own words come first."""


@spec
def register_migrations() -> Path:
    """The folder with this plugin's Alembic revisions, which start at their own base."""


@spec
def register_operations() -> list[Endpoint]:
    """Operations of this plugin in the API, below `/api/v1/tenants/{tenant}/x/<plugin>/`; documented and gated by the core."""


@spec
def register_jobs() -> list[JobKind]:
    """The background jobs this plugin runs; they are skipped for a tenant that has it off."""


@spec
def register_event_routers() -> list[IRoutesEvents]:
    """Payment providers that tell the platform, at one address, what happened to all organizers."""


@spec
def health_checks() -> list[HealthCheck]:
    """What `sratix doctor` and the health page ask about this plugin's surroundings."""


@spec
def register_checks() -> list[Check]:
    """What `sratix verify` asks of this plugin's tables, over all tenants."""


@spec
def data_inventory() -> list[DataUse]:
    """Every use this plugin makes of personal data; an empty list says there is none."""


# Money ---------------------------------------------------------------------------------------------------------------


@spec
def payment_providers(ctx: TenantContext) -> list[IPaymentProvider]:
    """Ways to pay that this tenant's buyers can choose from."""


@spec
def price_rules(ctx: TenantContext, cart: PriceCart) -> list[PriceRule]:
    """What comes off the prices of a cart before any promo code; for a `cart.code` that no list of the organizer's has, what it does."""


@spec
def order_fees(ctx: TenantContext, cart: PriceCart) -> list[OrderFee]:
    """Fees on an order that costs something, each a line of its own."""


@spec
def tax_rate(ctx: TenantContext, line: TaxLine, buyer: TaxBuyer | None) -> TaxRate | None:
    """A line's rate, where it is not what the organizer set; `buyer` is a business with a VAT number. The first answer counts."""


# Invoices ------------------------------------------------------------------------------------------------------------


@spec
def invoice_outputs(ctx: TenantContext) -> list[IInvoiceOutput]:
    """Files that can be made of an invoice: drawn by a job once it is issued, linked where the invoice is."""


@spec
def invoice_attachments(ctx: TenantContext) -> list[IInvoiceAttachment]:
    """Data that travels inside the files of an invoice, for programs to read."""


# Tickets -------------------------------------------------------------------------------------------------------------


@spec
def ticket_outputs(ctx: TenantContext) -> list[ITicketOutput]:
    """Files that can be made of tickets: linked on the order's page and attached to mail."""


# Messages ------------------------------------------------------------------------------------------------------------


@spec
def message_transports(ctx: TenantContext) -> list[IMessageTransport]:
    """What can carry a rendered message to a person; the first one is used."""


@spec
def letter(ctx: TenantContext, kind: str, data: Mapping[str, Any], locale: str) -> Letter | None:
    """The words of a mail of this plugin's, `<plugin>.<what>`, when it is sent; None where what it is about is gone."""


# Screens -------------------------------------------------------------------------------------------------------------


@spec
def nav_items(request: Request, area: str) -> list[NavItem]:
    """Pages of this plugin in the dashboard's navigation; `area` is `tenant`. The core leaves out what this person may not see."""


@spec
def open_cases(request: Request) -> list[OpenCases]:
    """Things of this plugin's that wait for a person, shown beside the finance cases; already only what this person may see."""


@spec
def order_actions(request: Request, order: Order) -> list[OrderAction]:
    """Buttons on an order's page in the dashboard, already filtered by what this person may do."""


@spec
def page_slot(request: Request, slot: str, subject: Any) -> Markup | None:
    """Markup for a named place on a page; anything not `Markup` is escaped."""


# Facts: told inside the act's transaction ----------------------------------------------------------------------------


@fact
def order_placed(ctx: TenantContext, order: Order) -> None:
    """An order exists and holds its seats; it may still be unpaid."""


@fact
def order_paid(ctx: TenantContext, order: Order) -> None:
    """The whole total has arrived and the tickets are valid."""


@fact
def order_cancelled(ctx: TenantContext, order: Order) -> None:
    """The order was cancelled and its seats are free again."""
