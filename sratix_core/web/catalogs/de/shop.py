"""The public shop: event page, programme, cart, checkout, and the buyer's order."""

SENTENCES = {
    # frame
    "Skip to content": "Zum Inhalt",
    "Change theme": "Hell oder dunkel",
    "Language": "Sprache",
    "Language, at the foot": "Sprache, am Fuss der Seite",
    "Steps": "Schritte",
    "Events": "Veranstaltungen",
    "Tickets": "Tickets",
    "Seats": "Plätze",
    "Total": "Total",
    "Order": "Bestellung",
    "Organization": "Organisation",
    "{price} each": "je {price}",
    # event page
    "What to expect": "Das erwartet Sie",
    "Programme": "Programm",
    "Times in {zone}": "Zeiten in {zone}",
    "No session yet": "Noch kein Programmpunkt",
    "One session": "Ein Programmpunkt",
    "Getting there": "Anreise",
    "Get tickets": "Tickets holen",
    "from {price}": "ab {price}",
    "free tickets": "kostenlose Tickets",
    "This event is cancelled.": "Diese Veranstaltung ist abgesagt.",
    "Whoever has a ticket was told by e-mail.": "Wer ein Ticket hat, wurde per E-Mail informiert.",
    "This event is over.": "Diese Veranstaltung ist vorbei.",
    "Tickets are no longer sold.": "Es werden keine Tickets mehr verkauft.",
    "When": "Wann",
    "{start} to": "{start} bis",
    "Add to calendar": "In den Kalender",
    "Where": "Wo",
    "Open map": "Karte öffnen",
    "All {n} sessions": "Alle {n} Programmpunkte",
    "Nothing is on sale yet. Look in again closer to the date.": (
        "Noch ist nichts im Verkauf. Schauen Sie näher am Datum wieder vorbei."
    ),
    "No ticket chosen": "Kein Ticket gewählt",
    "on sale from {when}": "im Verkauf ab {when}",
    "One less {name}": "Ein {name} weniger",
    "{name}: how many": "{name}: wie viele",
    "One more {name}": "Ein {name} mehr",
    "Next: names. We hold your seats for {n} minutes.": (
        "Als Nächstes die Namen. Wir halten Ihre Plätze {n} Minuten frei."
    ),
    "Full": "Voll",
    "{n} left": "noch {n}",
    "free": "kostenlos",
    "Events by {name}": "Veranstaltungen von {name}",
    "No event is on sale": "Keine Veranstaltung im Verkauf",
    "New events appear here as soon as they are published.": (
        "Neue Veranstaltungen erscheinen hier, sobald sie veröffentlicht sind."
    ),
    "Past events": "Vergangene Veranstaltungen",
    "All sessions of {name}": "Alle Programmpunkte von {name}",
    "Add all to calendar": "Alle in den Kalender",
    "Tracks": "Stränge",
    "The programme appears here as it takes shape.": "Das Programm erscheint hier, sobald es Form annimmt.",
    "{n} of {total} seats left": "noch {n} von {total} Plätzen",
    "With": "Mit",
    # cart
    "Your order": "Ihre Bestellung",
    "Your seats": "Ihre Plätze",
    "Give the seats back": "Plätze freigeben",
    "Seats held for {m} minutes {s} seconds": "Plätze reserviert für {m} Minuten {s} Sekunden",
    "until {when}": "bis {when}",
    "Seats given back": "Plätze freigegeben",
    "The time for your seats ran out.": "Die Zeit für Ihre Plätze ist abgelaufen.",
    "Your seats are given back.": "Ihre Plätze sind freigegeben.",
    "These seats are no longer held.": "Diese Plätze sind nicht mehr reserviert.",
    "They went back to the others. Nothing was ordered and nothing is owed. If there are seats left, choose them again.": (
        "Sie gingen an die anderen zurück. Nichts wurde bestellt, nichts ist geschuldet. "
        "Sind noch Plätze frei, wählen Sie sie erneut."
    ),
    "Nothing was ordered and nothing is owed.": "Nichts wurde bestellt, nichts ist geschuldet.",
    "If you have placed the order, its page is in the e-mail we sent you. If not, choose your tickets again.": (
        "Haben Sie bestellt, so steht die Seite der Bestellung in unserer E-Mail. Sonst wählen Sie Ihre Tickets erneut."
    ),
    "Choose tickets again": "Tickets erneut wählen",
    # checkout
    "Who is coming?": "Wer kommt?",
    "Names": "Namen",
    "Payment": "Zahlung",
    "Confirm": "Bestätigen",
    "Done": "Fertig",
    "You chose this a moment ago: here is the same cart, and nothing is held twice.": (
        "Das haben Sie eben schon gewählt: Hier ist derselbe Warenkorb, nichts ist doppelt reserviert."
    ),
    "Your seats are held until {when}. Leaving the page does not lose them.": (
        "Ihre Plätze sind bis {when} reserviert, auch wenn Sie die Seite verlassen."
    ),
    "You": "Sie",
    "First and last name": "Vor- und Nachname",
    "Your tickets and bills go here. Nothing else does.": "Hierhin gehen Ihre Tickets und Rechnungen. Sonst nichts.",
    "Ticket {n}": "Ticket {n}",
    "This one is for me": "Dieses ist für mich",
    "I will fill this in later": "Trage ich später ein",
    "You can add the name on your order page, until the doors open.": (
        "Den Namen können Sie auf der Seite der Bestellung nachtragen, bis die Türen öffnen."
    ),
    "Continue to payment": "Weiter zur Zahlung",
    "Continue": "Weiter",
    "Back to tickets": "Zurück zu den Tickets",
    "How would you like to pay?": "Wie möchten Sie bezahlen?",
    "How to pay": "So bezahlen Sie",
    "One last look": "Ein letzter Blick",
    "Less than two minutes left on your seats": "Ihre Plätze sind noch keine zwei Minuten reserviert",
    "Once the order is placed they are yours, even if the clock runs out.": (
        "Sobald die Bestellung abgeschickt ist, gehören sie Ihnen, auch wenn die Zeit abläuft."
    ),
    "Payment method": "Zahlungsart",
    "This shop takes no payments at the moment.": "Dieser Shop nimmt zurzeit keine Zahlungen an.",
    "Your seats stay held. Write to the organizer, or try again later.": (
        "Ihre Plätze bleiben reserviert. Schreiben Sie dem Veranstalter, oder versuchen Sie es später wieder."
    ),
    "Tickets go to": "Tickets gehen an",
    "Change names": "Namen ändern",
    "I accept": "Ich akzeptiere",
    " and ": " und ",
    "Order for {price}": "Für {price} bestellen",
    "Get the tickets": "Tickets holen",
    "Back to names": "Zurück zu den Namen",
    # the buyer's order
    "You are in, {name}.": "Sie sind dabei, {name}.",
    "Your seats are reserved, {name}.": "Ihre Plätze sind reserviert, {name}.",
    "This order is cancelled.": "Diese Bestellung ist storniert.",
    "This order has lapsed.": "Diese Bestellung ist verfallen.",
    "Your money came late, {name}.": "Ihr Geld kam zu spät, {name}.",
    "Your order {code}": "Ihre Bestellung {code}",
    "paid by {how}": "bezahlt mit {how}",
    "sent to {email}": "gesendet an {email}",
    "Tickets come when the money is here.": "Die Tickets kommen, sobald das Geld da ist.",
    "{price} by {when}. After that the seats go back to the others.": (
        "{price} bis {when}. Danach gehen die Plätze an die anderen zurück."
    ),
    "The seats went back to the others.": "Die Plätze gingen an die anderen zurück.",
    "No payment arrived in time. If you have paid since, the organizer will write to you.": (
        "Es kam keine Zahlung rechtzeitig an. Haben Sie inzwischen bezahlt, schreibt Ihnen der Veranstalter."
    ),
    "By then the seats were gone.": "Da waren die Plätze vergeben.",
    "The organizer sees your payment and will write to you: other seats, or your money back.": (
        "Der Veranstalter sieht Ihre Zahlung und schreibt Ihnen: andere Plätze, oder Ihr Geld zurück."
    ),
    "Doors {when}": "Türöffnung {when}",
    "Ticket code of {name}": "Ticketcode von {name}",
    "Code as picture": "Code als Bild",
    "Name still open": "Name noch offen",
    "All": "Alle",
    "All tickets in one file": "Alle Tickets in einer Datei",
    "Change name": "Name ändern",
    "Add name": "Name eintragen",
    "Before you come": "Bevor Sie kommen",
    "Tickets paid": "Tickets bezahlt",
    "Pay the order": "Bestellung bezahlen",
    "Tickets confirmed": "Tickets bestätigt",
    "Name for one ticket": "Name für ein Ticket",
    "Names for {n} tickets": "Namen für {n} Tickets",
    "until the doors open": "bis die Türen öffnen",
    "Every ticket has a name": "Jedes Ticket hat einen Namen",
    "Documents": "Dokumente",
    "Mail the tickets again": "Tickets nochmals mailen",
    "Cancel the order": "Bestellung stornieren",
    "Cancel order {code}?": "Bestellung {code} stornieren?",
    "Cancel {code}": "{code} stornieren",
    "Your ticket becomes void and its seat goes to somebody else. This cannot be undone.": (
        "Ihr Ticket wird ungültig, der Platz geht an jemand anderen. Das lässt sich nicht rückgängig machen."
    ),
    "Your tickets become void and their seats go to others. This cannot be undone.": (
        "Ihre Tickets werden ungültig, die Plätze gehen an andere. Das lässt sich nicht rückgängig machen."
    ),
    "Your {n} tickets become void and their seats go to others. This cannot be undone.": (
        "Ihre {n} Tickets werden ungültig, die Plätze gehen an andere. Das lässt sich nicht rückgängig machen."
    ),
    "The mail is on its way again.": "Die Mail ist wieder unterwegs.",
    "The order is cancelled.": "Die Bestellung ist storniert.",
    "The name is saved.": "Der Name ist gespeichert.",
    "Keep the tickets": "Tickets behalten",
    "Back to the order": "Zurück zur Bestellung",
    "This page is your ticket office: keep its address to yourself.": (
        "Diese Seite ist Ihr Ticketschalter: Behalten Sie ihre Adresse für sich."
    ),
    "Something wrong? Write to us": "Stimmt etwas nicht? Schreiben Sie uns",
    "Quote {code}, it finds everything.": "Nennen Sie {code}, damit finden wir alles.",
    "Who comes with this ticket?": "Wer kommt mit diesem Ticket?",
    "Save the name": "Name speichern",
}
