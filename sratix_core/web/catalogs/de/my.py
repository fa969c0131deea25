"""What a person reads on the pages of their own tickets, and when invited to act for an organization."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
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
