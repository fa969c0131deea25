"""What staff read at the door and about who comes: attendees, check-in, devices, incidents."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # attendees
    "Attendees": "Teilnehmende",
    "By arrival": "Nach Ankunft",
    "Name, e-mail, order": "Name, E-Mail, Bestellung",
    "Pick {name}": "{name} wählen",
    "With the picked people": "Mit den gewählten Personen",
    "Nobody matches": "Niemand passt",
    "Nobody yet": "Noch niemand",
    "Everyone with a ticket appears here, with their order and whether they have arrived.": (
        "Alle mit einem Ticket erscheinen hier, mit ihrer Bestellung und ob sie angekommen sind."
    ),
    "{n} people · {inside} inside": "{n} Personen · {inside} drinnen",
    "Send mails again": "Mails nochmals senden",
    "Void tickets": "Tickets entwerten",
    # checkin
    "Check-in": "Einlass",
    "Scan here": "Hier scannen",
    "In the building": "Im Haus",
    "limit {n}": "höchstens {n}",
    "of {n} expected, {share} %": "von {n} erwartet, {share} %",
    "{n} people inside, {expected} expected": "{n} Personen drinnen, {expected} erwartet",
    "Entries": "Eintritte",
    "Exits": "Austritte",
    "Still to come": "Noch ausstehend",
    "Arrived, by ticket type": "Angekommen, nach Tickettyp",
    "All here": "Alle da",
    "No ticket is sold yet.": "Noch ist kein Ticket verkauft.",
    "Nobody has arrived yet": "Noch ist niemand da",
    "The curve begins with the first scan.": "Die Kurve beginnt mit dem ersten Scan.",
    "Gates": "Eingänge",
    "Gate": "Eingang",
    "In": "Ein",
    "Out": "Aus",
    "Last scan": "Letzter Scan",
    "One door needs no gate. Name them when there are several, and every scan says where it was.": (
        "Eine einzige Tür braucht keinen Namen. Benennen Sie mehrere, dann sagt jeder Scan, wo er war."
    ),
    "Name of the gate": "Name des Eingangs",
    "North, South, VIP": "Nord, Süd, VIP",
    "Add gate": "Hinzufügen",
    "Devices": "Geräte",
    "Manage": "Verwalten",
    "Device": "Gerät",
    "Scans": "Scans",
    "never seen": "nie gesehen",
    "A device scans through the interface with a key of its own. A keyboard scanner needs none: use “Scan here”.": (
        "Ein Gerät scannt über die Schnittstelle mit einem eigenen Schlüssel. Ein Tastaturscanner braucht keinen: «Hier "
        "scannen» genügt."
    ),
    "Latest scans": "Neuste Scans",
    "Every scan appears here, refused ones with the reason.": "Jeder Scan erscheint hier, abgewiesene mit dem Grund.",
    "Arrivals": "Ankünfte",
    "Most came in the quarter from {when}: {n} people.": (
        "Die meisten kamen in der Viertelstunde ab {when}: {n} Personen."
    ),
    "Unknown code": "Unbekannter Code",
    "Back inside": "Wieder drinnen",
    "Already inside": "Schon drinnen",
    "Has left, no re-entry": "Gegangen, kein Wiedereintritt",
    "Is not inside": "Ist nicht drinnen",
    "Exits are not scanned": "Austritte werden nicht gescannt",
    "Not a ticket code": "Kein Ticketcode",
    "No such ticket": "Kein solches Ticket",
    "Ticket of another event": "Ticket einer anderen Veranstaltung",
    "Signature is wrong": "Die Signatur ist falsch",
    "Code was replaced by a newer one": "Code durch einen neueren ersetzt",
    "Ticket is void": "Ticket ist ungültig",
    "Order is not paid": "Bestellung ist nicht bezahlt",
    "Order has lapsed": "Bestellung ist verfallen",
    # checkin scan
    "Scan": "Scannen",
    "Code": "Code",
    "Scan the ticket or type its code": "Ticket scannen oder Code eingeben",
    "No gate": "Kein Eingang",
    "Direction": "Richtung",
    "Check": "Prüfen",
    "Tickets for “{q}”": "Tickets zu «{q}»",
    "Let out": "Hinauslassen",
    "Let in": "Einlassen",
    "No ticket begins like that. Try the order code, the e-mail or the last name as it was written.": (
        "Kein Ticket beginnt so. Versuchen Sie den Bestellcode, die E-Mail oder den Nachnamen, wie er geschrieben wurde."
    ),
    "Why?": "Warum?",
    "Hold a ticket in front of the scanner, or type its code.": (
        "Halten Sie ein Ticket vor den Scanner, oder geben Sie den Code ein."
    ),
    "The door": "Die Tür",
    # devices
    "A device scans for this event with a key of its own. A keyboard scanner needs none: it types into “Scan here”.": (
        "Ein Gerät scannt für diese Veranstaltung mit einem eigenen Schlüssel. Ein Tastaturscanner braucht keinen: Er "
        "tippt in «Hier scannen»."
    ),
    "The key of “{name}”": "Der Schlüssel von «{name}»",
    "Copy it into the device now. It is shown this once: only a fingerprint of it is stored.": (
        "Kopieren Sie ihn jetzt ins Gerät. Er wird nur dieses Mal gezeigt: Gespeichert ist bloss sein Fingerabdruck."
    ),
    "Change {name}": "{name} ändern",
    "Last seen": "Zuletzt gesehen",
    "any": "alle",
    "Change": "Ändern",
    "Its key stops working at once. What it has scanned stays.": (
        "Sein Schlüssel gilt sofort nicht mehr. Was es gescannt hat, bleibt."
    ),
    "No device is paired yet": "Noch ist kein Gerät gekoppelt",
    "Pair one for each phone or scanner at the door, and every scan says which one it was.": (
        "Koppeln Sie eines für jedes Telefon oder jeden Scanner an der Tür, dann sagt jeder Scan, welches es war."
    ),
    "Pair a device": "Gerät koppeln",
    "As people at the door call it, for example “North 1”.": (
        "Wie die Leute an der Tür es nennen, zum Beispiel «Nord 1»."
    ),
    "Pair": "Koppeln",
    "Any gate": "Jeder Eingang",
    # incidents
    "Incidents": "Vorfälle",
    "What happened, for everybody who leads this event.": "Was geschah, für alle, die diese Veranstaltung leiten.",
    "The notes you wrote. Whoever leads this event sees them at once.": (
        "Ihre Notizen. Wer diese Veranstaltung leitet, sieht sie sofort."
    ),
    "Write down what happened": "Aufschreiben, was geschah",
    "What happened": "Was geschah",
    "Who, what, what you did. A sentence is enough.": "Wer, was, was Sie taten. Ein Satz genügt.",
    "Keep the note": "Notiz festhalten",
    "Closed": "Geschlossen",
    "Done:": "Getan:",
    "Close it": "Schliessen",
    "What was done": "Was getan wurde",
    "Close": "Schliessen",
    "Nothing happened": "Nichts geschah",
    "A fall, a lost child, a broken gate: written down here it is not forgotten.": (
        "Ein Sturz, ein verlorenes Kind, eine defekte Schranke: Hier aufgeschrieben geht es nicht vergessen."
    ),
    "Medical": "Medizinisch",
    "Security": "Sicherheit",
    "Technical": "Technik",
    "Lost and found": "Fundsachen",
    # attendee bulk
    "Void one ticket?": "Ein Ticket entwerten?",
    "Void {n} tickets?": "{n} Tickets entwerten?",
    "Void {n} tickets": "{n} Tickets entwerten",
    "Each buyer gets the mail of their order with its tickets as it reads now, once for all its tickets.": (
        "Jeder Käufer erhält die Mail zu seiner Bestellung mit den Tickets, wie sie jetzt lautet, einmal für alle Tickets."
    ),
    "They admit nobody from now on, the seats are free again and the buyers are told. What was paid stays paid. This cannot "
    "be undone.": (
        "Sie lassen ab jetzt niemanden mehr ein, die Plätze sind wieder frei, und die Käufer werden benachrichtigt. Was "
        "bezahlt ist, bleibt bezahlt. Das lässt sich nicht rückgängig machen."
    ),
    # attendee list
    "Arrived": "Angekommen",
    # scanning
    "Scanned {when}, {gate}.": "Gescannt {when}, {gate}.",
    "Scanned {when}.": "Gescannt {when}.",
    "Admit": "Einlassen",
    "Refuse": "Abweisen",
    "Ask for the name and an ID. If it fits, send the person to the info desk.": (
        "Fragen Sie nach Name und Ausweis. Passt es, schicken Sie die Person zum Infoschalter."
    ),
    "This event has no re-entry. Send the person to the info desk.": (
        "Diese Veranstaltung hat keinen Wiedereintritt. Schicken Sie die Person zum Infoschalter."
    ),
    "Scan the entry first, or let the person leave.": (
        "Scannen Sie zuerst den Eintritt, oder lassen Sie die Person gehen."
    ),
    "Nothing to do: let the person leave.": "Nichts zu tun: Lassen Sie die Person gehen.",
    "Hold the code closer, or search by name.": "Halten Sie den Code näher, oder suchen Sie mit dem Namen.",
    "Search by name. If there is nothing, send the person to the info desk.": (
        "Suchen Sie mit dem Namen. Findet sich nichts, schicken Sie die Person zum Infoschalter."
    ),
    "Send the person to the info desk.": "Schicken Sie die Person zum Infoschalter.",
    "Keep the person at the desk and call a supervisor.": (
        "Behalten Sie die Person am Schalter und rufen Sie die Leitung."
    ),
    "Ask for the newest mail: it holds the code that is valid.": (
        "Fragen Sie nach der neusten Mail: Darin steht der gültige Code."
    ),
    "Send the person to the info desk to pay.": "Schicken Sie die Person zum Bezahlen zum Infoschalter.",
}
