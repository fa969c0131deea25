"""Card payments by Stripe, on its page or on the shop's, with each organizer's own keys for test and for live,
or through the platform's account, which passes the money on (Stripe Connect).

Owns what is asked of Stripe and how its answers read; attempts, orders and the books are the core's. `sratix_stripe.double` stands in for
Stripe's servers where no money may move.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from sratix_core.plugin import (
    DataUse,
    Egress,
    HealthCheck,
    IPaymentProvider,
    IRoutesEvents,
    NotSent,
    OutcomeUnknown,
    PluginInfo,
    PluginSetting,
    Settings,
    TenantContext,
    hookimpl,
    plugin_settings,
)
from sratix_stripe.account import MODES, NAME, STRIPE, connects, key_for, signing_secret
from sratix_stripe.by_invoice import ByInvoice, ConnectedByInvoice
from sratix_stripe.by_invoice import settings as invoice_settings
from sratix_stripe.german import GERMAN
from sratix_stripe.provider import ConnectedOnOurPage, ConnectedOnTheirPage, OnOurPage, OnTheirPage
from sratix_stripe.webhooks import Router

info = PluginInfo(
    name=NAME,
    title="Stripe",
    version=version("sratix-stripe"),
    category="payment",
    description="Buyers pay by card at once, on Stripe's page or in fields on yours, or by an invoice that Stripe sends.",
    home="stripe.connection",
)


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def register_settings() -> list[PluginSetting]:
    modes = (("test", "Test: nothing is charged"), ("live", "Live: real money"))
    looks = (("hosted", "On Stripe's page"), ("embedded", "On your own page"))
    return [
        PluginSetting(
            "mode",
            "choice",
            "Mode",
            "In test mode anybody can buy with Stripe's test cards.",
            default="test",
            options=modes,
            per_event=True,
        ),
        PluginSetting("look", "choice", "Where buyers pay", default="hosted", options=looks),
        PluginSetting(
            "saves",
            "boolean",
            "Keep cards for next time",
            "Whoever is signed in may have Stripe keep their card. A restricted key needs the right to write customers.",
            default=True,
        ),
        *invoice_settings(),
        *_keys("test"),
        *_keys("live"),
    ]


def _keys(mode: str) -> list[PluginSetting]:
    """The three that an account has in one mode. The publishable key is no secret: it stands in the shop's page."""
    return [
        PluginSetting(
            f"{mode}_secret_key",
            "text",
            f"Secret key, {mode}",
            f"Begins with sk_{mode}_, or rk_{mode}_ for a restricted one.",
            secret=True,
            check=key_for(mode, "sk", "rk"),
        ),
        PluginSetting(
            f"{mode}_publishable_key",
            "text",
            f"Publishable key, {mode}",
            f"Begins with pk_{mode}_; needed to pay on your own page.",
            check=key_for(mode, "pk"),
        ),
        PluginSetting(
            f"{mode}_webhook_secret",
            "text",
            f"Signing secret of the webhook, {mode}",
            "Begins with whsec_.",
            secret=True,
            check=signing_secret,
        ),
    ]


@hookimpl
def payment_providers(ctx: TenantContext) -> list[IPaymentProvider]:
    here = plugin_settings(ctx, NAME)["look"] == "embedded"
    own, passed_on = (OnOurPage, ConnectedOnOurPage) if here else (OnTheirPage, ConnectedOnTheirPage)
    stand_in = ctx.settings.stripe_api_base
    found: list[Any] = [own(stand_in), ByInvoice(stand_in)]
    if any(connects(ctx.settings, mode) for mode in MODES):
        found += [passed_on(stand_in), ConnectedByInvoice(stand_in)]
    return found


@hookimpl
def register_event_routers() -> list[IRoutesEvents]:
    return [Router()]


@hookimpl
def health_checks() -> list[HealthCheck]:
    return [HealthCheck("card payments", _health)]


def _health(settings: Settings) -> tuple[bool, str]:
    """Where calls go. A stand-in is asked whether it is there; Stripe is not: whether this machine gets out is the core's line."""
    way = Egress(settings)
    base = way.base(STRIPE)
    if not settings.stripe_api_base:
        return True, f"Calls go to {base}."
    try:
        way.call(STRIPE, "GET", f"{base}/v1/balance")
    except (NotSent, OutcomeUnknown):
        return False, f"The stand-in at {base} does not answer: payments and refunds wait."
    return True, f"No money moves: calls go to the stand-in at {base}."


@hookimpl
def data_inventory() -> list[DataUse]:
    return [
        DataUse(
            what="e-mail address, amount, what was bought, code of the order; card data are typed at Stripe and never pass here",
            where="Stripe",
            purpose="payment",
            basis="contract",
            retention="as Stripe's terms and the law of the books say",
            recipient="Stripe",
        ),
        DataUse(
            what="for who chooses an invoice: name or company, e-mail address, lines, code of the order, number of its invoice",
            where="Stripe",
            purpose="asking for payment",
            basis="contract",
            retention="as Stripe's terms and the law of the books say",
            recipient="Stripe",
        ),
        DataUse(
            what="for who is signed in and asks for it: e-mail address, and the card that Stripe keeps for their next order here",
            where="Stripe; here only Stripe's name for the person (payment_customers.references)",
            purpose="paying again without typing the card",
            basis="consent",
            retention="until the person removes the card",
            recipient="Stripe",
        ),
        DataUse(
            what="e-mail address of the member who connects the organizer with the platform's account; Stripe asks for the rest itself",
            where="Stripe; here only the account's name there and what is missing",
            purpose="payment to the organizer",
            basis="contract",
            retention="as Stripe's terms and the law of the books say",
            recipient="Stripe",
        ),
    ]


def includeme(config: Any) -> None:
    """The connection's page in the dashboard, and the script beside the fields on the shop's page."""
    config.include("sratix_stripe.views")
    config.include("sratix_stripe.onboarding")
