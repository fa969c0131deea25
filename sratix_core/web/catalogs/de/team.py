"""What staff read about who works here: members, roles and what they allow, API keys."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # api keys
    "API keys": "API-Schlüssel",
    "A program shows its key with every request and may do what is ticked for it, here and nowhere else.": (
        "Ein Programm zeigt seinen Schlüssel bei jeder Anfrage und darf, was angekreuzt ist, hier und nirgends sonst."
    ),
    "The key “{name}”": "Der Schlüssel «{name}»",
    "Copy it now and keep it where the program finds it. It is shown this once: only a fingerprint of it is stored.": (
        "Kopieren Sie ihn jetzt dorthin, wo das Programm ihn findet. Er wird nur dieses Mal gezeigt: Gespeichert ist "
        "bloss sein Fingerabdruck."
    ),
    "The key is copied": "Der Schlüssel ist kopiert",
    "Copy": "Kopieren",
    "Key": "Schlüssel",
    "May do": "Darf",
    "Last used": "Zuletzt benutzt",
    "Ends": "Endet",
    "{n} things": "{n} Dinge",
    "never": "nie",
    "when revoked": "beim Widerruf",
    "made by {name}": "von {name} erstellt",
    "Revoke": "Widerrufen",
    "Revoke {name}?": "{name} widerrufen?",
    "Every program that uses this key is refused at once. This cannot be undone.": (
        "Jedes Programm mit diesem Schlüssel wird sofort abgewiesen. Das lässt sich nicht rückgängig machen."
    ),
    "Revoke the key": "Schlüssel widerrufen",
    "No program has a key yet": "Noch hat kein Programm einen Schlüssel",
    "A website, a till or a script needs one to ask for events, orders or attendees. Scanners have keys of their own, under "
    "Devices of their event.": (
        "Eine Website, eine Kasse oder ein Skript braucht einen, um Veranstaltungen, Bestellungen oder Teilnehmende "
        "abzufragen. Scanner haben eigene, unter Geräte ihrer Veranstaltung."
    ),
    "New key": "Neuer Schlüssel",
    "Which program it is for, for example “Website”.": "Für welches Programm er ist, zum Beispiel «Website».",
    "How long": "Wie lange",
    "How often it may ask": "Wie oft es fragen darf",
    "What it may do": "Was es darf",
    "Scope": "Bereich",
    "Make the key": "Schlüssel erstellen",
    "30 days": "30 Tage",
    "90 days": "90 Tage",
    "One year": "Ein Jahr",
    "Until it is revoked": "Bis zum Widerruf",
    "Standard": "Üblich",
    "High": "Hoch",
    # invitations
    "Invitations": "Einladungen",
    "A link is good for 7 days, once, and only for the address it went to.": (
        "Ein Link gilt 7 Tage, einmal, und nur für die Adresse, an die er ging."
    ),
    "Invite somebody": "Jemanden einladen",
    "1 mail": "1 Mail",
    "{n} mails": "{n} Mails",
    "1 event": "1 Veranstaltung",
    "{n} events": "{n} Veranstaltungen",
    "Everywhere": "Überall",
    "Take back": "Zurücknehmen",
    "Show all invitations": "Alle Einladungen zeigen",
    "Nobody was invited yet": "Noch wurde niemand eingeladen",
    "Everybody you invite stands here, with what became of it.": (
        "Alle, die Sie einladen, stehen hier, und was daraus wurde."
    ),
    # member
    "Leave the organization": "Organisation verlassen",
    "Remove from the organization": "Aus der Organisation entfernen",
    "What {name} may do": "Was {name} darf",
    "Holds in all events, now and later.": "Gilt in allen Veranstaltungen, jetzt und später.",
    "In single events, besides": "Dazu in einzelnen Veranstaltungen",
    # members
    "Members": "Mitglieder",
    "1 person works here": "1 Person arbeitet hier",
    "{n} people work here": "{n} Personen arbeiten hier",
    "Roles and what they allow": "Rollen und was sie erlauben",
    "Several roles": "Mehrere Rollen",
    "No role": "Keine Rolle",
    "and another role in 1 event": "und eine andere Rolle in 1 Veranstaltung",
    "and other roles in {n} events": "und andere Rollen in {n} Veranstaltungen",
    "Waiting for an answer": "Warten auf Antwort",
    "Link": "Link",
    "All invitations": "Alle Einladungen",
    "They get a link that is good for 7 days.": "Die Person erhält einen Link, der 7 Tage gilt.",
    "In single events": "In einzelnen Veranstaltungen",
    "The ones ticked below.": "In den unten angekreuzten.",
    "Send the invitation": "Einladung senden",
    "Remove {name} from {tenant}?": "{name} aus {tenant} entfernen?",
    "They lose access with their next click. What they did stays in the records.": (
        "Der Zugang endet mit dem nächsten Klick. Was die Person tat, bleibt festgehalten."
    ),
    "Remove {name}": "{name} entfernen",
    "Keep them": "Behalten",
    "{n} shown, by name": "{n} gezeigt, nach Name",
    # role form
    "Where it holds": "Wo es gilt",
    "New role": "Neue Rolle",
    "1 person has it": "1 Person hat sie",
    "{n} people have it": "{n} Personen haben sie",
    "Delete the role": "Rolle löschen",
    "As people here say it: Box office, Stage crew.": "Wie man hier sagt: Kasse, Bühne.",
    "What it allows": "Was sie erlaubt",
    "Permission": "Berechtigung",
    "Holds": "Fasst",
    "Your own role does not allow this, so you cannot give it.": (
        "Ihre eigene Rolle erlaubt das nicht, darum können Sie es nicht geben."
    ),
    "everywhere only": "nur überall",
    "everywhere or in events": "überall oder einzeln",
    "A change counts for 1 person, with the next click.": "Eine Änderung gilt für 1 Person, mit dem nächsten Klick.",
    "A change counts for {n} people, with their next click.": (
        "Eine Änderung gilt für {n} Personen, mit dem nächsten Klick."
    ),
    "Make the role": "Rolle erstellen",
    # roles
    "Roles": "Rollen",
    "What each role allows. Copy one to change it.": "Was jede Rolle erlaubt. Kopieren Sie eine, um sie zu ändern.",
    "1 person": "1 Person",
    "{n} people": "{n} Personen",
    "no": "nein",
    "Make a role like this": "Eine solche Rolle erstellen",
    "Copy {name}": "{name} kopieren",
    "Delete the role {name}?": "Rolle {name} löschen?",
    "{people} people have it: they stay members and lose what it allows at once. {waiting} open invitations to it end.": (
        "{people} Personen haben sie: Sie bleiben Mitglieder und verlieren sofort, was sie erlaubt. {waiting} offene "
        "Einladungen dazu enden."
    ),
    "Nobody has it, and nobody is invited to it.": "Niemand hat sie, und niemand ist dazu eingeladen.",
    "Delete it, {people} people lose it": "Löschen, {people} Personen verlieren sie",
    # permissions
    "Super admin": "Superadmin",
    "Runs the installation, on the platform pages.": "Betreibt die Installation, auf den Seiten der Plattform.",
    "Owns the tenant: everything, and who works here.": "Besitzt die Organisation: alles, auch wer hier arbeitet.",
    "Event admin": "Eventadmin",
    "Plans, sells and settles events.": "Plant, verkauft und rechnet Veranstaltungen ab.",
    "Staff": "Team",
    "Looks an order up, sees who comes, scans, keeps the notes.": (
        "Schlägt eine Bestellung nach, sieht, wer kommt, scannt, führt die Notizen."
    ),
    "Volunteer": "Freiwillige",
    "Scans tickets and writes down what happens.": "Scannt Tickets und schreibt auf, was geschieht.",
    "Scanner": "Scanner",
    "A shared device at the door: scans and nothing else.": (
        "Ein gemeinsames Gerät an der Tür: scannt und sonst nichts."
    ),
    "Organization admin": "Organisationsadmin",
    "Runs one organization that takes part: its people, billing, orders and tickets.": (
        "Führt eine Organisation, die mitwirkt: ihre Personen, Rechnungsangaben, Bestellungen und Tickets."
    ),
    "Exhibitor": "Aussteller",
    "Has a stand: sees the event and its programme.": "Hat einen Stand: sieht die Veranstaltung und ihr Programm.",
    "Sponsor": "Sponsor",
    "Supports an event: sees it and its programme.": "Unterstützt eine Veranstaltung: sieht sie und ihr Programm.",
    "Partner": "Partner",
    "Works with you: sees the event and its programme.": (
        "Arbeitet mit Ihnen: sieht die Veranstaltung und ihr Programm."
    ),
    "Attendee": "Teilnehmende",
    "Sees the own orders by the link in the mail, no dashboard.": (
        "Sehen ihre Bestellungen über den Link in der Mail, kein Dashboard."
    ),
    "See the event, its pools and its programme": "Die Veranstaltung, ihre Kontingente und ihr Programm sehen",
    "Change the event, ticket types and programme": "Veranstaltung, Tickettypen und Programm ändern",
    "Pair scanners and end their keys": "Scanner koppeln und ihre Schlüssel beenden",
    "Look one order up by e-mail or code": "Eine Bestellung mit E-Mail oder Code nachschlagen",
    "See all orders and what was sold": "Alle Bestellungen sehen und was verkauft wurde",
    "See amounts, payments and sales figures": "Beträge, Zahlungen und Verkaufszahlen sehen",
    "Mark as paid, cancel, replace and void tickets": (
        "Als bezahlt eintragen, stornieren, Tickets ersetzen und entwerten"
    ),
    "See who comes": "Sehen, wer kommt",
    "Take lists of people and orders out": "Listen von Personen und Bestellungen herausnehmen",
    "Door": "Einlass",
    "Scan tickets and let people in": "Tickets scannen und Leute einlassen",
    "See arrivals, gates and every scan": "Ankünfte, Eingänge und jeden Scan sehen",
    "Write incident notes and see the own ones": "Vorfälle notieren und die eigenen Notizen sehen",
    "See everybody's incident notes and close them": "Alle Notizen zu Vorfällen sehen und schliessen",
    "Change name, look and settings": "Name, Aussehen und Einstellungen ändern",
    "Switch plugins on and off": "Plugins ein- und ausschalten",
    "Read who did what": "Lesen, wer was tat",
    "See the books and take them out": "Die Bücher sehen und herausnehmen",
    "Close differences and read statements again": "Differenzen schliessen und Auszüge nochmals lesen",
    "Invite and remove members, make roles": "Mitglieder einladen und entfernen, Rollen erstellen",
    "Make and end API keys": "API-Schlüssel erstellen und beenden",
    "Partners": "Partner",
    "See an organization, what it bought, who comes": "Eine Organisation sehen, was sie kaufte und wer kommt",
    "Change its name, address and billing details": "Ihren Namen, ihre Adresse und ihre Rechnungsangaben ändern",
    "Write who uses its tickets": "Eintragen, wer ihre Tickets benutzt",
    "Invite and remove its people": "Ihre Personen einladen und entfernen",
    "Make and delete organizations, say what they are": "Organisationen anlegen und löschen, ihre Art bestimmen",
    # invitation list
    "{n} shown, by address": "{n} gezeigt, nach Adresse",
    "Accepted": "Angenommen",
    "Taken back": "Zurückgenommen",
    "Good until": "Gültig bis",
}
