"""Coupons, and what one takes off a sum."""

from __future__ import annotations

from typing import Any

from sratix_stripe.double import money
from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.resources.generic import metadata
from sratix_stripe.double.scope import Call, Scope
from sratix_stripe.double.store import Record


def create_coupon(call: Call) -> Record:
    given = {
        name: value
        for name, value in call.params.items()
        if name not in ("expand", "metadata", "currency_options", "applies_to")
    }
    if ("amount_off" in given) == ("percent_off" in given):
        raise StripeError(
            "Give either amount_off or percent_off.",
            code="parameter_missing",
            param="amount_off",
            stored=False,
        )
    if "amount_off" in given:
        if given["amount_off"] < 1 or "currency" not in given:
            raise StripeError(
                "amount_off needs a currency and at least 1.",
                code="parameter_missing",
                param="currency",
                stored=False,
            )
        given["currency"] = money.currency(given["currency"])
    elif not 0 < given["percent_off"] <= 100:
        raise StripeError("percent_off is more than 0 and at most 100.", param="percent_off", stored=False)
    if "id" in given and call.double.store.get("coupon", given["id"]):
        raise StripeError("Coupon already exists.", code="resource_already_exists", param="id")
    made = call.new("coupon", **given, metadata=metadata(call.params.get("metadata")))
    call.emit("coupon.created", made)
    return made


def usable(scope: Scope, id: str, currency: str) -> Record:
    """The coupon if it can be redeemed now, in that currency."""
    coupon = scope.find("coupon", id, "discounts[0][coupon]")
    late = coupon["redeem_by"] is not None and coupon["redeem_by"] <= scope.now
    if late or not coupon["valid"]:
        raise StripeError(
            f"Coupon {id} is expired or used up and cannot be redeemed.",
            code="coupon_expired",
            param="discounts[0][coupon]",
        )
    if coupon["currency"] not in (None, currency):
        raise StripeError(
            f"The coupon's currency is {coupon['currency']}, the session's {currency}.",
            param="discounts[0][coupon]",
        )
    return coupon


def off(coupon: Record, amounts: list[int]) -> list[int]:
    """What each line loses; percentages are rounded half up, an amount is spread by size, the last line takes the rest."""
    total = sum(amounts)
    rate = round((coupon["percent_off"] or 0) * 100)
    whole = (total * rate + 5000) // 10000 if rate else min(coupon["amount_off"], total)
    parts = [whole * amount // total if total else 0 for amount in amounts]
    parts[-1] += whole - sum(parts)
    return parts


def redeem(scope: Scope, session: Record) -> None:
    for discount in session["discounts"]:
        coupon = scope.double.store.get("coupon", discount["coupon"])
        if coupon:
            used = coupon["times_redeemed"] + 1
            spent: Any = coupon["max_redemptions"] is not None and used >= coupon["max_redemptions"]
            scope.save(coupon, times_redeemed=used, valid=coupon["valid"] and not spent)
