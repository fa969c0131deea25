"""Stripe's documented test cards, and how each behaves: https://docs.stripe.com/testing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Card:
    """`asks` is when the bank wants to see its customer: always, or unless the card was set up before."""

    number: str
    token: str
    says: str
    brand: str = "visa"
    code: str = ""
    decline_code: str = ""
    asks: str = "never"
    declined_after_asking: bool = False
    dispute: str = ""
    refund: str = ""
    available_at_once: bool = False

    @property
    def last4(self) -> str:
        return self.number[-4:]


CARDS = (
    Card("4242424242424242", "pm_card_visa", "Pays"),
    Card("5555555555554444", "pm_card_mastercard", "Pays", brand="mastercard"),
    Card("378282246310005", "pm_card_amex", "Pays", brand="amex"),
    Card("4000000000000077", "pm_card_bypassPending", "Pays, balance available at once", available_at_once=True),
    Card("4000000000000002", "pm_card_visa_chargeDeclined", "Declined", code="card_declined", decline_code="generic_decline"),
    Card(
        "4000000000009995", "pm_card_visa_chargeDeclinedInsufficientFunds", "Insufficient funds",
        code="card_declined", decline_code="insufficient_funds",
    ),
    Card("4000000000009987", "pm_card_visa_chargeDeclinedLostCard", "Lost card", code="card_declined", decline_code="lost_card"),
    Card("4000000000000069", "pm_card_chargeDeclinedExpiredCard", "Expired", code="expired_card", decline_code="expired_card"),
    Card("4000000000000127", "pm_card_chargeDeclinedIncorrectCvc", "Wrong CVC", code="incorrect_cvc", decline_code="incorrect_cvc"),
    Card(
        "4000000000000119", "pm_card_chargeDeclinedProcessingError", "Processing error",
        code="processing_error", decline_code="processing_error",
    ),
    Card("4000002500003155", "pm_card_authenticationRequiredOnSetup", "3-D Secure, unless set up before", asks="unless_set_up"),
    Card("4000002760003184", "pm_card_authenticationRequired", "3-D Secure every time", asks="always"),
    Card("4000000000003220", "pm_card_threeDSecure2Required", "3-D Secure", asks="always"),
    Card(
        "4000008400001629", "pm_card_threeDSecureRequiredChargeDeclined", "3-D Secure, then declined",
        code="card_declined", decline_code="generic_decline", asks="always", declined_after_asking=True,
    ),
    Card("4000000000000259", "pm_card_createDispute", "Pays, then disputed as fraudulent", dispute="fraudulent"),
    Card("4000000000002685", "pm_card_createDisputeProductNotReceived", "Pays, then disputed", dispute="product_not_received"),
    Card("4000000000007726", "pm_card_pendingRefund", "Pays; a refund is pending at first", refund="pending"),
    Card("4000000000005126", "pm_card_refundFail", "Pays; a refund fails later", refund="failed"),
)  # fmt: skip
BY_NUMBER = {card.number: card for card in CARDS}
BY_TOKEN = {card.token: card for card in CARDS}

# SEPA Direct Debit tells later whether it paid.
IBANS = {"DE89370400440532013000": "succeeded", "DE62370400440532013001": "failed"}
DECLINED = {
    "generic_decline": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "lost_card": "Your card was declined.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
}


def known() -> list[dict[str, Any]]:
    return [asdict(card) for card in CARDS]
