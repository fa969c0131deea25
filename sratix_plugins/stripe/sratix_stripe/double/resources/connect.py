"""Connect: accounts of organizers, their onboarding, transfers to them and the platform's fees."""

from __future__ import annotations

from typing import Any

from sratix_stripe.double import money
from sratix_stripe.double.errors import StripeError, missing
from sratix_stripe.double.kinds import blank, listed
from sratix_stripe.double.resources import balance
from sratix_stripe.double.resources.generic import merge, metadata
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record

LINK_LIVES = 300
DUE = [
    "business_type",
    "external_account",
    "individual.first_name",
    "individual.last_name",
    "tos_acceptance.date",
]


def requirements(due: list[str], reason: str | None) -> dict[str, Any]:
    return {
        "alternatives": [], "current_deadline": None, "currently_due": due, "disabled_reason": reason, "errors": [],
        "eventually_due": due, "past_due": due, "pending_verification": [],
    }  # fmt: skip


def create_account(call: Call) -> Record:
    if call.double.account(call.owner).get("_platform"):
        raise StripeError("A connected account can't create accounts of its own.", status=403)
    wanted = call.params.get("capabilities") or {"card_payments": {}, "transfers": {}}
    account = call.new(
        "account",
        metadata=metadata(call.params.get("metadata")),
        controller={"type": "application", "is_controller": True},
        external_accounts=listed("/v1/accounts/external_accounts"),
        requirements=requirements(DUE, "requirements.past_due"),
        _platform=str(call.owner),
    )
    external = {**account["external_accounts"], "url": f"/v1/accounts/{account['id']}/external_accounts"}
    call.save(account, external_accounts=external)
    merge(
        account,
        {
            name: value
            for name, value in call.params.items()
            if name not in ("capabilities", "metadata", "controller")
        },
    )
    call.save(account, capabilities=dict.fromkeys(wanted, "inactive"))
    tell(call, account)
    return account


def tell(scope: Scope, account: Record) -> None:
    """Account events come from the connected account itself."""
    scope.of(account["id"]).emit("account.updated", account)


def change_account(call: Call) -> Record:
    account = call.find("account", call.ids[0])
    merge(account, {name: value for name, value in call.params.items() if name != "capabilities"})
    for name in call.params.get("capabilities") or {}:
        account["capabilities"].setdefault(name, "active" if account["charges_enabled"] else "inactive")
    call.save(account)
    tell(call, account)
    return account


def delete_account(call: Call) -> dict[str, Any]:
    account = call.find("account", call.ids[0])
    call.save(account, deleted=True, charges_enabled=False, payouts_enabled=False)
    return {"id": account["id"], "object": "account", "deleted": True}


def own_account(call: Call) -> Record:
    return call.double.account(call.owner)


def retrieve_account(call: Call) -> Record:
    own = call.double.account(call.owner)
    account = own if own["id"] == call.ids[0] else call.double.store.get("account", call.ids[0])
    if account is None or (account is not own and account["_owner"] != str(call.owner)):
        text = f"The provided key does not have access to account '{call.ids[0]}' (or that account does not exist)."
        raise StripeError(text, code="account_invalid", status=403)
    return {"id": account["id"], "object": "account", "deleted": True} if account.get("deleted") else account


def onboard(scope: Scope, account: Record) -> Record:
    """What Stripe decides once everything was handed in."""
    active = dict.fromkeys(account["capabilities"], "active")
    scope.save(
        account, charges_enabled=True, payouts_enabled=True, details_submitted=True, capabilities=active,
        requirements=requirements([], None),
    )  # fmt: skip
    tell(scope, account)
    return account


def create_link(call: Call) -> dict[str, Any]:
    account = call.find("account", call.params["account"], "account")
    for param in ("refresh_url", "return_url"):
        if not call.params.get(param):
            raise StripeError(f"Missing required param: {param}.", code="parameter_missing", param=param)
    token = call.double.store.chance(16)
    urls = {name: call.params[name] for name in ("refresh_url", "return_url")}
    expires = call.now + LINK_LIVES
    call.double.store.save(
        "_link",
        {
            "id": token,
            "account": account["id"],
            "expires_at": expires,
            "used": False,
            "owner": str(call.owner),
            **urls,
        },
    )
    url = f"{call.double.base_url}/setup/{account['id']}/{token}"
    return {**blank("account_link"), "created": call.now, "expires_at": expires, "url": url}


