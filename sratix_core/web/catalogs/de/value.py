"""Gift cards: in the checkout, on the buyer's page and in the books."""

SENTENCES = {
    "I have a gift card": "Ich habe einen Gutschein",
    "I have another gift card": "Ich habe noch einen Gutschein",
    "Code of the gift card": "Code des Gutscheins",
    "{amount} stay on it": "{amount} bleiben darauf",
    "Nothing stays on it": "Nichts bleibt darauf",
    "Still to pay": "Noch zu bezahlen",
    "No gift card has this code. Check how it is spelled.": (
        "Diesen Code hat kein Gutschein. Prüfen Sie die Schreibweise."
    ),
    "This gift card is blocked. Write to the organizer, or pay another way.": (
        "Dieser Gutschein ist gesperrt. Schreiben Sie dem Veranstalter oder bezahlen Sie anders."
    ),
    "The last day of this gift card is over. Pay another way.": (
        "Der letzte Tag dieses Gutscheins ist vorbei. Bezahlen Sie anders."
    ),
    "Nothing is left on this gift card. Use another, or pay another way.": (
        "Auf diesem Gutschein ist nichts mehr. Nehmen Sie einen anderen oder bezahlen Sie anders."
    ),
    "This gift card is in {currency} and can't pay here. Use another, or pay another way.": (
        "Dieser Gutschein ist in {currency} und kann hier nicht bezahlen. Nehmen Sie einen anderen oder bezahlen Sie anders."
    ),
    "One order is paid with at most {most} gift cards. Place a second order for the others.": (
        "Eine Bestellung wird mit höchstens {most} Gutscheinen bezahlt. Geben Sie für die anderen eine zweite auf."
    ),
    "What is on this gift card has just changed. Look at the amounts once more, then order.": (
        "Das Guthaben dieses Gutscheins hat sich eben geändert. Sehen Sie die Beträge noch einmal an und bestellen Sie dann."
    ),
    "This was paid by gift card and goes back to it. Switch the gift cards on, then send it back.": (
        "Das wurde mit einem Gutschein bezahlt und geht dorthin zurück. Schalten Sie die Gutscheine ein und senden Sie es zurück."
    ),
    "This gift card has changed meanwhile. Reload to see how it stands.": (
        "Dieser Gutschein hat sich inzwischen geändert. Laden Sie neu, um zu sehen, wie es steht."
    ),
    "On gift cards, not spent": "Auf Gutscheinen, nicht eingelöst",
    "you owe it until then": "Sie schulden es bis dahin",
    "Gift cards given away": "Geschenkte Gutscheine",
    "Left on ended gift cards": "Rest abgelaufener Gutscheine",
    "Gift card sold": "Gutschein verkauft",
    "Gift card given away": "Gutschein geschenkt",
    "Gift card ended": "Gutschein abgelaufen",
}
