"""PaymentIntents and SetupIntents: https://docs.stripe.com/payments/paymentintents/lifecycle.

requires_payment_method → requires_confirmation → requires_action → processing → requires_capture → succeeded, or canceled
"""

from __future__ import annotations

from typing import Any

from sratix_stripe.double import money
from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.resources import charges
from sratix_stripe.double.resources.confirming import WAITING, confirm_with, taken, unexpected
from sratix_stripe.double.resources.generic import merge, metadata, method_types
from sratix_stripe.double.resources.methods import method_for
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record

OF_THE_CALL = {"amount", "currency", "confirm", "expand", "payment_method", "payment_method_data", "metadata", "off_session",
               "error_on_requires_action", "return_url", "use_stripe_sdk", "mandate_data", "client_secret"}  # fmt: skip


def create(call: Call) -> Record:
    intent = make_payment(call, call.params)
    return confirm_with(call, intent, call.params) if call.params.get("confirm") else intent


def make_payment(scope: Scope, params: dict[str, Any]) -> Record:
    """A payment intent by the API's own parameters, checked against accounts, customers and smallest amounts."""
    currency = money.currency(params["currency"])
    amount = money.chargeable(params["amount"], currency)
    charges.check_parties(scope, params, amount)
    if params.get("customer"):
        scope.find("customer", params["customer"], "customer")
    method = method_for(scope, params["payment_method"])["id"] if params.get("payment_method") else None
    intent = scope.new(
        "payment_intent",
        amount=amount,
        currency=currency,
        payment_method=method,
        metadata=metadata(params.get("metadata")),
        status="requires_confirmation" if method else "requires_payment_method",
    )
    merge(intent, {name: value for name, value in params.items() if name not in OF_THE_CALL})
    automatic = {
        "enabled": True,
        "allow_redirects": "always",
        **(params.get("automatic_payment_methods") or {}),
    }
    intent |= {"payment_method_types": method_types(params), "automatic_payment_methods": automatic}
    intent["client_secret"] = f"{intent['id']}_secret_{scope.double.store.chance(25)}"
    scope.save(intent)
    scope.emit("payment_intent.created", intent)
    return intent


def create_setup(call: Call) -> Record:
    if call.params.get("customer"):
        call.find("customer", call.params["customer"], "customer")
    intent = call.new("setup_intent", metadata=metadata(call.params.get("metadata")))
    merge(intent, {name: value for name, value in call.params.items() if name not in OF_THE_CALL})
    intent["payment_method_types"] = method_types(call.params)
    intent["client_secret"] = f"{intent['id']}_secret_{call.double.store.chance(25)}"
    if call.params.get("payment_method"):
        method = method_for(call, call.params["payment_method"])
        call.save(intent, payment_method=method["id"], status="requires_confirmation")
    call.save(intent)
    call.emit("setup_intent.created", intent)
    return confirm_with(call, intent, call.params) if call.params.get("confirm") else intent


def change(call: Call) -> Record:
    intent = call.find("payment_intent", call.ids[0])
    if intent["status"] not in WAITING and set(call.params) - {
        "metadata",
        "description",
        "receipt_email",
        "expand",
        "transfer_group",
    }:
        raise unexpected(intent, "update")
    currency = money.currency(call.params.get("currency") or intent["currency"])
    amount = money.chargeable(int(call.params.get("amount") or intent["amount"]), currency)
    charges.check_parties(call, {**intent, **call.params}, amount)
    if call.params.get("payment_method"):
        method = method_for(call, call.params["payment_method"])
        call.save(intent, payment_method=method["id"], status="requires_confirmation")
    merge(
        intent, {name: value for name, value in call.params.items() if name not in OF_THE_CALL - {"metadata"}}
    )
    return call.save(intent, amount=amount, currency=currency)


def capture(call: Call) -> Record:
    intent = call.find("payment_intent", call.ids[0])
    if intent["status"] != "requires_capture":
        raise unexpected(intent, "capture")
    amount = int(call.params.get("amount_to_capture") or intent["amount_capturable"])
    if not 1 <= amount <= intent["amount_capturable"]:
        text = "The amount to capture is greater than what was authorized, or nothing."
        raise StripeError(text, code="amount_too_large", param="amount_to_capture")
    if "application_fee_amount" in call.params:
        charges.check_parties(call, {**intent, **call.params}, amount)
        call.save(intent, application_fee_amount=call.params["application_fee_amount"])
    return taken(call, intent, call.find("charge", intent["latest_charge"]), amount)


def cancel(call: Call) -> Record:
    intent = call.find("payment_intent" if call.ids[0].startswith("pi_") else "setup_intent", call.ids[0])
    if intent["status"] not in (*WAITING, "requires_capture"):
        raise unexpected(intent, "cancel")
    return cancelled(call, intent, call.params.get("cancellation_reason"))


def cancelled(scope: Scope, intent: Record, reason: str | None) -> Record:
    scope.save(intent, status="canceled", cancellation_reason=reason, next_action=None)
    if intent["object"] == "payment_intent":
        if intent["amount_capturable"]:
            charges.release(scope, scope.find("charge", intent["latest_charge"]))
        scope.save(intent, canceled_at=scope.now, amount_capturable=0)
    scope.emit(f"{intent['object']}.canceled", intent)
    return intent
