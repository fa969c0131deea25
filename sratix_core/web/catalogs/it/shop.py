"""The shop: events, the cart, the checkout, the order page."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # frame
    "Skip to content": "Al contenuto",
    "Change theme": "Chiaro o scuro",
    "Language": "Lingua",
    "Language, at the foot": "Lingua, a piè di pagina",
    "Steps": "Passi",
    "Events": "Eventi",
    "Tickets": "Biglietti",
    "Seats": "Posti",
    "Total": "Totale",
    "Order": "Ordine",
    "{price} each": "{price} l’uno",
    # event page
    "What to expect": "Che cosa La aspetta",
    "Programme": "Programma",
    "Times in {zone}": "Orari: {zone}",
    "No session yet": "Ancora nessun appuntamento",
    "One session": "Un appuntamento",
    "Getting there": "Come arrivare",
    "Get tickets": "Ai biglietti",
    "from {price}": "da {price}",
    "free tickets": "biglietti gratuiti",
    "This event is cancelled.": "Questo evento è annullato.",
    "Whoever has a ticket was told by e-mail.": "Chi ha un biglietto è stato informato per e-mail.",
    "This event is over.": "Questo evento è concluso.",
    "Tickets are no longer sold.": "I biglietti non sono più in vendita.",
    "When": "Quando",
    "{start} to": "{start} –",
    "Add to calendar": "Aggiungere al calendario",
    "Where": "Dove",
    "Open map": "Aprire la mappa",
    "All {n} sessions": "Tutti i {n} appuntamenti",
    "Nothing is on sale yet. Look in again closer to the date.": (
        "Ancora nulla in vendita. Torni a guardare più vicino alla data."
    ),
    "No ticket chosen": "Nessun biglietto scelto",
    "on sale from {when}": "in vendita da {when}",
    "One less {name}": "{name}: uno in meno",
    "{name}: how many": "{name}: quanti",
    "One more {name}": "{name}: uno in più",
    "Next: names. We hold your seats for {n} minutes.": "Poi i nomi. Teniamo i Suoi posti per {n} minuti.",
    "Full": "Completo",
    "{n} left": "ancora {n}",
    "free": "gratuito",
    "Events by {name}": "Eventi di {name}",
    "No event is on sale": "Nessun evento in vendita",
    "New events appear here as soon as they are published.": "I nuovi eventi appaiono qui appena pubblicati.",
    "Past events": "Eventi passati",
    "All sessions of {name}": "Tutti gli appuntamenti di {name}",
    "Add all to calendar": "Aggiungere tutti al calendario",
    "Tracks": "Percorsi",
    "The programme appears here as it takes shape.": "Il programma appare qui man mano che prende forma.",
    "{n} of {total} seats left": "{n} posti liberi su {total}",
    "With": "Con",
    # cart
    "Your order": "Il Suo ordine",
    "Your seats": "I Suoi posti",
    "Give the seats back": "Liberare i posti",
    "Seats held for {m} minutes {s} seconds": "Posti riservati per {m} minuti {s} secondi",
    "Seats given back": "Posti liberati",
    "The time for your seats ran out.": "Il tempo per i Suoi posti è scaduto.",
    "Your seats are given back.": "I Suoi posti sono stati liberati.",
    "These seats are no longer held.": "Questi posti non sono più riservati.",
    "They went back to the others. Nothing was ordered and nothing is owed. If there are seats left, choose them again.": (
        "Sono tornati agli altri. Non è stato ordinato nulla e non deve nulla. Se ci sono ancora posti, li scelga di nuovo."
    ),
    "Nothing was ordered and nothing is owed.": "Non è stato ordinato nulla e non deve nulla.",
    "If you have placed the order, its page is in the e-mail we sent you. If not, choose your tickets again.": (
        "Se ha ordinato, la pagina dell’ordine è nell’e-mail che Le abbiamo inviato. Altrimenti scelga di nuovo i biglietti."
    ),
    "Choose tickets again": "Scegliere di nuovo i biglietti",
    # checkout
    "Who is coming?": "Chi viene?",
    "Names": "Nomi",
    "Payment": "Pagamento",
    "Done": "Fatto",
    "You chose this a moment ago: here is the same cart, and nothing is held twice.": (
        "Ha già scelto questo poco fa: ecco lo stesso carrello, nulla è riservato due volte."
    ),
    "Your seats are held until {when}. Leaving the page does not lose them.": (
        "I Suoi posti sono riservati fino alle {when}, anche se lascia la pagina."
    ),
    "You": "Lei",
    "First and last name": "Nome e cognome",
    "Your tickets and bills go here. Nothing else does.": "Qui inviamo biglietti e fatture. Nient’altro.",
    "Ticket {n}": "Biglietto {n}",
    "This one is for me": "Questo è per me",
    "I will fill this in later": "Lo inserisco più tardi",
    "You can add the name on your order page, until the doors open.": (
        "Può aggiungere il nome sulla pagina dell’ordine, fino all’apertura delle porte."
    ),
    "Continue to payment": "Continuare al pagamento",
    "Continue": "Continuare",
    "Back to tickets": "Tornare ai biglietti",
    "How would you like to pay?": "Come desidera pagare?",
    "How to pay": "Come pagare",
    "One last look": "Un ultimo sguardo",
    "Less than two minutes left on your seats": "I Suoi posti sono riservati ancora per meno di due minuti",
    "Once the order is placed they are yours, even if the clock runs out.": (
        "Una volta inviato l’ordine sono Suoi, anche se il tempo scade."
    ),
    "Payment method": "Modalità di pagamento",
    "This shop takes no payments at the moment.": "Al momento questo shop non accetta pagamenti.",
    "Your seats stay held. Write to the organizer, or try again later.": (
        "I Suoi posti restano riservati. Scriva all’organizzatore o riprovi più tardi."
    ),
    "Tickets go to": "Invio biglietti a",
    "Change names": "Cambiare i nomi",
    "I accept": "Accetto",
    " and ": " e ",
    "Order for {price}": "Ordinare per {price}",
    "Get the tickets": "Ottenere i biglietti",
    "Back to names": "Tornare ai nomi",
    # the buyer's order
    "You are in, {name}.": "Tutto pronto, {name}.",
    "Your seats are reserved, {name}.": "I Suoi posti sono riservati, {name}.",
    "This order is cancelled.": "Questo ordine è annullato.",
    "This order has lapsed.": "Questo ordine è scaduto.",
    "Your money came late, {name}.": "Il pagamento è arrivato tardi, {name}.",
    "Your order {code}": "Il Suo ordine {code}",
    "paid by {how}": "pagamento: {how}",
    "sent to {email}": "inviato a {email}",
    "Tickets come when the money is here.": "I biglietti arrivano appena ricevuto il pagamento.",
    "{price} by {when}. After that the seats go back to the others.": (
        "{price} entro {when}. Poi i posti tornano agli altri."
    ),
    "The seats went back to the others.": "I posti sono tornati agli altri.",
    "No payment arrived in time. If you have paid since, the organizer will write to you.": (
        "Nessun pagamento è arrivato in tempo. Se ha pagato nel frattempo, l’organizzatore Le scriverà."
    ),
    "By then the seats were gone.": "A quel punto i posti erano esauriti.",
    "The organizer sees your payment and will write to you: other seats, or your money back.": (
        "L’organizzatore vede il Suo pagamento e Le scriverà: altri posti o un rimborso."
    ),
    "Doors {when}": "Apertura porte {when}",
    "Ticket code of {name}": "Codice del biglietto di {name}",
    "Code as picture": "Codice (PNG)",
    "Name still open": "Nome da completare",
    "All": "Tutti",
    "All tickets in one file": "Tutti i biglietti in un file",
    "Change name": "Cambiare nome",
    "Add name": "Aggiungere nome",
    "Before you come": "Prima di venire",
    "Tickets paid": "Biglietti pagati",
    "Pay the order": "Pagare l’ordine",
    "Tickets confirmed": "Biglietti confermati",
    "Name for one ticket": "Nome per un biglietto",
    "Names for {n} tickets": "Nomi per {n} biglietti",
    "until the doors open": "fino all’apertura delle porte",
    "Every ticket has a name": "Ogni biglietto ha un nome",
    "Documents": "Documenti",
    "Mail the tickets again": "Inviare di nuovo i biglietti",
    "Cancel the order": "Annullare l’ordine",
    "Cancel order {code}?": "Annullare l’ordine {code}?",
    "Cancel {code}": "Annullare {code}",
    "Your ticket becomes void and its seat goes to somebody else. This cannot be undone.": (
        "Il Suo biglietto non sarà più valido e il posto andrà a qualcun altro. L’operazione è definitiva."
    ),
    "Your tickets become void and their seats go to others. This cannot be undone.": (
        "I Suoi biglietti non saranno più validi e i posti andranno ad altri. L’operazione è definitiva."
    ),
    "Your {n} tickets become void and their seats go to others. This cannot be undone.": (
        "I Suoi {n} biglietti non saranno più validi e i posti andranno ad altri. L’operazione è definitiva."
    ),
    "Keep the tickets": "Tenere i biglietti",
    "Back to the order": "Tornare all’ordine",
    "This page is your ticket office: keep its address to yourself.": (
        "Questa pagina è la Sua biglietteria: ne tenga l’indirizzo per sé."
    ),
    "Something wrong? Write to us": "Qualcosa non va? Ci scriva",
    "Quote {code}, it finds everything.": "Indichi {code}, così troviamo tutto.",
    "Who comes with this ticket?": "Chi viene con questo biglietto?",
    "Save the name": "Salvare il nome",
}
