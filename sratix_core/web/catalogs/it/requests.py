"""Invoices that a payment service sends."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Your order is placed. The invoice is on its way to you by mail.": (
        "L’ordine è registrato. La fattura è in arrivo per e-mail."
    ),
    "Your order is placed. The invoice follows by mail, as soon as the payment service answers.": (
        "L’ordine è registrato. La fattura arriva per e-mail appena il servizio di pagamento risponde."
    ),
    "The invoice could not be made. Nothing is charged: try again, or write to the organizer.": (
        "Non è stato possibile creare la fattura. Nessun addebito: riprovi o scriva all’organizzatore."
    ),
    "We keep your seats until {when}. After that they go back to the others.": (
        "Teniamo i Suoi posti fino a {when}. Poi tornano agli altri."
    ),
    "Have the invoice sent": "Farsi inviare la fattura",
    "No invoice of this order waits to be paid. Reload and look again.": (
        "Nessuna fattura di questo ordine attende il pagamento. Ricarichi la pagina e verifichi."
    ),
}
