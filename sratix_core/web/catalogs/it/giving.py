"""Giving gift cards back, prices that buyers choose, and orders without seats."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Choose an amount for {name}.": "Scelga un importo per {name}.",
    "From {least} to {most}, the same for each.": "Da {least} a {most}, lo stesso per ciascuno.",
    "One amount for all of a type in an order. Place a second order for another.": (
        "Un ordine ha un solo importo per tipo. Per un altro, faccia un secondo ordine."
    ),
    "Propose amounts between the price and the largest amount.": (
        "Proponga importi tra il prezzo e l’importo massimo."
    ),
    "The largest amount is at least the price.": "L’importo massimo è almeno pari al prezzo.",
    "Where buyers choose the price there are no other prices and discounts: remove one of the two.": (
        "Dove chi compra sceglie il prezzo non ci sono altri prezzi né sconti: tolga uno dei due."
    ),
    "You choose the price": "Il prezzo lo sceglie Lei",
    "Your amount": "Il Suo importo",
    "{name} has one price: leave the amount out.": "{name} ha un solo prezzo: lasci vuoto l’importo.",
    "{name}: choose an amount from {least} to {most}.": "{name}: scelga un importo da {least} a {most}.",
    "Give gift cards back": "Restituire buoni regalo",
    "Give one gift card back?": "Restituire un buono regalo?",
    "Give {n} gift cards back?": "Restituire {n} buoni regalo?",
    "Giving gift cards back": "Restituire buoni regalo",
    "No gift card of this order can be given back.": (
        "Nessun buono regalo di questo ordine può essere restituito."
    ),
    "Of a gift card comes back what is left on it.": "Di un buono regalo torna ciò che vi resta.",
    "Spent already": "Già utilizzato",
    "The gift card pays nothing from then on, whoever has its code. This cannot be undone.": (
        "Il buono regalo non paga più nulla, chiunque abbia il codice. È definitivo."
    ),
    "The gift cards pay nothing from then on, whoever has their codes. This cannot be undone.": (
        "I buoni regalo non pagano più nulla, chiunque abbia i codici. È definitivo."
    ),
    "This gift card is blocked: only the organizer takes it back. Write to them.": (
        "Questo buono regalo è bloccato: solo l’organizzatore può riprenderlo. Gli scriva."
    ),
    "Which gift cards do you give back?": "Quali buoni regalo restituisce?",
    "What is spent or blocked stays as it is, and the rules of the event may be over. Ask the organizer.": (
        "Ciò che è utilizzato o bloccato resta com’è, e i termini dell’evento possono essere scaduti. Scriva all’organizzatore."
    ),
    "Nothing of it is made. This cannot be undone.": "Non ne verrà emesso nulla. È definitivo.",
    "Nothing was made of it.": "Non ne è stato emesso nulla.",
    "Give something back": "Restituire qualcosa",
    "Give these back?": "Restituire tutto questo?",
    "Keep it all": "Tenere tutto",
    "What do you give back?": "Che cosa restituisce?",
    "By then the order had lapsed.": "L’ordine era già scaduto.",
    "Keep the order": "Tenere l’ordine",
    "The organizer sees your payment and will write to you.": (
        "L’organizzatore vede il Suo pagamento e Le scriverà."
    ),
    "We keep your order until {when}.": "Teniamo il Suo ordine fino a {when}.",
    "What you ordered comes when the money is here.": (
        "Ciò che ha ordinato arriva appena ricevuto il pagamento."
    ),
    "Whoever has the address of this page has your order: keep it to yourself.": (
        "Chi ha l’indirizzo di questa pagina ha il Suo ordine: lo tenga per sé."
    ),
    "{price} by {when}. After that the order lapses.": "{price} entro {when}. Poi l’ordine scade.",
    "This order is not paid by an invoice of its provider. Its page says how to pay.": (
        "Questo ordine non si paga con una fattura del fornitore. La sua pagina dice come pagare."
    ),
}
