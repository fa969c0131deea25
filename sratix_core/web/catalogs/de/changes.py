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
    # a difference that is asked for
    "The buyer pays what it costs more": "Wer gekauft hat, zahlt den Mehrpreis",
    "By a mail with a link, by card or transfer, within a week. The new ticket is valid once it is paid.": (
        "Mit einem Link per Mail, per Karte oder Überweisung, innert einer Woche. Das neue Ticket gilt, sobald es bezahlt ist."
    ),
    "The type is changed. The buyer gets a mail with the link to pay the difference.": (
        "Der Typ ist geändert. Eine Mail mit dem Link zum Bezahlen der Differenz ist unterwegs."
    ),
    "The change is undone. The new code is mailed.": "Die Änderung ist rückgängig gemacht. Der neue Code wird gemailt.",
    "{price} is outstanding since the change.": "{price} sind seit der Änderung offen.",
    "It was due on {when} and has not come: ask again, or undo the change.": (
        "Der Betrag war am {when} fällig und ist nicht da: Fragen Sie nach, oder machen Sie die Änderung rückgängig."
    ),
    "{name} was asked for it by mail, until {when}. The new ticket is valid once it is paid.": (
        "{name} wurde per Mail darum gebeten, bis {when}. Das neue Ticket gilt, sobald bezahlt ist."
    ),
    "Undo the change": "Änderung rückgängig machen",
    "Undo the change of {code}?": "Änderung von {code} rückgängig machen?",
    "Wait for the money": "Auf das Geld warten",
    "The holder gets the type of before again, at its price of then and with a new code. What was paid of the difference goes back.": (
        "Das Ticket ist wieder, was es war, zum damaligen Preis und mit neuem Code. Was von der Differenz bezahlt wurde, geht zurück."
    ),
    "The holder gets a {type} ticket again, at its price of then and with a new code. What was paid of the difference goes back.": (
        "Das Ticket ist wieder {type}, zum damaligen Preis und mit neuem Code. Was von der Differenz bezahlt wurde, geht zurück."
    ),
    "Nothing is outstanding for this order.": "Bei dieser Bestellung ist nichts offen.",
    "Outstanding": "Offen",
    "Difference to pay": "Differenz zu zahlen",
    "The rest of the price is settled": "Der Rest des Preises ist beglichen",
    "Change of type undone": "Typwechsel rückgängig gemacht",
    "A change of this order is not paid yet. Pay or record what is outstanding, or undo the change first.": (
        "Eine Änderung dieser Bestellung ist noch nicht bezahlt. Begleichen Sie erst, was offen ist, oder machen Sie sie rückgängig."
    ),
    "Nothing is outstanding for this order any more. Reload to see how it stands.": (
        "Bei dieser Bestellung ist nichts mehr offen. Laden Sie neu, um zu sehen, wie sie steht."
    ),
    # the buyer's own change
    "Buyers take another ticket type by themselves": "Käufer wechseln den Tickettyp selbst",
    "One that is on sale, until the event begins. They pay what it costs more; of what it costs less the share above comes back.": (
        "Zu einem, der im Verkauf ist, bis die Veranstaltung beginnt. Einen Mehrpreis zahlen sie; vom Minderpreis "
        "kommt der Anteil oben zurück."
    ),
    "You take another ticket type yourself, on the page of your order.": (
        "Einen anderen Tickettyp nehmen Sie selbst, auf der Seite Ihrer Bestellung."
    ),
    "Another ticket type": "Anderer Tickettyp",
    "Ticket type": "Tickettyp",
    "Other ticket type": "Anderer Tickettyp",
    "Which ticket would you like instead?": "Welches Ticket möchten Sie stattdessen?",
    "{holder} has {type} now.": "{holder} hat jetzt {type}.",
    "{price} more": "{price} mehr",
    "nothing comes back": "nichts kommt zurück",
    "the same price": "derselbe Preis",
    "See what it means": "Ansehen, was das bedeutet",
    "Keep my ticket": "Mein Ticket behalten",
    "There is no other ticket to take.": "Es gibt kein anderes Ticket.",
    "Only types that are on sale can be taken. Ask the organizer.": (
        "Nur Typen, die im Verkauf sind, können gewählt werden. Fragen Sie die Veranstalterin."
    ),
    "Take {type} instead of {before}?": "{type} statt {before} nehmen?",
    "Paid for {type}": "Bezahlt für {type}",
    "To pay": "Zu zahlen",
    "Your present ticket admits nobody from then on and its place goes to somebody else.": (
        "Ihr jetziges Ticket gilt dann nicht mehr, und sein Platz geht an jemand anderen."
    ),
    "The new one is kept for you and becomes valid with your payment.": (
        "Das neue ist für Sie reserviert und gilt mit Ihrer Zahlung."
    ),
    "The new one is valid at once; its code comes by mail.": "Das neue gilt sofort; sein Code kommt per Mail.",
    "Take it and pay {price}": "Nehmen und {price} bezahlen",
    "Take it": "Nehmen",
    "Pay the difference": "Differenz bezahlen",
    "{price} is still open": "{price} sind noch offen",
    "It was due on {when}. Your new ticket is valid as soon as it is paid.": (
        "Es war am {when} fällig. Ihr neues Ticket gilt, sobald es bezahlt ist."
    ),
    "Pay it by {when}. Your new ticket is valid as soon as it is paid.": (
        "Zahlen Sie bis {when}. Ihr neues Ticket gilt, sobald es bezahlt ist."
    ),
    "Your ticket stays reserved. Write to the organizer, or try again later.": (
        "Ihr Ticket bleibt reserviert. Schreiben Sie der Veranstalterin, oder versuchen Sie es später."
    ),
    "Take the old ticket again": "Das alte Ticket wieder nehmen",
    "Take the old ticket again?": "Das alte Ticket wieder nehmen?",
    "The change is undone as long as its place is free, and nothing is left to pay.": (
        "Die Änderung wird rückgängig gemacht, solange der Platz frei ist, und es bleibt nichts zu zahlen."
    ),
    "Keep the new one": "Das neue behalten",
    "Your ticket is another one now, which costs more. It is valid as soon as this is paid.": (
        "Ihr Ticket ist nun ein anderes, das mehr kostet. Es gilt, sobald dies bezahlt ist."
    ),
    "Your ticket is another one now. The new code is on its way by mail.": (
        "Ihr Ticket ist nun ein anderes. Der neue Code ist per Mail unterwegs."
    ),
    "Your ticket is another one now. It is valid once the difference is paid.": (
        "Ihr Ticket ist nun ein anderes. Es gilt, sobald die Differenz bezahlt ist."
    ),
    "Your ticket is what it was before. The new code is on its way by mail.": (
        "Ihr Ticket ist wieder, was es war. Der neue Code ist per Mail unterwegs."
    ),
    "One change was not paid in time.": "Eine Änderung wurde nicht rechtzeitig bezahlt.",
    "{n} changes were not paid in time.": "{n} Änderungen wurden nicht rechtzeitig bezahlt.",
    "Their new tickets are kept and admit nobody. Ask again, or undo the change.": (
        "Ihre neuen Tickets sind reserviert und öffnen keine Tür. Fragen Sie nach, oder machen Sie die Änderung rückgängig."
    ),
    "A change was not paid in time": "Eine Änderung wurde nicht rechtzeitig bezahlt",
    "The buyer was asked for the difference by mail and has not paid all of it.": (
        "Die Differenz wurde per Mail verlangt und ist nicht ganz bezahlt."
    ),
    "Ask the buyer, record what came in, or undo the change; its place goes back then.": (
        "Fragen Sie nach, tragen Sie ein, was kam, oder machen Sie die Änderung rückgängig; der Platz wird dann frei."
    ),
    # where people look
    "One difference is open.": "Eine Differenz ist offen.",
    "{n} differences are open.": "{n} Differenzen sind offen.",
    "One difference of this event is open.": "Eine Differenz dieser Veranstaltung ist offen.",
    "{n} differences of this event are open.": "{n} Differenzen dieser Veranstaltung sind offen.",
    "One difference elsewhere is open.": "Eine Differenz anderswo ist offen.",
    "{n} differences elsewhere are open.": "{n} Differenzen anderswo sind offen.",
    "The books and the money do not agree yet; each says why and what to do.": (
        "Bücher und Geld stimmen noch nicht überein; jede sagt, warum und was zu tun ist."
    ),
    "Open finance": "Finanzen öffnen",
    "until {when}": "bis {when}",
    "Done. The books are compared, and the case closes when they agree.": (
        "Erledigt. Die Bücher werden verglichen; stimmen sie, schliesst sich der Fall."
    ),
    "Mark as received": "Als eingegangen eintragen",
    "The new ticket becomes valid and is mailed. This is recorded with your name.": (
        "Das neue Ticket wird gültig und gemailt. Das wird mit Ihrem Namen festgehalten."
    ),
    "Give it seats": "Plätze geben",
    "Give {code} its seats?": "{code} die Plätze geben?",
    "Where there are some by now, its tickets become valid and are mailed.": (
        "Sind inzwischen welche frei, werden die Tickets gültig und gemailt."
    ),
    "Its tickets become void and the buyer is told. What was paid is owed back then.": (
        "Die Tickets verfallen, und wer gekauft hat, erfährt es. Was bezahlt wurde, ist dann zurückgeschuldet."
    ),
    "It was due on {when}.": "Es war am {when} fällig.",
    "Its place is kept until the change is undone.": "Der Platz bleibt reserviert, bis die Änderung rückgängig gemacht ist.",
    "Was due": "War fällig",
    "There is nothing to do this way.": "Auf diesem Weg ist nichts zu tun.",
    "The case is closed, or something else settles it. Its page says what.": (
        "Der Fall ist geschlossen, oder etwas anderes erledigt ihn. Seine Seite sagt, was."
    ),
    "Back to the case": "Zurück zum Fall",
}
