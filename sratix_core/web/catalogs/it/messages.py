"""What happened and what to do next: the sentence of every error."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # headings
    "This request could not be read": "Richiesta non leggibile",
    "Sign in to go on": "Acceda per continuare",
    "Not allowed": "Non permesso",
    "Nothing here": "Qui non c’è nulla",
    "Not possible at this address": "Non possibile a questo indirizzo",
    "That did not work": "Non ha funzionato",
    "Too large": "Troppo grande",
    "Check what you entered": "Verifichi i dati inseriti",
    "One moment": "Un momento",
    "Something broke on our side": "Errore da parte nostra",
    "Back in a moment": "Torniamo tra un momento",
    # requests
    "Part of the address or the form is not readable text. Go back and type it again.": (
        "Una parte dell’indirizzo o del modulo non è testo leggibile. Torni indietro e la riscriva."
    ),
    "The text has characters that cannot be stored. Remove them and send it again.": (
        "Il testo contiene caratteri che non si possono salvare. Li tolga e invii di nuovo."
    ),
    "The page was open too long or came from another site. Reload it and send the form again.": (
        "La pagina è rimasta aperta troppo a lungo o veniva da un altro sito. La ricarichi e invii di nuovo il modulo."
    ),
    "Your role does not include this. Ask an owner of the organization to add it.": (
        "Il Suo ruolo non lo comprende. Chieda a un titolare dell’organizzazione di aggiungerlo."
    ),
    "This has been taken away. Start again from the event page.": (
        "Non c’è più. Ricominci dalla pagina dell’evento."
    ),
    "Nothing was saved. Try again; if it happens twice, send us the reference.": (
        "Nulla è stato salvato. Riprovi; se succede due volte, ci invii il riferimento."
    ),
    "Some fields need another look.": "Alcuni campi sono da verificare.",
    "This address does not take that kind of content.": (
        "Questo indirizzo non accetta questo tipo di contenuto."
    ),
    "This address does not take that kind of request.": (
        "Questo indirizzo non accetta questo tipo di richiesta."
    ),
    "This address cannot answer in the format you asked for.": (
        "Questo indirizzo non può rispondere nel formato richiesto."
    ),
    "The address is wrong, or what was here is gone. Check the link.": (
        "L’indirizzo è errato, o ciò che era qui non c’è più. Verifichi il link."
    ),
    "This cannot be done right now.": "Al momento non è possibile.",
    "Your sign-in has ended. Sign in again to go on.": (
        "La sessione è terminata. Acceda di nuovo per continuare."
    ),
    "That is larger than 10 MB. Send something smaller.": "Supera 10 MB. Invii qualcosa di più piccolo.",
    "Too many requests from your connection. Wait {seconds} seconds and try again.": (
        "Troppe richieste dalla Sua connessione. Attenda {seconds} secondi e riprovi."
    ),
    "Many people are buying at this moment. Wait a few seconds and try again.": (
        "In questo momento molti acquistano. Attenda qualche secondo e riprovi."
    ),
    "A part we depend on does not answer. Try again in a minute.": (
        "Un servizio di cui abbiamo bisogno non risponde. Riprovi tra un minuto."
    ),
    "You have {most} saved views of this list. Forget one, then save this one.": (
        "Ha {most} viste salvate di questa lista. Ne elimini una, poi salvi questa."
    ),
    "Somebody changed this at the same time. Reload and look again.": (
        "Qualcuno l’ha cambiato nello stesso momento. Ricarichi la pagina e verifichi."
    ),
    # addresses
    "No shop answers at this address. Check the link with the organizer.": (
        "A questo indirizzo non c’è alcuno shop. Verifichi il link con l’organizzatore."
    ),
    "No organizer has this address. Check the link.": (
        "Nessun organizzatore ha questo indirizzo. Verifichi il link."
    ),
    "This organizer is paused. Orders are safe; ask the organizer when it returns.": (
        "Questo organizzatore è in pausa. Gli ordini sono al sicuro; gli chieda quando riprende."
    ),
    # calls to the outside
    "This address cannot be called. Write a public one with https://, as in https://example.org/hook.": (
        "Questo indirizzo non si può chiamare. Ne inserisca uno pubblico con https://, come https://example.org/hook."
    ),
    "The other side could not be reached, nothing was sent. Try again in a minute.": (
        "L’altra parte non era raggiungibile, non è stato inviato nulla. Riprovi tra un minuto."
    ),
    "The other side gave no clear answer, it may have done it. Look there before you try again.": (
        "L’altra parte non ha risposto chiaramente, forse l’ha fatto. Guardi lì prima di riprovare."
    ),
    # signing in
    "E-mail and password do not match. {left} tries left, then a pause.": (
        "E-mail e password non corrispondono. Ancora {left} tentativi, poi una pausa."
    ),
    "Too many tries. Wait {seconds} seconds, then try again.": (
        "Troppi tentativi. Attenda {seconds} secondi, poi riprovi."
    ),
    "This e-mail already has an account.": "Questa e-mail ha già un account.",
    "Use at least 10 characters.": "Usi almeno 10 caratteri.",
    "Use at most 200 characters.": "Usi al massimo 200 caratteri.",
    "This password is on the lists that are tried first. Choose another.": (
        "Questa password è nelle liste provate per prime. Ne scelga un’altra."
    ),
    "The password contains your e-mail. Choose another.": (
        "La password contiene la Sua e-mail. Ne scelga un’altra."
    ),
    # fields
    "Fill this in.": "Da compilare.",
    "Write a whole address, for example nina@example.ch.": (
        "Inserisca un indirizzo completo, per esempio nina@example.ch."
    ),
    "This is too long.": "Troppo lungo.",
    "Write a whole number.": "Inserisca un numero intero.",
    "This number is outside what is possible here.": "Qui questo numero non è possibile.",
    "Choose one of the listed options.": "Scelga una delle opzioni.",
    "Write an amount, for example 49.00.": "Inserisca un importo, per esempio 49.00.",
    "Write a date and time, for example 2027-03-10 09:00.": (
        "Inserisca data e ora, per esempio 2027-03-10 09:00."
    ),
    "Write a date, for example 2027-03-10.": "Inserisca una data, per esempio 2027-03-10.",
    "Clocks skip this time that night. Choose another.": (
        "Quella notte gli orologi saltano quest’ora. Ne scelga un’altra."
    ),
    "Use lower-case letters, digits and single hyphens.": "Usi minuscole, cifre e singoli trattini.",
    "This address is reserved. Choose another.": "Questo indirizzo è riservato. Ne scelga un altro.",
    "This address is already in use. Choose another.": "Questo indirizzo è già in uso. Ne scelga un altro.",
    "Add the ending, for example .ch or .com.": "Manca la fine, per esempio .ch o .com.",
    "Between {least} and {most} are possible here.": "Qui sono possibili da {least} a {most}.",
    "This must be after the beginning.": "Deve venire dopo l’inizio.",
    "Write a colour like #0b6fa4.": "Inserisca un colore come #0b6fa4.",
    "No hyphen at the beginning or the end, and never two in a row.": (
        "Nessun trattino all’inizio o alla fine, e mai due di seguito."
    ),
    "Something here has this name already. Choose another.": (
        "Questo nome qui esiste già. Ne scelga un altro."
    ),
    "The body is not the JSON this address takes. Compare it with the documentation.": (
        "Il contenuto non è il JSON che questo indirizzo accetta. Lo confronti con la documentazione."
    ),
    "This key or token opens nothing: it is wrong, has ended or was revoked. Use a new one.": (
        "Questa chiave o questo token non apre nulla: è errato, scaduto o revocato. Ne usi uno nuovo."
    ),
    "This key does not include this. Ask for a key that does.": (
        "Questa chiave non lo comprende. Ne chieda una che lo comprende."
    ),
    "Choose at least one thing that the key may do.": "Scelga almeno una cosa che la chiave può fare.",
    "A key may do only what you may do yourself. Choose less.": (
        "Una chiave può fare solo ciò che può fare Lei. Scelga meno."
    ),
    "A refund with this reference is already recorded. Check the statement.": (
        "Un rimborso con questo riferimento è già registrato. Verifichi l’estratto conto."
    ),
    "Nothing is owed back for this order. Cancel it first if it should not stand.": (
        "Per questo ordine non c’è nulla da rimborsare. Lo annulli prima, se non deve restare."
    ),
    "That is more than is owed back, which is {most}. Write a smaller amount.": (
        "È più di quanto va rimborsato, cioè {most}. Inserisca un importo più piccolo."
    ),
    "There are {most} working keys. Revoke one that is no longer used.": (
        "Ci sono {most} chiavi valide. Ne revochi una che non serve più."
    ),
    "An Idempotency-Key has 1 to 255 printable ASCII characters and no space. Send a new one.": (
        "Una Idempotency-Key ha da 1 a 255 caratteri ASCII stampabili, senza spazi. Ne invii una nuova."
    ),
    "This Idempotency-Key belongs to another request. Use a new key for a new request.": (
        "Questa Idempotency-Key appartiene a un’altra richiesta. Per una nuova richiesta ne usi una nuova."
    ),
    "The same request is being done right now. Wait {seconds} seconds and send it again.": (
        "La stessa richiesta è in corso. Attenda {seconds} secondi e la invii di nuovo."
    ),
    "This name is not known here. Compare it with the documentation.": (
        "Questo nome qui non è noto. Lo confronti con la documentazione."
    ),
    "Write a moment with its zone, for example 2027-03-10T09:00:00Z.": (
        "Inserisca un istante con il suo fuso, per esempio 2027-03-10T09:00:00Z."
    ),
    "This is another kind of value than the address takes. Compare it with the documentation.": (
        "È un altro tipo di valore da quello che l’indirizzo accetta. Lo confronti con la documentazione."
    ),
    "The list has too few or too many entries.": "La lista ha troppo poche o troppe voci.",
    "Send this once.": "Lo invii una volta sola.",
    "This cursor fits another list or another filter. Begin again without it.": (
        "Questo cursore appartiene a un’altra lista o a un altro filtro. Ricominci senza."
    ),
    "Somebody changed this since you read it. Read it again and repeat your change.": (
        "Qualcuno l’ha cambiato da quando l’ha letto. Lo rilegga e ripeta la modifica."
    ),
    "Send either the code or the ticket_id.": "Invii il code oppure il ticket_id.",
    "Too much has been deleted since then. Load the whole list again.": (
        "Da allora è stato eliminato troppo. Ricarichi l’intera lista."
    ),
    "This key opens nothing. Pair the scanner again and use the new key.": (
        "Questa chiave non apre nulla. Associ di nuovo lo scanner e usi la nuova chiave."
    ),
    "The number of names does not fit the number of tickets. Go back and start again.": (
        "Il numero di nomi non corrisponde ai biglietti. Torni indietro e ricominci."
    ),
    "The currency stays, because there are prices in it.": "La valuta resta, perché ci sono già prezzi.",
    "Another organizer uses this host name.": "Un altro organizzatore usa questo nome host.",
    "This file is too large. Choose a smaller one.": (
        "Questo file è troppo grande. Ne scelga uno più piccolo."
    ),
    "Choose a picture: PNG, JPEG or WebP.": "Scelga un’immagine: PNG, JPEG o WebP.",
    "Demo accounts open on the machine itself only. Make your own with: sratix user create": (
        "Gli account demo si aprono solo sulla macchina stessa. Ne crei uno Suo con: sratix user create"
    ),
    "Enter a name, or choose “I will fill this in later”.": (
        "Inserisca un nome o scelga «Lo inserisco più tardi»."
    ),
    "Enter a name, or choose “this one is for me”.": "Inserisca un nome o scelga «Questo è per me».",
    "Choose a time zone from the list, for example Europe/Zurich.": (
        "Scelga un fuso orario dalla lista, per esempio Europe/Zurich."
    ),
    "The price must be in the currency of the event.": "Il prezzo deve essere nella valuta dell’evento.",
    "Write an amount from 0 upwards.": "Inserisca un importo da 0 in su.",
    "The most per order must be at least the least, and at most 100.": (
        "Il massimo per ordine deve essere almeno il minimo, e al massimo 100."
    ),
    "No free order code was found. Try again.": "Non è stato trovato alcun codice d’ordine libero. Riprovi.",
    "This file lies in a storage that is not set up here. Tell the operator.": (
        "Questo file è in un archivio che qui non è configurato. Lo dica al gestore."
    ),
    # buying
    "These tickets are gone. Look at the event page for what is left.": (
        "Questi biglietti sono esauriti. La pagina dell’evento mostra ciò che resta."
    ),
    "These tickets are not on sale now. The event page says when they are.": (
        "Questi biglietti ora non sono in vendita. La pagina dell’evento dice quando."
    ),
    "This event sells no tickets at the moment.": "Al momento questo evento non vende biglietti.",
    "These seats are no longer held. Choose your tickets again.": (
        "Questi posti non sono più riservati. Scelga di nuovo i biglietti."
    ),
    "One buyer may have no more tickets of this type.": (
        "Una persona non può avere altri biglietti di questo tipo."
    ),
    "That is more than one order may have. Place a second order.": (
        "È più di quanto permette un ordine. Faccia un secondo ordine."
    ),
    "This extra needs a ticket in the same order. Add one.": (
        "Questo extra richiede un biglietto nello stesso ordine. Ne aggiunga uno."
    ),
    "There are no seats left for this.": "Per questo non ci sono più posti.",
    "This shop takes no payments at the moment. Your seats stay held; write to the organizer.": (
        "Al momento questo shop non accetta pagamenti. I Suoi posti restano riservati; scriva all’organizzatore."
    ),
    # orders and tickets
    "The order has moved on in the meantime. Reload and look again.": (
        "Nel frattempo l’ordine è cambiato. Ricarichi la pagina e verifichi."
    ),
    "Somebody changed this order at the same time. Reload and look again.": (
        "Qualcuno ha cambiato questo ordine nello stesso momento. Ricarichi la pagina e verifichi."
    ),
    "This order can only be cancelled by the organizer. Write to them.": (
        "Solo l’organizzatore può annullare questo ordine. Gli scriva."
    ),
    "This payment is already recorded.": "Questo pagamento è già registrato.",
    "The amount is not what the order asks for. Check both.": (
        "L’importo non è quello dell’ordine. Verifichi entrambi."
    ),
    "The ticket has moved on in the meantime. Reload and look again.": (
        "Nel frattempo il biglietto è cambiato. Ricarichi la pagina e verifichi."
    ),
    "Somebody changed this ticket at the same time. Reload and look again.": (
        "Qualcuno ha cambiato questo biglietto nello stesso momento. Ricarichi la pagina e verifichi."
    ),
    "This ticket was already used at the door.": "Questo biglietto è già stato usato all’entrata.",
    "This ticket's code was replaced too often. Void it and issue a new one.": (
        "Il codice di questo biglietto è stato sostituito troppe volte. Lo invalidi e ne emetta uno nuovo."
    ),
    "The order has no valid ticket to show.": "L’ordine non ha alcun biglietto valido da mostrare.",
    # below us
    "A stored secret cannot be read with the present key. Enter it again.": (
        "Un segreto salvato non si legge con la chiave attuale. Lo inserisca di nuovo."
    ),
    "Files cannot be stored at the moment. Tell the operator.": (
        "Al momento non si possono salvare file. Lo dica al gestore."
    ),
    "The file cannot be read at the moment. Try again in a minute.": (
        "Al momento il file non è leggibile. Riprovi tra un minuto."
    ),
    "Many PDFs are being made. Try again in a minute.": "Si stanno creando molti PDF. Riprovi tra un minuto.",
    "The PDF could not be made. The ticket page works without it.": (
        "Il PDF non è riuscito. La pagina del biglietto funziona anche senza."
    ),
    "This installation cannot make PDFs. The ticket page works without them.": (
        "Questa installazione non può creare PDF. La pagina del biglietto funziona anche senza."
    ),
    "That is too much for one PDF. Choose fewer tickets.": "È troppo per un solo PDF. Scelga meno biglietti.",
}