def create_login(call: Call) -> dict[str, Any]:
    account = call.find("account", call.ids[0])
    if account["type"] != "express" or not account["details_submitted"]:
        raise StripeError("Cannot create a login link for an account that has not completed onboarding.")
    return {
        **blank("login_link"),
        "created": call.now,
        "url": f"{call.double.base_url}/express/{account['id']}",
    }


def platform_of(scope: Scope) -> Scope:
    """The connected account's platform."""
    account = scope.double.account(scope.owner)
    return scope.of(account["_platform"].split("/")[0])


def earn(scope: Scope, charge: Record, amount: int, account: str, subject: str) -> Record:
    """The platform's share of a charge, booked on the platform."""
    platform = scope if scope.owner.account != account else platform_of(scope)
    fee = platform.new(
        "application_fee", account=account, amount=amount, application="ca_double", charge=subject, currency=charge["currency"],
        originating_transaction=None if subject == charge["id"] else charge["id"], refunds=listed("/v1/application_fees/refunds"),
    )  # fmt: skip
    booked = balance.move(platform, "application_fee", fee, amount)
    platform.save(
        fee, balance_transaction=booked["id"], refunds=listed(f"/v1/application_fees/{fee['id']}/refunds")
    )
    platform.emit("application_fee.created", fee)
    return fee


def forward(scope: Scope, charge: Record, destination: str, amount: int, intent: Record) -> Record:
    """A destination charge: all of it (or `transfer_data[amount]`) goes on, the fee comes back."""
    data = intent["transfer_data"]
    part = data.get("amount") or amount
    transfer = send(
        scope,
        part,
        charge["currency"],
        destination,
        charge,
        intent["transfer_group"] or f"group_{intent['id']}",
        intent["application_fee_amount"],
    )
    scope.save(charge, transfer=transfer["id"], transfer_group=transfer["transfer_group"])
    if intent["application_fee_amount"]:
        fee = earn(
            scope, charge, intent["application_fee_amount"], destination, transfer["destination_payment"]
        )
        scope.save(charge, application_fee=fee["id"])
    return transfer


def send(
    scope: Scope,
    amount: int,
    currency: str,
    destination: str,
    charge: Record | None,
    group: str | None,
    share: int | None = None,
    **fields: Any,
) -> Record:
    transfer = scope.new(
        "transfer", amount=amount, currency=currency, destination=destination, transfer_group=group,
        source_transaction=charge["id"] if charge else None, reversals=listed("/v1/transfers/reversals"), **fields,
    )  # fmt: skip
    there = scope.of(destination)
    payment = there.new(
        "charge", id=f"py_{scope.double.store.chance(24)}", amount=amount, amount_captured=amount, captured=True, paid=True,
        currency=currency, status="succeeded", source_transfer=transfer["id"],
    )  # fmt: skip
    fees = (("application_fee", share),) if share else ()
    there.save(
        payment,
        balance_transaction=balance.move(there, "payment", payment, amount, fees, at_once=charge is None)[
            "id"
        ],
    )
    # A transfer out of a charge waits for its money.
    booked = balance.move(scope, "transfer", transfer, -amount, at_once=charge is None)
    url = f"/v1/transfers/{transfer['id']}/reversals"
    scope.save(
        transfer, balance_transaction=booked["id"], destination_payment=payment["id"], reversals=listed(url)
    )
    scope.emit("transfer.created", transfer)
    return transfer


def create_transfer(call: Call) -> Record:
    currency, amount = money.currency(call.params["currency"]), call.params.get("amount", 0)
    destination = call.params["destination"]
    account = call.double.store.get("account", destination)
    if account is None or account["_owner"] != str(call.owner):
        raise missing("destination", destination, "destination")
    if account["capabilities"].get("transfers") != "active":
        raise StripeError(
            f"{destination} has not the transfers capability.",
            code="insufficient_capabilities_for_transfer",
            param="destination",
        )
    if amount < 1:
        raise StripeError("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    source = call.params.get("source_transaction")
    charge = call.find("charge", source, "source_transaction") if source else None
    room = charge["amount_captured"] - _sent(call, charge) if charge else balance.available(call, currency)
    if amount > room:
        text = (
            "You have insufficient available funds for this transfer."
            if not charge
            else "Transfers from this source would exceed it."
        )
        raise StripeError(text, code="balance_insufficient", param="amount")
    return send(
        call, amount, currency, destination, charge, call.params.get("transfer_group"),
        metadata=metadata(call.params.get("metadata")), description=call.params.get("description"),
    )  # fmt: skip


def _sent(scope: Scope, charge: Record) -> int:
    return sum(one["amount"] for one in scope.all("transfer") if one["source_transaction"] == charge["id"])
