"""A service fee on orders: for each ticket, as a share of the price, for the order; on top or within, capped, by event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sratix_core.plugin import (
    DataUse,
    OrderFee,
    PluginInfo,
    PluginSetting,
    PriceCart,
    TenantContext,
    hookimpl,
    plugin_settings,
)
from sratix_service_fees.amounts import checked_amount, checked_percent, points, units
from sratix_service_fees.german import GERMAN

__all__ = ["info"]

NAME = "service_fees"

info = PluginInfo(
    name=NAME,
    title="Service fees",
    version="0.1.0",
    category="finance",
    description="A fee on orders that cost something: for each ticket, as a share of the price, or for the order.",
)


@hookimpl
def register_settings() -> list[PluginSetting]:
    amount: dict[str, Any] = {"check": checked_amount, "per_event": True}
    return [
        PluginSetting(
            "name", "text", "Name", "What buyers read beside it.", "Service fee", check=_short, per_event=True
        ),
        PluginSetting("ticket", "text", "For each ticket", "An amount, such as 1.50.", **amount),
        PluginSetting(
            "percent",
            "text",
            "Share of the price",
            "In percent, such as 2.5.",
            check=checked_percent,
            per_event=True,
        ),
        PluginSetting(
            "order",
            "text",
            "For each order",
            "An amount. It does not count where the fee is included.",
            **amount,
        ),
        PluginSetting("most", "text", "At most", "An amount, for one order. Empty: no limit.", **amount),
        PluginSetting(
            "tax",
            "text",
            "VAT on the fee",
            "In percent. Empty: as for the event.",
            check=checked_percent,
            per_event=True,
        ),
        PluginSetting(
            "included",
            "boolean",
            "Part of the ticket price",
            "Buyers pay the ticket price, and the fee is told apart within it.",
            False,
            per_event=True,
        ),
    ]


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def data_inventory() -> list[DataUse]:
    return []


@hookimpl
def order_fees(ctx: TenantContext, cart: PriceCart) -> list[OrderFee]:
    """One fee, or none where nothing is set."""
    values, currency = plugin_settings(ctx, NAME, cart.event), cart.event.currency
    included = bool(values["included"])
    fee = OrderFee(
        code=NAME,
        name=values["name"],
        ticket_minor=units(values["ticket"], currency),
        percent_bp=points(values["percent"]),
        order_minor=0 if included else units(values["order"], currency),
        most_minor=units(values["most"], currency) if values["most"] else None,
        tax_bp=points(values["tax"]) if values["tax"] else None,
        included=included,
    )
    return [fee] if fee.ticket_minor or fee.percent_bp or fee.order_minor else []


def _short(name: str) -> str:
    if len(name) > 60:
        raise ValueError("At most 60 characters.")
    return name
