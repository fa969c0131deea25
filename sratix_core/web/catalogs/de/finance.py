"""What staff read about money: finance, cases, ledger, statements."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # case
    "Likely:": "Wahrscheinlich:",
    # finance
    "Finance": "Finanzen",
    "Differences to look at": "Differenzen anzusehen",
    "No differences": "Keine Differenzen",
    "{n} entries sealed, never changed": "{n} Einträge versiegelt, nie geändert",
    "Head": "Ende der Kette",
    "Compared": "Verglichen",
    "Compare now": "Jetzt vergleichen",
    "Export books": "Bücher exportieren",
    "Differences": "Differenzen",
    "All differences": "Alle Differenzen",
    "The books are empty": "Die Bücher sind leer",
    "The first order with a price opens them: every act is booked here by itself.": (
        "Die erste Bestellung mit einem Preis eröffnet sie: Jede Handlung wird hier von selbst verbucht."
    ),
    "Nothing came in": "Nichts kam herein",
    "No money was received in this period.": "In diesem Zeitraum kam kein Geld.",
    "By provider": "Nach Anbieter",
    "Fees": "Gebühren",
    "Paid out": "Ausgezahlt",
    "Change of what is there": "Änderung des Bestands",
    "Payouts": "Auszahlungen",
    "All payouts": "Alle Auszahlungen",
    "Came back from the bank": "Von der Bank zurückgekommen",
    "The archive carries a script that proves it without us. Give your auditor this key by another way:": (
        "Das Archiv enthält ein Skript, das es ohne uns beweist. Geben Sie Ihrer Revision diesen Schlüssel auf einem anderen Weg:"
    ),
    "Public key": "Öffentlicher Schlüssel",
    "The archive carries a script that proves it without us. With the first one the books get a key, which is shown here "
    "from then on.": (
        "Das Archiv enthält ein Skript, das es ohne uns beweist. Mit dem ersten erhalten die Bücher einen Schlüssel, der "
        "von da an hier steht."
    ),
    "{amount} came in; the best month was {when} with {most}.": (
        "{amount} kamen herein; der beste Monat war {when} mit {most}."
    ),
    "{amount} came in; the best day began {when} with {most}.": (
        "{amount} kamen herein; der beste Tag begann am {when} mit {most}."
    ),
    "test": "Test",
    "{amount} of it lost": "davon {amount} verloren",
    "the provider": "Anbieter",
    "Month": "Monat",
    "Ticket sales": "Ticketverkäufe",
    "without VAT": "ohne MwSt.",
    "with the sales": "mit den Verkäufen",
    "from buyers": "von Käufern",
    "to buyers": "an Käufer",
    "Fees of providers": "Gebühren der Anbieter",
    "kept by them": "von ihnen behalten",
    "to your bank": "auf Ihr Bankkonto",
    "buyers owe you": "Käufer schulden Ihnen",
    "nobody owes anything": "niemand schuldet etwas",
    "you owe buyers": "Sie schulden Käufern",
    # finance case
    "Found": "Gefunden",
    "There the last time": "Zuletzt gesehen am",
    "Play money": "Spielgeld",
    "Ask the provider again": "Anbieter nochmals fragen",
    "Open {code}": "{code} öffnen",
    "Answer before {when}.": "Antworten Sie vor {when}.",
    "Without an answer the money is lost.": "Ohne Antwort ist das Geld verloren.",
    "What probably happened": "Was wohl geschah",
    "Close the case": "Fall schliessen",
    "How": "Wie",
    "It is dealt with. It opens again if it changes.": "Der Fall öffnet sich wieder, wenn sich etwas ändert.",
    "Set aside": "Weggelegt",
    "It may stay as it is, and you know why.": "Es darf so bleiben, und Sie wissen warum.",
    "Whoever closes the year reads this. No names of buyers.": (
        "Wer das Jahr abschliesst, liest das. Keine Namen von Käufern."
    ),
    "How it ended": "Wie es endete",
    "A former member": "Ein früheres Mitglied",
    "It went away by itself.": "Er verschwand von selbst.",
    "Amount": "Betrag",
    "Its reference": "Ihre Referenz",
    "Buyer": "Käufer",
    # finance cases
    "Statements, payments, refunds and books are compared every night. Each difference stays the same case until it is gone.": (
        "Auszüge, Zahlungen, Rückzahlungen und Bücher werden jede Nacht verglichen. Eine Differenz bleibt derselbe Fall, "
        "bis sie weg ist."
    ),
    "Clear the filters to see what is open.": "Heben Sie die Filter auf, um zu sehen, was offen ist.",
    "Show what is open": "Offenes zeigen",
    "Nothing differs": "Nichts weicht ab",
    "What providers say of the money is what the books say. You hear of it when that changes.": (
        "Was die Anbieter vom Geld sagen, sagen auch die Bücher. Sie hören davon, wenn sich das ändert."
    ),
    # ledger
    "Ledger": "Hauptbuch",
    "Order code": "Bestellcode",
    "Entry": "Buchung",
    "Debit": "Soll",
    "Credit": "Haben",
    "Earned": "Verdient",
    "Buyers": "Käufer",
    "Service fees": "Servicegebühren",
    "Withheld for disputes": "Für Anfechtungen zurückbehalten",
    "Lost to disputes": "In Anfechtungen verloren",
    "Order ended unpaid": "Bestellung unbezahlt beendet",
    "Paid order cancelled": "Bezahlte Bestellung storniert",
    "Dispute won": "Anfechtung gewonnen",
    "Dispute lost": "Anfechtung verloren",
    "They owe you": "Sie schulden Ihnen",
    "Nobody owes anything": "Niemand schuldet etwas",
    "You owe them": "Sie schulden es ihnen",
    # statements
    "Statements": "Auszüge",
    "read up to": "gelesen bis",
    "not read yet": "noch nicht gelesen",
    "What providers say moved, line by line.": "Was laut den Anbietern floss, Zeile um Zeile.",
    "Read now": "Jetzt lesen",
    "The statement of {name} could not be read.": "Der Auszug von {name} liess sich nicht lesen.",
    "There are no keys. Enter them in the plugin’s settings.": (
        "Es gibt keine Schlüssel. Tragen Sie sie in den Einstellungen des Plugins ein."
    ),
    "It is tried again by itself. If it stays, check the keys in the plugin’s settings.": (
        "Es wird von selbst nochmals versucht. Bleibt es so, prüfen Sie die Schlüssel in den Einstellungen des Plugins."
    ),
    "Fee": "Gebühr",
    "No statement yet": "Noch kein Auszug",
    "Providers that hold your money for a while are asked every night what moved: charges, fees, payouts.": (
        "Anbieter, die Ihr Geld eine Weile halten, werden jede Nacht gefragt, was floss: Zahlungen, Gebühren, Auszahlungen."
    ),
    # webhooks
    "What providers told us. A lost one costs nothing: every open payment is asked about by itself.": (
        "Was Anbieter uns meldeten. Eine verlorene kostet nichts: Nach jeder offenen Zahlung wird von selbst gefragt."
    ),
    "Nobody told us anything yet": "Noch hat niemand etwas gemeldet",
    "Messages of payment providers show up here as they come. The address to enter there stands in the plugin’s settings.": (
        "Meldungen der Zahlungsanbieter erscheinen hier, wie sie kommen. Die Adresse dafür steht in den Einstellungen des Plugins."
    ),
    # case words
    "Its message was lost on the way. The provider is asked by itself; this closes once it answered.": (
        "Die Meldung ging unterwegs verloren. Der Anbieter wird von selbst gefragt; der Fall schliesst sich, sobald er antwortet."
    ),
    "Sold in the same account without this platform: by a terminal, a link or another shop.": (
        "Im selben Konto ohne diese Plattform verkauft: mit einem Terminal, einem Link oder einem anderen Shop."
    ),
    "It was recorded by hand and did not go through the provider.": (
        "Sie wurde von Hand eingetragen und lief nicht über den Anbieter."
    ),
    "The keys of another account were in use when it was paid.": (
        "Die Schlüssel eines anderen Kontos galten, als bezahlt wurde."
    ),
    "The provider charged it twice.": "Der Anbieter hat doppelt belastet.",
    "Only a part of it was captured at the provider.": "Nur ein Teil davon wurde beim Anbieter eingezogen.",
    "It was made on the provider’s own pages.": "Sie geschah auf den Seiten des Anbieters.",
    "The buyer’s bank sent it back: the card or the account is closed.": (
        "Die Bank des Käufers sandte sie zurück: Karte oder Konto ist geschlossen."
    ),
    "The buyer, or whoever used the card, told their bank that the payment is not right.": (
        "Der Käufer, oder wer die Karte benutzte, sagte der Bank, die Zahlung sei nicht richtig."
    ),
    "Your evidence is with the bank, which decides within weeks.": (
        "Ihre Belege sind bei der Bank, die innert Wochen entscheidet."
    ),
    "It was paid through the platform’s account. The platform answers the bank, and bears the amount and the fee.": (
        "Über das Konto der Plattform bezahlt. Die Plattform antwortet der Bank und trägt Betrag und Gebühr."
    ),
    "The buyer paid twice.": "Der Käufer hat zweimal bezahlt.",
    "The order was cancelled or lapsed, or a part of it was taken back.": (
        "Die Bestellung wurde storniert oder verfiel, oder ein Teil davon wurde zurückgenommen."
    ),
    "The money took longer than the order waited, and others had the seats by then.": (
        "Das Geld brauchte länger, als die Bestellung wartete, und andere hatten dann die Plätze."
    ),
    "The provider has not answered. It is asked again until it does.": (
        "Der Anbieter hat nicht geantwortet. Er wird gefragt, bis er es tut."
    ),
    "The money came in another currency than the order.": "Das Geld kam in einer anderen Währung als die Bestellung.",
    "The buyer’s bank takes its time, as some ways of paying do.": (
        "Die Bank des Käufers nimmt sich Zeit, wie bei manchen Zahlungsarten."
    ),
    "Something it needs was missing at that moment, or the provider did not answer.": (
        "Etwas dafür fehlte in dem Moment, oder der Anbieter antwortete nicht."
    ),
    "An entry was booked that no line of the statement and no payment explains.": (
        "Eine Buchung, die keine Zeile des Auszugs und keine Zahlung erklärt."
    ),
    "Look at the payment there. If it is not a ticket, set the case aside with a word on what it was.": (
        "Sehen Sie die Zahlung dort an. Ist sie kein Ticket, legen Sie den Fall weg und schreiben dazu, was sie war."
    ),
    "Look for the payment at the provider. If it never came, cancel the order.": (
        "Suchen Sie die Zahlung beim Anbieter. Kam sie nie, stornieren Sie die Bestellung."
    ),
    "Compare the payment there with the order, then send back what is too much.": (
        "Vergleichen Sie die Zahlung dort mit der Bestellung und senden Sie zurück, was zu viel ist."
    ),
    "Ask the provider again. If the refund stands there, it is recorded here by that.": (
        "Fragen Sie den Anbieter nochmals. Steht die Rückzahlung dort, ist sie damit auch hier eingetragen."
    ),
    "Ask the buyer for an account and transfer the money, then settle the case with the reference.": (
        "Bitten Sie den Käufer um ein Konto und überweisen Sie das Geld, dann schliessen Sie den Fall mit der Referenz."
    ),
    "Ask the provider again; the dispute then shows with its date.": (
        "Fragen Sie den Anbieter nochmals; die Anfechtung zeigt sich dann mit ihrem Datum."
    ),
    "Answer on the provider’s pages before the date: order, mails and check-in of its tickets are evidence.": (
        "Antworten Sie vor dem Datum auf den Seiten des Anbieters: Bestellung, Mails und Einlass der Tickets sind Belege."
    ),
    "Open the order and send the money back.": "Öffnen Sie die Bestellung und senden Sie das Geld zurück.",
    "Open the order: find other seats, or cancel it and the money goes back.": (
        "Öffnen Sie die Bestellung: Finden Sie andere Plätze, oder stornieren Sie, und das Geld geht zurück."
    ),
    "Ask the provider again, or wait. Nobody pays twice meanwhile.": (
        "Fragen Sie den Anbieter nochmals, oder warten Sie. Niemand bezahlt inzwischen doppelt."
    ),
    "Process it again. Its payment is asked about in any case, so no money is lost by it.": (
        "Verarbeiten Sie sie nochmals. Nach der Zahlung wird ohnehin gefragt, es geht also kein Geld verloren."
    ),
    "Read the statement again. If it stays, run “sratix verify”, which names the row.": (
        "Lesen Sie den Auszug nochmals. Bleibt es so, führen Sie «sratix verify» aus, das die Zeile nennt."
    ),
    "Send the platform’s operator what you know of the order: mails, and the check-in of its tickets.": (
        "Senden Sie dem Betreiber der Plattform, was Sie von der Bestellung wissen: Mails und den Einlass der Tickets."
    ),
    "Money at {provider} that no order here records": "{provider}: Geld, das hier keine Bestellung kennt",
    "A payment that {provider} knows nothing of": "{provider}: eine Zahlung, die man dort nicht kennt",
    "{provider} took another amount than is recorded": "{provider}: ein anderer Betrag als eingetragen",
    "{provider} sent money back that is not recorded here": (
        "{provider}: zurückgesandtes Geld, das hier nicht eingetragen ist"
    ),
    "A refund did not leave {provider}": "{provider}: eine Rückzahlung ging nicht hinaus",
    "A dispute at {provider} that is not recorded here": (
        "{provider}: eine Anfechtung, die hier nicht eingetragen ist"
    ),
    "A buyer’s bank took a payment back": "Die Bank eines Käufers nahm eine Zahlung zurück",
    "Money is owed back and not on its way": "Geld ist zurückzuzahlen und nicht unterwegs",
    "Paid after the seats were gone": "Bezahlt, als die Plätze weg waren",
    "A payment is not settled after an hour": "Eine Zahlung ist nach einer Stunde nicht abgeschlossen",
    "A message from {provider} could not be acted on": "{provider}: auf eine Meldung konnte nicht reagiert werden",
    "The books and {provider} do not hold the same": "{provider}: die Bücher stimmen nicht damit überein",
    # finance log
    "Payout": "Auszahlung",
    "Dispute": "Anfechtung",
    "Correction": "Korrektur",
    # periods
    "12 months": "12 Monate",
    "This month": "Dieser Monat",
    "Last month": "Letzter Monat",
    "This quarter": "Dieses Quartal",
    "This year": "Dieses Jahr",
    # paying words
    "{n} days": "{n} Tage",
    "{n} seconds": "{n} Sekunden",
    "{n} minutes": "{n} Minuten",
    "{n} hours": "{n} Stunden",
}
