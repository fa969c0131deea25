"""What staff read around the rest: plugins, settings, journal, reasons, search, and what was just done."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # setting
    "Stored, encrypted. Leave empty to keep it.": "Gespeichert und verschlüsselt. Leer lassen, um es zu behalten.",
    "Forget what is stored": "Gespeichertes vergessen",
    "See it in the shop": "Im Shop ansehen",
    # tables
    "Days": "Tage",
    "To": "Bis",
    "Show": "Zeigen",
    "Columns": "Spalten",
    "Views": "Ansichten",
    "Forget {name}": "{name} vergessen",
    "Save this view as": "Diese Ansicht speichern als",
    "CSV": "CSV",
    "Print": "Drucken",
    "More than {n} match. They are listed by what was found, page by page: another letter finds fewer.": (
        "Mehr als {n} passen. Sie stehen in der Reihenfolge des Funds, Seite um Seite: Ein Buchstabe mehr findet weniger."
    ),
    # audit
    "Audit": "Journal",
    "Every change, with who made it. Entries are sealed within seconds and can't be altered.": (
        "Jede Änderung und wer sie machte. Einträge sind nach Sekunden versiegelt und lassen sich nicht ändern."
    ),
    "Subject": "Gegenstand",
    "Nothing yet": "Noch nichts",
    "Each change to events, orders, tickets and settings appears here.": (
        "Jede Änderung an Veranstaltungen, Bestellungen, Tickets und Einstellungen erscheint hier."
    ),
    "by support, {id}": "durch den Support, {id}",
    "{n} shown, newest first": "{n} gezeigt, neuste zuerst",
    "API key made": "API-Schlüssel erstellt",
    "API key ended": "API-Schlüssel beendet",
    "Seats put in a cart": "Plätze in den Warenkorb gelegt",
    "Seats given back from a cart": "Plätze aus dem Warenkorb freigegeben",
    "Scanner added": "Scanner hinzugefügt",
    "Scanner's key ended": "Schlüssel eines Scanners beendet",
    "Event created": "Veranstaltung angelegt",
    "Event changed": "Veranstaltung geändert",
    "Event published": "Veranstaltung veröffentlicht",
    "Event cancelled": "Veranstaltung abgesagt",
    "Event archived": "Veranstaltung archiviert",
    "Event made a draft again": "Veranstaltung wieder Entwurf",
    "List exported": "Liste exportiert",
    "Gate added": "Eingang hinzugefügt",
    "Member added": "Mitglied hinzugefügt",
    "Plugin switched off": "Plugin ausgeschaltet",
    "Plugin switched on": "Plugin eingeschaltet",
    "Pool created": "Kontingent angelegt",
    "Pool resized": "Kontingent geändert",
    "Session deleted": "Programmpunkt gelöscht",
    "Session saved": "Programmpunkt gespeichert",
    "Settings changed": "Einstellungen geändert",
    "Speaker deleted": "Vortragende Person gelöscht",
    "Speaker saved": "Vortragende Person gespeichert",
    "Ticket type saved": "Tickettyp gespeichert",
    "Venue saved": "Ort gespeichert",
    "A buyer": "Ein Käufer",
    "SRAtix": "SRAtix",
    "A scanner": "Ein Scanner",
    # plugins
    "{n} installed, {on} on for {name}. One that is off leaves no page, hook or job behind; its data stays.": (
        "{n} installiert, {on} für {name} eingeschaltet. Ein ausgeschaltetes lässt keine Seite, keinen Hook und keine "
        "Aufgabe zurück; seine Daten bleiben."
    ),
    "{name} is not installed here any more.": "{name} ist hier nicht mehr installiert.",
    "It is still switched on and does nothing. What it stored stays until the operator removes it.": (
        "Es ist noch eingeschaltet und tut nichts. Was es speicherte, bleibt, bis der Betreiber es entfernt."
    ),
    "Needs {names}": "Braucht {names}",
    "Always on": "Immer ein",
    "Only for {name}. What is empty follows the organization.": "Nur für {name}. Was leer ist, folgt der Organisation.",
    "Taken out by the operator.": "Vom Betreiber herausgenommen.",
    "It does nothing on this whole installation until the operator lets it back in.": (
        "Es tut auf der ganzen Installation nichts, bis der Betreiber es wieder zulässt."
    ),
    "It is paused. Let it go on once it is mended.": (
        "Es ist angehalten. Lassen Sie es weiterlaufen, sobald es behoben ist."
    ),
    "Pause it to keep it out of your sales until it is mended. Its switch, settings and data stay.": (
        "Halten Sie es an, damit es Ihren Verkauf nicht stört, bis es behoben ist. Schalter, Einstellungen und Daten bleiben."
    ),
    "Failed calls": "Gescheiterte Aufrufe",
    "Slow calls": "Langsame Aufrufe",
    "the slowest took {ms} ms": "der langsamste dauerte {ms} ms",
    "For one event": "Für eine Veranstaltung",
    "Switch it on to set it up.": "Schalten Sie es ein, um es einzurichten.",
    "There is nothing to set here.": "Hier gibt es nichts einzustellen.",
    "Settings of the organization": "Einstellungen der Organisation",
    "Let it go on": "Weiterlaufen lassen",
    "Pause it": "Anhalten",
    "No plugin is installed": "Kein Plugin ist installiert",
    "The core sells free tickets and scans them. Payment, mail and PDF come as plugins that whoever runs this installation adds.": (
        "Der Kern verkauft Gratistickets und scannt sie. Bezahlen, Mail und PDF kommen als Plugins, die der Betreiber "
        "der Installation hinzufügt."
    ),
    "Failed again and again: {hooks}.": "Scheiterte immer wieder: {hooks}.",
    "Yes": "Ja",
    "No": "Nein",
    "As for the organization": "Wie für die Organisation",
    "Organization: {value}": "Organisation: {value}",
    # search
    "Name, e-mail, order code, event, page": "Name, E-Mail, Bestellcode, Veranstaltung, Seite",
    "Nothing found": "Nichts gefunden",
    "Look with the beginning of a name, an address or a code.": (
        "Suchen Sie mit dem Anfang eines Namens, einer Adresse oder eines Codes."
    ),
    "What are you looking for?": "Was suchen Sie?",
    "Type at least two characters of a name, an e-mail address, an order code, an event or a page.": (
        "Schreiben Sie mindestens zwei Zeichen eines Namens, einer E-Mail-Adresse, eines Bestellcodes, einer "
        "Veranstaltung oder einer Seite."
    ),
    "Pages": "Seiten",
    # settings
    "Sections": "Abschnitte",
    "Saved": "Gespeichert",
    "How your shop, tickets and mails look. The dashboard stays as it is.": (
        "Wie Shop, Tickets und Mails aussehen. Das Dashboard bleibt, wie es ist."
    ),
    "Accent colour": "Akzentfarbe",
    "Buttons and links. The text on it is chosen for contrast.": (
        "Knöpfe und Links. Die Schrift darauf richtet sich nach dem Kontrast."
    ),
    "Line in the footer": "Fusszeile",
    "Name, place and VAT number, for example.": "Zum Beispiel Name, Ort und MWST-Nummer.",
    # why
    "The rules that were asked, in order, with what they found.": (
        "Die befragten Regeln, der Reihe nach, mit dem, was sie fanden."
    ),
    "As it stood below the message": "Wie sie unter der Meldung stand",
    "Not found.": "Nicht gefunden.",
    "Yes:": "Ja:",
    "No:": "Nein:",
    "No rule was kept for this one.": "Dafür ist keine Regel aufbewahrt.",
    "Somebody asks why?": "Jemand fragt, warum?",
    "Ask for the reference below the message they saw, and type it here.": (
        "Fragen Sie nach der Referenz unter der Meldung und geben Sie sie hier ein."
    ),
    "Why this verdict?": "Warum dieser Entscheid?",
    "Nothing is kept under this reference. Reasons are kept for 90 days; check the spelling.": (
        "Unter dieser Referenz ist nichts aufbewahrt. Gründe bleiben 90 Tage; prüfen Sie die Schreibweise."
    ),
    "The event sells tickets": "Die Veranstaltung verkauft Tickets",
    "{name} is on sale, and the number is allowed": "{name} ist im Verkauf, und die Zahl ist erlaubt",
    "There is room": "Es hat Platz",
    "Price of {name} when the seats were taken": "Preis von {name}, als die Plätze vergeben wurden",
    "Another price until then": "Bis dahin ein anderer Preis",
    "Another price for the first {first}": "Ein anderer Preis für die ersten {first}",
    "{percent} off from {at_least} in one order": "{percent} Rabatt ab {at_least} in einer Bestellung",
    "{name} could be used": "{name} liess sich einlösen",
    "{code}, of the plugin {plugin}": "{code}, vom Plugin {plugin}",
    "{name}, of the plugin {plugin}": "{name}, vom Plugin {plugin}",
    "Your fee for {tickets} tickets": "Ihre Gebühr für {tickets} Tickets",
    "Fee for {tickets} tickets, of the plugin {plugin}": "Gebühr für {tickets} Tickets, vom Plugin {plugin}",
    "{name} is within the price, of the plugin {plugin}": "{name} ist im Preis enthalten, vom Plugin {plugin}",
    "Rate of {percent}, of the plugin {plugin}": "Satz von {percent}, vom Plugin {plugin}",
    "{percent} VAT within the price is taken off": "{percent} MwSt. im Preis fällt weg",
    "The buyer owes the VAT, says the plugin {plugin}": "Der Käufer schuldet die MwSt., sagt das Plugin {plugin}",
    "{percent} VAT, within the price": "{percent} MwSt., im Preis",
    "{percent} VAT, on top of the price": "{percent} MwSt., zum Preis dazu",
    "The code can be read": "Der Code ist lesbar",
    "There is such a ticket": "Es gibt ein solches Ticket",
    "The ticket is for this event": "Das Ticket gilt für diese Veranstaltung",
    "The signature is ours": "Die Signatur ist unsere",
    "The code is the newest of this ticket": "Der Code ist der neuste dieses Tickets",
    "The ticket is valid": "Das Ticket ist gültig",
    "This direction is scanned here": "Diese Richtung wird hier gescannt",
    "The holder is on the other side of the door": "Die Person ist auf der anderen Seite der Tür",
    "{value} wanted": "{value} gewünscht",
    "for {value} of them": "für {value} davon",
    "{value} left": "noch {value}",
    "at most {value}": "höchstens {value}",
    "{value} already bought": "schon {value} gekauft",
    "{value} taken": "{value} vergeben",
    "state {value}": "Zustand {value}",
    "until {value}": "bis {value}",
    "opens {value}": "öffnet {value}",
    "scanned before on {value}": "schon gescannt am {value}",
    "at {value}": "bei {value}",
    # navigation
    "Sell": "Verkaufen",
    "Run": "Durchführen",
    # shell
    "The event is on sale.": "Die Veranstaltung ist im Verkauf.",
    "Cancelled.": "Storniert.",
    "Archived.": "Archiviert.",
    "The event is a draft again.": "Die Veranstaltung ist wieder ein Entwurf.",
    "Marked as paid. The tickets are on their way.": "Als bezahlt eingetragen. Die Tickets sind unterwegs.",
    "Recorded: the money went back.": "Eingetragen: Das Geld ging zurück.",
    "The money is on its way back. It shows here when it has arrived.": (
        "Das Geld ist auf dem Rückweg. Es steht hier, sobald es angekommen ist."
    ),
    "The case is settled.": "Der Fall ist erledigt.",
    "The case is set aside. It comes back if it changes.": (
        "Der Fall ist weggelegt. Er kommt zurück, wenn er sich ändert."
    ),
    "It is looked at again.": "Es wird nochmals angeschaut.",
    "The provider is asked. Load this page again in a moment.": (
        "Der Anbieter ist gefragt. Laden Sie die Seite in einem Moment neu."
    ),
    "The invoice is issued. It is being drawn.": "Die Rechnung ist ausgestellt. Sie wird gerade erstellt.",
    "The mail leaves as soon as the PDF is there.": "Die Mail geht hinaus, sobald das PDF da ist.",
    "The invoice was credited and issued anew.": "Die Rechnung wurde gutgeschrieben und neu ausgestellt.",
    "It is being drawn. Reload in a moment.": "Es wird erstellt. Laden Sie in einem Moment neu.",
    "The payment is recorded. The seats are gone: decide with the buyer.": (
        "Die Zahlung ist eingetragen. Die Plätze sind weg: Entscheiden Sie mit dem Käufer."
    ),
    "The mail is on its way again.": "Die Mail ist nochmals unterwegs.",
    "The ticket has a new code. The old one admits nobody.": (
        "Das Ticket hat einen neuen Code. Der alte lässt niemanden ein."
    ),
    "The ticket is void. Its seat is free.": "Das Ticket ist ungültig. Sein Platz ist frei.",
    "The scanner's key has ended.": "Der Schlüssel des Scanners ist beendet.",
    "The key has ended.": "Der Schlüssel ist beendet.",
    "Removed.": "Entfernt.",
    "The link opens nothing any more.": "Der Link öffnet nichts mehr.",
    "The note is kept.": "Die Notiz ist festgehalten.",
    "Closed.": "Geschlossen.",
    "Switched on.": "Eingeschaltet.",
    "Switched on, together with what it needs.": "Eingeschaltet, zusammen mit dem, was es braucht.",
    "Paused. It does nothing here until you let it go on.": (
        "Angehalten. Es tut hier nichts, bis Sie es weiterlaufen lassen."
    ),
    "It goes on.": "Es läuft weiter.",
    "Switched off.": "Ausgeschaltet.",
    "New codes: {n}. Spellings that were there already, or are none, were left out.": (
        "Neue Codes: {n}. Schreibweisen, die es schon gab oder die keine sind, wurden ausgelassen."
    ),
    "Orders done: {n}.": "Erledigte Bestellungen: {n}.",
    "Mails on their way: {n}.": "Mails unterwegs: {n}.",
    "Tickets voided: {n}.": "Entwertete Tickets: {n}.",
}
