"""Invoices that a customer is sent and pays on a page of Stripe's. https://docs.stripe.com/api/invoices

Drafted, filled with lines, finalized with a PaymentIntent behind it, sent, paid, voided. No taxes, discounts or subscriptions.
"""

from __future__ import annotations

from typing import Any

from sratix_stripe.double import money
from sratix_stripe.double.answers import page, public
from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.kinds import listed
from sratix_stripe.double.resources import billing, charges, intents
from sratix_stripe.double.resources.generic import merge, metadata
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record

BEYOND = ("automatic_tax", "default_tax_rates", "discounts", "from_invoice", "rendering", "shipping_cost", "shipping_details",
          "subscription", "automatically_finalizes_at", "customer_account", "issuer", "account_tax_ids")  # fmt: skip
COPIED = (
    "description",
    "footer",
    "custom_fields",
    "on_behalf_of",
    "statement_descriptor",
    "number",
    "effective_at",
)
DAY = 86400
MOST_LINES = 250


def create(call: Call) -> Record:
    params = call.params
    for param in BEYOND:
        if params.get(param):
            raise StripeError(f"This stand-in doesn't know {param}.", param=param, stored=False)
    if not params.get("customer"):
        text = "Missing required param: customer."
        raise StripeError(text, code="parameter_missing", param="customer", stored=False)
    if params.get("collection_method") != "send_invoice" or params.get("auto_advance"):
        text = "This stand-in knows invoices with collection_method=send_invoice that do not advance by themselves."
        raise StripeError(text, param="collection_method", stored=False)
    owner = call.find("customer", params["customer"], "customer")
    if not owner["email"]:
        text = "Missing email. In order to create invoices that are sent to the customer, the customer must have a valid email."
        raise StripeError(text, param="customer")
    due = _due(call, params)
    invoice = call.new(
        "invoice", **{name: params.get(name) for name in COPIED}, customer=owner["id"], customer_email=owner["email"],
        customer_name=owner["name"], currency=money.currency(params.get("currency") or "chf"), due_date=due, period_end=call.now,
        period_start=call.now, metadata=metadata(params.get("metadata")), account_country="CH", account_name="SRAtix test",
        _days=params.get("days_until_due"), _items=[],
        _parties={name: params[name] for name in ("application_fee_amount", "transfer_data", "on_behalf_of") if params.get(name)},
    )  # fmt: skip
    if params.get("pending_invoice_items_behavior") == "include":
        for item in call.all("invoiceitem"):
            if item["customer"] == owner["id"] and item["invoice"] is None:
                _put(call, invoice, item)
    _sum(call, invoice)
    call.emit("invoice.created", invoice)
    return invoice


def _due(call: Call, params: dict[str, Any]) -> int:
    if ("days_until_due" in params) == ("due_date" in params):
        text = (
            "You must pass either `days_until_due` or `due_date` when `collection_method` is `send_invoice`."
        )
        raise StripeError(text, param="days_until_due", stored=False)
    due = int(params["due_date"]) if "due_date" in params else call.now + params["days_until_due"] * DAY
    if due < call.now:
        raise StripeError("`due_date` must be in the future.", param="due_date", stored=False)
    return due


def create_item(call: Call) -> Record:
    """An invoice item: on a draft, or left for the customer's next invoice."""
    params = call.params
    if not params.get("customer"):
        text = "Missing required param: customer."
        raise StripeError(text, code="parameter_missing", param="customer", stored=False)
    call.find("customer", params["customer"], "customer")
    item = _item(call, params["customer"], params, params.get("currency") or "chf")
    if params.get("invoice"):
        invoice = _draft(call, params["invoice"], "add items to")
        _put(call, invoice, item)
        _sum(call, invoice)
    return item


def delete_item(call: Call) -> dict[str, Any]:
    item = call.find("invoiceitem", call.ids[0])
    if item["invoice"]:
        invoice = _draft(call, item["invoice"], "take items from")
        call.save(invoice, _items=[one for one in invoice["_items"] if one != item["id"]])
        _sum(call, invoice)
    call.double.store.delete("invoiceitem", item["id"])
    return {"id": item["id"], "object": "invoiceitem", "deleted": True}


