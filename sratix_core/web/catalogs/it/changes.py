"""Orders that change after they were paid: another ticket type, a difference that is asked for."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # refunds that come back
    "Its provider says by itself when a refund comes back. Wait for it, or ask from the case in Finance.": (
        "Il fornitore segnala da sé quando un rimborso torna indietro. Attenda, o chieda dal caso nelle finanze."
    ),
    "It is recorded already that this refund came back. Reload to see what is owed.": (
        "È già registrato che questo rimborso è tornato indietro. Ricarichi per vedere quanto è dovuto."
    ),
    # a difference that is asked for
    "Undo the change": "Revocare la modifica",
    "A change of this order is not paid yet. Pay or record what is outstanding, or undo the change first.": (
        "Una modifica di questo ordine non è ancora pagata. Paghi o registri ciò che è aperto, o prima revochi la modifica."
    ),
    "Nothing is outstanding for this order any more. Reload to see how it stands.": (
        "Di questo ordine non è più aperto nulla. Ricarichi per vedere com’è ora."
    ),
    # the buyer's own change
    "You take another ticket type yourself, on the page of your order.": (
        "Può prendere da sé un altro tipo di biglietto, sulla pagina dell’ordine."
    ),
    "Another ticket type": "Altro tipo di biglietto",
    "Ticket type": "Tipo di biglietto",
    "Other ticket type": "Altro biglietto",
    "Which ticket would you like instead?": "Quale biglietto desidera invece?",
    "{holder} has {type} now.": "{holder} ha ora {type}.",
    "{price} more": "{price} in più",
    "nothing comes back": "nessun rimborso",
    "the same price": "stesso prezzo",
    "See what it means": "Vedere che cosa cambia",
    "Keep my ticket": "Tenere il mio biglietto",
    "There is no other ticket to take.": "Non c’è un altro biglietto da prendere.",
    "Only types that are on sale can be taken. Ask the organizer.": (
        "Si possono prendere solo tipi in vendita. Chieda all’organizzatore."
    ),
    "Take {type} instead of {before}?": "Prendere {type} invece di {before}?",
    "Paid for {type}": "Pagato per {type}",
    "To pay": "Da pagare",
    "Your present ticket admits nobody from then on and its place goes to somebody else.": (
        "Il Suo biglietto attuale non varrà più e il posto andrà a qualcun altro."
    ),
    "The new one is kept for you and becomes valid with your payment.": (
        "Il nuovo è riservato per Lei e vale con il Suo pagamento."
    ),
    "The new one is valid at once; its code comes by mail.": (
        "Il nuovo vale subito; il codice arriva per e-mail."
    ),
    "Take it and pay {price}": "Prendere e pagare {price}",
    "Take it": "Prendere",
    "Pay the difference": "Pagare la differenza",
    "{price} is still open": "Restano da pagare {price}",
    "It was due on {when}. Your new ticket is valid as soon as it is paid.": (
        "Il termine era {when}. Il nuovo biglietto vale appena è pagato."
    ),
    "Pay it by {when}. Your new ticket is valid as soon as it is paid.": (
        "Paghi entro {when}. Il nuovo biglietto vale appena è pagato."
    ),
    "Your ticket stays reserved. Write to the organizer, or try again later.": (
        "Il Suo biglietto resta riservato. Scriva all’organizzatore o riprovi più tardi."
    ),
    "Take the old ticket again": "Riprendere il vecchio biglietto",
    "Take the old ticket again?": "Riprendere il vecchio biglietto?",
    "The change is undone as long as its place is free, and nothing is left to pay.": (
        "La modifica è revocata finché il posto è libero, e non resta nulla da pagare."
    ),
    "Keep the new one": "Tenere il nuovo",
    "Your ticket is another one now, which costs more. It is valid as soon as this is paid.": (
        "Il Suo biglietto è ora un altro, che costa di più. Vale appena questo è pagato."
    ),
    "Your ticket is another one now. The new code is on its way by mail.": (
        "Il Suo biglietto è ora un altro. Il nuovo codice è in arrivo per e-mail."
    ),
    "Your ticket is another one now. It is valid once the difference is paid.": (
        "Il Suo biglietto è ora un altro. Vale appena la differenza è pagata."
    ),
    "Your ticket is what it was before. The new code is on its way by mail.": (
        "Il Suo biglietto è di nuovo quello di prima. Il nuovo codice è in arrivo per e-mail."
    ),
    # where people look
    "until {when}": "fino a {when}",
}
