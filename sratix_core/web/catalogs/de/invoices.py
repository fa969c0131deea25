"""Invoices: on the buyer's page, and what went wrong with them."""

SENTENCES = {
    # the buyer's page
    "Invoice": "Rechnung",
    "Invoice {number}": "Rechnung {number}",
    "Credit note {number}": "Gutschrift {number}",
    "Proforma invoice": "Proforma-Rechnung",
    "being drawn": "wird erstellt",
    "For your bookkeeping: to the address you say.": "Für Ihre Buchhaltung: an die Adresse, die Sie angeben.",
    "Get the invoice": "Rechnung ausstellen",
    "Billing address": "Rechnungsadresse",
    "Company": "Firma",
    "Street and number": "Strasse und Nummer",
    "Postal code": "PLZ",
    "Town": "Ort",
    "Country": "Land",
    "Up to 70 characters: that is what a bill holds.": "Höchstens 70 Zeichen: so viele fassen Rechnungen.",
    "Two letters, such as CH.": "Zwei Buchstaben, zum Beispiel CH.",
    "VAT number": "MWST-Nummer",
    "Your reference": "Ihre Referenz",
    "What your bookkeeping wants to read on a bill.": "Was Ihre Buchhaltung auf einer Rechnung lesen will.",
    "Save the address": "Adresse speichern",
    "The billing address is saved.": "Die Rechnungsadresse ist gespeichert.",
    "Your invoice is issued. The file is here in a moment.": "Ihre Rechnung ist ausgestellt. Die Datei ist gleich hier.",
    # what went wrong
    "Invoices need a sender first. Fill in the legal name and the address below Invoices, Sender & numbers.": (
        "Rechnungen brauchen zuerst einen Absender. Tragen Sie Firma und Adresse ein, unter Rechnungen, Absender und Nummern."
    ),
    "There is nothing to invoice here: it is free, or on an invoice already.": (
        "Hier gibt es nichts zu verrechnen: Es ist gratis oder steht schon auf einer Rechnung."
    ),
    "These orders have two currencies, or prices with and without VAT. Issue their invoices one by one.": (
        "Diese Bestellungen haben zwei Währungen oder Preise mit und ohne MWST. Stellen Sie die Rechnungen einzeln aus."
    ),
    "Some of this invoice was credited already. Look at its credit notes.": (
        "Von dieser Rechnung wurde schon etwas gutgeschrieben. Sehen Sie sich ihre Gutschriften an."
    ),
    "The invoice is written already. Ask the organizer to correct it.": (
        "Die Rechnung ist schon geschrieben. Bitten Sie den Veranstalter, sie zu korrigieren."
    ),
    "The organizer writes the invoices here. Ask them for yours.": (
        "Der Veranstalter schreibt die Rechnungen hier selbst. Fragen Sie ihn nach Ihrer."
    ),
    "The file is being drawn. Try again in a minute.": "Die Datei wird erstellt. Versuchen Sie es in einer Minute nochmals.",
    "Only an invoice can be corrected. Look at the invoice it belongs to.": (
        "Nur eine Rechnung lässt sich korrigieren. Öffnen Sie die Rechnung, zu der dies gehört."
    ),
    "This order is on no invoice that something is left of. Issue one first.": (
        "Diese Bestellung steht auf keiner offenen Rechnung. Stellen Sie zuerst eine aus."
    ),
    "That is more than is left of the invoice. Write a smaller amount.": (
        "Das ist mehr, als von der Rechnung übrig ist. Schreiben Sie einen kleineren Betrag."
    ),
    "That is more than {most} orders. Choose fewer days.": "Das sind mehr als {most} Bestellungen. Wählen Sie weniger Tage.",
    "Choose the first and the last day.": "Wählen Sie den ersten und den letzten Tag.",
    "The check digits of this VAT number are wrong. Compare it with the register.": (
        "Die Prüfziffer dieser MWST-Nummer stimmt nicht. Vergleichen Sie sie mit dem Register."
    ),
    "Use letters, digits, hyphens, dots and slashes.": "Verwenden Sie Buchstaben, Ziffern, Bindestriche, Punkte und Schrägstriche.",
    "The other series has numbers that begin like this. Choose another beginning.": (
        "Die andere Reihe hat Nummern, die so beginnen. Wählen Sie einen anderen Anfang."
    ),
    "An electronic invoice needs the recipient's country. Correct the invoice with a whole address.": (
        "Eine elektronische Rechnung braucht das Land des Empfängers. Korrigieren Sie die Rechnung mit einer ganzen Adresse."
    ),
    "The plugin that draws this is switched off. Switch it on first.": (
        "Das Plugin, das dies zeichnet, ist ausgeschaltet. Schalten Sie es zuerst ein."
    ),
    "Nothing of this invoice is open any more. Send the money back, or assign it to an order.": (
        "Von dieser Rechnung ist nichts mehr offen. Zahlen Sie das Geld zurück, oder ordnen Sie es einer Bestellung zu."
    ),
    "No file was drawn of this document, or drawing it failed. Have it drawn again.": (
        "Von diesem Beleg wurde keine Datei erstellt, oder es misslang. Lassen Sie sie nochmals erstellen."
    ),
    "Only invoices and credit notes are mailed. Download the proforma and send it yourself.": (
        "Nur Rechnungen und Gutschriften werden gemailt. Laden Sie die Proforma herunter und senden Sie sie selbst."
    ),
    "A mail with this document is on its way. Wait until it has arrived or failed.": (
        "Eine Mail mit diesem Beleg ist unterwegs. Warten Sie, bis sie angekommen oder gescheitert ist."
    ),
    "Nothing draws this document as a PDF. Switch a plugin on that draws invoices first.": (
        "Nichts erstellt diesen Beleg als PDF. Schalten Sie zuerst ein Plugin ein, das Rechnungen erstellt."
    ),
    "Nobody's e-mail address is known for this. Fill in the organization's billing e-mail first.": (
        "Dafür ist keine E-Mail-Adresse bekannt. Tragen Sie zuerst die Rechnungs-E-Mail der Organisation ein."
    ),
}
