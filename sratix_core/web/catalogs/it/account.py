"""Signing up, roles, and the state of an organization and of an account."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # signing up
    "You want to host events?": "Vuole organizzare eventi?",
    "Sign up": "Registrarsi",
    "Host your events": "Organizzi i Suoi eventi",
    "Look into your mail": "Controlli la Sua posta",
    "If everything fits, a mail with a link is on its way. It is good for a day. Nothing came? Look in the spam folder.": (
        "Se tutto è in ordine, un’e-mail con un link è in arrivo. Il link vale un giorno. Non è arrivato nulla? Guardi nella "
        "cartella dello spam."
    ),
    "Back to the sign-in": "Tornare all’accesso",
    "Your organization gets its own shop and dashboard.": (
        "La Sua organizzazione riceve uno shop e una dashboard propri."
    ),
    "A person looks at every sign-up before it goes live.": (
        "Una persona esamina ogni registrazione prima che sia visibile."
    ),
    "Organization": "Organizzazione",
    "Address of your shop": "Indirizzo del Suo shop",
    "Small letters, digits and hyphens. It stays.": "Minuscole, cifre e trattini. Non si cambia più.",
    "Your name": "Il Suo nome",
    "Leave this empty": "Lasciare vuoto",
    "You have an account?": "Ha già un account?",
    "Confirm your e-mail": "Confermi la Sua e-mail",
    "Your e-mail is confirmed": "La Sua e-mail è confermata",
    "{name} now waits for a look by a person. You get a mail when it is decided; until then nobody sees it.": (
        "{name} attende ora l’esame di una persona. Riceverà un’e-mail con la decisione; fino ad allora non è visibile a nessuno."
    ),
    "{name} is ready. Sign in and make your first event.": (
        "Tutto pronto per {name}. Acceda e crei il primo evento."
    ),
    "{name} at /{slug}/, with {email}.": "{name} all’indirizzo /{slug}/, con {email}.",
    "Confirm": "Confermare",
    "The password you chose when you signed up": "La password scelta al momento della registrazione",
    "This is not the password of the sign-up. If you did not sign up, close this page; nothing is made.": (
        "Non è la password della registrazione. Se la registrazione non è Sua, chiuda questa pagina; non viene creato nulla."
    ),
    "This link was already used or is older than a day. Sign up again.": (
        "Questo link è già stato usato o ha più di un giorno. Si registri di nuovo."
    ),
    "This address looks like one that is taken or reserved. Choose another.": (
        "Questo indirizzo somiglia a uno già in uso o riservato. Ne scelga un altro."
    ),
    # the platform
    "Waits for approval": "In attesa di approvazione",
    "Rejected": "Rifiutato",
    "Somebody has already decided on this organization. Reload and look again.": (
        "Qualcuno ha già deciso su questa organizzazione. Ricarichi la pagina e verifichi."
    ),
    "Somebody has already done this. Reload and look again.": (
        "Qualcuno lo ha già fatto. Ricarichi la pagina e verifichi."
    ),
    "This job is no longer waiting for you. Reload and look again.": (
        "Questo lavoro non attende più una Sua decisione. Ricarichi la pagina e verifichi."
    ),
    "This is the last administrator. Make somebody else one first.": (
        "È l’ultimo amministratore. Ne nomini prima un altro."
    ),
    "This account is switched off. Switch it on first.": "Questo account è disattivato. Lo attivi prima.",
    # acting as somebody
    "Acting as somebody": "Agire per qualcuno",
    "You act as {name}": "Agisce per {name}",
    "until {time} UTC. Payments, exports, keys and settings stay closed.": (
        "fino alle {time} UTC. Pagamenti, esportazioni, chiavi e impostazioni restano chiusi."
    ),
    "End it": "Terminare",
    "This is not lent to you while you act as somebody else. End it first, at the top of the page.": (
        "Non è permesso mentre agisce per qualcun altro. Termini prima, in cima alla pagina."
    ),
    "This browser already acts as somebody. Reload and look at the top of the page.": (
        "Questo browser agisce già per qualcuno. Ricarichi e guardi in cima alla pagina."
    ),
    "Administrators of the platform cannot be acted for. Ask them to show you.": (
        "Per gli amministratori della piattaforma non si può agire. Si faccia mostrare la pagina da loro."
    ),
    # what an invitation calls a role
    "Owner": "Titolare",
    "Super admin": "Amministrazione della piattaforma",
    "Event admin": "Responsabile di eventi",
    "Staff": "Personale",
    "Volunteer": "Volontario",
    "Scanner": "Scanner",
    "Organization admin": "Responsabile dell’organizzazione",
    "Exhibitor": "Espositore",
    "Sponsor": "Sponsor",
    "Partner": "Partner",
    "Attendee": "Partecipante",
}
