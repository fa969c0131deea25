"""What a person reads on the pages of their own tickets."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # payment methods
    "Payment methods": "Mezzi di pagamento",
    "Cards for your next order. Each is kept by a payment service for one organizer, and only you can pay with it.": (
        "Carte per il prossimo ordine. Ognuna è conservata da un servizio di pagamento per un organizzatore; solo Lei può "
        "usarla per pagare."
    ),
    "kept by {service}": "conservata da {service}",
    "test mode, no money moves": "modalità di prova, nessun addebito",
    "Add a card": "Aggiungere una carta",
    "The payment service does not answer at the moment.": "Al momento il servizio di pagamento non risponde.",
    "Your cards are safe there. Load the page again in a minute.": (
        "Le Sue carte lì sono al sicuro. Ricarichi la pagina tra un minuto."
    ),
    "Good until {until}": "Valida fino a {until}",
    "No longer good: {until}": "Non più valida: {until}",
    "Remove {card}?": "Rimuovere {card}?",
    "Remove this card?": "Rimuovere questa carta?",
    "Remove": "Rimuovere",
    "Remove card": "Rimuovere la carta",
    "It can no longer be used for orders here. What you have bought stays, and refunds still reach the card.": (
        "Non si potrà più usare per gli ordini qui. Gli acquisti fatti restano e i rimborsi arrivano ancora sulla carta."
    ),
    "No card is kept.": "Nessuna carta conservata.",
    "No organizer here keeps cards": "Qui nessun organizzatore conserva carte",
    "Once you have bought from one that does, you can keep a card for the next time.": (
        "Dopo un acquisto da chi offre questa possibilità, potrà conservare una carta per la prossima volta."
    ),
    "The card is kept for your next order.": "La carta è conservata per il prossimo ordine.",
    "The card is removed.": "La carta è stata rimossa.",
    # in the checkout
    "Another card": "Un’altra carta",
    "Keep this card for next time": "Conservare questa carta per la prossima volta",
    "{organizer} has {provider} keep it for your account {email}. You can remove it at any time.": (
        "{organizer} la fa conservare da {provider} per il Suo account {email}. Può rimuoverla in ogni momento."
    ),
    "As it stands on the badge. It can be changed until the door.": (
        "Come appare sul badge. Si può cambiare fino all’entrata."
    ),
    "A ticket appears here as soon as it is bought with your address or names it. The link in the mail works as well.": (
        "Un biglietto appare qui appena è acquistato con il Suo indirizzo o Le è intestato. Funziona anche il link nell’e-mail."
    ),
    "Coming up": "Prossimi",
    "Each leads to its page: pay, change names, documents.": (
        "Ognuno porta alla sua pagina: pagare, cambiare i nomi, documenti."
    ),
    "Events you had a ticket for stay here.": "Gli eventi per cui aveva un biglietto restano qui.",
    "Everything that was bought with {email}, or names it.": (
        "Tutto ciò che è stato acquistato con {email} o vi è intestato."
    ),
    "Its orders, tickets and people.": "Ordini, biglietti e persone dell’organizzazione.",
    "My orders": "I miei ordini",
    "My settings": "Le mie impostazioni",
    "My tickets": "I miei biglietti",
    "No orders yet": "Ancora nessun ordine",
    "Nothing is coming up": "Nessun evento in programma",
    "Nothing is over yet": "Ancora nessun evento passato",
    "Number": "Numero",
    "Of these pages in this browser, and kept with your account.": (
        "Di queste pagine in questo browser, salvata anche con il Suo account."
    ),
    "Order {code}": "Ordine {code}",
    "Past": "Passati",
    "Place": "Luogo",
    "Save": "Salvare",
    "Saved.": "Salvato.",
    "The code appears here when the money has arrived.": (
        "Il codice appare qui quando il pagamento è arrivato."
    ),
    "The order is not paid yet.": "L’ordine non è ancora pagato.",
    "The organizer writes to everybody who has a ticket.": (
        "L’organizzatore scrive a tutti coloro che hanno un biglietto."
    ),
    "Ticket": "Biglietto",
    "What is coming up": "Prossimi eventi",
    "What you buy with {email} shows up here.": "Ciò che acquista con {email} appare qui.",
    "Who comes?": "Chi viene?",
    "takes part in the events of {name}": "partecipa agli eventi di {name}",
    "until": "entro il",
}
