"""The chart of accounts and the acts that move money between them. A debit is positive, a credit negative."""

from __future__ import annotations

from enum import StrEnum


class Account(StrEnum):
    """Where an amount stands. `CASH` is kept apart by provider, every account by event."""

    BUYERS = "buyers"
    """What buyers owe, order by order: 0 once settled, negative while money is owed back to them."""

    CASH = "cash"
    """What a provider holds for the organizer, their bank for transfers, or where they paid from by hand."""

    BANK = "bank"
    """What a provider has paid out."""

    REVENUE = "revenue"
    SERVICE_FEES = "service_fees"
    """What buyers paid in fees on their orders, without tax."""

    TAX = "tax"

    PROVIDER_FEES = "provider_fees"
    """What a provider kept for its service."""

    DISPUTED = "disputed"
    """What a provider took back until a dispute is decided."""

    CHARGEBACKS = "chargebacks"
    """What was lost to disputes."""

    STORED_VALUE = "stored_value"
    """What is on gift cards and the like and not spent: owed to whoever holds them. Kept apart by provider."""

    VALUE_ORDERED = "value_ordered"
    """What orders sold of such value and was not made yet: no revenue either. Back at 0 once it is made, or the order is over."""

    GOODWILL = "goodwill"
    """What was put on cards that nobody paid for."""

    BREAKAGE = "breakage"
    """What was left on cards when they ended."""


class Act(StrEnum):
    """The business act of a transaction; with the id of its cause it is booked once and never again."""

    CHARGE = "charge"
    """An order was placed, or got its seats back: the buyer owes its price."""

    VOID = "void"
    """Nobody paid and nobody will: the charge is taken back."""

    CREDIT_NOTE = "credit_note"
    """What was paid for is not delivered: the charge is taken back and the buyer's money is owed back."""

    PAYMENT = "payment"
    REFUND = "refund"
    REFUND_FAILED = "refund_failed"
    """A refund came back: its money is here again, and owed to the buyer again."""

    FEE = "fee"
    PAYOUT = "payout"
    DISPUTE = "dispute"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"
    ADJUSTMENT = "adjustment"

    VALUE_SOLD = "value_sold"
    """Value was sold against money that is there: no sale yet, but owed to whoever spends it."""

    VALUE_ISSUED = "value_issued"
    """Value that an order sold was made."""

    VALUE_RETURNED = "value_returned"
    """Value that an order sold was given back with it, as far as it was not spent."""

    VALUE_GIVEN = "value_given"
    VALUE_ENDED = "value_ended"
