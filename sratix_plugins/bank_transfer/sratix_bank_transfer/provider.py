"""The way to pay: offered once an account is set, shown with amount, reference and a code to scan, kept for some days."""

from __future__ import annotations

from zope.interface import implementer

from sratix_bank_transfer.collective import outstanding
from sratix_bank_transfer.iban import grouped, is_qr_iban
from sratix_bank_transfer.references import order_number, spaced
from sratix_bank_transfer.sentences import say
from sratix_bank_transfer.slip import NAME, Code, account_of, bill_for, code_for, slip_for
from sratix_core.plugin import (
    InstructionLine,
    Instructions,
    IOffline,
    IPaymentProvider,
    IPaymentSlip,
    IReminds,
    Money,
    Order,
    PaymentDue,
    PaymentSlip,
    Picture,
    TenantContext,
    format_datetime,
    format_money,
    plugin_settings,
)

DEFAULT_DAYS = 10
MOST_DAYS = 90


def checked_days(days: int) -> int:
    """Raises ValueError with a sentence to show."""
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"Write a number of days from 1 to {MOST_DAYS}.")
    return days


@implementer(IPaymentProvider, IOffline, IPaymentSlip, IReminds)
class BankTransfer:
    """With a code to scan, the reference is a structured one; without, it is the order's code, which survives a bank's form."""

    name = NAME
    icon = "landmark"

    def title(self, locale: str) -> str:
        return say("title", locale)

    def help(self, locale: str) -> str:
        return say("help", locale)

    def available(self, ctx: TenantContext, total: Money) -> bool:
        return account_of(ctx) is not None and total.minor > 0

    def term_days(self, ctx: TenantContext) -> int:
        return int(plugin_settings(ctx, NAME)["term_days"])

    def instructions(self, ctx: TenantContext, order: Order, locale: str) -> Instructions:
        reference, code = scanned(ctx, order)
        due = outstanding(order)
        values = plugin_settings(ctx, NAME)
        until = order.expires_at
        kept = "until_value" if order.value_minor and not order.admissions else "until"
        return Instructions(
            intro=say("scan" if code else "intro", locale),
            lines=(
                InstructionLine(say("amount", locale), format_money(due, locale)),
                InstructionLine("IBAN", grouped(values["iban"] or ""), copy=True),
                InstructionLine(say("holder", locale), values["account_holder"] or ""),
                InstructionLine(say("reference", locale), reference, copy=True),
            ),
            note=say(kept, locale, when=format_datetime(until, ctx.tenant.timezone, locale)) if until else "",
            picture=Picture(code.svg(), code.png(), say("code", locale)) if code else None,
        )

    def remind_days(self, ctx: TenantContext) -> int:
        return int(plugin_settings(ctx, NAME)["remind_days"])

    def slip(self, ctx: TenantContext, due: PaymentDue, locale: str) -> PaymentSlip | None:
        return slip_for(ctx, due, locale)


def scanned(ctx: TenantContext, order: Order) -> tuple[str, Code | None]:
    """The reference a buyer gives, as people read it, and the code that holds it, where a standard covers the amount."""
    account = account_of(ctx)
    if account is None:
        return order.code, None
    bill = bill_for(account, outstanding(order), order_number(ctx.tenant.id, order.code), order.code)
    code = code_for(account, bill)
    return (spaced(bill.reference), code) if code or is_qr_iban(account.iban) else (order.code, None)
