"""The German of this plugin."""

GERMAN = {
    "Service fees": "Servicegebühren",
    "A fee on orders that cost something: for each ticket, as a share of the price, or for the order.": (
        "Eine Gebühr auf Bestellungen, die etwas kosten: je Ticket, als Anteil am Preis oder je Bestellung."
    ),
    "Name": "Name",
    "What buyers read beside it.": "Was Käufer daneben lesen.",
    "For each ticket": "Je Ticket",
    "An amount, such as 1.50.": "Ein Betrag, zum Beispiel 1.50.",
    "Share of the price": "Anteil am Preis",
    "In percent, such as 2.5.": "In Prozent, zum Beispiel 2.5.",
    "For each order": "Je Bestellung",
    "An amount. It does not count where the fee is included.": (
        "Ein Betrag. Er zählt nicht, wenn die Gebühr im Preis enthalten ist."
    ),
    "At most": "Höchstens",
    "An amount, for one order. Empty: no limit.": "Ein Betrag je Bestellung. Leer: keine Grenze.",
    "VAT on the fee": "Mehrwertsteuer auf die Gebühr",
    "In percent. Empty: as for the event.": "In Prozent. Leer: wie für die Veranstaltung.",
    "Part of the ticket price": "Im Ticketpreis enthalten",
    "Buyers pay the ticket price, and the fee is told apart within it.": (
        "Käufer bezahlen den Ticketpreis; die Gebühr steht darin für sich."
    ),
    "At most 60 characters.": "Höchstens 60 Zeichen.",
    "Use an amount such as 1.50.": "Geben Sie einen Betrag wie 1.50 ein.",
    "Use a number from 0 to 100, such as 2.5.": "Geben Sie eine Zahl von 0 bis 100 ein, zum Beispiel 2.5.",
}
