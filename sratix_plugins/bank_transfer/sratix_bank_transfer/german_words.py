"""The words of the staff pages in German."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "Bank transfer": "Banküberweisung",
    "Bank payments": "Bankzahlungen",
    "Order code": "Bestellcode",
    "Buyer": "Käufer",
    "Amount": "Betrag",
    "Account": "Konto",
    "Seats kept until": "Plätze gehalten bis",
    "{n} shown, newest first": "{n} gezeigt, neuste zuerst",
    "Account holder": "Kontoinhaber",
    "The account that buyers transfer to.": "Das Konto, auf das Käufer überweisen.",
    "Days to pay": "Zahlungsfrist in Tagen",
    "Seats of an unpaid order go back to the others after that.": (
        "Danach gehen die Plätze einer unbezahlten Bestellung zurück an die anderen."
    ),
    "Buyers scan a QR-bill or transfer by hand; the statements of your bank mark their orders as paid.": (
        "Käufer scannen eine QR-Rechnung oder überweisen von Hand; die Auszüge Ihrer Bank machen die Bestellungen bezahlt."
    ),
    "Exact payments are applied by themselves. What is not exact waits here for you.": (
        "Genaue Zahlungen werden von selbst verbucht. Was nicht genau passt, wartet hier auf Sie."
    ),
    "Upload a statement": "Auszug hochladen",
    "Upload": "Hochladen",
    "Statements": "Auszüge",
    "Statement": "Auszug",
    "No account is set.": "Es ist kein Konto erfasst.",
    "Buyers can’t pay by transfer yet.": "Noch kann niemand überweisen.",
    "No QR-bill yet.": "Noch keine QR-Rechnung.",
    "Postcode and town of the account holder are missing, so buyers type the reference.": (
        "Postleitzahl und Ort des Kontoinhabers fehlen; Käufer tippen die Referenz von Hand."
    ),
    "To decide": "Zu entscheiden",
    "One bank payment waits for a decision.": "Ein Bankeingang wartet auf eine Entscheidung.",
    "{n} bank payments wait for a decision.": "{n} Bankeingänge warten auf eine Entscheidung.",
    "No order is paid by them before that.": "Vorher ist damit keine Bestellung bezahlt.",
    "Decide": "Entscheiden",
    "One bank payment is to be sent back.": "Ein Bankeingang ist zurückzuschicken.",
    "{n} bank payments are to be sent back.": "{n} Bankeingänge sind zurückzuschicken.",
    "Transfer the money, then mark it here.": "Überweisen Sie das Geld und haken Sie es dann hier ab.",
    "To send back": "Zurückzuzahlen",
    "Applied": "Verbucht",
    "Set aside": "Weggelegt",
    "Sent back": "Zurückgezahlt",
    "All": "Alle",
    "Being looked at": "Wird geprüft",
    "Nothing to decide": "Nichts zu entscheiden",
    "Upload the newest statement of your bank: its payments find their orders by themselves.": (
        "Laden Sie den neusten Auszug Ihrer Bank hoch: die Zahlungen finden ihre Bestellungen von selbst."
    ),
    "No payment here": "Keine Zahlung hier",
    "Payments come with the statements of your bank.": "Zahlungen kommen mit den Auszügen Ihrer Bank.",
    "Perhaps this order": "Vielleicht diese Bestellung",
    "Too little": "Zu wenig",
    "Too much": "Zu viel",
    "Other currency": "Andere Währung",
    "Paid already": "Schon bezahlt",
    "After the term": "Nach der Frist",
    "Order cancelled": "Bestellung storniert",
    "Another organizer’s": "Anderer Veranstalter",
    "Invoice": "Rechnung",
    "A sum of several": "Summe von mehreren",
    "No order fits": "Keine Bestellung passt",
    "Confirm the columns": "Spalten bestätigen",
    "Being read": "Wird gelesen",
    "Being matched": "Wird zugeordnet",
    "Read": "Gelesen",
    "Could not be read": "Nicht lesbar",
    "Day": "Tag",
    "Who paid": "Wer bezahlt hat",
    "Message": "Mitteilung",
    "Reference": "Referenz",
    "Currency": "Währung",
    "Payer’s account": "Konto des Zahlers",
    "The bank’s own number": "Nummer der Bank",
    "Unknown": "Unbekannt",
    "The same file twice changes nothing.": "Dieselbe Datei zweimal ändert nichts.",
    "File from your bank": "Datei Ihrer Bank",
    "camt.053 or camt.054 (XML), or CSV. At most 10 MB.": "camt.053 oder camt.054 (XML) oder CSV. Höchstens 10 MB.",
    "File": "Datei",
    "New payments": "Neue Zahlungen",
    "Known already": "Schon bekannt",
    "Uploaded": "Hochgeladen",
    "No statement yet": "Noch kein Auszug",
    "Download camt.054 or camt.053 in your e-banking and upload it here. Many banks also send it every night.": (
        "Laden Sie im E-Banking camt.054 oder camt.053 herunter und hier hoch. Viele Banken liefern sie auch jede Nacht."
    ),
    "This file was here before.": "Diese Datei war schon hier.",
    "Nothing was changed; this is what became of it.": "Es wurde nichts geändert; das ist daraus geworden.",
    "{n} of {total}": "{n} von {total}",
    "You can leave. The result waits for you.": "Sie können gehen. Das Ergebnis wartet auf Sie.",
    "Which column is what?": "Welche Spalte ist was?",
    "Every bank writes its table another way. This is our guess: look at the rows below, correct it where it is wrong.": (
        "Jede Bank schreibt ihre Tabelle anders. So verstehen wir sie: prüfen Sie die Zeilen unten und korrigieren Sie."
    ),
    "Days are written as": "Schreibweise des Datums",
    "Between columns": "Zwischen den Spalten",
    "There is a row of headings": "Es gibt eine Zeile mit Überschriften",
    "Look again": "Nochmals ansehen",
    "Read it like this": "So lesen",
    "The first payments": "Die ersten Zahlungen",
    "No payment is understood like this.": "So wird keine Zahlung verstanden.",
    "Choose the columns of the day and the amount, and how days are written.": (
        "Wählen Sie die Spalten für Datum und Betrag und die Schreibweise des Datums."
    ),
    "Discard the file": "Datei verwerfen",
    "Not there": "Nicht vorhanden",
    "Column {n}": "Spalte {n}",
    "Tab": "Tabulator",
    "From another statement": "Aus einem anderen Auszug",
    "Left out": "Ausgelassen",
    "Debits, reversals, not booked yet": "Belastungen, Stornos, noch nicht gebucht",
    "Payments": "Zahlungen",
    "No new payment": "Keine neue Zahlung",
    "All credits of this file came with an earlier statement, or it has none.": (
        "Alle Gutschriften dieser Datei kamen schon mit einem früheren Auszug, oder sie hat keine."
    ),
    "Payment of {amount}": "Zahlung über {amount}",
    "Why it waits": "Warum sie wartet",
    "Applied to": "Verbucht auf",
    "It may be for": "Vielleicht für",
    "Price": "Preis",
    "Still to come": "Noch ausstehend",
    "Assign it to an order": "Einer Bestellung zuordnen",
    "The money is recorded there: less than the price waits for the rest, more is owed back.": (
        "Das Geld wird dort erfasst: fehlt etwas, wartet sie auf den Rest; ist es zu viel, schulden Sie den Rest zurück."
    ),
    "Record {amount} for this order": "{amount} auf diese Bestellung verbuchen",
    "It is not for an order": "Sie ist nicht für eine Bestellung",
    "What is it for?": "Wofür ist sie?",
    "A sponsor, a membership, recorded by hand already.": "Ein Sponsor, eine Mitgliedschaft, schon von Hand erfasst.",
    "It should go back": "Sie soll zurück",
    "It is kept in the list of payments to send back, until you say that it went.": (
        "Sie bleibt auf der Liste der Rückzahlungen, bis Sie sagen, dass sie hinaus ist."
    ),
    "Mark to send back": "Zum Zurückzahlen vormerken",
    "Send {amount} back": "{amount} zurückzahlen",
    "Transfer it in your e-banking to the account it came from, then say so here.": (
        "Überweisen Sie den Betrag im E-Banking auf das Konto, von dem er kam, und sagen Sie es dann hier."
    ),
    "It was sent back": "Sie ist zurückgezahlt",
    "Decide again": "Neu entscheiden",
    "What the bank told": "Was die Bank meldet",
    "Set aside as": "Weggelegt als",
    # settings and rights
    "IBAN": "IBAN",
    "Street": "Strasse",
    "House number": "Hausnummer",
    "Postcode": "Postleitzahl",
    "Town": "Ort",
    "Country": "Land",
    "Remind before the end": "Erinnern vor dem Ende",
    "Keep payers for": "Zahler behalten für",
    "As the bank knows you. With the address below, buyers get a QR-bill to scan.": (
        "Wie die Bank Sie kennt. Mit der Adresse unten erhalten Käufer eine QR-Rechnung zum Scannen."
    ),
    "Of the account holder, without the number.": "Des Kontoinhabers, ohne Nummer.",
    "Two letters; the account's own when empty.": "Zwei Buchstaben; leer gilt das Land des Kontos.",
    "So many days before the seats go back, once. 0 sends no reminder.": (
        "So viele Tage, bevor die Plätze zurückgehen, einmal. 0 schickt keine Erinnerung."
    ),
    "Months after which names, accounts and messages of decided payments are emptied. Books need none of them.": (
        "Monate, nach denen Namen, Konten und Mitteilungen entschiedener Zahlungen geleert werden. Die Bücher brauchen sie nicht."
    ),
    "See bank statements and their payments": "Kontoauszüge und ihre Zahlungen sehen",
    "Upload bank statements and decide on payments": "Kontoauszüge hochladen und über Zahlungen entscheiden",
    # the journal
    "Bank transfer applied": "Bankzahlung verbucht",
    "Bank transfer dismissed": "Bankzahlung weggelegt",
    "Bank transfer to return": "Bankzahlung zum Zurückzahlen vorgemerkt",
    "Bank transfer returned": "Bankzahlung zurückgezahlt",
    "Bank transfer reopened": "Bankzahlung neu zu entscheiden",
    "Bank transfer statement uploaded": "Kontoauszug hochgeladen",
    "Bank transfer statement read": "Kontoauszug gelesen",
    "Bank transfer statement discarded": "Kontoauszug verworfen",
    "Bank transfer layout confirmed": "Spalten eines Kontoauszugs bestätigt",
}
