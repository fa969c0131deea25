"""Giving tickets back: the rules of an event, and what they say of an order."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # the rules
    "Until {when}: {percent} % of the price.": "Fino a {when}: {percent} % del prezzo.",
    "After that nothing comes back.": "Dopo non si rimborsa nulla.",
    "{amount} per order stay with the organizer.": "{amount} per ordine restano all’organizzatore.",
    "You give tickets back yourself, on the page of your order.": (
        "Può restituire i biglietti da sé, sulla pagina dell’ordine."
    ),
    "{percent} %, because it is not later than {when}.": "{percent} %, perché non è più tardi di {when}.",
    "Nothing, because it is too late for every step of the event's rules.": (
        "Nulla, perché è troppo tardi per ogni livello delle regole dell’evento."
    ),
    "The order's fees of {amount} are part of it.": "Le commissioni dell’ordine di {amount} sono comprese.",
    "The order's fees of {amount} are not.": "Le commissioni dell’ordine di {amount} non sono comprese.",
    "Less {amount}, which the organizer keeps per order.": (
        "Meno {amount}, che l’organizzatore trattiene per ordine."
    ),
    "All of it, because the organizer decided so.": "Tutto, perché così ha deciso l’organizzatore.",
    "Nothing, because the organizer decided so.": "Nulla, perché così ha deciso l’organizzatore.",
    # the buyer
    "Giving tickets back": "Restituire biglietti",
    "Give tickets back": "Restituire biglietti",
    "Which tickets do you give back?": "Quali biglietti restituisce?",
    "See what comes back": "Vedere il rimborso",
    "No ticket of this order can be given back.": "Nessun biglietto di questo ordine si può restituire.",
    "Whoever has been let in keeps the ticket. Ask the organizer.": (
        "Chi è già entrato tiene il biglietto. Chieda all’organizzatore."
    ),
    "Give one ticket back?": "Restituire un biglietto?",
    "Give {n} tickets back?": "Restituire {n} biglietti?",
    "Paid for it": "Pagato",
    "Stays with the organizer": "Resta all’organizzatore",
    "Comes back to you": "Il Suo rimborso",
    "The whole order ends with it.": "L’intero ordine termina così.",
    "The ticket admits nobody from then on and its seat goes to somebody else. This cannot be undone.": (
        "Il biglietto non varrà più e il posto andrà a qualcun altro. L’operazione è definitiva."
    ),
    "The tickets admit nobody from then on and their seats go to others. This cannot be undone.": (
        "I biglietti non varranno più e i posti andranno ad altri. L’operazione è definitiva."
    ),
    "The money goes back the way you paid; on a card it takes five to ten working days.": (
        "Il rimborso segue la via del pagamento; su una carta richiede da cinque a dieci giorni lavorativi."
    ),
    "The organizer transfers the money to you.": "L’organizzatore Le versa l’importo.",
    "Give back for {price}": "Restituire per {price}",
    "Give back for nothing": "Restituire senza rimborso",
    "Given back. A mail with the amount is on its way to you.": (
        "Restituito. Un’e-mail con l’importo è in arrivo."
    ),
    "{price} comes back to you.": "Il Suo rimborso: {price}.",
    "Nothing of the price comes back.": "Del prezzo non si rimborsa nulla.",
    "{price} stays with the organizer by the rules of the event.": (
        "All’organizzatore restano {price} secondo le regole dell’evento."
    ),
    "The mail of this says when and how it arrives.": "L’e-mail relativa dice quando e come arriva.",
    "One ticket given back": "Un biglietto restituito",
    "{n} tickets given back": "{n} biglietti restituiti",
    "Choose at least one ticket.": "Scelga almeno un biglietto.",
    # the office: an order
    "Given back": "Restituito",
    "Taken off since": "Dedotto in seguito",
    # the office: an event called off
    "{price} comes back": "Rimborso: {price}",
    # what went wrong
    "What comes back has changed since you looked. Look at the amount again.": (
        "Il rimborso è cambiato nel frattempo. Ricontrolli l’importo."
    ),
    "There is a step with this number of days already. Choose another.": (
        "Esiste già un livello con questo numero di giorni. Ne scelga un altro."
    ),
    "Whoever comes later can't get more back. Lower the share of the shorter notice.": (
        "Chi viene più tardi non può ricevere di più. Riduca la quota del termine più breve."
    ),
    "Type the address of the event exactly as it stands there.": (
        "Scriva l’indirizzo dell’evento esattamente come appare."
    ),
    "This event is being cancelled already. Its page shows how far it is.": (
        "Questo evento è già in corso di annullamento. La sua pagina mostra a che punto è."
    ),
    "This order has an invoice, which cannot grow. Place a new order for the other type and give this ticket back.": (
        "La fattura di questo ordine non può crescere. Faccia un nuovo ordine per l’altro tipo e restituisca questo biglietto."
    ),
    "The new type costs {amount} more. Write the reference of the money, or waive the difference.": (
        "Il nuovo tipo costa {amount} in più. Indichi il riferimento del pagamento o rinunci alla differenza."
    ),
    "This event is not being cancelled. Begin on its page first.": (
        "Questo evento non è in corso di annullamento. Inizi prima sulla sua pagina."
    ),
    "Somebody has just paused it or let it go on. Reload and look again.": (
        "Qualcuno l’ha appena fermato o fatto proseguire. Ricarichi la pagina e verifichi."
    ),
}
