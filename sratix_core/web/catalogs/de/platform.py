"""What the installation's administrators read."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # pages
    "A worker takes it within seconds. If this stays, look whether one runs: sratix worker.": (
        "Ein Worker nimmt sie in Sekunden. Bleibt das so, schauen Sie, ob einer läuft: sratix worker."
    ),
    "Act as {name}": "Als {name} handeln",
    "Administrator": "Administrator",
    "Administrators": "Administratoren",
    "All data as a file": "Alle Daten als Datei",
    "All organizations": "Alle Organisationen",
    "Approve": "Freigeben",
    "Approve {name}?": "{name} freigeben?",
    "As buyers read it.": "So, wie Käufer ihn lesen.",
    "Away": "Weg",
    "Backup": "Sicherung",
    "Beginning of name or address": "Anfang von Name oder Adresse",
    "Beginning of the e-mail": "Anfang der E-Mail",
    "Being made": "In Arbeit",
    "Browsers signed in: {n}": "Angemeldete Browser: {n}",
    "Choose another view.": "Wählen Sie eine andere Ansicht.",
    "Command line": "Befehlszeile",
    "Database": "Datenbank",
    "Decide": "Entscheiden",
    "Default": "Vorgabe",
    "Disk": "Platte",
    "E-mail of the owner": "E-Mail des Inhabers",
    "Environment": "Umgebung",
    "Events of all organizations": "Veranstaltungen aller Organisationen",
    "Events of {name}": "Veranstaltungen von {name}",
    "Events show up here when an organization makes its first draft.": (
        "Veranstaltungen erscheinen hier, sobald eine Organisation ihren ersten Entwurf anlegt."
    ),
    "Every act is written here with who did it, and stays.": (
        "Jede Handlung steht hier mit dem Namen dessen, der sie tat, und bleibt."
    ),
    "Every browser has to sign in again.": "Jeder Browser muss sich neu anmelden.",
    "Every mail was taken.": "Jede Mail wurde angenommen.",
    "Everybody who can sign in; buyers have no account.": "Alle, die sich anmelden können; Käufer haben kein Konto.",
    "Failed jobs": "Gescheiterte Aufträge",
    "Failing": "Scheitert",
    "Fetch the file": "Datei holen",
    "Fetched": "Geholt",
    "Fine": "In Ordnung",
    "For example the number of the request.": "Zum Beispiel die Nummer der Anfrage.",
    "Free some space, or move old backups elsewhere.": "Schaffen Sie Platz, oder verschieben Sie alte Sicherungen.",
    "GB free": "GB frei",
    "Given up": "Aufgegeben",
    "Hooks that failed again and again.": "Hooks, die immer wieder scheiterten.",
    "Install them again, or let them go on: sratix plugin resume.": (
        "Installieren Sie sie wieder, oder lassen Sie sie weiterlaufen: sratix plugin resume."
    ),
    "Invite an owner": "Inhaber einladen",
    "It goes live at once, and its owner gets a mail.": "Sie ist sofort sichtbar, und ihr Inhaber bekommt eine Mail.",
    "It is active at once; its owner is invited by mail.": "Sie ist sofort aktiv; ihr Inhaber wird per Mail eingeladen.",
    "It stays invisible. Its owner gets a mail with your reason.": (
        "Sie bleibt unsichtbar. Ihr Inhaber bekommt eine Mail mit Ihrem Grund."
    ),
    "It waits for a decision once more. Nobody gets a mail.": "Sie wartet erneut auf einen Entscheid. Niemand bekommt eine Mail.",
    "Its shop, dashboard and scanners answer again.": "Shop, Dashboard und Scanner antworten wieder.",
    "Its shop, dashboard and scanners stop at once. Nothing is deleted.": (
        "Shop, Dashboard und Scanner stehen sofort still. Nichts wird gelöscht."
    ),
    "Jobs": "Aufträge",
    "Jobs given up: {n}": "Aufgegebene Aufträge: {n}",
    "Jobs start at once.": "Aufträge beginnen sofort.",
    "Jobs start within 2 s without it.": "Ohne Redis beginnen Aufträge innert 2 s.",
    "Journal": "Journal",
    "Journal of {name}": "Journal von {name}",
    "Kinds of work": "Arten von Arbeit",
    "Late": "Spät",
    "Let {name} go on?": "{name} weiterlaufen lassen?",
    "Look again": "Nochmals ansehen",
    "Look at the errors of the jobs messages.send.": "Schauen Sie die Fehler der Aufträge messages.send an.",
    "Look at the jobs that were given up.": "Schauen Sie die aufgegebenen Aufträge an.",
    "Look at the load of its machine.": "Schauen Sie die Last ihrer Maschine an.",
    "Look at {name} again?": "{name} nochmals ansehen?",
    "Look why the nightly backup does not run.": "Schauen Sie, warum die nächtliche Sicherung nicht läuft.",
    "Look with fewer letters, or clear the filters.": "Suchen Sie mit weniger Buchstaben, oder löschen Sie die Filter.",
    "Lower-case letters, digits and hyphens. It cannot change later.": (
        "Kleinbuchstaben, Ziffern und Bindestriche. Sie lässt sich später nicht ändern."
    ),
    "Made an administrator. They sign in again to use it.": "Zum Administrator gemacht. Die Person meldet sich dafür neu an.",
    "Mail": "Mail",
    "Mails or other work that did not get through.": "Mails oder andere Arbeit, die nicht durchkam.",
    "Make SRATIX_DATA_DIR readable and writable.": "Machen Sie SRATIX_DATA_DIR lesbar und schreibbar.",
    "Make administrator": "Zum Administrator machen",
    "Make an export": "Export erstellen",
    "Make the organization": "Organisation anlegen",
    "Make {name} an administrator?": "{name} zum Administrator machen?",
    "Missing": "Fehlt",
    "Nearly full": "Fast voll",
    "New organization": "Neue Organisation",
    "New organizations": "Neue Organisationen",
    "New events": "Neue Veranstaltungen",
    "Orders paid": "Bezahlte Bestellungen",
    "Tickets issued": "Ausgestellte Tickets",
    "No backup was ever taken here.": "Hier wurde noch nie gesichert.",
    "No event yet": "Noch keine Veranstaltung",
    "No hook fails again and again.": "Kein Hook scheitert immer wieder.",
    "No longer administrator": "Nicht mehr Administrator",
    "No longer an administrator.": "Nicht mehr Administrator.",
    "No organization yet": "Noch keine Organisation",
    "No transport took them so far.": "Bisher nahm sie kein Transport an.",
    "No.": "Nr.",
    "Nobody sees them before you decide.": "Niemand sieht sie, bevor Sie entscheiden.",
    "Nobody sees this organization before you decide. Its owner confirmed the e-mail.": (
        "Niemand sieht diese Organisation, bevor Sie entscheiden. Ihr Inhaber hat die E-Mail bestätigt."
    ),
    "Nobody works here yet.": "Hier arbeitet noch niemand.",
    "None yet": "Noch keine",
    "Not now": "Nicht jetzt",
    "Not set": "Nicht gesetzt",
    "Not used": "Nicht benutzt",
    "Nothing happened yet": "Noch ist nichts geschehen",
    "Nothing runs": "Nichts läuft",
    "Nothing waits": "Nichts wartet",
    "Nothing was given up": "Nichts wurde aufgegeben",
    "Numbered and chained within two seconds; sratix verify recounts it.": (
        "Innert zwei Sekunden nummeriert und verkettet; sratix verify rechnet nach."
    ),
    "Of the shop and of the first mail; the owner can add others.": (
        "Des Shops und der ersten Mail; der Inhaber kann weitere hinzufügen."
    ),
    "Organizer": "Veranstalter",
    "Organizers": "Veranstalter",
    "Organizations": "Organisationen",
    "Organizations show up here when somebody signs up, or when you make one.": (
        "Organisationen erscheinen hier, wenn sich jemand anmeldet oder wenn Sie eine anlegen."
    ),
    "Pause the plugin, and tell its author.": "Halten Sie das Plugin an, und sagen Sie es seinem Autor.",
    "People": "Personen",
    "Platform": "Plattform",
    "Plugins": "Plugins",
    "Renew the certificate of the proxy in front, and look why nothing did.": (
        "Erneuern Sie das Zertifikat des Proxys davor und schauen Sie nach, warum es niemand tat."
    ),
    "{base} was not asked yet.": "{base} wurde noch nicht gefragt.",
    "{base} gave no answer to a handshake.": "{base} antwortete auf keinen Handschlag.",
    "days left": "Tage übrig",
    "Ends soon": "Endet bald",
    "Unknown": "Unbekannt",
    "Put a proxy with TLS in front and set SRATIX_BASE_URL to its https address.": (
        "Stellen Sie einen Proxy mit TLS davor und setzen Sie SRATIX_BASE_URL auf seine https-Adresse."
    ),
    "Reactivate": "Wieder zulassen",
    "Ready": "Bereit",
    "Redis": "Redis",
    "Reject": "Ablehnen",
    "Reject {name}?": "{name} ablehnen?",
    "Retry now": "Jetzt nochmals",
    "Run sratix backup every night: deploy/sratix-backup.timer.": (
        "Lassen Sie sratix backup jede Nacht laufen: deploy/sratix-backup.timer."
    ),
    "Seal": "Siegel",
    "Sealed within two seconds where a worker runs.": "Innert zwei Sekunden versiegelt, wo ein Worker läuft.",
    "Send invitation": "Einladung senden",
    "Set": "Gesetzt",
    "Ini file": "Ini-Datei",
    "Made here": "Hier erzeugt",
    "File": "Datei",
    "Setting": "Einstellung",
    "Show all organizations": "Alle Organisationen zeigen",
    "Show everybody": "Alle zeigen",
    "Sign out everywhere": "Überall abmelden",
    "Sign {name} out everywhere?": "{name} überall abmelden?",
    "Sign-ups wait: {n}": "Wartende Anmeldungen: {n}",
    "Signed in": "Angemeldet",
    "Signed out everywhere.": "Überall abgemeldet.",
    "Signed up, and waits for you": "Angemeldet und wartet auf Sie",
    "Slow": "Langsam",
    "Source": "Quelle",
    "Start a worker: sratix worker.": "Starten Sie einen Worker: sratix worker.",
    "Start it, or unset SRATIX_REDIS_URL. ({error})": "Starten Sie es, oder nehmen Sie SRATIX_REDIS_URL heraus. ({error})",
    "Stuck": "Stecken fest",
    "Suspend": "Sperren",
    "Suspend {name}?": "{name} sperren?",
    "Switch off": "Ausschalten",
    "Switch on": "Einschalten",
    "Switch the account of {name} off?": "Konto von {name} ausschalten?",
    "Switch the account of {name} on?": "Konto von {name} einschalten?",
    "Switched off": "Ausgeschaltet",
    "TLS": "TLS",
    (
        "Tables as JSON lines and the uploaded files, people’s data among them; secrets are left out. "
        "You alone can fetch it, once, within a day. The organization reads in its journal that you did."
    ): (
        "Tabellen als JSON-Zeilen und die hochgeladenen Dateien, auch Daten von Personen; Geheimnisse "
        "fehlen. Nur Sie können die Datei holen, einmal, innert einem Tag. Die Organisation liest in "
        "ihrem Journal, dass Sie es taten."
    ),
    "Take the platform away from {name}?": "{name} die Plattform wegnehmen?",
    "The account is switched off, and signed out everywhere.": "Das Konto ist ausgeschaltet und überall abgemeldet.",
    "The account is switched on.": "Das Konto ist eingeschaltet.",
    "The curve begins with the first ticket of any organization.": (
        "Die Kurve beginnt mit dem ersten Ticket irgendeiner Organisation."
    ),
    "The data folder can't be read.": "Der Datenordner ist nicht lesbar.",
    "The export is being made. Load this page again in a moment.": "Der Export wird erstellt. Laden Sie diese Seite gleich neu.",
    "The invitation is on its way.": "Die Einladung ist unterwegs.",
    "The job runs again now.": "Der Auftrag läuft jetzt nochmals.",
    "The latest first, in each event’s own time zone.": "Die spätesten zuerst, in der Zeitzone jeder Veranstaltung.",
    "The oldest is due for {age}.": "Der älteste ist seit {age} fällig.",
    "The organization is active.": "Die Organisation ist aktiv.",
    "The organization is rejected. Its owner gets a mail.": "Die Organisation ist abgelehnt. Ihr Inhaber bekommt eine Mail.",
    "The organization is suspended. Its pages answer nobody.": "Die Organisation ist gesperrt. Ihre Seiten antworten niemandem.",
    "The organization is there. Its owner gets a mail.": "Die Organisation ist da. Ihr Inhaber bekommt eine Mail.",
    "The organization waits for a decision again.": "Die Organisation wartet wieder auf einen Entscheid.",
    "The owner reads it.": "Der Inhaber liest ihn.",
    "They are signed out everywhere and cannot sign in. What they did stays.": (
        "Die Person wird überall abgemeldet und kann sich nicht anmelden. Was sie tat, bleibt."
    ),
    "They can sign in again.": "Die Person kann sich wieder anmelden.",
    (
        "They come from the environment, from files it names, or from the ini file, and are read at the "
        "start of each process."
    ): (
        "Sie kommen aus der Umgebung, aus Dateien, die sie nennt, oder aus der ini-Datei und werden beim "
        "Start jedes Prozesses gelesen."
    ),
    "They get a link that is good for seven days. Everybody else is invited by the owner.": (
        "Die Person bekommt einen Link, der sieben Tage gilt. Alle anderen lädt der Inhaber ein."
    ),
    "They see every organization and everybody, and decide on both.": (
        "Die Person sieht jede Organisation und alle Leute und entscheidet über beide."
    ),
    "They stay a member where they are one. They are signed out.": (
        "Die Person bleibt Mitglied, wo sie es ist. Sie wird abgemeldet."
    ),
    "Tickets issued per day": "Ausgestellte Tickets pro Tag",
    "Tries": "Versuche",
    "Unreadable": "Unlesbar",
    "Value": "Wert",
    "Web processes": "Webprozesse",
    "Who acted as {name}": "Wer als {name} handelte",
    "Why": "Warum",
    "Work and its last error": "Arbeit und ihr letzter Fehler",
    "Work goes on, jobs start up to 2 s later.": "Die Arbeit geht weiter, Aufträge beginnen bis zu 2 s später.",
    "Work is due since {time} UTC": "Arbeit ist fällig seit {time} UTC",
    "Work shows up here with its tries and its last error.": "Arbeit erscheint hier mit ihren Versuchen und ihrem letzten Fehler.",
    "Work that is done in the background: mails, exports, webhooks.": "Arbeit im Hintergrund: Mails, Exporte, Webhooks.",
    "Works for nobody yet.": "Arbeitet noch für niemanden.",
    (
        "You see what they see, for 30 minutes. Payments, exports, keys and settings stay closed. It "
        "stands in the journal of their organizations, under both names."
    ): (
        "Sie sehen 30 Minuten lang, was die Person sieht. Zahlungen, Exporte, Schlüssel und "
        "Einstellungen bleiben zu. Es steht im Journal ihrer Organisationen, unter beiden Namen."
    ),
    "acted for by {name}": "gehandelt hat {name}",
    "the platform": "der Plattform",
    "this week": "diese Woche",
    "never shown": "nie gezeigt",
    "{base}": "{base}",
    "{dead} given up": "{dead} aufgegeben",
    "{dialect}": "{dialect}",
    "{names}": "{names}",
    "{name}: {state}.": "{name}: {state}.",
    "Active organizations: {n}": "Aktive Organisationen: {n}",
    "{n} in 30 days": "{n} in 30 Tagen",
    "{n} request threads each": "je {n} Threads für Anfragen",
    "{n} tickets in 30 days.": "{n} Tickets in 30 Tagen.",
    "{rows} rows, {files} files": "{rows} Zeilen, {files} Dateien",
    "{rows} rows, {size} kB": "{rows} Zeilen, {size} kB",
    "{share} % used": "{share} % belegt",
    "answers": "antwortet",
    "behind": "im Rückstand",
    "failing": "scheitern",
    "h old": "h alt",
    "here": "hier",
    "https": "https",
    "ms to answer": "ms bis zur Antwort",
    "no answer": "keine Antwort",
    "out of work": "ausser Betrieb",
    "stuck": "stecken fest",
    "waiting": "warten",
    "Only an active organization can be joined. Decide on it first.": (
        "Nur einer aktiven Organisation kann man beitreten. Entscheiden Sie zuerst über sie."
    ),
    "This file was fetched already, or nobody came for it in time. Ask for a new export.": (
        "Diese Datei wurde schon geholt, oder niemand holte sie rechtzeitig. Erstellen Sie einen neuen "
        "Export."
    ),
    # what the platform keeps
    "The platform’s fee": "Die Gebühr der Plattform",
    "Kept of each payment that the platform takes for this organization. Leave both empty for the usual one: {fee}.": (
        "Sie behält sie von jeder Zahlung, die sie für diese Organisation einnimmt. Lassen Sie beides leer für die übliche: {fee}."
    ),
    "Onboarding is not finished": "Anmeldung nicht abgeschlossen",
    "Not connected: this organization collects by itself.": "Nicht verbunden: Diese Organisation nimmt selbst ein.",
    "Share, in hundredths of a percent": "Anteil, in Hundertsteln eines Prozents",
    "250 is 2.5 %.": "250 sind 2,5 %.",
    "For each payment, in the smallest unit": "Je Zahlung, in der kleinsten Einheit",
    "30 is CHF 0.30, or 30 yen.": "30 sind CHF 0.30 oder 30 Yen.",
    "The fee is kept. Payments from now on are taken with it.": "Die Gebühr ist gespeichert. Sie gilt für Zahlungen von jetzt an.",
}
