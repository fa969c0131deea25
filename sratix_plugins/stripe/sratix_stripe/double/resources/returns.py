"""Money going back: refunds, reversed transfers, refunded fees."""

from __future__ import annotations

from sratix_stripe.double.answers import public
from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.money import shown
from sratix_stripe.double.resources import balance
from sratix_stripe.double.resources.generic import metadata
from sratix_stripe.double.resources.methods import card_of
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record

LATER = 60


def create_refund(call: Call) -> Record:
    charge = _charge(call)
    if charge["disputed"]:
        raise StripeError(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed"
        )
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left == 0:
        raise StripeError(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = call.params.get("amount", left)
    if amount < 1:
        raise StripeError("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        have = shown(left, charge["currency"])
        raise StripeError(
            f"Refund amount ({shown(amount, charge['currency'])}) is greater than unrefunded amount on charge ({have})",
            param="amount",
        )
    return _refund(call, charge, amount)


def _charge(call: Call) -> Record:
    if id := call.params.get("payment_intent"):
        intent = call.find("payment_intent", id, "payment_intent")
        if intent["status"] != "succeeded":
            text = f"This PaymentIntent ({id}) does not have a successful charge to refund."
            raise StripeError(text, code="payment_intent_unexpected_state", param="payment_intent")
        return call.find("charge", intent["latest_charge"])
    if id := call.params.get("charge"):
        charge = call.find("charge", id, "charge")
        if not charge["captured"]:
            raise StripeError(
                f"Charge {id} was not captured; cancel its PaymentIntent instead.", param="charge"
            )
        return charge
    raise StripeError(
        "One of the following params should be provided for this request: payment_intent or charge.",
        code="parameter_missing",
    )


def _refund(call: Call, charge: Record, amount: int) -> Record:
    card = (
        card_of(call.find("payment_method", charge["payment_method"])) if charge["payment_method"] else None
    )
    slow = card.refund if card else ""
    reference = {
        "reference": "7927463919",
        "reference_status": "available",
        "reference_type": "acquirer_reference_number",
        "type": "refund",
    }
    made = call.new(
        "refund", amount=amount, currency=charge["currency"], charge=charge["id"], payment_intent=charge["payment_intent"],
        reason=call.params.get("reason"), metadata=metadata(call.params.get("metadata")),
        status="pending" if slow == "pending" else "succeeded", pending_reason="processing" if slow == "pending" else None,
        destination_details={"type": "card", "card": reference} if card else None,
    )  # fmt: skip
    booked = balance.move(call, "refund", made, -amount)
    call.save(made, balance_transaction=booked["id"])
    total = charge["amount_refunded"] + amount
    call.save(charge, amount_refunded=total, refunded=total == charge["amount_captured"])
    if call.params.get("reverse_transfer"):
        _reverse_with(call, charge, made, amount)
    if call.params.get("refund_application_fee"):
        _fee_with(call, charge, amount)
    call.emit("refund.created", made)
    call.emit("charge.refunded", charge)
    if slow:
        call.later(LATER, "settle_refund", made["id"], "succeeded" if slow == "pending" else "failed")
    return made


def _reverse_with(call: Call, charge: Record, refund: Record, amount: int) -> None:
    if not charge["transfer"]:
        text = "Cannot use reverse_transfer: the charge has no transfer."
        raise StripeError(text, param="reverse_transfer")
    transfer = call.find("transfer", charge["transfer"])
    part = min(
        transfer["amount"] - transfer["amount_reversed"],
        amount * transfer["amount"] // charge["amount_captured"],
    )
    reversal = reverse(call, transfer, part, refund["id"])
    call.save(refund, transfer_reversal=reversal["id"])


def _fee_with(call: Call, charge: Record, amount: int) -> None:
    fee = call.double.store.get("application_fee", charge["application_fee"] or "")
    if fee is None:
        raise StripeError(
            "Cannot use refund_application_fee: the charge has no application fee.",
            param="refund_application_fee",
        )
    part = min(fee["amount"] - fee["amount_refunded"], fee["amount"] * amount // charge["amount_captured"])
    give_back(call.of(fee["_owner"].split("/")[0]), fee, part)


def settle_refund(scope: Scope, refund: Record, outcome: str) -> None:
    """A pending refund arrives or fails; a failed one puts the money back."""
    if refund["status"] not in ("pending", "succeeded") or refund["status"] == outcome:
        return
    if outcome == "failed":
        charge = scope.find("charge", refund["charge"])
        booked = balance.move(scope, "refund_failure", refund, refund["amount"])
        scope.save(
            refund,
            status="failed",
            failure_reason="expired_or_canceled_card",
            failure_balance_transaction=booked["id"],
        )
        scope.save(charge, amount_refunded=charge["amount_refunded"] - refund["amount"], refunded=False)
        scope.emit("refund.failed", refund)
    else:
        scope.save(refund, status="succeeded", pending_reason=None)
    scope.emit("refund.updated", refund)
    scope.emit("charge.refund.updated", refund)


def cancel_refund(call: Call) -> Record:
    raise StripeError("Refunds of cards can't be cancelled.", code="refund_not_cancelable")


def create_reversal(call: Call) -> Record:
    transfer = call.find("transfer", call.ids[0])
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = call.params.get("amount", left)
    if not 1 <= amount <= left:
        raise StripeError(
            "The amount is greater than what is left of this transfer, or nothing.", param="amount"
        )
    return reverse(call, transfer, amount, None, metadata(call.params.get("metadata")))


def reverse(
    scope: Scope, transfer: Record, amount: int, refund: str | None, said: dict[str, str] | None = None
) -> Record:
    made = scope.new(
        "transfer_reversal", amount=amount, currency=transfer["currency"], transfer=transfer["id"], source_refund=refund, metadata=said,
    )  # fmt: skip
    there = scope.of(transfer["destination"])
    balance.move(there, "payment_refund", {**made, "id": transfer["destination_payment"]}, -amount)
    booked = balance.move(scope, "transfer_refund", made, amount)
    scope.save(made, balance_transaction=booked["id"])
    total = transfer["amount_reversed"] + amount
    listing = {**transfer["reversals"], "data": [public(made), *transfer["reversals"]["data"]]}
    scope.save(transfer, amount_reversed=total, reversed=total == transfer["amount"], reversals=listing)
    scope.emit("transfer.reversed", transfer)
    return made


def refund_fee(call: Call) -> Record:
    fee = call.find("application_fee", call.ids[0])
    left = fee["amount"] - fee["amount_refunded"]
    amount = call.params.get("amount", left)
    if not 1 <= amount <= left:
        raise StripeError("The amount is greater than what is left of this fee, or nothing.", param="amount")
    return give_back(call, fee, amount, metadata(call.params.get("metadata")))


def give_back(scope: Scope, fee: Record, amount: int, said: dict[str, str] | None = None) -> Record:
    made = scope.new("fee_refund", amount=amount, currency=fee["currency"], fee=fee["id"], metadata=said)
    booked = balance.move(scope, "application_fee_refund", made, -amount)
    scope.save(made, balance_transaction=booked["id"])
    there = scope.of(fee["account"])
    balance.move(there, "application_fee_refund", {**made, "id": fee["charge"]}, amount, category="charge")
    total = fee["amount_refunded"] + amount
    listing = {**fee["refunds"], "data": [public(made), *fee["refunds"]["data"]]}
    scope.save(fee, amount_refunded=total, refunded=total == fee["amount"], refunds=listing)
    scope.emit("application_fee.refunded", fee)
    return made
