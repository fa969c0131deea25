"""Confirming an intent: a decline, the bank's question, a debit that takes its time, money at last.

A failed attempt is written down first and raised second, as Stripe's 402 with the intent inside.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sratix_stripe.double.answers import answer
from sratix_stripe.double.cards import DECLINED, IBANS
from sratix_stripe.double.errors import StripeError, card_error
from sratix_stripe.double.resources import billing, charges
from sratix_stripe.double.resources.methods import card_of, keep, make_method, method_for
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record

WAITING = ("requires_payment_method", "requires_confirmation", "requires_action")
SETTLES_AFTER = 180


def unexpected(intent: Record, verb: str) -> StripeError:
    text = f"You cannot {verb} this {intent['object']} because it has a status of {intent['status']}."
    shown: dict[str, Any] = {intent["object"]: {"id": intent["id"], "status": intent["status"]}}
    return StripeError(text, code=f"{intent['object']}_unexpected_state", **shown)


def confirm(kind: str) -> Callable[[Call], Record]:
    def confirming(call: Call) -> Record:
        return confirm_with(call, call.find(kind, call.ids[0]), call.params)

    return confirming


def confirm_with(scope: Scope, intent: Record, params: dict[str, Any]) -> Record:
    """Try to pay (or to set up); a decline is recorded and then raised, as a 402 with the intent inside."""
    if intent["status"] not in WAITING:
        raise unexpected(intent, "confirm")
    method = _method(scope, intent, params)
    if method["type"] not in intent["payment_method_types"]:
        allowed = ", ".join(intent["payment_method_types"])
        raise StripeError(
            f"The payment method type {method['type']} isn't allowed here; allowed: {allowed}.",
            param="payment_method",
        )
    kept = {
        name: params[name] for name in ("setup_future_usage", "receipt_email", "shipping") if params.get(name)
    }
    scope.save(intent, payment_method=method["id"], next_action=None, last_payment_error=None, **kept)
    intent["_return_url"], intent["_off_session"] = params.get("return_url"), bool(params.get("off_session"))
    if method["type"] == "twint":
        return _ask(scope, intent, method, params)
    card = card_of(method)
    if card and card.code and not card.declined_after_asking:
        raise decline(scope, intent, method, card.code, card.decline_code)
    if card and (card.asks == "always" or (card.asks == "unless_set_up" and not method.get("_set_up"))):
        return _ask(scope, intent, method, params)
    return authorized(scope, intent, method)


def _method(scope: Scope, intent: Record, params: dict[str, Any]) -> Record:
    if data := params.get("payment_method_data"):
        method = make_method(scope, data)
    elif id := params.get("payment_method") or intent["payment_method"]:
        method = method_for(scope, id)
    else:
        noun = intent["object"].replace("_", " ")
        raise StripeError(
            f"You cannot confirm this {noun} because it's missing a payment method.",
            code=f"{intent['object']}_unexpected_state",
        )
    if method.get("_detached"):
        text = "The provided PaymentMethod was detached from its customer and may not be used again."
        raise StripeError(text, param="payment_method")
    if method["customer"] and method["customer"] != intent["customer"]:
        text = f"The PaymentMethod {method['id']} belongs to a Customer. Include that Customer to use it."
        raise StripeError(text, param="payment_method")
    return method


def _ask(scope: Scope, intent: Record, method: Record, params: dict[str, Any]) -> Record:
    if intent["_off_session"] or params.get("error_on_requires_action"):
        raise decline(scope, intent, method, "authentication_required", "authentication_required")
    url = f"{scope.double.base_url}/3ds/{intent['id']}"
    if params.get("return_url"):
        action: dict[str, Any] = {
            "type": "redirect_to_url",
            "redirect_to_url": {"return_url": params["return_url"], "url": url},
        }
    else:
        action = {
            "type": "use_stripe_sdk",
            "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": url},
        }
    scope.save(intent, status="requires_action", next_action=action)
    scope.emit(f"{intent['object']}.requires_action", intent)
    return intent


def challenged(scope: Scope, intent: Record, approved: bool) -> Record:
    """The customer answered the bank's question; raises the card error when that ends the attempt."""
    if intent["status"] != "requires_action":
        return intent
    method = scope.find("payment_method", intent["payment_method"])
    card = card_of(method)
    scope.save(intent, next_action=None)
    if not approved:
        raise decline(scope, intent, method, f"{intent['object']}_authentication_failure", None)
    if card and card.declined_after_asking:
        raise decline(scope, intent, method, card.code, card.decline_code)
    return authorized(scope, intent, method)


