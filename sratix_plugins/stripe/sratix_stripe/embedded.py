"""Payment on our own page: one PaymentIntent for each attempt, its fields drawn by Stripe's script (the Payment Element)."""

from __future__ import annotations

from typing import Any

from sratix_core.plugin import Begun, Charge, Declined, Reading, Unavailable
from sratix_stripe.account import Account
from sratix_stripe.amounts import to_stripe
from sratix_stripe.api import api, intent_of, opened
from sratix_stripe.connect import passed_on
from sratix_stripe.readings import of_intent, read
from sratix_stripe.saved import customer, kept


def begin(account: Account, charge: Charge) -> Begun:
    """Open an intent. Raises `Unavailable("not_configured")` without a publishable key, `Declined` for an amount Stripe won't take."""
    if not account.publishable_key:
        raise Unavailable("not_configured")
    name = ""
    params: Any = {
        "amount": to_stripe(charge.amount),
        "currency": charge.amount.currency.lower(),
        "automatic_payment_methods": {"enabled": True},
        "description": f"{charge.title} {charge.code}",
        "metadata": dict(charge.metadata),
        **passed_on(account, charge.amount),
    }
    with api(account) as v1:
        if charge.keeper is not None:
            name = customer(v1, charge.keeper, charge.email, charge.metadata)
            params |= kept(charge, name)
        intent = opened(
            charge,
            lambda key: v1.payment_intents.create(params=params, options={"idempotency_key": key}),
            lambda: intent_of(v1, charge),
        )
    secret = intent.client_secret or ""
    return Begun(intent.id, client={"secret": secret, "key": account.publishable_key}, keeper=name)


def end(account: Account, reference: str) -> Reading:
    """Cancel the intent; one that is paid, or a debit under way, stays what it is."""
    try:
        with api(account) as v1:
            return of_intent(v1.payment_intents.cancel(reference))
    except Declined:
        return read(account, reference)
