"""Paying an invoice: on its page, by a method of the customer's, or marked as paid by money from elsewhere."""

from __future__ import annotations

from typing import Any

from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.resources import billing, confirming
from sratix_stripe.double.resources.invoices import release
from sratix_stripe.double.resources.methods import make_method, method_for
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record


def pay(call: Call) -> Record:
    """Marked as paid by money from elsewhere, or charged to a method of the customer's."""
    invoice = call.find("invoice", call.ids[0])
    if invoice["status"] == "paid":
        raise StripeError("Invoice is already paid", code="invoice_already_paid")
    if invoice["status"] not in billing.OWED:
        text = f"This invoice is {invoice['status']} and can't be paid."
        raise StripeError(text, code="invoice_not_editable")
    if call.params.get("paid_out_of_band"):
        release(call, invoice)
        call.save(invoice, amount_paid_off_stripe=invoice["amount_remaining"])
        billing.settled(call, invoice, invoice["amount_remaining"])
        return invoice
    if not call.params.get("payment_method"):
        text = "There is no default payment method set on this customer: pass one, or paid_out_of_band."
        raise StripeError(text, param="payment_method")
    method = method_for(call, call.params["payment_method"])
    with_method = {"payment_method": method["id"], "return_url": invoice["hosted_invoice_url"]}
    confirming.confirm_with(call, call.find("payment_intent", invoice["_intent"]), with_method)
    return call.find("invoice", invoice["id"])


def pay_on_page(scope: Scope, invoice: Record, data: dict[str, Any], name: str | None) -> Record | None:
    """What the page's button does: the intent; raises the card's refusal, the invoice stays open."""
    if invoice["status"] not in billing.OWED:
        return None
    details = {"email": invoice["customer_email"], "name": name}
    method = make_method(scope, {**data, "billing_details": details})
    intent = scope.find("payment_intent", invoice["_intent"])
    with_method = {"payment_method": method["id"], "return_url": invoice["hosted_invoice_url"]}
    return confirming.confirm_with(scope, intent, with_method)
