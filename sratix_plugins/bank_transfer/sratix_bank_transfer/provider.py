"""The way to pay: offered once an account is set, shown with amount and reference, kept for some days."""

from __future__ import annotations

from zope.interface import implementer

from sratix_bank_transfer.iban import grouped
from sratix_bank_transfer.sentences import say
from sratix_core.plugin import (
    InstructionLine,
    Instructions,
    IOffline,
    IPaymentProvider,
    Money,
    Order,
    TenantContext,
    format_datetime,
    format_money,
    plugin_settings,
)

NAME = "bank_transfer"
DEFAULT_DAYS = 10
MOST_DAYS = 90


def checked_days(days: int) -> int:
    """Raises ValueError with a sentence to show."""
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"Write a number of days from 1 to {MOST_DAYS}.")
    return days


@implementer(IPaymentProvider, IOffline)
class BankTransfer:
    """The reference is the order's code: five characters that survive a bank's form."""

    name = NAME
    icon = "landmark"

    def title(self, locale: str) -> str:
        return say("title", locale)

    def help(self, locale: str) -> str:
        return say("help", locale)

    def available(self, ctx: TenantContext, total: Money) -> bool:
        values = plugin_settings(ctx, NAME)
        return bool(values["iban"] and values["account_holder"]) and total.minor > 0

    def term_days(self, ctx: TenantContext) -> int:
        return int(plugin_settings(ctx, NAME)["term_days"])

    def instructions(self, ctx: TenantContext, order: Order, locale: str) -> Instructions:
        values = plugin_settings(ctx, NAME)
        until = order.expires_at
        return Instructions(
            intro=say("intro", locale),
            lines=(
                InstructionLine(say("amount", locale), format_money(order.total, locale)),
                InstructionLine("IBAN", grouped(values["iban"] or ""), copy=True),
                InstructionLine(say("holder", locale), values["account_holder"] or ""),
                InstructionLine(say("reference", locale), order.code, copy=True),
            ),
            note=say("until", locale, when=format_datetime(until, ctx.tenant.timezone, locale))
            if until
            else "",
        )
