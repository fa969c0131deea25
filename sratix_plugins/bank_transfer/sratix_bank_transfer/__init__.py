"""Payment by bank transfer: the buyer is shown an account and a reference, staff marks the order when the money is there.

Owns the account of each tenant and what is said about it; orders and payments are the core's.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from markupsafe import Markup
from pyramid.renderers import render

from sratix_bank_transfer.iban import checked_iban, grouped
from sratix_bank_transfer.provider import DEFAULT_DAYS, NAME, BankTransfer, checked_days
from sratix_core.plugin import (
    DataUse,
    IPaymentProvider,
    Order,
    OrderState,
    PluginInfo,
    PluginSetting,
    TenantContext,
    hookimpl,
    plugin_settings,
)

OPEN = frozenset({OrderState.AWAITING_PAYMENT, OrderState.EXPIRED})

info = PluginInfo(
    name=NAME,
    title="Bank transfer",
    version=version("sratix-bank-transfer"),
    category="payment",
    description="Buyers transfer the money; you mark the order as paid when it is there.",
)


@hookimpl
def register_settings() -> list[PluginSetting]:
    return [
        PluginSetting("iban", "text", "IBAN", "The account that buyers transfer to.", check=checked_iban),
        PluginSetting("account_holder", "text", "Account holder", "As the bank knows you, with the town."),
        PluginSetting(
            "term_days",
            "integer",
            "Days to pay",
            "Seats of an unpaid order go back to the others after that.",
            default=DEFAULT_DAYS,
            check=checked_days,
        ),
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
    shown = {"iban": grouped(values["iban"] or ""), "reference": subject.code, "until": subject.expires_at}
    return Markup(  # noqa: S704 -- our own template, autoescaped
        render("sratix_bank_transfer:templates/expected.jinja2", shown, request=request)
    )


def _waits(order: Order) -> bool:
    """Whether money for this order may still come to the account."""
    return order.provider == NAME and order.state in OPEN


@hookimpl
def data_inventory() -> list[DataUse]:
    return []
