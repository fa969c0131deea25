"""Gift cards: paying with them, and buying them."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "I have a gift card": "Ho un buono regalo",
    "I have another gift card": "Ho un altro buono regalo",
    "Code of the gift card": "Codice del buono regalo",
    "{amount} stay on it": "Sul buono restano {amount}",
    "Nothing stays on it": "Sul buono non resta nulla",
    "Still to pay": "Ancora da pagare",
    "No gift card has this code. Check how it is spelled.": (
        "Nessun buono regalo ha questo codice. Verifichi come è scritto."
    ),
    "This gift card is blocked. Write to the organizer, or pay another way.": (
        "Questo buono regalo è bloccato. Scriva all’organizzatore o paghi in altro modo."
    ),
    "The last day of this gift card is over. Pay another way.": (
        "L’ultimo giorno di questo buono regalo è passato. Paghi in altro modo."
    ),
    "Nothing is left on this gift card. Use another, or pay another way.": (
        "Su questo buono regalo non resta nulla. Ne usi un altro o paghi in altro modo."
    ),
    "This gift card is in {currency} and can't pay here. Use another, or pay another way.": (
        "Questo buono regalo è in {currency} e non può pagare qui. Ne usi un altro o paghi in altro modo."
    ),
    "One order is paid with at most {most} gift cards. Place a second order for the others.": (
        "Un ordine si paga con al massimo {most} buoni regalo. Per gli altri faccia un secondo ordine."
    ),
    "What is on this gift card has just changed. Look at the amounts once more, then order.": (
        "Il saldo di questo buono regalo è appena cambiato. Ricontrolli gli importi e poi ordini."
    ),
    "This was paid by gift card and goes back to it. Switch the gift cards on, then send it back.": (
        "È stato pagato con un buono regalo e vi ritorna. Attivi i buoni regalo e poi rimborsi."
    ),
    "This gift card has changed meanwhile. Reload to see how it stands.": (
        "Questo buono regalo è cambiato nel frattempo. Ricarichi per vedere com’è ora."
    ),
    "A gift card can't pay for gift cards. Pay for those another way; the card pays for the rest.": (
        "Un buono regalo non può pagare buoni regalo. Paghi questi in altro modo; il buono paga il resto."
    ),
    "Gift cards of this order were spent already: at most {left} comes back. Give the order back instead.": (
        "Dei buoni regalo di questo ordine sono già stati usati: tornano al massimo {left}. Rimborsi invece l’ordine."
    ),
    "Nothing is left of this gift card, so nothing of it comes back.": (
        "Su questo buono regalo non resta nulla, quindi non torna nulla."
    ),
    "This gift card is being made at the moment. Try again in a minute.": (
        "Questo buono regalo viene emesso in questo momento. Riprovi tra un minuto."
    ),
    "Gift cards are switched off, so nobody knows what is left of those that this order sold. Switch them on first.": (
        "I buoni regalo sono disattivati, perciò nessuno sa quanto resta di quelli venduti con questo ordine. Prima li attivi."
    ),
    "What is sold as a gift card has one price: remove other prices and discounts.": (
        "Ciò che si vende come buono regalo ha un solo prezzo: tolga altri prezzi e sconti."
    ),
    "A gift card is taxed when it is spent: leave the tax empty.": (
        "Un buono regalo è tassato quando si usa: lasci vuota l’imposta."
    ),
    "A gift card is worth what it costs: enter a price.": (
        "Un buono regalo vale quanto costa: inserisca un prezzo."
    ),
    "Somebody has bought this already. Make another ticket type instead.": (
        "Qualcuno lo ha già acquistato. Crei invece un altro tipo di biglietto."
    ),
    "Gift cards": "Buoni regalo",
    "Gift card": "Buono regalo",
    "{left} of {issued} left": "{left} disponibili su {issued}",
    "Mail again": "Inviare di nuovo",
    "They are made and mailed as soon as they are paid.": "Sono emessi e inviati appena pagati.",
    "Thank you, {name}.": "Grazie, {name}.",
    "Your order is placed, {name}.": "Il Suo ordine è registrato, {name}.",
    "Gift cards pay for the tickets, not for other gift cards.": (
        "I buoni regalo pagano i biglietti, non altri buoni regalo."
    ),
    "Not made yet": "Non ancora emesso",
    "Good": "Valido",
    "Blocked": "Bloccato",
    "Spent": "Usato",
    "Ended": "Terminato",
    "for whom?": "per chi?",
    "Empty: it is mailed to you.": "Vuoto: lo inviamo a Lei.",
    "By then the order had lapsed.": "A quel punto l’ordine era già scaduto.",
    "Choose an amount for {name}.": "Scelga un importo per {name}.",
    "From {least} to {most}, the same for each.": "Da {least} a {most}, uguale per ciascuno.",
    "Give gift cards back": "Restituire buoni regalo",
    "Give one gift card back?": "Restituire un buono regalo?",
    "Give something back": "Restituire qualcosa",
    "Give these back?": "Restituire tutto questo?",
    "Give {n} gift cards back?": "Restituire {n} buoni regalo?",
    "Giving gift cards back": "Restituire buoni regalo",
    "Keep it all": "Tenere tutto",
    "Keep the order": "Tenere l’ordine",
    "No gift card of this order can be given back.": (
        "Nessun buono regalo di questo ordine può essere restituito."
    ),
    "Nothing of it is made. This cannot be undone.": "Non ne viene emesso nulla. Non si può annullare.",
    "Nothing was made of it.": "Non ne è stato emesso nulla.",
    "Of a gift card comes back what is left on it.": "Di un buono regalo torna ciò che vi resta.",
    "One amount for all of a type in an order. Place a second order for another.": (
        "In un ordine un tipo ha un solo importo. Per un altro faccia un secondo ordine."
    ),
    "Propose amounts between the price and the largest amount.": (
        "Proponga importi tra il prezzo e l’importo più alto."
    ),
    "Spent already": "Già usato",
    "The gift card pays nothing from then on, whoever has its code. This cannot be undone.": (
        "Da quel momento il buono regalo non paga più nulla, chiunque ne abbia il codice. Non si può annullare."
    ),
    "The gift cards pay nothing from then on, whoever has their codes. This cannot be undone.": (
        "Da quel momento i buoni regalo non pagano più nulla, chiunque ne abbia i codici. Non si può annullare."
    ),
    "The largest amount is at least the price.": "L’importo più alto è almeno pari al prezzo.",
    "The organizer sees your payment and will write to you.": (
        "L’organizzatore vede il Suo pagamento e Le scriverà."
    ),
    "This gift card is blocked: only the organizer takes it back. Write to them.": (
        "Questo buono regalo è bloccato: lo riprende solo l’organizzatore. Gli scriva."
    ),
    "This order is not paid by an invoice of its provider. Its page says how to pay.": (
        "Questo ordine non si paga con una fattura del suo fornitore di pagamenti. La sua pagina dice come pagare."
    ),
    "We keep your order until {when}.": "Teniamo il Suo ordine fino a {when}.",
    "What do you give back?": "Che cosa restituisce?",
    "What is spent or blocked stays as it is, and the rules of the event may be over. Ask the organizer.": (
        "Ciò che è usato o bloccato resta com’è, e i termini dell’evento possono essere scaduti. Chieda all’organizzatore."
    ),
    "What you ordered comes when the money is here.": "Ciò che ha ordinato arriva appena il pagamento è qui.",
    "Where buyers choose the price there are no other prices and discounts: remove one of the two.": (
        "Dove è chi compra a scegliere il prezzo non ci sono altri prezzi né sconti: tolga uno dei due."
    ),
    "Which gift cards do you give back?": "Quali buoni regalo restituisce?",
    "Whoever has the address of this page has your order: keep it to yourself.": (
        "Chi ha l’indirizzo di questa pagina ha il Suo ordine: lo tenga per sé."
    ),
    "You choose the price": "Il prezzo lo sceglie Lei",
    "Your amount": "Il Suo importo",
    "{name} has one price: leave the amount out.": "{name} ha un prezzo fisso: tralasci l’importo.",
    "{name}: choose an amount from {least} to {most}.": "{name}: scelga un importo da {least} a {most}.",
    "{price} by {when}. After that the order lapses.": "{price} entro {when}. Poi l’ordine scade.",
    "1 item": "1 articolo",
    "{n} items": "{n} articoli",
    "Choose at least one.": "Ne scelga almeno uno.",
}
