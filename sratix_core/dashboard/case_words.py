"""What a case says to a person: what differs, what probably happened, what to do next."""

from __future__ import annotations

from sratix_core.reconciliation.kinds import CaseKind as K
from sratix_core.reconciliation.kinds import Cause as C

KINDS: dict[str, tuple[str, str, str]] = {
    K.CHARGE_UNKNOWN: ("Money at {provider} that no order here records", "credit-card", "bad"),
    K.PAYMENT_UNKNOWN: ("A payment that {provider} knows nothing of", "circle-question-mark", "bad"),
    K.AMOUNT_DIFFERS: ("{provider} took another amount than is recorded", "scale", "bad"),
    K.REFUND_UNKNOWN: ("{provider} sent money back that is not recorded here", "undo-2", "bad"),
    K.REFUND_MISSING: ("A refund did not leave {provider}", "undo-2", "bad"),
    K.DISPUTE_UNKNOWN: ("A dispute at {provider} that is not recorded here", "scale", "bad"),
    K.DISPUTE_OPEN: ("A buyer’s bank took a payment back", "scale", "bad"),
    K.OWED_BACK: ("Money is owed back and not on its way", "hourglass", "warn"),
    K.PAID_LATE: ("Paid after the seats were gone", "clock", "warn"),
    K.DIFFERENCE_DUE: ("A change was not paid in time", "hourglass", "warn"),
    K.ATTEMPT_STUCK: ("A payment is not settled after an hour", "timer", "warn"),
    K.WEBHOOK_FAILED: ("A message from {provider} could not be acted on", "webhook", "warn"),
    K.CASH_DIFFERS: ("The books and {provider} do not hold the same", "landmark", "bad"),
}
"""Title, icon and tone by kind."""

CAUSES: dict[str, str] = {
    C.WEBHOOK_LOST: "Its message was lost on the way. The provider is asked by itself; this closes once it answered.",
    C.NOT_OURS: "Sold in the same account without this platform: by a terminal, a link or another shop.",
    C.BY_HAND: "It was recorded by hand and did not go through the provider.",
    C.OTHER_ACCOUNT: "The keys of another account were in use when it was paid.",
    C.CHARGED_TWICE: "The provider charged it twice.",
    C.CAPTURED_IN_PART: "Only a part of it was captured at the provider.",
    C.MADE_AT_PROVIDER: "It was made on the provider’s own pages.",
    C.CAME_BACK: "The buyer’s bank sent it back: the card or the account is closed.",
    C.ANSWER_BEFORE: "The buyer, or whoever used the card, told their bank that the payment is not right.",
    C.UNDER_REVIEW: "Your evidence is with the bank, which decides within weeks.",
    C.PLATFORM_BEARS: "It was paid through the platform’s account. The platform answers the bank, and bears the amount and the fee.",
    C.PAID_TWICE: "The buyer paid twice.",
    C.OVER: "The order was cancelled or lapsed, or a part of it was taken back.",
    C.CAME_LATE: "The money took longer than the order waited, and others had the seats by then.",
    C.NOT_PAID: "The buyer was asked for the difference by mail and has not paid all of it.",
    C.NO_ANSWER: "The provider has not answered. It is asked again until it does.",
    C.OTHER_CURRENCY: "The money came in another currency than the order.",
    C.WAITS_LONG: "The buyer’s bank takes its time, as some ways of paying do.",
    C.PAID_OUTSIDE: "Somebody marked the invoice as paid at the provider. No money came through it, so none is booked.",
    C.PAID_IN_PARTS: "Several payments were made on one invoice, or a part of it was paid. Nothing is booked by itself.",
    C.PROCESSING_FAILED: "Something it needs was missing at that moment, or the provider did not answer.",
    C.BOOKED_ELSEWHERE: "An entry was booked that no line of the statement and no payment explains.",
}

NEXT: dict[str, str] = {
    K.CHARGE_UNKNOWN: "Look at the payment there. If it is not a ticket, set the case aside with a word on what it was.",
    K.PAYMENT_UNKNOWN: "Look for the payment at the provider. If it never came, cancel the order.",
    K.AMOUNT_DIFFERS: "Compare the payment there with the order, then send back what is too much.",
    K.REFUND_UNKNOWN: "Ask the provider again. If the refund stands there, it is recorded here by that.",
    K.REFUND_MISSING: "Ask the buyer for an account and transfer the money, then settle the case with the reference.",
    K.DISPUTE_UNKNOWN: "Ask the provider again; the dispute then shows with its date.",
    K.DISPUTE_OPEN: "Answer on the provider’s pages before the date: order, mails and check-in of its tickets are evidence.",
    K.OWED_BACK: "Open the order and send the money back.",
    K.PAID_LATE: "Open the order: find other seats, or cancel it and the money goes back.",
    K.DIFFERENCE_DUE: "Ask the buyer, record what came in, or undo the change; its place goes back then.",
    K.ATTEMPT_STUCK: "Ask the provider again, or wait. Nobody pays twice meanwhile.",
    K.WEBHOOK_FAILED: "Process it again. Its payment is asked about in any case, so no money is lost by it.",
    K.CASH_DIFFERS: "Read the statement again. If it stays, run “sratix verify”, which names the row.",
}

AFTER: dict[tuple[str, str], str] = {
    (K.DISPUTE_OPEN, C.PLATFORM_BEARS): (
        "Send the platform’s operator what you know of the order: mails, and the check-in of its tickets."
    ),
    (K.ATTEMPT_STUCK, C.PAID_OUTSIDE): (
        "Look at your bank: if the money is there, mark the order as paid; if it is not, cancel the order or let it lapse."
    ),
    (
        K.ATTEMPT_STUCK,
        C.PAID_IN_PARTS,
    ): "Compare the payments there with the order, then mark it as paid or send them back there.",
    (K.OWED_BACK, C.CAME_BACK): (
        "Send it once more the same way; if it comes back again, ask the buyer for an account and transfer it by hand."
    ),
}
"""What to do where the cause asks for something else than the kind does."""


def next_step(kind: str, cause: str) -> str:
    return AFTER.get((kind, cause), NEXT[kind])
