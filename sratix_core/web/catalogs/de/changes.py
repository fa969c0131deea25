"""Orders that change after they were paid: refunds that come back, differences that are asked for, other types."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # refunds that come back
    "Refund came back": "Rückzahlung kam zurück",
    "A refund came back": "Eine Rückzahlung kam zurück",
    "A refund came back.": "Eine Rückzahlung kam zurück.",
    "{n} refunds came back.": "{n} Rückzahlungen kamen zurück.",
    "A refund came back: {price} is owed again.": "Eine Rückzahlung kam zurück: {price} sind wieder geschuldet.",
    "Send it once more the same way, or transfer it to {name} by hand and record it here.": (
        "Senden Sie es nochmals auf demselben Weg, oder überweisen Sie es {name} von Hand und tragen Sie es hier ein."
    ),
    "Ask {name} for the right account, transfer it and record it here.": (
        "Fragen Sie {name} nach dem richtigen Konto, überweisen Sie es und tragen Sie es hier ein."
    ),
    "Seen on your statement": "Auf Ihrem Kontoauszug gesehen",
    "A transfer came back": "Eine Überweisung kam zurück",
    "Which transfer came back?": "Welche Überweisung kam zurück?",
    "Transfer": "Überweisung",
    "Came back": "Zurückgekommen",
    "It came back": "Sie kam zurück",
    "The books take it back and the money is owed to {name} again. It can't be undone.": (
        "Die Bücher nehmen sie zurück, und {name} bekommt das Geld wieder zugute. Das lässt sich nicht rückgängig machen."
    ),
    "No transfer of this order can have come back.": "Keine Überweisung dieser Bestellung kann zurückgekommen sein.",
    "Recorded: it came back, and the money is owed again.": "Eingetragen: Sie kam zurück, das Geld ist wieder geschuldet.",
    "From your bank account": "Von Ihrem Bankkonto",
    "In cash": "Bar",
    "Your bank account": "Ihr Bankkonto",
    "Cash": "Bargeld",
    "Its provider says by itself when a refund comes back. Wait for it, or ask from the case in Finance.": (
        "Der Anbieter meldet von selbst, wenn eine Rückzahlung zurückkommt. Warten Sie, oder fragen Sie in den Finanzen nach."
    ),
    "It is recorded already that this refund came back. Reload to see what is owed.": (
        "Es ist schon eingetragen, dass diese Rückzahlung zurückkam. Laden Sie neu, um zu sehen, was geschuldet ist."
    ),
    "Send it once more the same way; if it comes back again, ask the buyer for an account and transfer it by hand.": (
        "Senden Sie es nochmals auf demselben Weg; kommt es wieder zurück, fragen Sie nach einem Konto und überweisen Sie von Hand."
    ),
}
