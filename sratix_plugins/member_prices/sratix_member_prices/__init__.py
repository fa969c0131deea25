"""Members pay less: they type their number where others type a promo code, and it is used as often as the organizer allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from sratix_core.plugin import (
    EVENT_EDIT,
    DataUse,
    NavItem,
    PluginInfo,
    PluginPermission,
    PluginSetting,
    PriceCart,
    PriceRule,
    TenantContext,
    currency_digits,
    hookimpl,
    plugin_settings,
)
from sratix_member_prices import models as models
from sratix_member_prices.german import GERMAN
from sratix_member_prices.service import is_member
from sratix_member_prices.views import EDIT, includeme

__all__ = ["includeme", "info"]

NAME = "member_prices"
NUMBER = re.compile(r"\d{1,7}([.,]\d{1,3})?", re.ASCII)

info = PluginInfo(
    name=NAME,
    title="Member prices",
    version="0.1.0",
    category="sales",
    description="Members type their number and pay less.",
    home="member_prices.page",
)


@hookimpl
def register_settings() -> list[PluginSetting]:
    return [
        PluginSetting(
            "percent",
            "text",
            "Off for members",
            "In percent, such as 20. Empty or 0: nothing.",
            check=_checked_percent,
            per_event=True,
        ),
        PluginSetting(
            "price",
            "text",
            "Price for members",
            "An amount that each ticket costs them; it goes before the share above.",
            check=_checked,
            per_event=True,
        ),
        PluginSetting(
            "uses",
            "integer",
            "Orders with one number",
            "How many orders of an event one number is good for.",
            1,
            low=1,
            high=1000,
            per_event=True,
        ),
    ]


@hookimpl
def register_permissions() -> list[PluginPermission]:
    return [PluginPermission(EDIT, "See and change the numbers of members", (EVENT_EDIT,))]


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def register_migrations() -> Path:
    return Path(__file__).parent / "migrations"


@hookimpl
def nav_items(request: Any, area: str) -> list[NavItem]:
    if area != "tenant":
        return []
    return [NavItem("Member prices", "ticket-percent", "member_prices.page", EDIT)]


@hookimpl
def data_inventory() -> list[DataUse]:
    purpose = {"purpose": "prices for members", "basis": "contract"}
    return [
        DataUse("numbers of members", "x_member_prices_members.number", retention="until deleted by staff", **purpose),
        DataUse("numbers of members that were used", "promo_codes.code", retention="as the order's", **purpose),
    ]  # fmt: skip


@hookimpl
def price_rules(ctx: TenantContext, cart: PriceCart) -> list[PriceRule]:
    """What the typed code does, where it is a member's number."""
    if not cart.code or not is_member(ctx, cart.code):
        return []
    values = plugin_settings(ctx, NAME, cart.event)
    own = {"code": NAME, "name": "Member price", "answers": cart.code, "most_uses": values["uses"]}
    if values["price"]:
        price = Decimal(values["price"]).scaleb(currency_digits(cart.event.currency))
        return [PriceRule(kind="price", value=int(price), **own)]
    percent = int(Decimal(values["percent"] or "0") * 100)
    return [PriceRule(kind="percent", value=percent, **own)] if percent else []


def _checked(typed: str) -> str:
    if not NUMBER.fullmatch(typed):
        raise ValueError("Use an amount such as 80.00.")
    return typed.replace(",", ".")


def _checked_percent(typed: str) -> str:
    if not NUMBER.fullmatch(typed) or Decimal(typed.replace(",", ".")) > 100:
        raise ValueError("Use a number from 0 to 100, such as 20.")
    return typed.replace(",", ".")
