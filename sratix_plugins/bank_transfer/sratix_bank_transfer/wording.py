"""What the pages call states and reasons: tone, icon and words, in English; `german` has the same in German."""

from __future__ import annotations

from sratix_bank_transfer.models import Reason, StatementState, TransactionState

S, R = TransactionState, Reason
VIEWS = (
    ("", "To decide", (S.OPEN,)),
    ("return", "To send back", (S.TO_RETURN,)),
    ("applied", "Applied", (S.APPLIED,)),
    ("aside", "Set aside", (S.IGNORED, S.RETURNED)),
    ("all", "All", tuple(S)),
)
STATES = {
    S.NEW: ("mute", "clock", "Being looked at"),
    S.APPLIED: ("ok", "circle-check", "Applied"),
    S.OPEN: ("warn", "circle-dashed", "To decide"),
    S.IGNORED: ("mute", "ban", "Set aside"),
    S.TO_RETURN: ("warn", "undo-2", "To send back"),
    S.RETURNED: ("mute", "undo-2", "Sent back"),
}
REASONS = {
    R.SUGGESTED: "Amount and name fit this order, or the words name several. Is it for this one?",
    R.PARTIAL: "Less than the order costs. Assign it: the order waits for the rest.",
    R.OVER: "More than the order costs. Assign it: the order is paid, the rest is owed back.",
    R.CURRENCY: "In another currency than the order. Send it back, or ask the buyer.",
    R.PAID: "The order is paid already. Was it recorded by hand, then set this aside; paid twice, then send it back.",
    R.EXPIRED: "It came after the term. Assign it: the order gets its seats if there are some.",
    R.CANCELLED: "The order is cancelled. Assign it and pay it back there, or send it back.",
    R.FOREIGN: "The reference was made for another organizer. Send it back.",
    R.INVOICE: "Its reference is an invoice's over several orders, but no invoice here has it. Ask the payer.",
    R.BATCH: "Several payments in one sum. Upload the camt.054 that tells them apart, then set this aside.",
    R.UNKNOWN: "No order fits. Look for the buyer, or set it aside when it is for something else.",
    R.NONE: "",
}
OF_INVOICE = {
    R.PARTIAL: "Less than is open on the invoice. Record it: the first orders are paid, the last ones wait for the rest.",
    R.OVER: "More than is open on the invoice. Record it: its orders are paid, the rest is owed back.",
    R.CURRENCY: "In another currency than the invoice. Send it back, or ask who paid.",
    R.PAID: "Nothing of the invoice is open any more. Paid twice or credited, then send it back.",
    R.EXPIRED: "It came after the term. Record it: the orders get their seats if there are some.",
}
"""The same reasons where an invoice over several orders was named."""

SHORT = {
    R.SUGGESTED: "Perhaps this order",
    R.PARTIAL: "Too little",
    R.OVER: "Too much",
    R.CURRENCY: "Other currency",
    R.PAID: "Paid already",
    R.EXPIRED: "After the term",
    R.CANCELLED: "Order cancelled",
    R.FOREIGN: "Another organizer’s",
    R.INVOICE: "Invoice",
    R.BATCH: "A sum of several",
    R.UNKNOWN: "No order fits",
    R.NONE: "",
}
PROGRESS = {
    StatementState.LAYOUT: ("warn", "circle-dashed", "Confirm the columns"),
    StatementState.READING: ("info", "clock", "Being read"),
    StatementState.MATCHING: ("info", "clock", "Being matched"),
    StatementState.DONE: ("ok", "circle-check", "Read"),
    StatementState.FAILED: ("bad", "circle-alert", "Could not be read"),
}
COLUMNS = {
    "date": "Day",
    "amount": "Amount",
    "payer": "Who paid",
    "message": "Message",
    "reference": "Reference",
    "currency": "Currency",
    "payer_iban": "Payer’s account",
    "bank_reference": "The bank’s own number",
}
