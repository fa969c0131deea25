"""Payments that the platform takes for an organizer, and the account they go to. https://docs.stripe.com/connect/destination-charges

The account is an Express account: Stripe asks its owner for what the law wants, on its own pages, and pays out to their bank.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from sratix_core.plugin import AccountReading, Declined, Money, OutcomeUnknown, Unavailable
from sratix_stripe.account import Account
from sratix_stripe.amounts import to_stripe, within
from sratix_stripe.api import AROUND, KEYS, MOST_LOOKED_AT, api

if TYPE_CHECKING:
    import stripe
    from stripe._v1_services import V1Services

OURS = "sratix_account"
"""Metadata with the key it was opened under: by it an account is found whose answer was lost."""

TENANT = "sratix_tenant"


def open_account(platform: Account, key: str, since: datetime, tenant: str, email: str) -> AccountReading:
    """Open an organizer's account under the platform's, or find the one that was opened under this key since it was written down.

    It looks first: Stripe forgets a key after a day. Raises `Declined` where the platform's account may open none.
    """
    from sratix_stripe.transport import Remembered

    params: Any = {
        "type": "express",
        "capabilities": {"card_payments": {"requested": True}, "transfers": {"requested": True}},
        "metadata": {OURS: key, TENANT: tenant},
        "settings": {"payouts": {"debit_negative_balances": True}},
    }
    if email:
        params["email"] = email
    with api(platform) as v1:
        for again in range(KEYS):
            if (known := _opened(v1, key, since)) is not None:
                return reading(known)
            try:
                made = v1.accounts.create(
                    params=params, options={"idempotency_key": key if not again else f"{key}-{again + 1}"}
                )
                return reading(made)
            except Remembered:
                continue
    raise OutcomeUnknown


def _opened(v1: V1Services, key: str, since: datetime) -> stripe.Account | None:
    after: Any = {"created": {"gte": int((since - AROUND).timestamp())}, "limit": 100}
    newest = islice(v1.accounts.list(params=after).auto_paging_iter(), MOST_LOOKED_AT)
    return next((one for one in newest if _said(one.metadata, OURS) == key), None)


def onboarding(account: Account, return_url: str, refresh_url: str) -> str:
    """The address of Stripe's page where the organizer hands in what is missing: good once and for some minutes."""
    params: Any = {
        "account": account.destination,
        "type": "account_onboarding",
        "return_url": return_url,
        "refresh_url": refresh_url,
    }
    with api(account) as v1:
        return v1.account_links.create(params=params).url


def their_pages(account: Account) -> str:
    """The address where the organizer sees balance and payouts at Stripe; good once."""
    with api(account) as v1:
        return v1.accounts.login_links.create(account.destination).url


def connected(account: Account) -> AccountReading:
    """How the organizer's account stands. One that the platform's key does not open any more is closed to us."""
    from stripe import PermissionError as NoAccess

    with api(account, reading=True) as v1:
        try:
            return reading(v1.accounts.retrieve(account.destination))
        except NoAccess as error:
            if error.error is None or error.error.code != "account_invalid":
                raise
            return AccountReading(account.destination, "", False, False, False, disabled_reason="no_access")


def reading(found: stripe.Account) -> AccountReading:
    """One that Stripe has deleted takes nothing and pays nothing."""
    if getattr(found, "deleted", False):
        return AccountReading(found.id, "", False, False, False, disabled_reason="deleted")
    needs = found.requirements
    due = [*(needs.past_due or ()), *(needs.currently_due or ())] if needs is not None else []
    transfers = found.capabilities.transfers if found.capabilities is not None else ""
    return AccountReading(
        found.id,
        found.country or "",
        bool(found.details_submitted),
        bool(found.charges_enabled) and transfers == "active",
        bool(found.payouts_enabled),
        tuple(dict.fromkeys(due)),
        (needs.disabled_reason if needs is not None else "") or "",
    )


def passed_on(account: Account, amount: Money) -> dict[str, Any]:
    """What a payment says of the organizer it is for; nothing where it is taken on their own account."""
    if not account.destination:
        return {}
    fee = to_stripe(within(account.fee.of(amount)))
    shares = {"application_fee_amount": fee} if fee else {}
    return {"transfer_data": {"destination": account.destination}, **shares}


def taken_back(account: Account, v1: V1Services, payment: str) -> dict[str, Any]:
    """What a refund says of it: the organizer's part comes back from the organizer, and the platform's fee from the platform.

    Raises `Declined` for a payment that went to another organizer's account.
    """
    if not account.destination:
        return {}
    intent = v1.payment_intents.retrieve(payment)
    if destination_of(intent) != account.destination:
        raise Declined("not_theirs")
    shares = {"refund_application_fee": True} if intent.application_fee_amount else {}
    return {"reverse_transfer": True, **shares}


def check_theirs(account: Account, intent: stripe.PaymentIntent | None) -> None:
    """Raises `Unavailable` for a payment that went to another organizer's account."""
    if account.destination and intent is not None and destination_of(intent) != account.destination:
        raise Unavailable("stripe_refused")


def destination_of(intent: stripe.PaymentIntent) -> str:
    """The account a payment goes on to."""
    found = intent.transfer_data.destination if intent.transfer_data is not None else ""
    return found if isinstance(found, str) else found.id


def _said(metadata: Any, name: str) -> str:
    """The SDK's objects know `in` and `[]`, and no `get`."""
    return str(metadata[name]) if metadata is not None and name in metadata else ""
