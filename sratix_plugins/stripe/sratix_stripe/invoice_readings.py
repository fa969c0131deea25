"""What an invoice at Stripe has come to, in the core's words. https://docs.stripe.com/api/invoice-payment

Money is what Stripe's own payments brought. What somebody marked as paid outside of Stripe is nobody's to claim here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sratix_core.plugin import OVERDUE, PAID_IN_PARTS, PAID_OUTSIDE, WRITTEN_OFF, Reading
from sratix_stripe.account import CONNECT, NAME, Account
from sratix_stripe.amounts import from_stripe
from sratix_stripe.api import api

if TYPE_CHECKING:
    from stripe import Invoice, InvoicePayment

PAYMENTS: Any = {"expand": ["payments"]}
INVOICE = "in_"
"""How Stripe's names of invoices begin."""


def read(account: Account, reference: str) -> Reading:
    with api(account, reading=True) as v1:
        return of_invoice(account, v1.invoices.retrieve(reference, params=PAYMENTS))


def of_invoice(account: Account, invoice: Invoice, *, ended: bool = False) -> Reading:
    """From an invoice with its payments. Voided is over; written off it may still be paid, unless it was to be `ended`.

    One payment of Stripe's is booked with what it brought. None or several on an invoice that is paid wait for a person.
    """
    if getattr(invoice, "deleted", False) or invoice.status == "void":
        return Reading("cancelled", invoice.id)
    made = [one for one in _payments(invoice) if one.status == "paid" and one.amount_paid]
    behind = [name for one in made if (name := _intent(one))]
    if invoice.status == "paid":
        if len(made) == 1 and behind:
            received = from_stripe(made[0].amount_paid or 0, invoice.currency)
            return Reading("succeeded", invoice.id, behind[0], received, provider=_whose(account))
        return Reading("waiting", invoice.id, reason=PAID_IN_PARTS if made else PAID_OUTSIDE)
    if made or invoice.amount_paid:
        return Reading("waiting", invoice.id, reason=PAID_IN_PARTS if ended else "")
    if invoice.status == "uncollectible":
        return Reading("waiting", invoice.id, reason=WRITTEN_OFF)
    return Reading("waiting", invoice.id, reason=OVERDUE if _late(account, invoice) else "")


def _payments(invoice: Invoice) -> list[InvoicePayment]:
    found = getattr(invoice, "payments", None)
    return list(found.data) if found is not None else []


def _intent(payment: InvoicePayment) -> str:
    """The PaymentIntent behind it, by which money goes back; empty for what came otherwise."""
    found = payment.payment.payment_intent if payment.payment.type == "payment_intent" else None
    return (found if isinstance(found, str) else found.id) if found is not None else ""


def _whose(account: Account) -> str:
    """Invoices are paid into the same account as cards: payments, refunds, statement and books are those of the card's provider."""
    return CONNECT if account.destination else NAME


def _late(account: Account, invoice: Invoice) -> bool:
    return bool(
        invoice.due_date
        and account.asked_at
        and datetime.fromtimestamp(invoice.due_date, UTC) < account.asked_at
    )
