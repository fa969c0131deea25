"""What a Checkout Session or a PaymentIntent has come to, in the core's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sratix_core.plugin import Reading
from sratix_stripe.account import Account
from sratix_stripe.amounts import from_stripe
from sratix_stripe.api import api
from sratix_stripe.connect import check_theirs
from sratix_stripe.invoice_readings import INVOICE
from sratix_stripe.invoice_readings import read as read_invoice

if TYPE_CHECKING:
    from stripe import PaymentIntent
    from stripe.checkout import Session


SAVED = "sratix_saved"
"""Metadata of a payment with a kept card: nobody has fields to try another one in, so a refusal is the end of it."""


def read(account: Account, reference: str) -> Reading:
    """Ask Stripe; `reference` is a session's (`cs_…`), an intent's (`pi_…`) or an invoice's (`in_…`)."""
    if reference.startswith(INVOICE):
        return read_invoice(account, reference)
    with api(account, reading=True) as v1:
        if reference.startswith("cs_"):
            session = v1.checkout.sessions.retrieve(reference, params={"expand": ["payment_intent"]})
            if not isinstance(session.payment_intent, str):
                check_theirs(account, session.payment_intent)
            return of_session(session)
        intent = v1.payment_intents.retrieve(reference)
        check_theirs(account, intent)
        return of_intent(intent)


def of_session(session: Session) -> Reading:
    """From a session with its intent expanded.

    An open one waits: a declined card may be followed by another. A debit completes it days before the money comes, so what
    it came to is then the intent's to say.
    """
    intent = session.payment_intent
    if isinstance(intent, str):
        raise TypeError("the session's payment_intent is not expanded")
    payment = intent.id if intent is not None else ""
    if session.status == "expired":
        return Reading("expired", session.id, payment)
    if session.status == "complete" and session.payment_status != "unpaid":
        assert session.amount_total is not None
        assert session.currency is not None
        received = from_stripe(session.amount_total, session.currency)
        return Reading("succeeded", session.id, payment, received)
    failed = intent is not None and intent.status == "requires_payment_method"
    if session.status == "complete" and failed:
        return Reading("declined", session.id, payment, reason=refusal(intent))
    return Reading("waiting", session.id, payment, reason=refusal(intent))


def of_intent(intent: PaymentIntent) -> Reading:
    """From an intent that our own page pays: whatever isn't over may still be tried again."""
    if intent.status == "succeeded":
        received = from_stripe(intent.amount_received, intent.currency)
        return Reading("succeeded", intent.id, intent.id, received)
    if intent.status == "canceled":
        return Reading("cancelled", intent.id, intent.id, reason=intent.cancellation_reason or "")
    if intent.status == "requires_payment_method" and SAVED in intent.metadata:
        return Reading("declined", intent.id, intent.id, reason=refusal(intent))
    return Reading("waiting", intent.id, intent.id, reason=refusal(intent))


def refusal(intent: PaymentIntent | None) -> str:
    """Why the last try failed, in Stripe's short word; its sentence may name the buyer's bank."""
    error = intent.last_payment_error if intent is not None else None
    if error is None:
        return ""
    return str(getattr(error, "decline_code", None) or error.code or "")[:60]
