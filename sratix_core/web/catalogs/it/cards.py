"""Paying by card: what buyers read while they pay, and why a payment was refused."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # paying, and waiting for it
    "I have not paid yet: go on": "Non ho ancora pagato: continuare",
    "No money moves. Use a test card of the payment service.": (
        "Nessun addebito. Usi una carta di prova del servizio di pagamento."
    ),
    "Not paid yet": "Non ancora pagato",
    "Order {code}. What you type here goes to the payment service, not to us.": (
        "Ordine {code}. Ciò che inserisce qui va al servizio di pagamento, non a noi."
    ),
    "Pay {price}": "Pagare {price}",
    "Pay {price} now": "Pagare ora {price}",
    "The payment service does not answer. If you have paid, nothing is lost: we go on asking and mail your tickets.": (
        "Il servizio di pagamento non risponde. Se ha pagato, nulla è perso: continuiamo a verificare e Le inviamo i biglietti "
        "per e-mail."
    ),
    "The payment service has not confirmed {price} yet. This page asks again by itself; you may also close it, the tickets come by "
    "mail.": (
        "Il servizio di pagamento non ha ancora confermato {price}. Questa pagina verifica da sola; può anche chiuderla, i "
        "biglietti arrivano per e-mail."
    ),
    "This is a test.": "Questo è un test.",
    "To the order": "All’ordine",
    "Waiting for your payment": "In attesa del Suo pagamento",
    "We are waiting for your payment.": "Attendiamo il Suo pagamento.",
    "Your seats are held until {when}.": "I Suoi posti sono riservati fino alle {when}.",
    "You left the payment. Nothing was charged, and your seats are still held.": (
        "Ha lasciato il pagamento. Nessun addebito, e i Suoi posti sono ancora riservati."
    ),
    "The payment did not go through. Nothing was charged: try again, or another card.": (
        "Il pagamento non è riuscito. Nessun addebito: riprovi o usi un’altra carta."
    ),
    "The payment service does not answer at the moment. Nothing was charged: try again in a minute.": (
        "Al momento il servizio di pagamento non risponde. Nessun addebito: riprovi tra un minuto."
    ),
    "The payment service does not answer at the moment. Nothing was changed: try again in a minute.": (
        "Al momento il servizio di pagamento non risponde. Non è stato cambiato nulla: riprovi tra un minuto."
    ),
    # refusals
    "That is more than the order's price, which is {most}. Write a smaller amount.": (
        "È più del prezzo dell’ordine, cioè {most}. Inserisca un importo più piccolo."
    ),
    "This order's way of paying can't send money back by itself. Transfer it, then record it here.": (
        "La modalità di pagamento di questo ordine non rimborsa da sola. Versi l’importo e poi lo registri qui."
    ),
    "A refund of this payment is on its way. Wait until it has arrived, then look again.": (
        "Un rimborso di questo pagamento è in corso. Attenda che sia arrivato e guardi di nuovo."
    ),
    "This order is not paid online. Its page says how to pay.": (
        "Questo ordine non si paga online. La sua pagina dice come pagare."
    ),
    "This way of paying is not set up: its keys are missing. The organizer enters them in the plugin's settings.": (
        "Questa modalità di pagamento non è configurata: mancano le chiavi. L’organizzatore le inserisce nelle impostazioni "
        "del plugin."
    ),
    "The signature does not fit. Compare the endpoint's signing secret with the one in the plugin's settings.": (
        "La firma non corrisponde. Confronti il segreto di firma dell’endpoint con quello nelle impostazioni del plugin."
    ),
    "An event may have {most} bytes. Nothing was kept of this one.": (
        "Un evento può avere {most} byte. Di questo non è stato conservato nulla."
    ),
    "No organization has exactly this name, or several have. Write it as your list has it.": (
        "Nessuna organizzazione ha esattamente questo nome, o lo hanno in più. Lo scriva come nella Sua lista."
    ),
    "Begins later": "Inizia più tardi",
    "Used up": "Esaurito",
    # what Stripe refused
    "Stripe's restricted key lacks a right. Add it at Stripe, or use the secret key.": (
        "Alla chiave limitata di Stripe manca un diritto. Lo aggiunga presso Stripe o usi la chiave segreta."
    ),
    "Stripe does not know this key. Copy it once more from the API keys page at Stripe.": (
        "Stripe non conosce questa chiave. La copi di nuovo dalla pagina delle chiavi API di Stripe."
    ),
    "Stripe refused the question. Check that the keys are those of the account the payment was made with.": (
        "Stripe ha rifiutato la richiesta. Verifichi che le chiavi siano del conto con cui si è pagato."
    ),
    # the shop's page
    "Card details": "Dati della carta",
    "One moment…": "Un momento…",
    "Pay now": "Pagare ora",
    "Paying on this page needs JavaScript: the fields come from the payment service.": (
        "Per pagare su questa pagina serve JavaScript: i campi vengono dal servizio di pagamento."
    ),
    "That did not work. Try again or use another card.": "Non ha funzionato. Riprovi o usi un’altra carta.",
    "The payment fields could not be loaded. Check your connection or a blocker of scripts, then load the page again.": (
        "I campi di pagamento non si sono caricati. Verifichi la connessione o un blocco degli script, poi ricarichi la pagina."
    ),
}
