"""The way to pay by an invoice of Stripe's: switched on by the organizer, open for days, with own keys or through the platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from zope.interface import implementer

from sratix_core.plugin import (
    Begun,
    Charge,
    ICallsOut,
    InstructionLine,
    Instructions,
    IOffline,
    IPaymentProvider,
    IRedirects,
    IRefunds,
    IRequestsPayment,
    Mode,
    Money,
    Order,
    PluginSetting,
    Reading,
    RefundReading,
    RefundWanted,
    TenantContext,
    format_datetime,
    format_money,
    plugin_settings,
)
from sratix_stripe import invoice_readings, invoices, refunds
from sratix_stripe.account import (
    CONNECT,
    CONNECT_INVOICE,
    INVOICE,
    MODES,
    NAME,
    Account,
    account,
    connected,
    has_keys,
    ready,
)
from sratix_stripe.amounts import chargeable
from sratix_stripe.sentences import say

MOST_DAYS = 90
MOST_GRACE = 30


def settings() -> list[PluginSetting]:
    return [
        PluginSetting(
            "invoices",
            "boolean",
            "Offer invoices that Stripe sends",
            "Buyers may choose to get an invoice by mail and pay it within some days. A restricted key needs the right to write "
            "customers and invoices. Your own invoice stays the one for the tax: Stripe’s is a request for payment.",
            default=False,
        ),
        PluginSetting(
            "invoice_days",
            "integer",
            "Days until such an invoice is due",
            default=14,
            check=_between(1, MOST_DAYS),
        ),
        PluginSetting(
            "invoice_grace_days",
            "integer",
            "Days for which seats stay kept after that",
            "Then the invoice is voided at Stripe and the seats go back.",
            default=3,
            check=_between(0, MOST_GRACE),
        ),
    ]


def _between(least: int, most: int) -> Any:
    """A check for a setting. Raises ValueError with a sentence to show."""

    def check(days: int) -> int:
        if not least <= days <= most:
            raise ValueError(f"Write a number of days from {least} to {most}.")
        return days

    return check


@implementer(IPaymentProvider, ICallsOut, IRedirects, IRefunds, IRequestsPayment, IOffline)
class ByInvoice:
    """With the organizer's own keys. What was paid is in the books as any payment by their Stripe account."""

    name = INVOICE
    settles_with = NAME
    icon = "mail"

    def __init__(self, stand_in: str | None = None) -> None:
        """`stand_in` is the address of what plays Stripe, in test and demo."""
        self._stand_in = stand_in

    @property
    def hosts(self) -> tuple[str, ...]:
        return (self._stand_in or "https://invoice.stripe.com",)

    def title(self, locale: str) -> str:
        return say("invoice", locale)

    def help(self, locale: str) -> str:
        return say("invoice_help", locale)

    def available(self, ctx: TenantContext, total: Money) -> bool:
        return bool(plugin_settings(ctx, NAME)["invoices"]) and chargeable(total) and self.connected_with(ctx)

    def connected_with(self, ctx: TenantContext) -> bool:
        return has_keys(ctx, ("secret_key",))

    def term_days(self, ctx: TenantContext) -> int:
        values = plugin_settings(ctx, NAME)
        return int(values["invoice_days"]) + int(values["invoice_grace_days"])

    def mode(self, ctx: TenantContext, event: Any) -> Mode:
        return "live" if plugin_settings(ctx, NAME, event)["mode"] == "live" else "test"

    def account(self, ctx: TenantContext, mode: Mode) -> Account:
        return self._for_days(ctx, account(ctx, mode))

    def _for_days(self, ctx: TenantContext, found: Account) -> Account:
        days = int(plugin_settings(ctx, NAME)["invoice_days"])
        return replace(found, due_days=days, asked_at=ctx.clock.now())

    def begin(self, account: Account, charge: Charge) -> Begun:
        return invoices.begin(account, charge)

    def read(self, account: Account, reference: str) -> Reading:
        return invoice_readings.read(account, reference)

    def end(self, account: Account, reference: str) -> Reading:
        return invoices.end(account, reference)

    def request_of(self, account: Account, charge: Charge) -> Begun | Reading:
        return invoices.request_of(account, charge)

    def send_again(self, account: Account, reference: str, key: str) -> None:
        invoices.send_again(account, reference, key)

    def refund(self, account: Account, wanted: RefundWanted) -> RefundReading:
        return refunds.refund(account, wanted)

    def refunds_of(self, account: Account, payment: str) -> Sequence[RefundReading]:
        return refunds.refunds_of(account, payment)

    def instructions(self, ctx: TenantContext, order: Order, locale: str) -> Instructions:
        """What stands on the order's page and in its mail; the invoice itself comes from Stripe."""
        due = order.created_at + timedelta(days=int(plugin_settings(ctx, NAME)["invoice_days"]))
        until = min(due, order.expires_at) if order.expires_at else due
        when = format_datetime(until, ctx.tenant.timezone, locale)
        return Instructions(
            intro=say("invoice_intro", locale),
            lines=(
                InstructionLine(say("invoice_amount", locale), format_money(order.outstanding, locale)),
                InstructionLine(say("invoice_until", locale), when),
            ),
            note=say("invoice_note", locale),
        )


class ConnectedByInvoice(ByInvoice):
    """Through the platform's account, which passes the money on: for an organizer who is connected and has no keys."""

    name = CONNECT_INVOICE
    settles_with = CONNECT

    def connected_with(self, ctx: TenantContext) -> bool:
        return not has_keys(ctx, ("secret_key",)) and any(map(ready(ctx), MODES))

    def account(self, ctx: TenantContext, mode: Mode) -> Account:
        return self._for_days(ctx, connected(ctx, mode))
