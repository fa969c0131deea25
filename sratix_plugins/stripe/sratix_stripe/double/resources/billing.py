"""What becomes of an invoice as its payments do: kept apart from the calls, so that confirming an intent can tell it.

https://docs.stripe.com/invoicing/overview#invoice-lifecycle: draft → open → paid, void or uncollectible
"""

from __future__ import annotations

from sratix_stripe.double.scope import Scope
from sratix_stripe.double.store import Record

OWED = ("open", "uncollectible")


def of_intent(scope: Scope, intent: Record) -> Record | None:
    """The invoice that an intent pays."""
    found = scope.double.store.get("invoice", intent.get("_invoice", ""))
    return found if found is not None and found["status"] in OWED else None


def payment_of(scope: Scope, invoice: Record) -> Record | None:
    """Its default payment."""
    own = [one for one in scope.all("invoice_payment") if one["invoice"] == invoice["id"]]
    return next((one for one in own if one["is_default"]), None)


def paid(scope: Scope, intent: Record) -> None:
    """The money of an intent is there: it is credited to its invoice."""
    invoice = of_intent(scope, intent)
    if invoice is None:
        return
    amount = intent["amount_received"]
    payment = payment_of(scope, invoice)
    if payment is not None:
        done = {"canceled_at": None, "paid_at": scope.now}
        scope.save(payment, status="paid", amount_paid=amount, status_transitions=done)
        scope.emit("invoice_payment.paid", payment)
    settled(scope, invoice, amount)


def settled(scope: Scope, invoice: Record, amount: int) -> None:
    came = invoice["amount_paid"] + amount
    left = invoice["amount_due"] - came
    transitions = {**invoice["status_transitions"], "paid_at": scope.now}
    scope.save(
        invoice, status="paid", amount_paid=came, amount_remaining=left, attempted=True, status_transitions=transitions,
    )  # fmt: skip
    scope.emit("invoice.paid", invoice)
    scope.emit("invoice.payment_succeeded", invoice)


def failed(scope: Scope, intent: Record) -> None:
    """A try to pay an invoice was turned down; it stays open."""
    invoice = of_intent(scope, intent)
    if invoice is not None:
        scope.save(invoice, attempted=True, attempt_count=invoice["attempt_count"] + 1)
        scope.emit("invoice.payment_failed", invoice)


def overdue(scope: Scope, invoice: Record) -> None:
    if invoice["status"] == "open":
        scope.emit("invoice.overdue", invoice)
