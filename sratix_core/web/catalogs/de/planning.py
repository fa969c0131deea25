"""What staff read while they plan an event: the list, the overview, its page, programme and venues."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # attention
    "{n} open": "{n} offen",
    "now": "jetzt",
    "Somebody at the event waits to hear what is done.": (
        "Jemand an der Veranstaltung wartet darauf zu hören, was geschieht."
    ),
    "{n} mails could not be delivered.": "{n} Mails liessen sich nicht zustellen.",
    "These buyers have not seen their tickets. Check the addresses.": (
        "Diese Käufer haben ihre Tickets nicht gesehen. Prüfen Sie die Adressen."
    ),
    "{n} unpaid orders lapse within two days.": "{n} unbezahlte Bestellungen verfallen innert zwei Tagen.",
    "One incident is open.": "Ein Vorfall ist offen.",
    "{n} incidents are open.": "{n} Vorfälle sind offen.",
    "Open the notes": "Notizen öffnen",
    "The bank took {amount} of {code} back.": "Die Bank nahm {amount} von {code} zurück.",
    "The bank took the payment of {code} back.": "Die Bank nahm die Zahlung von {code} zurück.",
    "{amount} and their seats go back to the pool.": "{amount} und die Plätze gehen ins Kontingent zurück.",
    "Their seats go back to the pool.": "Die Plätze gehen ins Kontingent zurück.",
    "Open orders": "Bestellungen öffnen",
    "Doors open": "Türöffnung",
    "{n} payments came after the seats were gone.": "{n} Zahlungen kamen, als die Plätze weg waren.",
    "The buyers wait for an answer: other seats, or their money back.": (
        "Die Käufer warten auf Antwort: andere Plätze oder ihr Geld zurück."
    ),
    "{name} goes on sale": "{name} kommt in den Verkauf",
    "{name} is no longer sold": "{name} wird nicht mehr verkauft",
    "The first unpaid orders lapse": "Die ersten unbezahlten Bestellungen verfallen",
    "{n} orders wait for their money.": "{n} Bestellungen warten auf ihr Geld.",
    "{name} is at {n} %.": "{name} ist bei {n} %.",
    "{n} left.": "Noch {n}.",
    "Raise the limit": "Grenze anheben",
    # event form
    "Event details": "Angaben zur Veranstaltung",
    "A draft: nobody sees it before you publish it.": "Ein Entwurf: Niemand sieht ihn, bevor Sie veröffentlichen.",
    "What people read": "Was man liest",
    "One sentence about it": "Ein Satz dazu",
    "Stands under the name and in shared links.": "Steht unter dem Namen und in geteilten Links.",
    "Plain text. A blank line begins a new paragraph.": "Reiner Text. Eine leere Zeile beginnt einen neuen Absatz.",
    "Lower-case letters, digits and hyphens. Links already shared break when it changes.": (
        "Kleinbuchstaben, Ziffern und Bindestriche. Schon geteilte Links brechen, wenn sie sich ändert."
    ),
    "Lower-case letters, digits and hyphens. Made from the name when empty.": (
        "Kleinbuchstaben, Ziffern und Bindestriche. Leer: aus dem Namen gebildet."
    ),
    "When and where": "Wann und wo",
    "All times of the event are shown in it.": "Alle Zeiten der Veranstaltung stehen darin.",
    "Venue": "Ort",
    "Not decided yet": "Noch offen",
    "Add or change venues": "Orte hinzufügen oder ändern",
    "Selling and the door": "Verkauf und Einlass",
    "Sold in {currency}. The first order fixed it.": "Verkauft in {currency}. Die erste Bestellung legte das fest.",
    "Cannot change after the first order.": "Nach der ersten Bestellung nicht mehr änderbar.",
    "List it on your shop’s front page": "Auf der Startseite Ihres Shops zeigen",
    "Without, whoever has the address still finds it.": "Ohne das findet sie nur, wer die Adresse hat.",
    "Let people in again after they left": "Wer gegangen ist, darf wieder herein",
    "Scan people when they leave": "Beim Gehen scannen",
    "Only then the count of who is inside stays right.": "Nur so stimmt die Zahl derer, die drinnen sind.",
    "In {language}": "Auf {language}",
    "Create draft": "Entwurf erstellen",
    # events
    "Date": "Datum",
    "Sales": "Verkäufe",
    "No event here": "Hier ist keine Veranstaltung",
    "An event holds its ticket types, orders, attendees and the door. Start with a name and a date; nobody sees it before "
    "you publish it.": (
        "Eine Veranstaltung umfasst Tickettypen, Bestellungen, Teilnehmende und den Einlass. Beginnen Sie mit Name und "
        "Datum; niemand sieht sie, bevor Sie veröffentlichen."
    ),
    "Event page": "Veranstaltungsseite",
    # home empty
    "Home": "Start",
    "Welcome, {name}. Let’s put your first event on sale.": (
        "Willkommen, {name}. Bringen wir Ihre erste Veranstaltung in den Verkauf."
    ),
    "{n} steps, about four minutes. Everything can be changed later; nobody sees the event before you publish it.": (
        "{n} Schritte, etwa vier Minuten. Alles lässt sich später ändern; niemand sieht die Veranstaltung, bevor Sie "
        "veröffentlichen."
    ),
    "First event": "Erste Veranstaltung",
    "{done} of {n} done": "{done} von {n} erledigt",
    "Meanwhile": "Inzwischen",
    # nowhere
    "Not open yet": "Noch nicht offen",
    "A person looks at it. You get a mail when it is decided.": (
        "Ein Mensch schaut es an. Sie erhalten eine Mail, wenn es entschieden ist."
    ),
    "Nobody has added you to an organization. Ask an owner to add {email} under Members.": (
        "Niemand hat Sie in eine Organisation aufgenommen. Bitten Sie jemanden mit der Rolle Inhaber, {email} unter "
        "Mitglieder hinzuzufügen."
    ),
    # overview
    "Edit": "Bearbeiten",
    "Preview": "Vorschau",
    "Publish event": "Veröffentlichen",
    "The curve begins with the first order.": "Die Kurve beginnt mit der ersten Bestellung.",
    "Add a ticket type": "Tickettyp hinzufügen",
    "Capacity": "Kapazität",
    "No ticket type has a limit yet.": "Noch hat kein Tickettyp eine Grenze.",
    "Set limits": "Grenzen setzen",
    "What happens by itself": "Was von selbst geschieht",
    "All orders": "Alle Bestellungen",
    "Orders show up here the moment someone buys.": "Bestellungen erscheinen hier, sobald jemand kauft.",
    "Archive event": "Archivieren",
    "Cancel {name}?": "{name} absagen?",
    "Sales stop at once and the page says that the event is cancelled. Orders stay as they are; refunds are yours to make.": (
        "Der Verkauf endet sofort, und die Seite sagt, dass die Veranstaltung abgesagt ist. Bestellungen bleiben, wie "
        "sie sind; Rückzahlungen liegen bei Ihnen."
    ),
    "{sold} sold · {held} held · {free} free": "{sold} verkauft · {held} reserviert · {free} frei",
    "{n} paid orders": "{n} bezahlt",
    "Tickets sold": "Verkaufte Tickets",
    "valid tickets": "gültige Tickets",
    "{total} paid so far, {week} of it in the last seven days.": (
        "Bisher {total} bezahlt, davon {week} in den letzten sieben Tagen."
    ),
    "{n} people came at least once.": "{n} Personen kamen mindestens einmal.",
    "Today": "Heute",
    "In one day": "In einem Tag",
    "Average order": "Bestellung im Schnitt",
    "In {n} days": "In {n} Tagen",
    "In a few hours": "In wenigen Stunden",
    "Paid orders": "Bezahlte Bestellungen",
    "Paid in all": "Insgesamt bezahlt",
    "In all": "Insgesamt",
    # programme
    "Open programme": "Programm öffnen",
    "Add speaker": "Person hinzufügen",
    "Add session": "Programmpunkt hinzufügen",
    "New session": "Neuer Programmpunkt",
    "Title": "Titel",
    "What it is about": "Worum es geht",
    "Track": "Strang",
    "Room": "Raum",
    "Empty: everybody may sit in.": "Leer: Alle dürfen hinein.",
    "Speakers": "Vortragende",
    "New speaker": "Neue vortragende Person",
    "In a few sentences": "In wenigen Sätzen",
    "It disappears from the public programme at once.": "Er verschwindet sofort aus dem öffentlichen Programm.",
    "Time": "Zeit",
    "Session": "Programmpunkt",
    "A session has a time, a room, a track and people who speak. With seats of its own it can be sold as a ticket.": (
        "Ein Programmpunkt hat eine Zeit, einen Raum, einen Strang und Vortragende. Mit eigenen Plätzen lässt er sich "
        "als Ticket verkaufen."
    ),
    "{n} sessions": "{n} Programmpunkte",
    # venues
    "Venues": "Orte",
    "Add a venue": "Ort hinzufügen",
    "New venue": "Neuer Ort",
    "Tram, bus, parking: what a visitor asks.": "Tram, Bus, Parkplatz: was Gäste fragen.",
    "How many people it may hold": "Für wie viele Personen zugelassen",
    "Latitude": "Breite",
    "Longitude": "Länge",
    "Add venue": "Ort hinzufügen",
    "No venue yet": "Noch kein Ort",
    "A venue is a place with an address and a limit. Events share them, so the way there is written once.": (
        "Ein Ort hat eine Adresse und eine Grenze. Veranstaltungen teilen ihn, so steht der Weg dorthin nur einmal."
    ),
    # home
    "Name, date and place": "Name, Datum und Ort",
    "Nobody sees the event before you publish it.": "Niemand sieht die Veranstaltung, bevor Sie veröffentlichen.",
    "What do you sell?": "Was verkaufen Sie?",
    "One ticket type is enough. A free one needs no payment setup.": (
        "Ein Tickettyp genügt. Ein kostenloser braucht keine Zahlungsart."
    ),
    "How do people pay?": "Wie bezahlt man?",
    "Bank transfer works at once with your IBAN.": "Die Banküberweisung läuft sofort mit Ihrer IBAN.",
    "Look at the page, then publish": "Seite ansehen, dann veröffentlichen",
    "You see exactly what visitors will see, on a phone too.": (
        "Sie sehen genau, was Gäste sehen, auch auf dem Telefon."
    ),
    "Add an event": "Veranstaltung hinzufügen",
}
