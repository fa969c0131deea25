"""What staff read on orders: the list, one order, its money and what happened to it."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # orders foot
    "Previous": "Zurück",
    "Next": "Weiter",
    "With the picked orders": "Mit den gewählten Bestellungen",
    # orders none
    "Look with fewer words, or clear the filters.": "Suchen Sie mit weniger Wörtern, oder heben Sie die Filter auf.",
    "Show all orders": "Alle Bestellungen zeigen",
    "Orders show up here the moment someone buys, with who, what and how they paid.": (
        "Bestellungen erscheinen hier, sobald jemand kauft: wer, was und wie bezahlt."
    ),
    "Open event page": "Seite öffnen",
    # orders top
    "By state": "Nach Zustand",
    "Code, name, e-mail": "Code, Name, E-Mail",
    "Pick all shown": "Alle gezeigten wählen",
    # exchange
    "Reference on the statement": "Referenz auf dem Auszug",
    # order
    "Not yet": "Noch nicht",
    "Print view": "Druckansicht",
    "Resend tickets": "Tickets nochmals senden",
    "Mark as paid": "Als bezahlt eintragen",
    "{price} received from {name}?": "{price} von {name} erhalten?",
    "The order becomes paid and its tickets are mailed to {email}. This is recorded with your name.": (
        "Die Bestellung wird bezahlt, und ihre Tickets gehen an {email}. Das wird mit Ihrem Namen festgehalten."
    ),
    "Mark {price} as paid": "{price} als bezahlt eintragen",
    "Refund": "Zurückzahlen",
    "It returns the way it came, within days. It can't be stopped once it is sent.": (
        "Es geht auf dem Zahlweg zurück, innert Tagen. Einmal gesendet, lässt es sich nicht aufhalten."
    ),
    "Send it back": "Zurücksenden",
    "Empty for all of it": "Leer für alles",
    "Mark as sent back": "Als zurückgezahlt eintragen",
    "{price} sent back to {name}?": "{price} an {name} zurückgezahlt?",
    "This records a transfer you have made; nothing is transferred from here. It can't be taken back.": (
        "Das hält eine Überweisung fest, die Sie gemacht haben; von hier wird nichts überwiesen. Es lässt sich nicht zurücknehmen."
    ),
    "Record the refund": "Rückzahlung eintragen",
    "Waits for {price}.": "Wartet auf {price}.",
    "Waits for its money.": "Wartet auf das Geld.",
    "Without payment the order lapses on {when} and its seats go back.": (
        "Ohne Zahlung verfällt die Bestellung am {when}, und ihre Plätze werden frei."
    ),
    "The provider says: {reason}": "Der Anbieter sagt: {reason}",
    "{price} is owed back.": "{price} sind zurückzuzahlen.",
    "Send it back with one press, the way it came.": "Senden Sie es mit einem Druck auf dem Zahlweg zurück.",
    "Transfer it to {name} and record it here, so that the books are settled.": (
        "Überweisen Sie es an {name} und tragen Sie es hier ein, damit die Bücher aufgehen."
    ),
    "Paid after the seats had gone back.": "Bezahlt, nachdem die Plätze frei wurden.",
    "Free seats and mark it paid, or cancel it and send the money back.": (
        "Machen Sie Plätze frei und tragen Sie sie als bezahlt ein, oder stornieren Sie sie und senden das Geld zurück."
    ),
    "Give {name} a new code?": "{name} einen neuen Code geben?",
    "The old code stops working at every door at once. The new one is mailed.": (
        "Der alte Code gilt sofort an keiner Tür mehr. Der neue wird gemailt."
    ),
    "Make a new code": "Neuen Code erstellen",
    "Keep the code": "Code behalten",
    "Void the ticket of {name}?": "Ticket von {name} entwerten?",
    "It no longer opens the door, its seat goes back to the pool and the holder is told by e-mail.": (
        "Es öffnet die Tür nicht mehr, der Platz geht ins Kontingent zurück, und die Person erfährt es per E-Mail."
    ),
    "Void it": "Entwerten",
    "Open it": "Öffnen",
    "Void the ticket": "Ticket entwerten",
    "Keep the ticket": "Ticket behalten",
    "Money": "Geld",
    "Why these prices?": "Warum diese Preise?",
    "Owed back": "Zurückzuzahlen",
    "Bought": "Gekauft",
    "Proforma": "Proforma",
    "Invoices need a sender first.": "Rechnungen brauchen zuerst einen Absender.",
    "None was issued.": "Keine wurde ausgestellt.",
    "Placed": "Bestellt",
    "Pays by": "Zahlt mit",
    "English": "Englisch",
    "German": "Deutsch",
    "French": "Französisch",
    "Italian": "Italienisch",
    "Buyer’s page": "Seite des Käufers",
    "Bought for": "Gekauft für",
    "Type its name, or how it begins. Empty: nobody but the buyer.": (
        "Schreiben Sie den Namen oder seinen Anfang. Leer: für niemanden sonst."
    ),
    "Nobody but the buyer": "Nur für den Käufer",
    "Mails": "Mails",
    "Cancel order": "Bestellung stornieren",
    "Its ticket becomes void, its seat goes back and the buyer is told.": (
        "Das Ticket wird ungültig, der Platz frei, und der Käufer erfährt es."
    ),
    "Its {n} tickets become void, their seats go back and the buyer is told.": (
        "Die {n} Tickets werden ungültig, die Plätze frei, und der Käufer erfährt es."
    ),
    "{amount} is owed back then.": "{amount} sind dann zurückzuzahlen.",
    "Keep the order": "Bestellung behalten",
    # order billing
    "For the next invoice of {code}. What was issued keeps its own.": (
        "Für die nächste Rechnung von {code}. Was ausgestellt ist, behält seine."
    ),
    # order lookup
    "Look up an order": "Bestellung nachschlagen",
    "By its whole code or the buyer’s whole e-mail address.": "Mit dem ganzen Code oder der ganzen E-Mail-Adresse.",
    "Order code or e-mail": "Bestellcode oder E-Mail",
    "Look up": "Nachschlagen",
    "These are the newest {n}.": "Das sind die neusten {n}.",
    "Ask for the code of the order to find an older one.": (
        "Fragen Sie nach dem Code der Bestellung, um eine ältere zu finden."
    ),
    "No order here": "Hier ist keine Bestellung",
    "Check the spelling with the person in front of you. The code stands on the ticket and in the mail.": (
        "Prüfen Sie die Schreibweise mit der Person vor Ihnen. Der Code steht auf dem Ticket und in der Mail."
    ),
    # order organization
    "For whom was {code} bought?": "Für wen wurde {code} gekauft?",
    "The people of the organization see the order and name its tickets.": (
        "Die Personen der Organisation sehen die Bestellung und tragen die Namen der Tickets ein."
    ),
    "Name, VAT number, e-mail": "Name, MWST-Nummer, E-Mail",
    "Organizations that fit": "Passende Organisationen",
    "One more letter": "Ein Buchstabe mehr",
    "Names are looked up from two letters on.": "Namen werden ab zwei Buchstaben gesucht.",
    "No organization is called {name}": "Keine Organisation heisst {name}",
    "Look for the beginning of a word of its name. Somebody new has to be added first.": (
        "Suchen Sie mit dem Anfang eines Wortes ihres Namens. Eine neue müssen Sie zuerst hinzufügen."
    ),
    "Add an organization": "Organisation hinzufügen",
    # order print
    "Back": "Zurück",
    "Price": "Preis",
    # history
    "By {name}": "Von {name}",
    "{who}, acted for by the platform's support": "{who}, gehandelt hat der Support der Plattform",
    "By the buyer": "Vom Käufer",
    "By itself": "Von selbst",
    "By staff": "Vom Team",
    "Order placed": "Bestellung aufgegeben",
    "Order cancelled": "Bestellung storniert",
    "Money sent back": "Geld zurückgesandt",
    "Order lapsed, seats given back": "Bestellung verfallen, Plätze freigegeben",
    "Mail sent again": "Mail nochmals gesendet",
    "Ticket got a new code": "Ticket erhielt einen neuen Code",
    "Name on a ticket changed": "Name auf einem Ticket geändert",
    "Ticket voided": "Ticket entwertet",
    # mass acts
    "Refresh": "Neu laden",
    # order bulk
    "Cancel {code}?": "{code} stornieren?",
    # order list
    "Paid by": "Bezahlt mit",
    "Cancel orders": "Bestellungen stornieren",
    "{n} orders · {amount} paid": "{n} Bestellungen · {amount} bezahlt",
    "Paid on": "Bezahlt am",
    # order money
    "The provider is asked again at {time}.": "Der Anbieter wird um {time} nochmals gefragt.",
    "The bank says: {reason}": "Die Bank sagt: {reason}",
    "{provider} returns it the way it came, within days. It can't be stopped once it is sent.": (
        "{provider} sendet es auf dem Zahlweg zurück, innert Tagen. Einmal gesendet, lässt es sich nicht aufhalten."
    ),
    "{name}, play money": "{name}, Spielgeld",
    "Disputed: the platform answers and bears it": "Angefochten: Die Plattform antwortet und trägt es",
    "Dispute lost, the platform bears it": "Anfechtung verloren, die Plattform trägt es",
    "Going to the provider": "Geht zum Anbieter",
    "The buyer is paying": "Der Käufer bezahlt gerade",
    "The provider’s answer was lost": "Die Antwort des Anbieters ging verloren",
    "Left without paying": "Gegangen, ohne zu bezahlen",
    "Not paid in time": "Nicht rechtzeitig bezahlt",
    "Refund begun": "Rückzahlung begonnen",
    "Refund on its way": "Rückzahlung unterwegs",
    "Refund sent, answer lost": "Rückzahlung gesendet, Antwort verloren",
    "Refund turned down": "Rückzahlung abgelehnt",
    "Disputed: answer it": "Angefochten: Antworten Sie",
    "Disputed: the bank decides": "Angefochten: Die Bank entscheidet",
    "Dispute won, the money is back": "Anfechtung gewonnen, das Geld ist zurück",
    # orders
    "Confirmation with tickets": "Bestätigung mit Tickets",
    "Payment reminder": "Zahlungserinnerung",
    "Cancellation": "Stornierung",
    "Tickets again": "Tickets nochmals",
    # questions
    "It leaves the programme. Tickets that draw on its places stay valid.": (
        "Er verschwindet aus dem Programm. Tickets, die Plätze davon brauchen, bleiben gültig."
    ),
    "The person leaves the programme and every session.": (
        "Die Person verschwindet aus dem Programm und aus jedem Programmpunkt."
    ),
    "The order becomes paid and its tickets are mailed. This is recorded with your name.": (
        "Die Bestellung wird bezahlt, und ihre Tickets werden gemailt. Das wird mit Ihrem Namen festgehalten."
    ),
    "Remove {name}?": "{name} entfernen?",
}
