"""Payment on Stripe's page: one Checkout Session for each attempt. https://docs.stripe.com/payments/checkout"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from sratix_core.plugin import Begun, Charge, Declined, Money, OutcomeUnknown, Reading
from sratix_stripe.account import Account
from sratix_stripe.amounts import to_stripe
from sratix_stripe.api import MOST_LOOKED_AT, api, made_about, opened
from sratix_stripe.connect import passed_on
from sratix_stripe.readings import of_session, read
from sratix_stripe.saved import customer, kept
from sratix_stripe.sentences import say, spoken

if TYPE_CHECKING:
    from stripe._v1_services import V1Services
    from stripe.checkout import Session

SHORTEST = timedelta(minutes=31)  # Stripe takes no less than 30 from its own now, and the call needs a moment
LONGEST = timedelta(hours=24)
MOST_LINES = 100
LONGEST_NAME = 250


def begin(account: Account, charge: Charge) -> Begun:
    """Open a page to pay on. Raises `Declined` for an amount or an address that Stripe does not take."""
    params = session_params(charge)
    params["payment_intent_data"] |= passed_on(account, charge.amount)
    name = ""
    with api(account) as v1:
        if charge.keeper is not None:
            name = customer(v1, charge.keeper, charge.email, charge.metadata)
            keep_card(params, kept(charge, name))
        if off := to_stripe(taken_off(charge)):
            params["discounts"] = [{"coupon": _coupon(v1, charge, off)}]
        session = opened(
            charge,
            lambda key: v1.checkout.sessions.create(params=params, options={"idempotency_key": key}),  # type: ignore[arg-type]
            lambda: _made(v1, charge),
        )
    return Begun(session.id, redirect=session.url or "", keeper=name)


def keep_card(params: dict[str, Any], kept: dict[str, str]) -> None:
    """The page knows the person, offers what they kept before, and keeps what they pay with now: our own page has asked them."""
    del params["customer_email"]
    params["customer"] = kept["customer"]
    params["payment_intent_data"]["setup_future_usage"] = kept["setup_future_usage"]
    params["saved_payment_method_options"] = {"allow_redisplay_filters": ["always", "limited"]}


def _made(v1: V1Services, charge: Charge) -> Session | None:
    """The open page of this attempt."""
    found = v1.checkout.sessions.list(params={**made_about(charge), "status": "open"})
    mine = str(charge.attempt_id)
    newest = islice(found.auto_paging_iter(), MOST_LOOKED_AT)
    return next((one for one in newest if one.client_reference_id == mine), None)


def end(account: Account, reference: str) -> Reading:
    """Close the page; a session that is complete stays what it came to. Doing it twice does no harm, so it has no key of ours."""
    try:
        with api(account) as v1:
            return of_session(v1.checkout.sessions.expire(reference, params={"expand": ["payment_intent"]}))
    except Declined:
        return read(account, reference)


def session_params(charge: Charge) -> dict[str, Any]:
    """All of a session but its discount; the same for every repeat of the same charge."""
    metadata = dict(charge.metadata)
    ends = min(max(charge.ends_at, charge.begins_at + SHORTEST), charge.begins_at + LONGEST)
    params: dict[str, Any] = {
        "mode": "payment",
        "line_items": [_item(*line) for line in shown_lines(charge)],
        "expires_at": int(ends.timestamp()),
        "client_reference_id": str(charge.attempt_id),
        "customer_email": charge.email,
        "locale": spoken(charge.locale),
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": f"{charge.title} {charge.code}"},
        "success_url": charge.return_url,
        "cancel_url": charge.cancel_url,
    }
    return params


def shown_lines(charge: Charge) -> list[tuple[str, int, Money]]:
    """(text, quantity, amount of one) for each line with a price of its own; what can't be divided is shown as one."""
    wanted = [line for line in charge.lines if line.amount.minor >= 0]
    lines = [_divided(line.text, line.quantity, line.amount) for line in wanted[: MOST_LINES - 1]]
    rest = wanted[MOST_LINES - 1 :]
    if len(rest) == 1:
        lines.append(_divided(rest[0].text, rest[0].quantity, rest[0].amount))
    elif rest:
        lines.append((say("more", charge.locale, count=str(len(rest))), 1, total_of(charge, rest)))
    return lines


def taken_off(charge: Charge) -> Money:
    """The discount, with all lines below zero. Raises ValueError when the lines do not come to the amount."""
    below = [line for line in charge.lines if line.amount.minor < 0]
    above = [line for line in charge.lines if line.amount.minor >= 0]
    off = charge.discount - total_of(charge, below)
    if total_of(charge, above) - off != charge.amount:
        raise ValueError("the lines less the discount are not the amount of the charge")
    return off


def total_of(charge: Charge, lines: Sequence[Any]) -> Money:
    return Money(sum(line.amount.minor for line in lines), charge.amount.currency)


def _divided(text: str, quantity: int, amount: Money) -> tuple[str, int, Money]:
    each, rest = divmod(amount.minor, quantity)
    if rest:
        return f"{quantity} × {text}", 1, amount
    return text, quantity, Money(each, amount.currency)


def _item(text: str, quantity: int, each: Money) -> dict[str, Any]:
    return {
        "quantity": quantity,
        "price_data": {
            "currency": each.currency.lower(),
            "unit_amount": to_stripe(each),
            "product_data": {"name": text[:LONGEST_NAME]},
        },
    }


def _coupon(v1: V1Services, charge: Charge, off: int) -> str:
    """A coupon for this session alone. Its id follows from the charge, so a repeat finds it and makes no second one."""
    from stripe import APIError, InvalidRequestError

    name = f"sratix_{hashlib.sha256(charge.key.encode()).hexdigest()[:24]}"
    params: Any = {
        "id": name,
        "amount_off": off,
        "currency": charge.amount.currency.lower(),
        "duration": "once",
        "max_redemptions": 1,
        "name": say("discount", charge.locale),
        "metadata": dict(charge.metadata),
    }
    try:
        return v1.coupons.create(params=params, options={"idempotency_key": f"{charge.key}:coupon"}).id
    except InvalidRequestError as error:
        if error.code != "resource_already_exists":
            raise
    except (OutcomeUnknown, APIError):
        # Stripe keeps an outage under the key and would answer it again: only looking says whether the coupon is there.
        if not _exists(v1, name):
            raise
    return name


def _exists(v1: V1Services, coupon: str) -> bool:
    from stripe import InvalidRequestError

    try:
        v1.coupons.retrieve(coupon)
    except InvalidRequestError:
        return False
    return True
