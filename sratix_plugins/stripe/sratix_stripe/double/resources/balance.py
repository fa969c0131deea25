"""Money of an account: every movement is a balance transaction, the balance is their sum."""

from __future__ import annotations

from typing import Any

from sratix_stripe.double.kinds import blank
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record

DAYS_UNTIL_AVAILABLE = 2
CATEGORIES = {
    "payment": "charge",
    "payment_refund": "refund",
    "transfer_refund": "transfer_reversal",
    "application_fee": "platform_earning",
    "application_fee_refund": "platform_earning_refund",
    "payout_failure": "payout_reversal",
}


def move(
    scope: Scope,
    type: str,
    source: Record,
    amount: int,
    fees: tuple[tuple[str, int], ...] = (),
    at_once: bool = True,
    category: str | None = None,
) -> Record:
    """Book `amount` less `fees` (pairs of Stripe's fee type and amount) for `source`."""
    charged = sum(fee for _, fee in fees)
    available = scope.now + (0 if at_once else DAYS_UNTIL_AVAILABLE * 86400)
    details = [
        {
            "amount": fee,
            "application": None,
            "currency": source["currency"],
            "description": None,
            "type": name,
        }
        for name, fee in fees
    ]
    return scope.new(
        "balance_transaction",
        amount=amount,
        fee=charged,
        net=amount - charged,
        fee_details=details,
        currency=source["currency"],
        available_on=available,
        reporting_category=category or CATEGORIES.get(type, type),
        source=source["id"],
        status="available" if at_once else "pending",
        type=type,
    )


def grow(scope: Scope) -> list[Record]:
    """The account's movements, those whose day has come marked available."""
    rows = scope.all("balance_transaction")
    for row in rows:
        if row["status"] == "pending" and row["available_on"] <= scope.now:
            scope.save(row, status="available")
    return rows


def available(scope: Scope, currency: str) -> int:
    rows = grow(scope)
    return sum(row["net"] for row in rows if row["currency"] == currency and row["status"] == "available")


def balance(call: Call) -> dict[str, Any]:
    sums: dict[str, dict[str, int]] = {"available": {}, "pending": {}}
    for row in grow(call):
        for status, by_currency in sums.items():
            by_currency.setdefault(row["currency"], 0)
            by_currency[row["currency"]] += row["net"] if row["status"] == status else 0
    default = call.double.account(call.owner)["default_currency"]
    said = {
        status: [
            {"amount": amount, "currency": currency, "source_types": {"card": amount}}
            for currency, amount in sorted((by_currency or {default: 0}).items())
        ]
        for status, by_currency in sums.items()
    }
    return {**blank("balance"), "livemode": call.owner.live, **said}
