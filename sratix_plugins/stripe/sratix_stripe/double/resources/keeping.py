"""What a Checkout page knows of its customer: the address, and cards that were kept before."""

from __future__ import annotations

from typing import Any

from sratix_stripe.double.errors import StripeError
from sratix_stripe.double.resources.methods import of_customer
from sratix_stripe.double.scope import Scope
from sratix_stripe.double.store import Record


def email_of(scope: Scope, about: dict[str, Any]) -> str | None:
    """The address that stands on the page: the session's, or its customer's."""
    known = scope.find("customer", about["customer"])["email"] if about.get("customer") else None
    return about.get("customer_email") or known


def redisplay(params: dict[str, Any]) -> dict[str, Any] | None:
    given = params.get("saved_payment_method_options") or {}
    if not params.get("customer"):
        return None
    return {
        "allow_redisplay_filters": ["always"],
        "payment_method_remove": None,
        "payment_method_save": None,
        **given,
    }


def on_file(scope: Scope, session: Record) -> list[Record]:
    """Cards that the page offers to the session's customer, the latest first."""
    if not session["customer"] or session["mode"] != "payment":
        return []
    shown = session["saved_payment_method_options"]["allow_redisplay_filters"]
    kept = of_customer(scope, session["customer"])
    return [m for m in reversed(kept) if m["type"] == "card" and m["allow_redisplay"] in shown]


def chosen(scope: Scope, session: Record, id: str) -> Record:
    """The card that was picked on the page; raises for one that the page does not offer."""
    for method in on_file(scope, session):
        if method["id"] == id:
            return method
    raise StripeError("This card is not kept for you any more. Choose another.", param="saved")
