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
    "A gift card can't pay for gift cards. Pay for those another way; the card pays for the rest.": (
        "Ein Gutschein kann keine Gutscheine bezahlen. Bezahlen Sie diese auf andere Weise; der Gutschein bezahlt den Rest."
    ),
    "Gift cards of this order were spent already: at most {left} comes back. Give the order back instead.": (
        "Gutscheine dieser Bestellung sind schon eingelöst: Höchstens {left} kommen zurück. Nehmen Sie die Bestellung stattdessen zurück."
    ),
    "Nothing is left of this gift card, so nothing of it comes back.": (
        "Auf diesem Gutschein ist nichts mehr, also kommt davon nichts zurück."
    ),
    "This gift card is being made at the moment. Try again in a minute.": (
        "Dieser Gutschein wird gerade ausgestellt. Versuchen Sie es in einer Minute noch einmal."
    ),
    "Gift cards are switched off, so nobody knows what is left of those that this order sold. Switch them on first.": (
        "Gutscheine sind ausgeschaltet, deshalb weiss niemand, was auf denen dieser Bestellung noch ist. Schalten Sie sie zuerst ein."
    ),
    "Choose an amount for {name}.": "Wählen Sie einen Betrag für {name}.",
    "{name} has one price: leave the amount out.": "{name} hat einen festen Preis: Lassen Sie den Betrag weg.",
    "{name}: choose an amount from {least} to {most}.": "{name}: Wählen Sie einen Betrag von {least} bis {most}.",
    "One amount for all of a type in an order. Place a second order for another.": (
        "In einer Bestellung hat eine Art einen Betrag. Bestellen Sie für einen anderen ein zweites Mal."
    ),
    "The largest amount is at least the price.": "Der höchste Betrag ist mindestens so gross wie der Preis.",
    "Propose amounts between the price and the largest amount.": "Schlagen Sie Beträge zwischen dem Preis und dem höchsten Betrag vor.",
    "Where buyers choose the price there are no other prices and discounts: remove one of the two.": (
        "Wo Käufer den Preis wählen, gibt es keine anderen Preise und Rabatte: Entfernen Sie eines von beiden."
    ),
    "What is sold as a gift card has one price: remove other prices and discounts.": (
        "Was als Gutschein verkauft wird, hat einen Preis: Entfernen Sie andere Preise und Rabatte."
    ),
    "A gift card is taxed when it is spent: leave the tax empty.": (
        "Ein Gutschein wird beim Einlösen versteuert: Lassen Sie den Steuersatz leer."
    ),
    "A gift card is worth what it costs: enter a price.": "Ein Gutschein ist so viel wert, wie er kostet: Geben Sie einen Preis ein.",
    "Somebody has bought this already. Make another ticket type instead.": (
        "Das hat schon jemand gekauft. Legen Sie stattdessen einen anderen Tickettyp an."
    ),
    "It is value to be spent, not a ticket. Ask for the ticket.": (
        "Das ist Guthaben, kein Ticket. Fragen Sie nach dem Ticket."
    ),
    "Not a ticket": "Kein Ticket",
    "Ordered gift cards, not made yet": "Bestellte Gutscheine, noch nicht ausgestellt",
    "Gift card of an order made": "Gutschein einer Bestellung ausgestellt",
    "Gift card of an order taken back": "Gutschein einer Bestellung zurückgenommen",
    "Gift cards": "Gutscheine",
    "Gift card": "Gutschein",
    "{left} of {issued} left": "noch {left} von {issued}",
    "Mail again": "Nochmals senden",
    "They are made and mailed as soon as they are paid.": "Sie werden ausgestellt und verschickt, sobald sie bezahlt sind.",
    "Thank you, {name}.": "Vielen Dank, {name}.",
    "Your order is placed, {name}.": "Ihre Bestellung ist da, {name}.",
    "Gift cards pay for the tickets, not for other gift cards.": "Gutscheine bezahlen die Tickets, nicht andere Gutscheine.",
    "You choose the price": "Sie wählen den Preis",
    "Your amount": "Ihr Betrag",
    "From {least} to {most}, the same for each.": "Von {least} bis {most}, für jeden Platz und jedes Stück gleich viel.",
    "{least} to {most}": "{least} bis {most}",
    "Buyers choose the price": "Käufer wählen den Preis",
    "Up to": "Höchstens",
    "Empty: everybody pays the price above. Else buyers choose, from that price up to this amount, and get no discount.": (
        "Leer: Alle zahlen den Preis oben. Sonst wählen Käufer, von jenem Preis bis zu diesem Betrag, und erhalten keinen Rabatt."
    ),
    "Amounts to propose": "Beträge zum Vorschlagen",
    "The first one is filled in for the buyer.": "Der erste ist für den Käufer schon eingetragen.",
    "Amount {n}": "Betrag {n}",
    "The buyer chose what {name} costs": "Der Käufer hat gewählt, was {name} kostet",
    "This gift card is blocked: only the organizer takes it back. Write to them.": (
        "Dieser Gutschein ist gesperrt: Nur der Veranstalter nimmt ihn zurück. Schreiben Sie ihm."
    ),
    "Of a gift card comes back what is left on it: {amount}.": "Von Gutscheinen kommt zurück, was noch darauf ist: {amount}.",
    "Of a gift card comes back what is left on it.": "Von einem Gutschein kommt zurück, was noch darauf ist.",
    "Give gift cards back": "Gutscheine zurückgeben",
    "Giving gift cards back": "Gutscheine zurückgeben",
    "Give something back": "Etwas zurückgeben",
    "Which gift cards do you give back?": "Welche Gutscheine geben Sie zurück?",
    "What do you give back?": "Was geben Sie zurück?",
    "Keep it all": "Alles behalten",
    "No gift card of this order can be given back.": "Kein Gutschein dieser Bestellung kann zurückgegeben werden.",
    "What is spent or blocked stays as it is, and the rules of the event may be over. Ask the organizer.": (
        "Was eingelöst oder gesperrt ist, bleibt, wie es ist, und die Fristen des Anlasses können vorbei sein. Fragen Sie den Veranstalter."
    ),
    "Give one gift card back?": "Einen Gutschein zurückgeben?",
    "Give {n} gift cards back?": "{n} Gutscheine zurückgeben?",
    "Give these back?": "Das alles zurückgeben?",
    "Spent already": "Schon eingelöst",
    "The gift card pays nothing from then on, whoever has its code. This cannot be undone.": (
        "Der Gutschein bezahlt danach nichts mehr, wer auch immer seinen Code hat. Das lässt sich nicht rückgängig machen."
    ),
    "The gift cards pay nothing from then on, whoever has their codes. This cannot be undone.": (
        "Die Gutscheine bezahlen danach nichts mehr, wer auch immer ihre Codes hat. Das lässt sich nicht rückgängig machen."
    ),
    "We keep your order until {when}.": "Wir behalten Ihre Bestellung bis {when}.",
    "{price} by {when}. After that the order lapses.": "{price} bis {when}. Danach verfällt die Bestellung.",
    "What you ordered comes when the money is here.": "Was Sie bestellt haben, kommt, sobald das Geld da ist.",
    "Nothing was made of it.": "Es wurde nichts davon ausgestellt.",
    "By then the order had lapsed.": "Da war die Bestellung schon verfallen.",
    "The organizer sees your payment and will write to you.": "Der Veranstalter sieht Ihre Zahlung und schreibt Ihnen.",
    "Nothing of it is made. This cannot be undone.": "Nichts davon wird ausgestellt. Das lässt sich nicht rückgängig machen.",
    "Keep the order": "Bestellung behalten",
    "Given back": "Zurückgegeben",
    "Whoever has the address of this page has your order: keep it to yourself.": (
        "Wer die Adresse dieser Seite hat, hat Ihre Bestellung: Behalten Sie sie für sich."
    ),
    "Not made yet": "Noch nicht ausgestellt",
    "Good": "Gültig",
    "What each one is": "Was man bekommt",
    "A ticket, for admission": "Ein Ticket, für den Eintritt",
    "A gift card is worth what it costs: no discount, fee or tax, and nothing to scan. It is made and mailed once it is paid.": (
        "Ein Gutschein ist so viel wert, wie er kostet: kein Rabatt, keine Gebühr, keine Steuer und nichts zu scannen. "
        "Er wird ausgestellt und verschickt, sobald er bezahlt ist."
    ),
    "Blocked": "Gesperrt",
    "Spent": "Eingelöst",
    "Ended": "Beendet",
    "for whom?": "für wen?",
    "Empty: it is mailed to you.": "Leer: Er geht an Sie.",
}
