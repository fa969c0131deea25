"""The way to pay, as the core sees it: on Stripe's page or on ours, otherwise the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup
from pyramid.renderers import render
from zope.interface import implementer

from sratix_core.plugin import (
    AccountReading,
    Adding,
    Begun,
    Charge,
    DisputeReading,
    ICallsOut,
    IConnects,
    IDisputes,
    IEmbeds,
    Inbound,
    IPaymentProvider,
    IPaysOut,
    IRedirects,
    IRefunds,
    ISavesMethods,
    ITakesWebhooks,
    Keeper,
    Mode,
    Money,
    Movement,
    Reading,
    RefundReading,
    RefundWanted,
    SavedMethod,
    TenantContext,
    plugin_settings,
)
from sratix_stripe import (
    connect,
    disputes,
    embedded,
    hosted,
    passed_on,
    readings,
    refunds,
    saved,
    statement,
    webhooks,
)
from sratix_stripe.account import CONNECT, MODES, NAME, Account, account, connected, has_keys, ready
from sratix_stripe.amounts import chargeable
from sratix_stripe.sentences import say


@implementer(IPaymentProvider, ICallsOut, ITakesWebhooks, IRefunds, IDisputes, IPaysOut, ISavesMethods)
class Stripe:
    """What both looks have in common. A reference says which of the two a payment was begun with, so either may read and end it."""

    name = NAME
    icon = "credit-card"
    needs: tuple[str, ...] = ("secret_key",)
    """The settings of a mode without which nobody can pay."""

    def __init__(self, stand_in: str | None = None) -> None:
        """`stand_in` is the address of what plays Stripe, in test and demo."""
        self._stand_in = stand_in

    def title(self, locale: str) -> str:
        return say("title", locale)

    def help(self, locale: str) -> str:
        return say("help", locale)

    def available(self, ctx: TenantContext, total: Money) -> bool:
        return has_keys(ctx, self.needs) and chargeable(total)

    def term_days(self, ctx: TenantContext) -> int:
        """Nothing is kept for days: a payment is made at once or not at all."""
        return 0

    def mode(self, ctx: TenantContext, event: Any) -> Mode:
        return "live" if plugin_settings(ctx, NAME, event)["mode"] == "live" else "test"

    def account(self, ctx: TenantContext, mode: Mode) -> Account:
        return account(ctx, mode)

    def read(self, account: Account, reference: str) -> Reading:
        return readings.read(account, reference)

    def end(self, account: Account, reference: str) -> Reading:
        return (hosted if reference.startswith("cs_") else embedded).end(account, reference)

    def verify(self, ctx: TenantContext, headers: Mapping[str, str], body: bytes, mode: Mode) -> Inbound:
        return webhooks.verify(ctx, headers, body, mode)

    def refund(self, account: Account, wanted: RefundWanted) -> RefundReading:
        return refunds.refund(account, wanted)

    def refunds_of(self, account: Account, payment: str) -> Sequence[RefundReading]:
        return refunds.refunds_of(account, payment)

    def dispute(self, account: Account, reference: str) -> DisputeReading:
        return disputes.dispute(account, reference)

    def movements(self, account: Account, since: datetime, until: datetime) -> Sequence[Movement]:
        return statement.movements(account, since, until)

    kept_by = "Stripe"

    @property
    def adds_at(self) -> tuple[str, ...]:
        return (
            (self._stand_in,)
            if self._stand_in
            else ("https://checkout.stripe.com", "https://hooks.stripe.com")
        )

    def saves(self, ctx: TenantContext) -> bool:
        return bool(plugin_settings(ctx, NAME)["saves"]) and has_keys(ctx, self.needs)

    def saved(self, account: Account, keeper: Keeper) -> Sequence[SavedMethod]:
        return saved.saved(account, keeper)

    def begin_saved(self, account: Account, charge: Charge) -> Begun:
        return saved.begin(account, charge)

    def pay_saved(self, account: Account, charge: Charge, reference: str) -> Begun:
        return saved.pay(account, charge, reference)

    def add(self, account: Account, adding: Adding) -> Begun:
        return saved.add(account, adding)

    def forget(self, account: Account, keeper: Keeper, method: str) -> None:
        saved.forget(account, keeper, method)


@implementer(IRedirects)
class OnTheirPage(Stripe):
    """The buyer leaves for checkout.stripe.com and comes back."""

    @property
    def hosts(self) -> tuple[str, ...]:
        return (self._stand_in or "https://checkout.stripe.com",)

    def begin(self, account: Account, charge: Charge) -> Begun:
        return hosted.begin(account, charge)


@implementer(IEmbeds)
class OnOurPage(Stripe):
    """The fields are Stripe's, in frames of its own on our page."""

    needs = ("secret_key", "publishable_key")

    @property
    def sources(self) -> Mapping[str, tuple[str, ...]]:
        """As https://docs.stripe.com/security/guide#content-security-policy asks for."""
        if self._stand_in:
            return {"script-src": (self._stand_in,), "connect-src": (self._stand_in,)}
        scripts = ("https://js.stripe.com", "https://*.js.stripe.com")
        return {
            "script-src": scripts,
            "frame-src": (*scripts, "https://hooks.stripe.com"),
            "connect-src": ("https://api.stripe.com",),
        }

    def begin_embedded(self, account: Account, charge: Charge) -> Begun:
        return embedded.begin(account, charge)

    def fields(self, request: Any, begun: Begun, return_url: str) -> Markup:
        script = f"{self._stand_in}/v3/stripe.js" if self._stand_in else "https://js.stripe.com/v3/"
        shown = {"client": begun.client, "return_url": return_url, "stripe_js": script}
        return Markup(  # noqa: S704 -- our own template, autoescaped
            render("sratix_stripe:templates/fields.jinja2", shown, request=request)
        )


@implementer(IConnects)
class Connected(Stripe):
    """Taken on the platform's account and passed on to the organizer's, where the organizer has no keys of their own."""

    name = CONNECT

    def available(self, ctx: TenantContext, total: Money) -> bool:
        return not has_keys(ctx, ("secret_key",)) and chargeable(total) and any(map(ready(ctx), MODES))

    def account(self, ctx: TenantContext, mode: Mode) -> Account:
        return connected(ctx, mode)

    def verify(self, ctx: TenantContext, headers: Mapping[str, str], body: bytes, mode: Mode) -> Inbound:
        return webhooks.verify_connected(ctx, headers, body, mode)

    def saves(self, ctx: TenantContext) -> bool:
        return (
            bool(plugin_settings(ctx, NAME)["saves"])
            and not has_keys(ctx, ("secret_key",))
            and any(map(ready(ctx), MODES))
        )

    def movements(self, account: Account, since: datetime, until: datetime) -> Sequence[Movement]:
        return passed_on.movements(account, since, until)

    def connected(self, account: Account) -> AccountReading:
        return connect.connected(account)


class ConnectedOnTheirPage(Connected, OnTheirPage):
    """On checkout.stripe.com, for an organizer who is connected."""


class ConnectedOnOurPage(Connected, OnOurPage):
    """In Stripe's fields on our page, for an organizer who is connected; the publishable key is the platform's."""
