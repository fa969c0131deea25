"""What a person reads on the pages of their own tickets, and when invited to act for an organization."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # payment methods
    "Payment methods": "Zahlungsmittel",
    "Cards for your next order. Each is kept by a payment service for one organizer, and only you can pay with it.": (
        "Karten für Ihre nächste Bestellung. Ein Zahlungsdienst bewahrt jede für einen Veranstalter auf; bezahlen können nur Sie damit."
    ),
    "kept by {service}": "aufbewahrt von {service}",
    "test mode, no money moves": "Testmodus, es fliesst kein Geld",
    "Add a card": "Karte hinzufügen",
    "The payment service does not answer at the moment.": "Der Zahlungsdienst antwortet gerade nicht.",
    "Your cards are safe there. Load the page again in a minute.": (
        "Ihre Karten sind dort sicher. Laden Sie die Seite in einer Minute noch einmal."
    ),
    "Good until {until}": "Gültig bis {until}",
    "No longer good: {until}": "Nicht mehr gültig: {until}",
    "Remove {card}?": "{card} entfernen?",
    "Remove this card?": "Diese Karte entfernen?",
    "Remove": "Entfernen",
    "Remove card": "Karte entfernen",
    "It can no longer be used for orders here. What you have bought stays, and refunds still reach the card.": (
        "Sie lässt sich hier nicht mehr für Bestellungen verwenden. Was Sie gekauft haben, bleibt, und Rückzahlungen erreichen "
        "die Karte weiterhin."
    ),
    "No card is kept.": "Es ist keine Karte aufbewahrt.",
    "No organizer here keeps cards": "Kein Veranstalter bewahrt hier Karten auf",
    "Once you have bought from one that does, you can keep a card for the next time.": (
        "Sobald Sie bei einem gekauft haben, der das anbietet, können Sie eine Karte für das nächste Mal aufbewahren lassen."
    ),
    "The card is kept for your next order.": "Die Karte ist für Ihre nächste Bestellung aufbewahrt.",
    "The card is removed.": "Die Karte ist entfernt.",
    # in the checkout
    "Another card": "Eine andere Karte",
    "Keep this card for next time": "Diese Karte für das nächste Mal aufbewahren",
    "{organizer} has {provider} keep it for your account {email}. You can remove it at any time.": (
        "{organizer} lässt sie von {provider} für Ihr Konto {email} aufbewahren. Sie können sie jederzeit entfernen."
    ),
    "As it stands on the badge. It can be changed until the door.": (
        "Wie er auf dem Badge steht. Er lässt sich bis zum Eingang ändern."
    ),
    "A ticket appears here as soon as it is bought with your address or names it. The link in the mail works as well.": (
        "Ein Ticket erscheint hier, sobald es mit Ihrer Adresse gekauft wird oder auf sie lautet. Der Link in der Mail geht auch."
    ),
    "Coming up": "Bevorstehend",
    "Each leads to its page: pay, change names, documents.": (
        "Jede führt auf ihre Seite: zahlen, Namen ändern, Dokumente."
    ),
    "Event": "Veranstaltung",
    "Events you had a ticket for stay here.": "Veranstaltungen, für die Sie ein Ticket hatten, bleiben hier.",
    "Everything that was bought with {email}, or names it.": "Alles, was mit {email} gekauft wurde oder darauf lautet.",
    "Its orders, tickets and people.": "Ihre Bestellungen, Tickets und Personen.",
    "My orders": "Meine Bestellungen",
    "My settings": "Meine Einstellungen",
    "My tickets": "Meine Tickets",
    "Name": "Name",
    "No orders yet": "Noch keine Bestellungen",
    "Nothing is coming up": "Nichts steht bevor",
    "Nothing is over yet": "Noch ist nichts vorbei",
    "Number": "Nummer",
    "Of these pages in this browser, and kept with your account.": (
        "Dieser Seiten in diesem Browser, und bei Ihrem Konto gemerkt."
    ),
    "Order {code}": "Bestellung {code}",
    "Past": "Vergangen",
    "Place": "Ort",
    "Save": "Speichern",
    "Saved.": "Gespeichert.",
    "State": "Status",
    "The code appears here when the money has arrived.": "Der Code erscheint hier, sobald das Geld da ist.",
    "The order is not paid yet.": "Die Bestellung ist noch nicht bezahlt.",
    "The organizer writes to everybody who has a ticket.": "Der Veranstalter schreibt allen, die ein Ticket haben.",
    "Ticket": "Ticket",
    "What is coming up": "Was bevorsteht",
    "What you buy with {email} shows up here.": "Was Sie mit {email} kaufen, erscheint hier.",
    "Who comes?": "Wer kommt?",
    "Your account": "Ihr Konto",
    "takes part in the events of {name}": "nimmt an den Veranstaltungen von {name} teil",
    "until": "bis",
}
