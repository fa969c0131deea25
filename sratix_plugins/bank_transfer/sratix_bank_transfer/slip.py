"""From an amount to what can be scanned: the account of the settings, the reference, the QR-bill or the SEPA code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sratix_bank_transfer import code, payload
from sratix_bank_transfer.drawing import ABOVE, HEIGHT, draw
from sratix_bank_transfer.iban import grouped, in_sepa, is_qr_iban, is_swiss
from sratix_bank_transfer.payload import SWISS_CURRENCIES, Address, Bill
from sratix_bank_transfer.references import invoice_number, order_number, qrr, scor, spaced
from sratix_bank_transfer.sentences import say
from sratix_core.plugin import Money, PaymentDue, PaymentSlip, TenantContext, plugin_settings

NAME = "bank_transfer"


@dataclass(frozen=True)
class Account:
    """Where money goes, as it is set."""

    iban: str
    address: Address

    def swiss_bill(self, amount: Money) -> bool:
        """Whether a QR-bill can ask for this amount."""
        fits = amount.currency in SWISS_CURRENCIES and 0 < amount.minor <= payload.LARGEST_SWISS
        return fits and is_swiss(self.iban) and self.address.complete

    def sepa(self, amount: Money) -> bool:
        """Whether the EPC's code can; it stands behind the QR-bill, which more of the payer's banks read."""
        fits = amount.currency == "EUR" and 0 < amount.minor <= payload.LARGEST_SWISS
        return fits and in_sepa(self.iban) and bool(self.address.name)


@dataclass(frozen=True)
class Code:
    """A payment code: its text, and whether the Swiss cross is in it."""

    text: str
    swiss: bool

    def svg(self) -> str:
        return code.svg(self.text, swiss=self.swiss)

    def png(self) -> bytes:
        return code.png(self.text, swiss=self.swiss)


def account_of(ctx: TenantContext) -> Account | None:
    """The account, None as long as it cannot be paid to."""
    values = plugin_settings(ctx, NAME)
    if not values["iban"] or not values["account_holder"]:
        return None
    return Account(values["iban"], _address(values))


def _address(values: dict[str, Any]) -> Address:
    return Address(
        name=values["account_holder"],
        street=values["street"] or "",
        house_number=values["house_number"] or "",
        postal_code=values["postal_code"] or "",
        town=values["town"] or "",
        country=values["country"] or values["iban"][:2],
    )


def structured(account: Account, number: int) -> str:
    """The reference that goes with the account."""
    return qrr(number) if is_qr_iban(account.iban) else scor(number)


def bill_for(account: Account, amount: Money, number: int, message: str) -> Bill:
    return Bill(account.iban, account.address, amount, structured(account, number), message)


def code_for(account: Account, bill: Bill) -> Code | None:
    """What the payer scans; None where no standard covers it."""
    if account.swiss_bill(bill.amount):
        return Code(payload.swiss(payload.fitting(bill)), swiss=True)
    if account.sepa(bill.amount):
        return Code(payload.epc(bill), swiss=False)
    return None


def number_of(ctx: TenantContext, due: PaymentDue) -> int:
    if due.subject == "order":
        return order_number(ctx.tenant.id, due.code)
    return invoice_number(ctx.tenant.id, due.key)


def slip_for(ctx: TenantContext, due: PaymentDue, locale: str) -> PaymentSlip | None:
    """The payment part for the foot of an invoice; the account in words where no code can ask for the amount."""
    account = account_of(ctx)
    if account is None or due.amount.minor <= 0:
        return None
    parts = (due.name, due.street, due.house_number, due.postal_code, due.city, due.country)
    debtor = Address(*parts)
    bill = Bill(
        account.iban,
        account.address,
        due.amount,
        structured(account, number_of(ctx, due)),
        due.message,
        debtor if debtor.complete else None,
    )
    lines = (
        ("IBAN", grouped(account.iban)),
        (say("holder", locale), account.address.name),
        (say("reference", locale), spaced(bill.reference)),
    )
    found = code_for(account, bill)
    if found is None:
        return PaymentSlip("lines", "", 0, lines, account.iban, bill.reference)
    if found.swiss:
        return PaymentSlip("qr_bill", draw(bill, locale), HEIGHT + ABOVE, lines, account.iban, bill.reference)
    sized = found.svg().replace("<svg ", '<svg width="56mm" height="56mm" ', 1)
    return PaymentSlip("epc", sized, 56, lines, account.iban, bill.reference)