def add_lines(call: Call) -> Record:
    invoice = _draft(call, call.ids[0], "add lines to")
    if len(invoice["_items"]) + len(call.params["lines"]) > MOST_LINES:
        raise StripeError(f"An invoice has at most {MOST_LINES} lines.", param="lines", stored=False)
    for line in call.params["lines"]:
        _put(call, invoice, _item(call, invoice["customer"], line, invoice["currency"]))
    if "invoice_metadata" in call.params:
        merge(invoice, {"metadata": call.params["invoice_metadata"]})
    return _sum(call, invoice)


def _item(call: Call, customer: str, given: dict[str, Any], currency: str) -> Record:
    if "amount" not in given:
        text = "This stand-in knows lines with an amount of their own."
        raise StripeError(text, code="parameter_missing", param="amount", stored=False)
    span = given.get("period") or {"start": call.now, "end": call.now}
    return call.new(
        "invoiceitem", amount=given["amount"], currency=money.currency(currency), customer=customer, date=call.now, quantity=1,
        quantity_decimal="1", description=given.get("description"), metadata=metadata(given.get("metadata")), period=span,
        net_amount=given["amount"], discountable=given["amount"] >= 0,
    )  # fmt: skip


def _put(scope: Scope, invoice: Record, item: Record) -> None:
    if item["currency"] != invoice["currency"]:
        raise StripeError("The item's currency is not the invoice's.", param="currency", stored=False)
    scope.save(item, invoice=invoice["id"])
    scope.save(invoice, _items=[*invoice["_items"], item["id"]])


def _sum(scope: Scope, invoice: Record) -> Record:
    """The lines as they stand, and what they come to; a sum below zero is credited to the customer, so nothing is due."""
    lines = [_line(scope, invoice, scope.find("invoiceitem", id)) for id in invoice["_items"]]
    total = sum(line["amount"] for line in lines)
    shown = {**listed(f"/v1/invoices/{invoice['id']}/lines", lines[:10]), "has_more": len(lines) > 10}
    return scope.save(
        invoice, lines=shown, subtotal=total, total=total, amount_due=max(0, total), amount_remaining=max(0, total),
        subtotal_excluding_tax=total, total_excluding_tax=total,
    )  # fmt: skip


def _line(scope: Scope, invoice: Record, item: Record) -> Record:
    if not item.get("_line"):
        line = scope.new(
            "line_item", amount=item["amount"], currency=item["currency"], description=item["description"], invoice=invoice["id"],
            period=item["period"], quantity=1, quantity_decimal="1", subtotal=item["amount"], discountable=item["discountable"],
        )  # fmt: skip
        scope.save(item, _line=line["id"])
    found: Record = public(scope.find("line_item", item["_line"]))
    return found


def lines(call: Call) -> dict[str, Any]:
    invoice = call.find("invoice", call.ids[0])
    own = [
        call.find("line_item", call.find("invoiceitem", id)["_line"]) for id in reversed(invoice["_items"])
    ]
    return page(call, "line_item", f"/v1/invoices/{invoice['id']}/lines", own)


def _draft(call: Call, id: str, verb: str) -> Record:
    invoice = call.find("invoice", id, "invoice")
    if invoice["status"] != "draft":
        text = f"You can't {verb} an invoice that is no longer editable: this one is {invoice['status']}."
        raise StripeError(text, code="invoice_not_editable")
    return invoice


def change(call: Call) -> Record:
    invoice = call.find("invoice", call.ids[0])
    if invoice["status"] != "draft" and set(call.params) - {"metadata", "expand"}:
        _draft(call, invoice["id"], "change")
    merge(invoice, {name: value for name, value in call.params.items() if name in ("metadata", *COPIED)})
    return call.save(invoice)


def delete(call: Call) -> dict[str, Any]:
    invoice = call.find("invoice", call.ids[0])
    if invoice["status"] != "draft":
        text = "You can only delete draft invoices."
        raise StripeError(text, code="invoice_not_editable")
    call.double.store.delete("invoice", invoice["id"])
    call.emit("invoice.deleted", invoice)
    return {"id": invoice["id"], "object": "invoice", "deleted": True}


