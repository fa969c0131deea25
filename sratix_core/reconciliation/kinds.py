"""What can differ, and what probably happened. Codes; pages and the API have the words."""

from __future__ import annotations

from enum import StrEnum


class CaseKind(StrEnum):
    CHARGE_UNKNOWN = "charge_unknown"
    """The provider took money that no payment here records. Subject: the line's reference."""

    PAYMENT_UNKNOWN = "payment_unknown"
    """A payment is recorded here and its provider has no charge. Subject: the payment's id, as of all up to `DISPUTE_UNKNOWN`."""

    AMOUNT_DIFFERS = "amount_differs"
    REFUND_UNKNOWN = "refund_unknown"
    """The provider sent money back that no refund here records."""

    REFUND_MISSING = "refund_missing"
    """A refund is recorded here that did not leave the provider, or came back to it."""

    DISPUTE_UNKNOWN = "dispute_unknown"
    """What the provider took back and returned for disputes is not what the books have."""

    DISPUTE_OPEN = "dispute_open"
    """A buyer's bank took a payment back. Subject: the dispute's id."""

    OWED_BACK = "owed_back"
    """A buyer's money is owed back and not on its way. Subject: the order's id."""

    PAID_LATE = "paid_late"
    """Money came when the seats were gone, and nobody has decided. Subject: the order's id."""

    DIFFERENCE_DUE = "difference_due"
    """What a change costs more was not paid in its term. Subject: the id of the difference that was asked for."""

    ATTEMPT_STUCK = "attempt_stuck"
    """A try to move money is not settled after an hour. Subject: the attempt's id."""

    WEBHOOK_FAILED = "webhook_failed"
    """What a provider told us could not be acted on. Subject: our id of the event."""

    CASH_DIFFERS = "cash_differs"
    """What the books hold at a provider is not what its statement and the payments come to. Subject: provider/mode/currency."""


class Cause(StrEnum):
    """The likely one, judged from the rows."""

    WEBHOOK_LOST = "webhook_lost"
    NOT_OURS = "not_ours"
    BY_HAND = "by_hand"
    OTHER_ACCOUNT = "other_account"
    CHARGED_TWICE = "charged_twice"
    CAPTURED_IN_PART = "captured_in_part"
    MADE_AT_PROVIDER = "made_at_provider"
    CAME_BACK = "came_back"
    ANSWER_BEFORE = "answer_before"
    UNDER_REVIEW = "under_review"
    PLATFORM_BEARS = "platform_bears"
    PAID_TWICE = "paid_twice"
    OVER = "over"
    CAME_LATE = "came_late"
    NOT_PAID = "not_paid"
    NO_ANSWER = "no_answer"
    OTHER_CURRENCY = "other_currency"
    WAITS_LONG = "waits_long"
    PAID_OUTSIDE = "paid_outside"
    PAID_IN_PARTS = "paid_in_parts"
    PROCESSING_FAILED = "processing_failed"
    BOOKED_ELSEWHERE = "booked_elsewhere"


class CaseState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    IGNORED = "ignored"
