"""What Stripe keeps for a signed-in person: a Customer for each organizer, and cards on it. https://docs.stripe.com/payments/save-during-payment

A card is kept to be used while its owner is there (`on_session`), never without them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sratix_core.plugin import Adding, Begun, Charge, Declined, Keeper, OutcomeUnknown, SavedMethod
from sratix_stripe.account import Account
from sratix_stripe.amounts import to_stripe
from sratix_stripe.api import KEYS, api, intent_of, opened
from sratix_stripe.connect import TENANT, passed_on
from sratix_stripe.readings import SAVED, refusal
from sratix_stripe.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stripe import PaymentIntent, PaymentMethod
    from stripe._v1_services import V1Services

BRANDS = {
    "amex": "American Express", "cartes_bancaires": "Cartes Bancaires", "diners": "Diners Club", "discover": "Discover",
    "eftpos_au": "eftpos", "jcb": "JCB", "mastercard": "Mastercard", "unionpay": "UnionPay", "visa": "Visa",
}  # fmt: skip
MOST = 100


def customer(v1: V1Services, keeper: Keeper, email: str, metadata: Mapping[str, str]) -> str:
    """The name of this person at the account in use; made where it knows none.

    A call whose answer is lost for a day leaves a Customer behind that has an address and no card.
    """
    from sratix_stripe.transport import Remembered

    for name in keeper.references:
        if _is_there(v1, name):
            return name
    params: Any = {"email": email, "metadata": {TENANT: metadata.get(TENANT, "")}}
    told = hashlib.sha256("\n".join((email, *keeper.references)).encode()).hexdigest()[:16]
    for again in range(KEYS):
        try:
            key = f"{keeper.key}-{told}-{again}"
            return v1.customers.create(params=params, options={"idempotency_key": key}).id
        except Remembered:
            continue
    raise OutcomeUnknown


def kept(charge: Charge, name: str) -> dict[str, Any]:
    """What a payment says that keeps its card for `name`."""
    return {"customer": name, "setup_future_usage": "on_session"} if charge.keeper is not None else {}


def saved(account: Account, keeper: Keeper) -> Sequence[SavedMethod]:
    """Cards, the latest first; one that was kept twice is shown once."""
    with api(account, reading=True) as v1:
        found = {_same(card): card for card in reversed(_cards(v1, keeper)[1])}
    return [_shown(card) for card in reversed(found.values())]


def begin(account: Account, charge: Charge) -> Begun:
    """Open an intent with a kept card and leave it unconfirmed."""
    assert charge.keeper is not None
    method = charge.keeper.method
    with api(account) as v1:
        name, cards = _cards(v1, charge.keeper)
        if method not in {card.id for card in cards}:
            raise Declined("not_theirs")
        params: Any = {
            "amount": to_stripe(charge.amount),
            "currency": charge.amount.currency.lower(),
            "customer": name,
            "payment_method": method,
            "automatic_payment_methods": {"enabled": True},
            "description": f"{charge.title} {charge.code}",
            "metadata": {**charge.metadata, SAVED: "yes"},
            **passed_on(account, charge.amount),
        }
        intent = opened(
            charge,
            lambda key: v1.payment_intents.create(params=params, options={"idempotency_key": key}),
            lambda: intent_of(v1, charge),
        )
    return Begun(intent.id, keeper=name)


def pay(account: Account, charge: Charge, reference: str) -> Begun:
    """Confirm it. An intent is paid once however often it is confirmed, so this needs no key of ours."""
    from stripe import InvalidRequestError

    with api(account) as v1:
        try:
            intent = v1.payment_intents.confirm(reference, params={"return_url": charge.return_url})
        except InvalidRequestError:
            intent = v1.payment_intents.retrieve(reference)
    return Begun(reference, redirect=_next(intent, charge.return_url))


def add(account: Account, adding: Adding) -> Begun:
    """Stripe's page in setup mode: a card is kept and nothing is paid."""
    metadata = dict(adding.metadata)
    with api(account) as v1:
        name = customer(v1, adding.keeper, adding.email, metadata)
        params: Any = {
            "mode": "setup",
            "customer": name,
            "allowed_payment_method_types": ["card"],
            "locale": spoken(adding.locale),
            "metadata": metadata,
            "setup_intent_data": {"metadata": metadata},
            "success_url": adding.return_url,
            "cancel_url": adding.cancel_url,
        }
        session = v1.checkout.sessions.create(params=params, options={"idempotency_key": adding.key})
    return Begun(session.id, redirect=session.url or "", keeper=name)


def forget(account: Account, keeper: Keeper, method: str) -> None:
    """Detach it, with every copy of the same card: otherwise the copy would stand there next. A detached one can't be used again."""
    with api(account) as v1:
        cards = _cards(v1, keeper)[1]
        chosen = next((card for card in cards if card.id == method), None)
        for card in cards if chosen is not None else ():
            if _same(card) == _same(chosen):
                v1.payment_methods.detach(card.id)


def _cards(v1: V1Services, keeper: Keeper) -> tuple[str, list[PaymentMethod]]:
    """The name that is known at the account in use, and the cards under it; nobody's are "" and none."""
    from stripe import InvalidRequestError

    for name in keeper.references:
        try:
            found = v1.customers.payment_methods.list(name, params={"type": "card", "limit": MOST})
        except InvalidRequestError as error:
            if error.code != "resource_missing":
                raise
            continue
        return name, [one for one in found.data if one.card is not None]
    return "", []


def _is_there(v1: V1Services, name: str) -> bool:
    from stripe import InvalidRequestError

    try:
        return not getattr(v1.customers.retrieve(name), "deleted", False)
    except InvalidRequestError as error:
        if error.code != "resource_missing":
            raise
        return False


def _same(method: PaymentMethod | None) -> tuple[str, int, int]:
    """The same for the same card with the same expiry."""
    assert method is not None
    assert method.card is not None
    return method.card.fingerprint or method.id, method.card.exp_year, method.card.exp_month


def _shown(method: PaymentMethod) -> SavedMethod:
    card = method.card
    assert card is not None
    brand = card.display_brand or card.brand
    return SavedMethod(
        method.id,
        BRANDS.get(brand, brand.replace("_", " ").title()),
        card.last4,
        card.exp_month,
        card.exp_year,
    )


def _next(intent: PaymentIntent, return_url: str) -> str:
    """Where the buyer goes from here. Raises `Declined`."""
    if intent.status in ("succeeded", "processing", "requires_capture"):
        return return_url
    asks = intent.next_action.redirect_to_url if intent.next_action is not None else None
    if intent.status == "requires_action" and asks is not None and asks.url:
        return asks.url
    raise Declined(refusal(intent) or intent.status)