def finalize(call: Call) -> Record:
    """Numbered and open, with an intent and a page to pay on."""
    invoice = call.find("invoice", call.ids[0])
    if invoice["status"] != "draft":
        raise _finalized()
    amount = money.chargeable(invoice["amount_due"], invoice["currency"], "amount_due")
    charges.check_parties(call, invoice["_parties"], amount)
    intent = intents.make_payment(
        call,
        {
            **invoice["_parties"],
            "amount": amount,
            "currency": invoice["currency"],
            "customer": invoice["customer"],
            "description": f"Invoice {invoice['id'][-8:].upper()}",
            "allowed_payment_method_types": ["card", "sepa_debit"]
            if invoice["currency"] == "eur"
            else ["card"],
        },
    )
    call.save(intent, _invoice=invoice["id"])
    call.new(
        "invoice_payment", amount_requested=amount, currency=invoice["currency"], invoice=invoice["id"], is_default=True,
        payment={"charge": None, "payment_intent": intent["id"], "payment_record": None, "type": "payment_intent"},
    )  # fmt: skip
    due = call.now + invoice["_days"] * DAY if invoice["_days"] is not None else invoice["due_date"]
    address = f"{call.double.base_url}/i/{invoice['id']}"
    call.save(
        invoice, status="open", number=invoice["number"] or f"SRA-{invoice['id'][-8:].upper()}", due_date=due, hosted_invoice_url=address,
        invoice_pdf=f"{address}/pdf", _intent=intent["id"], effective_at=invoice["effective_at"] or call.now,
        status_transitions={**invoice["status_transitions"], "finalized_at": call.now},
    )  # fmt: skip
    call.later(max(0, due - call.now), "overdue", invoice["id"])
    call.emit("invoice.finalized", invoice)
    return invoice


def _finalized() -> StripeError:
    return StripeError(
        "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
        code="invoice_not_editable",
    )


def send(call: Call) -> Record:
    """The customer gets a mail with the address of the page; each call is one."""
    invoice = call.find("invoice", call.ids[0])
    if invoice["status"] != "open":
        text = f"You can only send open invoices. This invoice is {invoice['status']}."
        raise StripeError(text, code="invoice_not_editable")
    call.save(invoice, _mails=invoice.get("_mails", 0) + 1)
    call.emit("invoice.sent", invoice)
    return invoice


def void(call: Call) -> Record:
    invoice = call.find("invoice", call.ids[0])
    if invoice["status"] not in billing.OWED:
        text = f"You can only void open and uncollectible invoices. This invoice is {invoice['status']}."
        raise StripeError(text, code="invoice_not_editable")
    release(call, invoice)
    transitions = {**invoice["status_transitions"], "voided_at": call.now}
    call.save(invoice, status="void", amount_remaining=0, status_transitions=transitions)
    call.emit("invoice.voided", invoice)
    return invoice


def mark_uncollectible(call: Call) -> Record:
    invoice = call.find("invoice", call.ids[0])
    if invoice["status"] != "open":
        text = f"You can only mark open invoices as uncollectible. This invoice is {invoice['status']}."
        raise StripeError(text, code="invoice_not_editable")
    transitions = {**invoice["status_transitions"], "marked_uncollectible_at": call.now}
    call.save(invoice, status="uncollectible", status_transitions=transitions)
    call.emit("invoice.marked_uncollectible", invoice)
    return invoice


def release(scope: Scope, invoice: Record) -> None:
    """Nobody can pay the intent behind it any more; refused while a debit is on its way."""
    intent = scope.find("payment_intent", invoice["_intent"])
    if intent["status"] == "processing":
        text = "This invoice has a payment that is processing: it can't be voided until that has succeeded or failed."
        raise StripeError(text, code="invoice_payment_intent_requires_action")
    intents.cancelled(scope, intent, "void_invoice")
    payment = billing.payment_of(scope, invoice)
    if payment is not None:
        ended = {"canceled_at": scope.now, "paid_at": None}
        scope.save(payment, status="canceled", status_transitions=ended)
