"""Customers and what they pay with."""

from __future__ import annotations

from typing import Any

from sratix_stripe.double.answers import page
from sratix_stripe.double.cards import BY_NUMBER, BY_TOKEN, IBANS, Card
from sratix_stripe.double.errors import StripeError, card_error, missing
from sratix_stripe.double.kinds import NOBODY
from sratix_stripe.double.resources.generic import metadata
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record


def create_customer(call: Call) -> Record:
    plain = {
        name: call.params.get(name)
        for name in ("email", "name", "phone", "description", "address", "shipping")
    }
    made = call.new("customer", **plain, metadata=metadata(call.params.get("metadata")), invoice_prefix="SRA")
    call.emit("customer.created", made)
    return made


def delete_customer(call: Call) -> dict[str, Any]:
    found = call.find("customer", call.ids[0])
    for method in call.all("payment_method"):
        if method["customer"] == found["id"]:
            call.save(method, customer=None)
    call.double.store.delete("customer", found["id"])
    call.double.store.save("_gone_customer", {"id": found["id"], "_owner": found["_owner"]})
    call.emit("customer.deleted", found)
    return {"id": found["id"], "object": "customer", "deleted": True}


def retrieve_customer(call: Call) -> dict[str, Any]:
    """A deleted one is remembered as that, by whoever asks for it by name."""
    gone = call.double.store.get("_gone_customer", call.ids[0])
    if gone is not None and gone["_owner"] == str(call.owner):
        return {"id": gone["id"], "object": "customer", "deleted": True}
    return call.find("customer", call.ids[0])


def create_method(call: Call) -> Record:
    if not call.public and call.params.get("card", {}).get("number"):
        raise StripeError(
            "Sending credit card numbers directly to the API is generally unsafe. Use a test token such as pm_card_visa, or "
            "collect the number in the browser.",
            stored=False,
        )
    return make_method(call, call.params)


def make_method(scope: Scope, data: dict[str, Any]) -> Record:
    """A payment method of `data` as the API and the pages send it: type, card or sepa_debit or nothing more, billing_details."""
    details = {**NOBODY, **(data.get("billing_details") or {})}
    said = {"billing_details": details, "metadata": metadata(data.get("metadata"))}
    kind = data.get("type", "card")
    if kind == "sepa_debit":
        iban = "".join((data.get("sepa_debit") or {}).get("iban", "").split()).upper()
        if iban not in IBANS:
            raise StripeError(
                "The IBAN you provided is invalid; this page knows the test IBANs only.",
                code="invalid_iban",
                param="sepa_debit[iban]",
            )
        debit = {
            "bank_code": iban[4:12],
            "branch_code": "",
            "country": iban[:2],
            "fingerprint": iban[-8:],
            "last4": iban[-4:],
            "generated_from": None,
        }
        return scope.new("payment_method", type=kind, sepa_debit=debit, _iban=iban, **said)
    if kind == "twint":
        return scope.new("payment_method", type=kind, twint={}, **said)
    if kind != "card":
        raise StripeError(f"This stand-in knows card, sepa_debit and twint, not {kind}.", param="type")
    return _card_method(scope, data.get("card") or {}, said)


def _card_method(scope: Scope, given: dict[str, Any], said: dict[str, Any]) -> Record:
    number = "".join(given.get("number", "").replace("-", " ").split())
    card = BY_NUMBER.get(number)
    if card is None:
        text = "Your card number is incorrect. This is a stand-in: use one of the test cards."
        raise card_error("incorrect_number", text, param="number")
    year, month = int(given.get("exp_year") or 0), int(given.get("exp_month") or 0)
    year += 2000 if year < 100 else 0
    if not 1 <= month <= 12:
        raise card_error(
            "invalid_expiry_month", "Your card's expiration month is invalid.", param="exp_month"
        )
    if (year, month) < scope.double.month():
        raise card_error("invalid_expiry_year", "Your card's expiration year is invalid.", param="exp_year")
    if not str(given.get("cvc", "123")).isdigit() or len(str(given.get("cvc", "123"))) not in (3, 4):
        raise card_error("invalid_cvc", "Your card's security code is invalid.", param="cvc")
    return _with_card(scope, card, month, year, said)


def _with_card(scope: Scope, card: Card, month: int, year: int, said: dict[str, Any]) -> Record:
    shown = {
        "brand": card.brand, "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US", "display_brand": card.brand, "exp_month": month, "exp_year": year,
        "fingerprint": f"double{card.last4}", "funding": "credit", "generated_from": None, "last4": card.last4,
        "networks": {"available": [card.brand], "preferred": None}, "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True}, "wallet": None,
    }  # fmt: skip
    return scope.new("payment_method", type="card", card=shown, _number=card.number, **said)


def method_for(scope: Scope, id: str, param: str = "payment_method") -> Record:
    """An own payment method; a documented test token (`pm_card_visa`) becomes one."""
    if id in BY_TOKEN:
        year, month = scope.double.month()
        return _with_card(scope, BY_TOKEN[id], month, year + 1, {})
    if id.startswith("pm_card_"):
        raise missing("payment_method", id, param)
    return scope.find("payment_method", id, param)


def card_of(method: Record) -> Card | None:
    return BY_NUMBER.get(method.get("_number", ""))


def attach(call: Call) -> Record:
    found = method_for(call, call.ids[0], "id")
    if customer := call.params.get("customer"):
        keep(call, found, customer)
    return found


def keep(scope: Scope, method: Record, customer: str) -> None:
    """Save a method with a customer; one that belongs to somebody else is refused."""
    scope.find("customer", customer, "customer")
    if method["customer"] not in (None, customer):
        raise StripeError(
            "The payment method you provided has already been attached to a customer.",
            code="payment_method_unexpected_state",
        )
    if method["customer"] is None:
        scope.save(method, customer=customer)
        scope.emit("payment_method.attached", method)


def detach(call: Call) -> Record:
    found = call.find("payment_method", call.ids[0])
    if found["customer"] is None:
        text = "The payment method you provided is not attached to a customer so detachment is impossible."
        raise StripeError(text, code="payment_method_not_available")
    call.save(found, customer=None, _detached=True)
    call.emit("payment_method.detached", found)
    return found


def of_customer(scope: Scope, customer: str) -> list[Record]:
    """What is kept with a customer, oldest first."""
    return [one for one in scope.all("payment_method") if one["customer"] == customer]


def methods_of_customer(call: Call) -> dict[str, Any]:
    call.find("customer", call.ids[0])
    own = of_customer(call, call.ids[0])
    return page(call, "payment_method", f"/v1/customers/{call.ids[0]}/payment_methods", own)
