"""Payment by an invoice that Stripe sends and hosts: one for each attempt, open for days. https://docs.stripe.com/invoicing

It is a request for payment: amounts include the tax, Stripe reckons none, and the fiscal document is the organizer's own invoice.
Each step has a key of its own, so that a repeat of the attempt goes on where it was left, and sends one mail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from sratix_core.plugin import Begun, Charge, Declined, OutcomeUnknown, Reading
from sratix_stripe.account import Account
from sratix_stripe.amounts import to_stripe, within
from sratix_stripe.api import AROUND, KEYS, api, opened
from sratix_stripe.connect import TENANT, passed_on
from sratix_stripe.hosted import LONGEST_NAME
from sratix_stripe.invoice_readings import PAYMENTS, of_invoice
from sratix_stripe.sentences import say

if TYPE_CHECKING:
    from stripe import Invoice
    from stripe._v1_services import V1Services

ATTEMPT = "sratix_attempt"
MOST_LINES = 100
OWED = ("open", "uncollectible")
CONFLICT = 409

REPEATED = timedelta(hours=24)
"""For how long after an attempt was written down it may be begun again, and an invoice be made for it."""

MOST_LOOKED_AT = 10_000
"""Invoices of one day; with more of them it stays unknown, and a person is told."""


def begin(account: Account, charge: Charge) -> Begun:
    """Draft, fill, finalize and send it. Raises `Declined` for an amount or an address that Stripe does not take; then nothing is left
    of it that anybody could pay."""
    from stripe import InvalidRequestError

    params, lines = invoice_params(account, charge), invoice_lines(charge)
    with api(account) as v1:
        params["customer"] = _customer(v1, charge)
        made = opened(
            charge,
            lambda key: v1.invoices.create(params=params, options={"idempotency_key": key}),  # type: ignore[arg-type]
            lambda: _made(v1, charge),
        )
        try:
            made = _sent(v1, charge, made, lines)
        except (InvalidRequestError, Declined):
            _undo(account, v1, made.id)
            raise
    return _begun(made)


def invoice_params(account: Account, charge: Charge) -> dict[str, Any]:
    """All of an invoice but whose it is and its lines; the same for every repeat of the same charge."""
    ours = f" · {charge.invoice}" if charge.invoice else ""
    metadata = {**charge.metadata, "sratix_code": charge.code}
    if charge.invoice:
        metadata["sratix_invoice"] = charge.invoice
    return {
        "collection_method": "send_invoice",
        "days_until_due": due_days(account, charge),
        "auto_advance": False,
        "pending_invoice_items_behavior": "exclude",
        "currency": charge.amount.currency.lower(),
        "description": f"{charge.title} {charge.code}{ours}",
        "footer": say("footer", charge.locale),
        "metadata": metadata,
        **passed_on(account, charge.amount),
    }


def due_days(account: Account, charge: Charge) -> int:
    """Days until it is due: as the organizer has set, and not longer than it may be paid."""
    left = round((charge.ends_at - charge.begins_at) / timedelta(days=1))
    return max(1, min(account.due_days or left, left))


def invoice_lines(charge: Charge) -> list[dict[str, Any]]:
    """What was bought, then the discount: together exactly the amount. One line where Stripe could not express each of them.

    Raises ValueError when the lines do not come to the amount.
    """
    lines = [
        (f"{line.quantity} × {line.text}" if line.quantity > 1 else line.text, line.amount)
        for line in charge.lines
    ]
    if charge.discount.minor:
        lines.append((say("discount", charge.locale), -charge.discount))
    if sum(amount.minor for _, amount in lines) != charge.amount.minor:
        raise ValueError("the lines less the discount are not the amount of the charge")
    if len(lines) > MOST_LINES or any(within(amount) != amount for _, amount in lines):
        lines = [(charge.title, charge.amount)]
    return [{"amount": to_stripe(amount), "description": text[:LONGEST_NAME]} for text, amount in lines]


def _customer(v1: V1Services, charge: Charge) -> str:
    """Whom it is for, by the attempt. Nobody is recognised by an address: anybody can type it, and a Customer may have credit and cards."""
    from sratix_stripe.transport import Remembered

    params: Any = {"email": charge.email, "metadata": {TENANT: charge.metadata.get(TENANT, "")}}
    if charge.name:
        params["name"] = charge.name[:LONGEST_NAME]
    if charge.locale:
        params["preferred_locales"] = [charge.locale]
    for again in range(KEYS):
        try:
            key = f"{charge.key}:customer-{again}"
            return v1.customers.create(params=params, options={"idempotency_key": key}).id
        except Remembered:
            continue
    raise OutcomeUnknown


def _sent(v1: V1Services, charge: Charge, made: Invoice, wanted_lines: list[dict[str, Any]]) -> Invoice:
    """Take it from wherever it stands to sent. Raises `Declined("amount_differs")` where something else would be asked for."""
    name, wanted = made.id, to_stripe(charge.amount)
    lines: Any = {"lines": wanted_lines}
    calls = v1.invoices

    def fill(key: str) -> Invoice:
        return calls.add_lines(name, params=lines, options={"idempotency_key": key})

    def finalize(key: str) -> Invoice:
        return calls.finalize_invoice(name, params={"auto_advance": False}, options={"idempotency_key": key})

    def send(key: str) -> Invoice:
        return calls.send_invoice(name, options={"idempotency_key": key})

    if made.status == "draft":
        made = step(
            v1, name, f"{charge.key}:lines", fill, lambda it: it.status != "draft" or it.total == wanted
        )
        made = step(v1, name, f"{charge.key}:finalize", finalize, lambda it: it.status != "draft")
    if made.status == "open":
        if (made.amount_due, made.currency) != (wanted, charge.amount.currency.lower()):
            raise Declined("amount_differs")
        made = step(v1, name, f"{charge.key}:send", send, lambda it: it.status != "open")
    return made


def step(
    v1: V1Services, name: str, key: str, act: Callable[[str], Invoice], done: Callable[[Invoice], bool]
) -> Invoice:
    """One act on an invoice. Where Stripe refuses it or keeps an outage under the key, looking tells whether it is `done` all the same;
    if it is not, a refusal is raised and an outage tried past, under the next key."""
    from stripe import IdempotencyError, InvalidRequestError

    from sratix_stripe.transport import Remembered

    for again in range(KEYS):
        try:
            return act(key if not again else f"{key}-{again + 1}")
        except (Remembered, IdempotencyError, InvalidRequestError) as no:
            if isinstance(no, IdempotencyError) and no.http_status == CONFLICT:
                raise  # the key is in use at this moment
            found = v1.invoices.retrieve(name)
            if done(found):
                return found
            if isinstance(no, InvalidRequestError):
                raise
    raise OutcomeUnknown


def _made(v1: V1Services, charge: Charge) -> Invoice | None:
    """The invoice of this attempt that may still be paid, or was."""
    begun, around = int(charge.begins_at.timestamp()), int(AROUND.total_seconds())
    until = begun + around + int(REPEATED.total_seconds())
    params: Any = {"created": {"gte": begun - around, "lte": until}, "limit": 100}
    mine, looked_at = str(charge.attempt_id), 0
    for one in islice(v1.invoices.list(params=params).auto_paging_iter(), MOST_LOOKED_AT):
        looked_at += 1
        if one.status != "void" and _attempt(one) == mine:
            return one
    if looked_at == MOST_LOOKED_AT:
        raise OutcomeUnknown  # there may be more of them
    return None


def _attempt(invoice: Invoice) -> str:
    metadata = invoice.metadata
    return str(metadata[ATTEMPT]) if metadata is not None and ATTEMPT in metadata else ""


def _begun(made: Invoice) -> Begun:
    due = str(made.due_date or "")
    return Begun(made.id, redirect=made.hosted_invoice_url or "", client={"due": due})


def request_of(account: Account, charge: Charge) -> Begun | Reading:
    """What was made for this charge, by looking: one that was sent, or may have been, goes on; a draft is thrown away."""
    with api(account) as v1:
        made = _made(v1, charge)
        if made is None:
            return Reading("expired", "")
        if made.status == "draft":
            _undo(account, v1, made.id)
            return Reading("expired", made.id)
    return _begun(made)


def end(account: Account, reference: str) -> Reading:
    """Void it; one that is paid stays paid, and one with a payment on its way waits for that."""
    with api(account, reading=True) as v1:
        _undo(account, v1, reference)
        return of_invoice(account, v1.invoices.retrieve(reference, params=PAYMENTS), ended=True)


def _undo(account: Account, v1: V1Services, name: str) -> None:
    """Make sure that nobody can pay it, if that is still possible. Stripe keeps a refusal under its key: each question has its own."""
    from stripe import InvalidRequestError

    asked = int(account.asked_at.timestamp()) if account.asked_at is not None else 0

    def void(key: str) -> Invoice:
        return v1.invoices.void_invoice(name, options={"idempotency_key": key})

    found = v1.invoices.retrieve(name)
    try:
        if found.status == "draft":
            v1.invoices.delete(name)
        elif found.status in OWED:
            step(v1, name, f"sratix-void-{name}-{asked}", void, lambda it: it.status not in OWED)
    except InvalidRequestError:
        return  # it was paid, or is being paid, at this moment: reading tells


def send_again(account: Account, reference: str, key: str) -> None:
    """Have Stripe mail it once more."""
    with api(account) as v1:
        v1.invoices.send_invoice(reference, options={"idempotency_key": key})
