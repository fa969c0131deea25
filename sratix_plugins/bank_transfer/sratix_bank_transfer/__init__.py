"""Payment by bank transfer: the buyer scans a QR-bill or types account and reference, the bank's statements pay the orders.

Owns the account of each tenant, its payment slips and statements, and what became of each payment; orders are the core's.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pyramid.renderers import render

from sratix_bank_transfer import models as models
from sratix_bank_transfer.charset import Check, checked_country
from sratix_bank_transfer.duties import forget_payers
from sratix_bank_transfer.german import GERMAN
from sratix_bank_transfer.iban import checked_iban, grouped
from sratix_bank_transfer.provider import DEFAULT_DAYS, NAME, BankTransfer, checked_days, scanned
from sratix_bank_transfer.reading import read_statement
from sratix_bank_transfer.uploading import FORGET
from sratix_bank_transfer.uploading import READ as READ_STATEMENT
from sratix_bank_transfer.views import DECIDE, READ, TITLE, includeme
from sratix_bank_transfer.waiting import waiting
from sratix_core.plugin import (
    FINANCE_VIEW,
    SETTINGS_EDIT,
    DataUse,
    IPaymentProvider,
    JobKind,
    NavItem,
    OpenCases,
    Order,
    OrderState,
    PluginInfo,
    PluginPermission,
    PluginSetting,
    TenantContext,
    hookimpl,
    plugin_settings,
)

__all__ = ["includeme", "info"]

PAYMENTS, STATEMENTS = "x_bank_transfer_transactions", "x_bank_transfer_statements"
OPEN = frozenset({OrderState.AWAITING_PAYMENT, OrderState.EXPIRED})

info = PluginInfo(
    name=NAME,
    title="Bank transfer",
    version=version("sratix-bank-transfer"),
    category="payment",
    description="Buyers scan a QR-bill or transfer by hand; the statements of your bank mark their orders as paid.",
)


@hookimpl
def register_settings() -> list[PluginSetting]:
    return [
        PluginSetting("iban", "text", "IBAN", "The account that buyers transfer to.", check=checked_iban),
        PluginSetting(
            "account_holder",
            "text",
            "Account holder",
            "As the bank knows you. With the address below, buyers get a QR-bill to scan.",
            check=Check(70),
        ),
        PluginSetting(
            "street", "text", "Street", "Of the account holder, without the number.", check=Check(70)
        ),
        PluginSetting("house_number", "text", "House number", check=Check(16)),
        PluginSetting("postal_code", "text", "Postcode", check=Check(16)),
        PluginSetting("town", "text", "Town", check=Check(35)),
        PluginSetting(
            "country", "text", "Country", "Two letters; the account's own when empty.", check=checked_country
        ),
        PluginSetting(
            "term_days",
            "integer",
            "Days to pay",
            "Seats of an unpaid order go back to the others after that.",
            default=DEFAULT_DAYS,
            check=checked_days,
        ),
        PluginSetting(
            "remind_days",
            "integer",
            "Remind before the end",
            "So many days before the seats go back, once. 0 sends no reminder.",
            default=3,
            low=0,
            high=30,
        ),
        PluginSetting(
            "keep_months",
            "integer",
            "Keep payers for",
            "Months after which names, accounts and messages of decided payments are emptied. Books need none of them.",
            default=24,
            low=1,
            high=120,
        ),
    ]


@hookimpl
def register_permissions() -> list[PluginPermission]:
    return [
        PluginPermission(READ, "See bank statements and their payments", (FINANCE_VIEW,)),
        PluginPermission(DECIDE, "Upload bank statements and decide on payments", (SETTINGS_EDIT,)),
    ]


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def nav_items(request: Any, area: str) -> list[NavItem]:
    return [NavItem(TITLE, "banknote", "bank_transfer.payments", READ)] if area == "tenant" else []


@hookimpl
def open_cases(request: Any) -> list[OpenCases]:
    return waiting(request) if request.grants.allows(READ) else []


@hookimpl
def register_migrations() -> Path:
    return Path(__file__).parent / "migrations"


@hookimpl
def register_jobs() -> list[JobKind]:
    return [
        JobKind(READ_STATEMENT, read_statement, max_attempts=6),
        JobKind(FORGET, forget_payers),
    ]


@hookimpl
def payment_providers(ctx: TenantContext) -> list[IPaymentProvider]:
    return [BankTransfer()]


@hookimpl
def page_slot(request: Any, slot: str, subject: Any) -> Markup | None:
    """Beside the order in the dashboard: where the money is expected, and under which reference."""
    if slot != "order.side" or not _waits(subject):
        return None
    values = plugin_settings(request.ctx, NAME)
    shown = {
        "iban": grouped(values["iban"] or ""),
        "reference": scanned(request.ctx, subject)[0],
        "until": subject.expires_at,
    }
    return Markup(  # noqa: S704 -- our own template, autoescaped
        render("sratix_bank_transfer:templates/expected.jinja2", shown, request=request)
    )


def _waits(order: Order) -> bool:
    """Whether money for this order may still come to the account."""
    return order.provider == NAME and (order.state in OPEN or order.is_payable)


@hookimpl
def data_inventory() -> list[DataUse]:
    return [
        DataUse(
            what="who paid: name, account, message to the payee",
            where=f"{PAYMENTS}.payer, {PAYMENTS}.payer_iban, {PAYMENTS}.message, {PAYMENTS}.note",
            purpose="finding the order that money is for",
            basis="contract",
            retention="as many months after the upload as are set (24), then emptied",
        ),
        DataUse(
            what="an uploaded bank statement",
            where=f"{STATEMENTS}.content, {STATEMENTS}.filename",
            purpose="reading it once",
            basis="contract",
            retention="the content until it was read, the name as long as the payers",
        ),
    ]
