"""Payouts from an account's balance to its bank."""

from __future__ import annotations

from sratix_stripe.double import money
from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.resources import balance
from sratix_stripe.double.resources.generic import metadata
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record

DAYS = 2


def create_payout(call: Call) -> Record:
    currency, amount = money.currency(call.params["currency"]), call.params["amount"]
    if amount < 1:
        raise StripeError("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    account = call.double.account(call.owner)
    if not account["payouts_enabled"]:
        raise StripeError(
            "Cannot create payouts: this account has requirements that need to be collected.",
            code="payouts_not_allowed",
        )
    if amount > balance.available(call, currency):
        raise StripeError(
            "You have insufficient funds in your Stripe account for this transfer.",
            code="balance_insufficient",
            param="amount",
        )
    payout = call.new(
        "payout", amount=amount, currency=currency, arrival_date=call.now + DAYS * 86400, destination="ba_double",
        description=call.params.get("description"), metadata=metadata(call.params.get("metadata")), method=call.params.get("method"),
        statement_descriptor=call.params.get("statement_descriptor"),
    )  # fmt: skip
    booked = balance.move(call, "payout", payout, -amount)
    call.save(payout, balance_transaction=booked["id"])
    call.emit("payout.created", payout)
    call.later(DAYS * 86400, "settle_payout", payout["id"], "paid")
    return payout


def settle_payout(scope: Scope, payout: Record, outcome: str) -> None:
    """Arrives, or comes back from the bank; a paid one may still fail, as banks do."""
    if payout["status"] not in ("pending", "in_transit", "paid") or payout["status"] == outcome:
        return
    if outcome == "paid":
        scope.save(payout, status="paid", trace_id={"status": "supported", "value": f"T{payout['id'][-10:]}"})
        scope.emit("payout.paid", payout)
        return
    back = balance.move(scope, "payout_failure", payout, payout["amount"])
    text = "The bank account has been closed."
    scope.save(
        payout,
        status="failed",
        failure_code="account_closed",
        failure_message=text,
        failure_balance_transaction=back["id"],
    )
    scope.emit("payout.failed", payout)


def cancel_payout(call: Call) -> Record:
    payout = call.find("payout", call.ids[0])
    if payout["status"] != "pending":
        raise StripeError(f"Payouts that are {payout['status']} can't be canceled.")
    balance.move(call, "payout_cancel", payout, payout["amount"])
    call.save(payout, status="canceled")
    call.emit("payout.canceled", payout)
    return payout
