"""The German of this plugin."""

GERMAN = {
    "Member prices": "Mitgliederpreise",
    "Members type their number and pay less.": "Mitglieder geben ihre Nummer ein und bezahlen weniger.",
    "Member price": "Mitgliederpreis",
    "Off for members": "Rabatt für Mitglieder",
    "In percent, such as 20. Empty or 0: nothing.": "In Prozent, zum Beispiel 20. Leer oder 0: nichts.",
    "Price for members": "Preis für Mitglieder",
    "An amount that each ticket costs them; it goes before the share above.": (
        "Ein Betrag, den jedes Ticket sie kostet; er geht dem Rabatt oben vor."
    ),
    "Orders with one number": "Bestellungen mit einer Nummer",
    "How many orders of an event one number is good for.": "Für wie viele Bestellungen einer Veranstaltung eine Nummer gilt.",
    "See and change the numbers of members": "Mitgliedernummern sehen und ändern",
    "Use an amount such as 80.00.": "Geben Sie einen Betrag wie 80.00 ein.",
    "Use a number from 0 to 100, such as 20.": "Geben Sie eine Zahl von 0 bis 100 ein, zum Beispiel 20.",
    "{count} numbers. Members type theirs where others type a promo code.": (
        "{count} Nummern. Mitglieder geben ihre dort ein, wo andere einen Promocode eingeben."
    ),
    "{new} are new. No number: {wrong}": "{new} sind neu. Keine Nummer: {wrong}",
    "There is no room for so many. Take some out first.": "Für so viele ist kein Platz. Nehmen Sie zuerst welche heraus.",
    "Bring in at most 5000 numbers at once.": "Fügen Sie höchstens 5000 Nummern auf einmal hinzu.",
    "Numbers to add": "Nummern hinzufügen",
    "One on each line.": "Eine pro Zeile.",
    "Add numbers": "Nummern hinzufügen",
    "Numbers": "Nummern",
    "Number": "Nummer",
    "Look up": "Nachschlagen",
    "No number from there on.": "Ab hier gibt es keine Nummer.",
    "No number yet": "Noch keine Nummer",
    "Paste the numbers of your members above.": "Fügen Sie oben die Nummern Ihrer Mitglieder ein.",
    # the journal
    "Member prices brought in": "Mitgliedernummern hinzugefügt",
    "Member prices deleted": "Mitgliedernummer gelöscht",
}
