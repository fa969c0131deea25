"""Invoices that a payment provider sends: on the order's pages, in the office and among the finance cases."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Your order is placed. The invoice is on its way to you by mail.": (
        "Ihre Bestellung ist da. Die Rechnung ist per Mail zu Ihnen unterwegs."
    ),
    "Your order is placed. The invoice follows by mail, as soon as the payment service answers.": (
        "Ihre Bestellung ist da. Die Rechnung folgt per Mail, sobald der Zahlungsdienst antwortet."
    ),
    "The invoice could not be made. Nothing is charged: try again, or write to the organizer.": (
        "Die Rechnung kam nicht zustande. Es wird nichts belastet: Versuchen Sie es noch einmal oder schreiben Sie dem Veranstalter."
    ),
    "We keep your seats until {when}. After that they go back to the others.": (
        "Wir halten Ihre Plätze bis {when} frei. Danach gehen sie an andere."
    ),
    "It can still be paid until the order lapses. Send it again, or void it and cancel the order.": (
        "Sie kann noch bezahlt werden, bis die Bestellung verfällt. Schicken Sie sie noch einmal, "
        "oder stornieren Sie sie und die Bestellung."
    ),
    "Have the invoice sent": "Rechnung schicken lassen",
    "The invoice is about to be sent": "Die Rechnung wird gleich verschickt",
    "Invoice sent, not paid yet": "Rechnung verschickt, noch nicht bezahlt",
    "Sending the invoice: the answer was lost": "Rechnung verschickt, die Antwort ging verloren",
    "The invoice was turned down": "Die Rechnung wurde abgelehnt",
    "Invoice voided": "Rechnung storniert",
    "No invoice was sent": "Es wurde keine Rechnung verschickt",
    "Invoice of the provider sent again": "Rechnung des Anbieters noch einmal verschickt",
    "Invoice overdue": "Rechnung überfällig",
    "Invoice written off at the provider": "Rechnung beim Anbieter abgeschrieben",
    "Marked as paid at the provider: no money came through it": "Beim Anbieter als bezahlt markiert: über ihn kam kein Geld",
    "Paid in parts at the provider: decide": "Beim Anbieter in Teilen bezahlt: entscheiden Sie",
    "To be paid until": "Zahlbar bis",
    "Send again": "Noch einmal schicken",
    "Void the invoice": "Rechnung stornieren",
    "Void the invoice of {code}?": "Die Rechnung von {code} stornieren?",
    "Nobody can pay it any more. The order waits on, and its page offers a new one.": (
        "Niemand kann sie mehr bezahlen. Die Bestellung wartet weiter, und ihre Seite bietet eine neue an."
    ),
    "The invoice is on its way to the buyer again.": "Die Rechnung ist noch einmal zum Käufer unterwegs.",
    "The invoice is void. Nobody can pay it any more.": "Die Rechnung ist storniert. Niemand kann sie mehr bezahlen.",
    "It was paid in the meantime: the payment is recorded.": "Sie wurde inzwischen bezahlt: die Zahlung ist verbucht.",
    "The provider did not do it just now. Look at the order’s money, and try again in a minute.": (
        "Der Anbieter hat es gerade nicht getan. Sehen Sie beim Geld der Bestellung nach und versuchen Sie es in einer Minute noch einmal."
    ),
    "No invoice of this order waits to be paid. Reload and look again.": (
        "Keine Rechnung dieser Bestellung wartet auf Zahlung. Laden Sie neu und sehen Sie noch einmal nach."
    ),
    "Somebody marked the invoice as paid at the provider. No money came through it, so none is booked.": (
        "Jemand hat die Rechnung beim Anbieter als bezahlt markiert. Über ihn kam kein Geld, darum ist keines verbucht."
    ),
    "Several payments were made on one invoice, or a part of it was paid. Nothing is booked by itself.": (
        "Auf eine Rechnung kamen mehrere Zahlungen, oder nur ein Teil. Von selbst wird nichts verbucht."
    ),
    "Look at your bank: if the money is there, mark the order as paid; if it is not, cancel the order or let it lapse.": (
        "Sehen Sie bei Ihrer Bank nach: Ist das Geld da, markieren Sie die Bestellung als bezahlt; "
        "sonst stornieren Sie sie oder lassen sie verfallen."
    ),
    "Compare the payments there with the order, then mark it as paid or send them back there.": (
        "Vergleichen Sie die Zahlungen dort mit der Bestellung, dann markieren Sie sie als bezahlt oder schicken das Geld dort zurück."
    ),
    "Offer invoices that Stripe sends": "Rechnungen anbieten, die Stripe verschickt",
    "Buyers may choose to get an invoice by mail and pay it within some days. A restricted key needs the right to write "
    "customers and invoices. Your own invoice stays the one for the tax: Stripe’s is a request for payment.": (
        "Wer kauft, kann eine Rechnung per Mail wählen und sie in einigen Tagen bezahlen. Ein eingeschränkter Schlüssel braucht das "
        "Schreibrecht für Kunden und Rechnungen. Für die Steuer gilt Ihre eigene Rechnung: Die von Stripe ist eine Zahlungsaufforderung."
    ),
    "Days until such an invoice is due": "Tage, bis eine solche Rechnung fällig ist",
    "Days for which seats stay kept after that": "Tage, für die Plätze danach noch frei gehalten werden",
    "Then the invoice is voided at Stripe and the seats go back.": (
        "Dann wird die Rechnung bei Stripe storniert, und die Plätze werden frei."
    ),
    "The invoice is on its way to the buyer.": "Die Rechnung ist unterwegs an die bestellende Person.",
    "No invoice of this order waits to be paid.": "Keine Rechnung dieser Bestellung wartet auf Zahlung.",
    "Send an invoice": "Rechnung senden",
}
