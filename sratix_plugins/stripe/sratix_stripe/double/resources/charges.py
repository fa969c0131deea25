"""Charges, and what moves with them: fees, the platform's share, transfers to connected accounts, disputes to come."""

from __future__ import annotations

from typing import Any

from sratix_stripe.double import money
from sratix_stripe.double.errors import StripeError, missing
from sratix_stripe.double.resources import balance, connect
from sratix_stripe.double.resources.methods import card_of
from sratix_stripe.double.scope import Scope
from sratix_stripe.double.store import Record


def check_parties(scope: Scope, params: dict[str, Any], amount: int) -> None:
    """The accounts a payment names exist and may take money, and the platform's fee fits into it."""
    fee = params.get("application_fee_amount")
    data = params.get("transfer_data") or {}
    platform = scope.double.account(scope.owner).get("_platform")
    if platform and not scope.double.account(scope.owner)["charges_enabled"]:
        raise StripeError(
            "Your account cannot currently make charges: finish its onboarding first.", code="account_invalid"
        )
    if not platform and fee is not None and not data.get("destination"):
        text = "Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment or destination payment."
        raise StripeError(text, param="application_fee_amount")
    if fee is not None and not 0 <= fee <= amount:
        raise StripeError(
            "The application fee can't be greater than the amount.", param="application_fee_amount"
        )
    for param, id in (
        ("transfer_data[destination]", data.get("destination")),
        ("on_behalf_of", params.get("on_behalf_of")),
    ):
        if not id:
            continue
        try:
            account = scope.find("account", id)
        except StripeError:
            raise missing("destination" if param != "on_behalf_of" else "account", id, param) from None
        if account["capabilities"].get("transfers") != "active":
            text = f"Your destination account needs to have the transfers capability enabled: {id} has not finished its onboarding."
            raise StripeError(text, code="insufficient_capabilities_for_transfer", param=param)


def _new(scope: Scope, intent: Record, method: Record, **fields: Any) -> Record:
    kind = method["type"]
    shown = {
        name: value
        for name, value in method[kind].items()
        if name
        in {
            "brand",
            "country",
            "exp_month",
            "exp_year",
            "fingerprint",
            "funding",
            "last4",
            "bank_code",
            "branch_code",
        }
    }
    if kind == "card":
        shown |= {
            "amount_authorized": intent["amount"],
            "authorization_code": None,
            "network": shown["brand"],
            "three_d_secure": None,
            "wallet": None,
        }
    else:
        shown |= {"mandate": None}
    secure = card_of(method)
    if kind == "card" and secure and secure.asks != "never":
        shown["three_d_secure"] = {
            "authentication_flow": "challenge",
            "result": "authenticated",
            "result_reason": None,
            "version": "2.2.0",
        }
    copied = (
        "amount",
        "currency",
        "customer",
        "description",
        "on_behalf_of",
        "receipt_email",
        "shipping",
        "transfer_group",
        "transfer_data",
        "application_fee_amount",
    )
    return scope.new(
        "charge",
        **{name: intent[name] for name in copied},
        billing_details=method["billing_details"],
        calculated_statement_descriptor="SRATIX TEST",
        metadata=dict(intent["metadata"]),
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details={"type": kind, kind: shown},
        **fields,
    )  # fmt: skip


def outcome(kind: str, says: str, reason: str | None = None) -> dict[str, Any]:
    status = {"authorized": "approved_by_network", "issuer_declined": "declined_by_network"}[kind]
    return {
        "advice_code": None, "network_advice_code": None, "network_decline_code": None, "network_status": status,
        "reason": reason, "risk_level": "normal", "risk_score": 7, "seller_message": says, "type": kind,
    }  # fmt: skip


def failed(
    scope: Scope, intent: Record, method: Record, code: str, decline_code: str | None, text: str
) -> Record:
    charge = _new(scope, intent, method, status="pending")
    return fail(scope, charge, code, decline_code, text)


def fail(scope: Scope, charge: Record, code: str, decline_code: str | None, text: str) -> Record:
    result = outcome("issuer_declined", text, decline_code)
    scope.save(charge, status="failed", failure_code=code, failure_message=text, outcome=result)
    intent = scope.find("payment_intent", charge["payment_intent"])
    scope.save(intent, latest_charge=charge["id"])
    scope.emit("charge.failed", charge)
    return charge


def pending(scope: Scope, intent: Record, method: Record) -> Record:
    charge = _new(scope, intent, method, status="pending")
    scope.emit("charge.pending", charge)
    return charge


def authorize(scope: Scope, intent: Record, method: Record) -> Record:
    result = outcome("authorized", "Payment complete.")
    return _new(scope, intent, method, status="succeeded", paid=True, outcome=result)


def capture(scope: Scope, intent: Record, charge: Record, amount: int) -> None:
    """Book the money: the account's, Stripe's fee, the platform's share, the connected account's."""
    card = card_of(scope.find("payment_method", charge["payment_method"]))
    share = intent["application_fee_amount"]
    destination = (intent["transfer_data"] or {}).get("destination")
    direct = bool(scope.double.account(scope.owner).get("_platform"))
    fees = [("stripe_fee", money.fee(amount, charge["currency"]))]
    fees += [("application_fee", share)] if direct and share else []
    booked = balance.move(
        scope, "charge", charge, amount, tuple(fees), at_once=bool(card and card.available_at_once)
    )
    receipt = f"{scope.double.base_url}/receipts/{charge['id']}"
    scope.save(
        charge, status="succeeded", paid=True, captured=True, amount_captured=amount, balance_transaction=booked["id"],
        receipt_url=receipt, outcome=charge["outcome"] or outcome("authorized", "Payment complete."),
    )  # fmt: skip
    if direct and share:
        fee = connect.earn(scope, charge, share, scope.owner.account, charge["id"])
        scope.save(charge, application_fee=fee["id"])
    if destination:
        connect.forward(scope, charge, destination, amount, intent)
    scope.emit("charge.succeeded" if intent["capture_method"] != "manual" else "charge.captured", charge)
    if card and card.dispute:
        scope.later(0, "dispute", charge["id"], card.dispute)


def release(scope: Scope, charge: Record) -> None:
    """An authorization that was never captured is given back without a movement."""
    scope.save(charge, refunded=True, amount_refunded=charge["amount"])
    scope.emit("charge.refunded", charge)
