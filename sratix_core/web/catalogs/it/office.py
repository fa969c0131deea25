"""What is answered when something cannot be done: planning, people, the door."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # money
    "Somebody has closed this case already. Reload to see who and why.": (
        "Qualcuno ha già chiuso questo caso. Ricarichi per vedere chi e perché."
    ),
    # the door
    "This scan let nobody through, so there is nothing to undo.": (
        "Questa lettura non ha fatto entrare nessuno, quindi non c’è nulla da revocare."
    ),
    "The ticket was scanned again since. Undo the newest scan first.": (
        "Da allora il biglietto è stato letto di nuovo. Revochi prima la lettura più recente."
    ),
    "Undo: {name}": "Annullare: {name}",
    "This invitation is not open any more": "Questo invito non è più aperto",
    # many at once
    "The list has {now} now. Look again, and confirm that number.": (
        "La lista ne ha ora {now}. Guardi di nuovo e confermi quel numero."
    ),
    "That is more than {most} at once. Narrow the list, and do it in parts.": (
        "Sono più di {most} in una volta. Restringa la lista e proceda a tappe."
    ),
    # planning
    "The event has moved on in the meantime. Reload and look again.": (
        "Nel frattempo l’evento è cambiato. Ricarichi la pagina e verifichi."
    ),
    "Add at least one ticket type before you publish.": (
        "Aggiunga almeno un tipo di biglietto prima di pubblicare."
    ),
    "This pool belongs to ticket types. Take it off them first.": (
        "Questo contingente appartiene a tipi di biglietto. Lo tolga prima da essi."
    ),
    "More units are taken than that. Choose at least as many.": (
        "Ne sono già presi di più. Ne scelga almeno altrettanti."
    ),
    "{by} needs {title}. Switch that off first.": "{by} richiede {title}. Disattivi prima quello.",
    "{title} is switched off. Switch it on first.": "{title} è disattivato. Lo attivi prima.",
    "Write an address that begins with https://.": "Inserisca un indirizzo che inizia con https://.",
    # people
    "You can only give, change or take away what your own role allows. Ask an owner of the organization.": (
        "Può dare, cambiare o togliere solo ciò che permette il Suo ruolo. Chieda a un titolare dell’organizzazione."
    ),
    "An organization needs an owner. Make somebody else an owner first.": (
        "Un’organizzazione richiede un titolare. Ne nomini prima un altro."
    ),
    "This role cannot be given there. Choose another role or another scope.": (
        "Questo ruolo non si può dare lì. Scelga un altro ruolo o un altro ambito."
    ),
    "Choose a role, here or in an event, or remove the person.": (
        "Scelga un ruolo, qui o in un evento, o rimuova la persona."
    ),
    "Tick at least one permission.": "Selezioni almeno un permesso.",
    "An organization can have {most} roles of its own. Delete one first.": (
        "Un’organizzazione può avere {most} ruoli propri. Ne elimini prima uno."
    ),
    "This person is a member already. Change the role in the list.": (
        "Questa persona è già membro. Cambi il ruolo nella lista."
    ),
    "Choose at least one event.": "Scelga almeno un evento.",
    "This organization has people or orders. Take them off it first.": (
        "Questa organizzazione ha persone o ordini. Li tolga prima."
    ),
    "This event is over. Its names stay as they were.": (
        "Questo evento è concluso. I nomi restano come erano."
    ),
    "Somebody has closed this note already.": "Qualcuno ha già chiuso questa nota.",
    "This invitation was accepted, taken back, or is older than seven days. If you accepted it, sign in; otherwise ask for a new one.": (
        "Questo invito è stato accettato o ritirato, o ha più di sette giorni. Se lo ha accettato, acceda; altrimenti ne "
        "chieda uno nuovo."
    ),
    "This invitation went to {email}. Sign in with that address to accept it.": (
        "Questo invito è stato inviato a {email}. Acceda con quell’indirizzo per accettarlo."
    ),
    "Only an active organization can be joined. Decide on it first.": (
        "Si può entrare solo in un’organizzazione attiva. Decida prima su di essa."
    ),
    "This file was fetched already, or nobody came for it in time. Ask for a new export.": (
        "Questo file è già stato scaricato, o nessuno lo ha ritirato in tempo. Richieda una nuova esportazione."
    ),
}
