"""Gift cards: value that was sold or given, spent in the checkout and given back with refunds. A means of payment, never a discount."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sratix_core.plugin import (
    FINANCE_EDIT,
    FINANCE_VIEW,
    Check,
    DataUse,
    Endpoint,
    IPaymentProvider,
    JobKind,
    JobRun,
    Letter,
    NavItem,
    PluginInfo,
    PluginPermission,
    TenantContext,
    enqueue,
    hookimpl,
)
from sratix_gift_cards import models as models
from sratix_gift_cards.api import OPERATIONS
from sratix_gift_cards.checks import CHECKS
from sratix_gift_cards.german import GERMAN
from sratix_gift_cards.issuing import MAIL
from sratix_gift_cards.letters import card_letter
from sratix_gift_cards.moving import BATCH, END, NAME, end_due
from sratix_gift_cards.provider import GiftCards
from sratix_gift_cards.views import ISSUE, TITLE, VIEW, includeme

__all__ = ["includeme", "info"]

info = PluginInfo(
    name=NAME,
    title=TITLE,
    version="0.1.0",
    category="payment",
    description="Value on a code: sold or given away, spent in the checkout, owed until then.",
    home="gift_cards.list",
)


@hookimpl
def register_permissions() -> list[PluginPermission]:
    return [
        PluginPermission(VIEW, "See gift cards and what moved on them", (FINANCE_VIEW,)),
        PluginPermission(ISSUE, "Issue and block gift cards, see their codes", (FINANCE_EDIT,)),
    ]


@hookimpl
def register_operations() -> list[Endpoint]:
    return OPERATIONS


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def register_migrations() -> Path:
    return Path(__file__).parent / "migrations"


@hookimpl
def register_jobs() -> list[JobKind]:
    return [JobKind(END, end)]


def end(run: JobRun) -> None:
    """End what is due; the rest in another job."""
    with run.begin() as ctx:
        if end_due(ctx) == BATCH:
            enqueue(ctx, END)
        run.finish(ctx)


@hookimpl
def register_checks() -> list[Check]:
    return CHECKS


@hookimpl
def payment_providers(ctx: TenantContext) -> list[IPaymentProvider]:
    return [GiftCards()]


@hookimpl
def letter(ctx: TenantContext, kind: str, data: Mapping[str, Any], locale: str) -> Letter | None:
    return card_letter(ctx, data["card"], locale) if kind == MAIL else None


@hookimpl
def nav_items(request: Any, area: str) -> list[NavItem]:
    return [NavItem(TITLE, "gift", "gift_cards.list", VIEW)] if area == "tenant" else []


@hookimpl
def data_inventory() -> list[DataUse]:
    cards = "x_gift_cards_cards"
    return [
        DataUse(
            what="who is given a gift card: name, address, the words that go with it; a reference of the money",
            where=f"{cards}.recipient_name, {cards}.recipient_email, {cards}.message, {cards}.reference",
            purpose="sending a gift card and finding it again",
            basis="contract",
            retention="as the books",
        )
    ]
