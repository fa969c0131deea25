"""What staff read about invoices and on the page of their settings."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # invoice
    "Credited": "Gutgeschrieben",
    "Nobody any more": "Niemand mehr",
    "{kind} is being drawn": "{kind} wird erstellt",
    "Draw {kind}": "{kind} erstellen",
    "Draw {kind} again": "{kind} neu erstellen",
    "Correct": "Berichtigen",
    "Credit {number} and issue it anew?": "{number} gutschreiben und neu ausstellen?",
    "An invoice never changes: a credit note takes it back whole, and a new one goes to the billing address as it is now.": (
        "Eine Rechnung ändert sich nie: Eine Gutschrift nimmt sie ganz zurück, und eine neue geht an die heutige Rechnungsadresse."
    ),
    "Credit {number}": "{number} gutschreiben",
    "Takes {number} back": "Nimmt {number} zurück",
    "An invoice is never changed: what was wrong or cancelled is credited.": (
        "Eine Rechnung wird nie geändert: Was falsch oder storniert war, wird gutgeschrieben."
    ),
    "What it says": "Was darauf steht",
    "Discount": "Rabatt",
    "VAT {rate} %": "MwSt. {rate} %",
    "Rounding": "Rundung",
    "included": "enthalten",
    "Still to be paid": "Noch zu bezahlen",
    "Recipient": "Empfänger",
    "VAT": "MwSt.",
    "Details": "Angaben",
    "Payable by": "Zahlbar bis",
    "Fingerprint": "Fingerabdruck",
    "A mail carries the PDF, and no plugin that draws invoices is switched on.": (
        "Eine Mail bringt das PDF mit, und kein Plugin, das Rechnungen erstellt, ist eingeschaltet."
    ),
    "Not sent yet. It would go to {address}.": "Noch nicht gesendet. Sie ginge an {address}.",
    "Nobody's e-mail address is known for it.": "Dafür ist keine E-Mail-Adresse bekannt.",
    "Send by mail": "Per Mail senden",
    "Credit notes": "Gutschriften",
    # invoice settings
    "Sender & numbers": "Absender & Nummern",
    "What stands on your invoices. What was issued keeps what stood there then.": (
        "Was auf Ihren Rechnungen steht. Was ausgestellt ist, behält seine Angaben."
    ),
    "Sender": "Absender",
    "Legal name": "Rechtlicher Name",
    "Its check digits are tested. Without one no VAT is stated.": (
        "Die Prüfziffern werden geprüft. Ohne Nummer wird keine MwSt. ausgewiesen."
    ),
    "Website": "Website",
    "Numbers": "Nummern",
    "Invoices begin with": "Rechnungen beginnen mit",
    "The first one is {number}.": "Die erste ist {number}.",
    "Credit notes begin with": "Gutschriften beginnen mit",
    "They are counted on their own.": "Sie werden für sich gezählt.",
    "The fiscal year begins in": "Das Geschäftsjahr beginnt im",
    "Numbers begin again with it.": "Die Nummern beginnen dann von vorn.",
    "Days to pay": "Zahlungsfrist in Tagen",
    "For what is not held by a shorter term of its order.": "Sofern die Bestellung keine kürzere Frist hat.",
    "Without anybody asking": "Ohne dass jemand fragt",
    "Issue invoices": "Rechnungen ausstellen",
    "They go to the buyer by mail, credit notes too, where a plugin draws them as PDF, with the address that is known by then.": (
        "Sie gehen per Mail an den Käufer, Gutschriften auch, wenn ein Plugin sie als PDF erstellt, mit der Adresse, die "
        "dann bekannt ist."
    ),
    "On the page": "Auf dem Blatt",
    "Closing lines": "Schlusszeilen",
    "Bank details, register, a thank you.": "Bankverbindung, Register, ein Dank.",
    "Buyers can have their invoice issued on their own page": (
        "Käufer können ihre Rechnung auf ihrer Seite selbst ausstellen lassen"
    ),
    "Only when somebody asks for them": "Nur wenn jemand danach fragt",
    "When the order is paid": "Wenn die Bestellung bezahlt ist",
    "When ordered on account, else when paid": "Bei Bestellung auf Rechnung, sonst bei Zahlung",
    # invoices
    "Invoices": "Rechnungen",
    "Numbered without a gap, never changed": "Lückenlos nummeriert, nie geändert",
    "Invoices need a sender first": "Rechnungen brauchen zuerst einen Absender",
    "Your legal name and address stand on every invoice. With them the first one can be issued.": (
        "Ihr rechtlicher Name und Ihre Adresse stehen auf jeder Rechnung. Damit lässt sich die erste ausstellen."
    ),
    "Fill in the sender": "Absender eintragen",
    "Number or order code": "Nummer oder Bestellcode",
    "Issued": "Ausgestellt",
    "and {n} more": "und {n} weitere",
    "No invoice yet": "Noch keine Rechnung",
    "Open an order and issue its invoice there. Buyers can ask for theirs on their own page, if you let them.": (
        "Öffnen Sie eine Bestellung und stellen Sie dort die Rechnung aus. Käufer können ihre selbst verlangen, wenn Sie "
        "das erlauben."
    ),
    "One invoice for an organization": "Eine Rechnung für eine Organisation",
    "Over all its orders of these days that are on no invoice yet.": (
        "Über alle ihre Bestellungen dieser Tage, die noch auf keiner Rechnung stehen."
    ),
    "Its name, as it stands in your list of organizations.": (
        "Ihr Name, wie er in Ihrer Liste der Organisationen steht."
    ),
    "Issue the invoice": "Rechnung ausstellen",
    "Without VAT": "Ohne MwSt.",
    "Credit note": "Gutschrift",
    # invoice mailings
    "Waits for the PDF": "Wartet auf das PDF",
    "The PDF could not be drawn": "Das PDF liess sich nicht erstellen",
    "Not confirmed yet": "Noch nicht bestätigt",
}
