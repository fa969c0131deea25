"""Invoices and the address they go to."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # the buyer's page
    "Invoice": "Fattura",
    "Invoice {number}": "Fattura {number}",
    "Credit note {number}": "Nota di credito {number}",
    "Proforma invoice": "Fattura proforma",
    "being drawn": "in preparazione",
    "For your bookkeeping: to the address you say.": "Per la Sua contabilità: all’indirizzo che indica.",
    "Get the invoice": "Ottenere la fattura",
    "Billing address": "Indirizzo di fatturazione",
    "Company": "Ditta",
    "Street and number": "Via e numero",
    "Postal code": "NPA",
    "Town": "Località",
    "Country": "Paese",
    "Up to 70 characters: that is what a bill holds.": (
        "Al massimo 70 caratteri: tanti ne contiene una fattura."
    ),
    "Two letters, such as CH.": "Due lettere, per esempio CH.",
    "VAT number": "Numero IVA",
    "Your reference": "Il Suo riferimento",
    "What your bookkeeping wants to read on a bill.": (
        "Ciò che la Sua contabilità vuole leggere su una fattura."
    ),
    "Save the address": "Salvare l’indirizzo",
    "The billing address is saved.": "L’indirizzo di fatturazione è salvato.",
    "Your invoice is issued. The file is here in a moment.": (
        "La Sua fattura è emessa. Il file è qui tra un momento."
    ),
    # what went wrong
    "Invoices need a sender first. Fill in the legal name and the address below Invoices, Sender & numbers.": (
        "Le fatture richiedono prima un mittente. Inserisca ragione sociale e indirizzo sotto Fatture, Mittente e numeri."
    ),
    "There is nothing to invoice here: it is free, or on an invoice already.": (
        "Qui non c’è nulla da fatturare: è gratuito o è già su una fattura."
    ),
    "These orders have two currencies, or prices with and without VAT. Issue their invoices one by one.": (
        "Questi ordini hanno due valute, o prezzi con e senza IVA. Emetta le fatture una per una."
    ),
    "Some of this invoice was credited already. Look at its credit notes.": (
        "Una parte di questa fattura è già stata accreditata. Veda le sue note di credito."
    ),
    "The invoice is written already. Ask the organizer to correct it.": (
        "La fattura è già emessa. Chieda all’organizzatore di correggerla."
    ),
    "The organizer writes the invoices here. Ask them for yours.": (
        "Qui le fatture le emette l’organizzatore. Gli chieda la Sua."
    ),
    "The file is being drawn. Try again in a minute.": "Il file è in preparazione. Riprovi tra un minuto.",
    "Only an invoice can be corrected. Look at the invoice it belongs to.": (
        "Si può correggere solo una fattura. Apra la fattura a cui appartiene."
    ),
    "This order is on no invoice that something is left of. Issue one first.": (
        "Questo ordine non è su nessuna fattura ancora aperta. Ne emetta prima una."
    ),
    "That is more than is left of the invoice. Write a smaller amount.": (
        "È più di quanto resta della fattura. Inserisca un importo più piccolo."
    ),
    "That is more than {most} orders. Choose fewer days.": "Sono più di {most} ordini. Scelga meno giorni.",
    "Choose the first and the last day.": "Scelga il primo e l’ultimo giorno.",
    "The check digits of this VAT number are wrong. Compare it with the register.": (
        "Le cifre di controllo di questo numero IVA sono errate. Lo confronti con il registro."
    ),
    "Use letters, digits, hyphens, dots and slashes.": "Usi lettere, cifre, trattini, punti e barre.",
    "The other series has numbers that begin like this. Choose another beginning.": (
        "L’altra serie ha numeri che iniziano così. Scelga un altro inizio."
    ),
    "An electronic invoice needs the recipient's country. Correct the invoice with a whole address.": (
        "Una fattura elettronica richiede il Paese del destinatario. Corregga la fattura con un indirizzo completo."
    ),
    "The plugin that draws this is switched off. Switch it on first.": (
        "Il plugin che lo disegna è disattivato. Lo attivi prima."
    ),
    "Nothing of this invoice is open any more. Send the money back, or assign it to an order.": (
        "Di questa fattura non è più aperto nulla. Rimborsi l’importo o lo assegni a un ordine."
    ),
    "No file was drawn of this document, or drawing it failed. Have it drawn again.": (
        "Di questo documento non è stato creato un file, o non è riuscito. Lo faccia creare di nuovo."
    ),
    "Only invoices and credit notes are mailed. Download the proforma and send it yourself.": (
        "Per e-mail si inviano solo fatture e note di credito. Scarichi la proforma e la invii Lei."
    ),
    "A mail with this document is on its way. Wait until it has arrived or failed.": (
        "Un’e-mail con questo documento è in corso. Attenda che sia arrivata o fallita."
    ),
    "Nothing draws this document as a PDF. Switch a plugin on that draws invoices first.": (
        "Nulla crea questo documento in PDF. Attivi prima un plugin che crea fatture."
    ),
    "Nobody's e-mail address is known for this. Fill in the organization's billing e-mail first.": (
        "Per questo non è noto alcun indirizzo e-mail. Inserisca prima l’e-mail di fatturazione dell’organizzazione."
    ),
}