def decline(scope: Scope, intent: Record, method: Record, code: str, decline_code: str | None) -> StripeError:
    """Book the failed attempt; the error to raise."""
    paying = intent["object"] == "payment_intent"
    text = DECLINED.get(
        decline_code or "",
        "We are unable to authenticate your payment method. Choose a different one and try again.",
    )
    charge = (
        charges.failed(scope, intent, method, code, decline_code, text) if paying and decline_code else None
    )
    shown = {"charge": charge["id"]} if charge else {}
    kind = "card_error" if decline_code else "invalid_request_error"
    error = {
        "code": code,
        "decline_code": decline_code,
        "message": text,
        "type": kind,
        "payment_method": answer(scope, method),
        **shown,
    }
    last = {name: value for name, value in error.items() if value is not None}
    field = "last_payment_error" if paying else "last_setup_error"
    scope.save(intent, status="requires_payment_method", payment_method=None, **{field: last})
    scope.emit("payment_intent.payment_failed" if paying else "setup_intent.setup_failed", intent)
    billing.failed(scope, intent)
    return card_error(code, text, decline_code, **shown, **{intent["object"]: answer(scope, intent)})


def authorized(scope: Scope, intent: Record, method: Record) -> Record:
    """The method may be used: set up, hold, wait or take the money."""
    if intent["object"] == "setup_intent" or (intent["setup_future_usage"] and intent["customer"]):
        if intent["customer"]:
            keep(scope, method, intent["customer"])
            if method["allow_redisplay"] == "unspecified":  # kept for the shop's own pages
                scope.save(method, allow_redisplay="limited")
        scope.save(method, _set_up=True)
    if intent["object"] == "setup_intent":
        scope.save(intent, status="succeeded")
        scope.emit("setup_intent.succeeded", intent)
        return intent
    if method["type"] == "sepa_debit":
        charge = charges.pending(scope, intent, method)
        scope.save(intent, status="processing", latest_charge=charge["id"])
        scope.emit("payment_intent.processing", intent)
        scope.later(SETTLES_AFTER, "settle_payment", intent["id"])
        return intent
    charge = charges.authorize(scope, intent, method)
    scope.save(intent, latest_charge=charge["id"])
    if intent["capture_method"] == "manual":
        scope.save(intent, status="requires_capture", amount_capturable=intent["amount"])
        scope.emit("payment_intent.amount_capturable_updated", intent)
        return intent
    return taken(scope, intent, charge, intent["amount"])


def taken(scope: Scope, intent: Record, charge: Record, amount: int) -> Record:
    charges.capture(scope, intent, charge, amount)
    scope.save(intent, status="succeeded", amount_received=amount, amount_capturable=0)
    scope.emit("payment_intent.succeeded", intent)
    billing.paid(scope, intent)
    return intent


def settle(scope: Scope, intent: Record, outcome: str | None = None) -> None:
    """A debit that was processing is paid or fails; the test IBAN decides where nobody does."""
    if intent["status"] != "processing":
        return
    method = scope.find("payment_method", intent["payment_method"])
    charge = scope.find("charge", intent["latest_charge"])
    if (outcome or IBANS.get(method.get("_iban", ""), "succeeded")) == "succeeded":
        taken(scope, intent, charge, intent["amount"])
    else:
        charges.fail(
            scope,
            charge,
            "payment_intent_payment_attempt_failed",
            None,
            "The bank account could not be debited.",
        )
        error = {
            "code": "payment_intent_payment_attempt_failed",
            "message": "The payment failed.",
            "type": "invalid_request_error",
        }
        scope.save(intent, status="requires_payment_method", payment_method=None, last_payment_error=error)
        scope.emit("payment_intent.payment_failed", intent)
        billing.failed(scope, intent)
    tell_session(scope, intent)


def tell_session(scope: Scope, intent: Record) -> None:
    """The Checkout Session a debit belongs to learns how it ended."""
    session = scope.double.store.get("checkout.session", intent.get("_session", ""))
    if session is not None:
        paid = intent["status"] == "succeeded"
        scope.save(session, payment_status="paid" if paid else "unpaid")
        scope.emit(f"checkout.session.async_payment_{'succeeded' if paid else 'failed'}", session)
