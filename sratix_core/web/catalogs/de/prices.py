"""Prices, taxes and promo codes, as buyers read them."""

SENTENCES: dict[str, str] = {
    "For businesses of the European Union, such as ATU13585627. Some prices are then without VAT; you see them in the next step.": (
        "Für Unternehmen in der Europäischen Union, zum Beispiel ATU13585627. Einige Preise sind dann ohne MwSt.; "
        "Sie sehen sie im nächsten Schritt."
    ),
    "Reverse charge": "Reverse Charge",
    "Without VAT: your business owes it.": "Ohne MwSt.: Ihr Unternehmen schuldet sie.",
    "This VAT number cannot be right. Compare it, or leave the field empty: the price is then with VAT.": (
        "Diese MWST-Nummer kann nicht stimmen. Vergleichen Sie sie, oder lassen Sie das Feld leer: Der Preis ist dann mit MwSt."
    ),
    "This order was priced without VAT for {number}. Keep that number, or cancel the order and buy anew.": (
        "Diese Bestellung hat Preise ohne MwSt. für {number}. Behalten Sie diese Nummer, oder stornieren und bestellen Sie neu."
    ),
    "Write the business that has this VAT number.": "Schreiben Sie das Unternehmen mit dieser MWST-Nummer.",
    "The price cannot be worked out at the moment. Nothing is held and nothing charged; try again in a minute.": (
        "Der Preis lässt sich zurzeit nicht berechnen. Nichts ist reserviert und nichts belastet; versuchen Sie es in einer "
        "Minute nochmals."
    ),
    "{name} is kept by a plugin. Change it there, or disable it here.": (
        "{name} gehört einem Plugin. Ändern Sie es dort, oder schalten Sie es hier aus."
    ),
    "Code {code} is on": "Code {code} gilt",
    "It opens tickets and takes nothing off.": "Er öffnet Tickets und macht nichts günstiger.",
    "It opens tickets that others do not see.": "Er öffnet Tickets, die andere nicht sehen.",
    "Take off": "Wegnehmen",
    "I have a promo code": "Ich habe einen Promocode",
    "Promo code": "Promocode",
    "Apply": "Einlösen",
    "Early price or discount for several": "Frühpreis oder Mengenrabatt",
    "Code {code}": "Code {code}",
    "{rate} VAT": "{rate} MwSt.",
    "on {amount}": "auf {amount}",
    "Rounded to coins": "Auf Münzen gerundet",
    "{rate} VAT within: {amount}": "darin {rate} MwSt.: {amount}",
    "{rate} VAT within": "darin {rate} MwSt.",
    "{value} off, in the next step.": "{value} Rabatt, im nächsten Schritt.",
    "{value} off the order, in the next step.": "{value} Rabatt auf die Bestellung, im nächsten Schritt.",
    "{value} off each ticket, in the next step.": "{value} Rabatt je Ticket, im nächsten Schritt.",
    "{value} for each ticket, in the next step.": "{value} je Ticket, im nächsten Schritt.",
    "usually": "sonst",
    "for the first {n}": "für die ersten {n}",
    "for the first {n}, until {when}": "für die ersten {n}, bis {when}",
    "this price until {when}": "dieser Preis bis {when}",
    "Prices include VAT.": "Die Preise enthalten die MwSt.",
    "VAT is added to these prices.": "Zu diesen Preisen kommt die MwSt.",
    "{fee} comes on top; you see it before you pay.": "Dazu kommt: {fee}. Sie sehen den Betrag, bevor Sie bezahlen.",
    "The price of these seats has just changed. Look at it once more, then order.": (
        "Der Preis dieser Plätze hat sich eben geändert. Schauen Sie ihn noch einmal an und bestellen Sie dann."
    ),
    "There is no such code for this event. Check how it is spelled.": (
        "Diesen Code gibt es für diesen Anlass nicht. Prüfen Sie die Schreibweise."
    ),
    "{name} can't be used yet. Try again when it has begun.": "{name} gilt noch nicht. Versuchen Sie es später noch einmal.",
    "{name} has run out. Take it off, or use another.": "{name} ist abgelaufen. Nehmen Sie ihn weg oder verwenden Sie einen anderen.",
    "{name} has been used as often as it may. Use another, or go on without.": (
        "{name} wurde so oft eingelöst, wie er darf. Verwenden Sie einen anderen oder fahren Sie ohne fort."
    ),
    "{name} is not for these tickets. Choose others, or go on without it.": (
        "{name} gilt nicht für diese Tickets. Wählen Sie andere oder fahren Sie ohne ihn fort."
    ),
    "{name} needs at least {least} tickets. Choose more, or go on without it.": (
        "{name} braucht mindestens {least} Tickets. Wählen Sie mehr oder fahren Sie ohne ihn fort."
    ),
    "{name} needs an order of at least {least}. Choose more, or go on without it.": (
        "{name} braucht eine Bestellung von mindestens {least}. Wählen Sie mehr oder fahren Sie ohne ihn fort."
    ),
    "{name} makes nothing cheaper here. Go on without it.": "{name} macht hier nichts günstiger. Fahren Sie ohne ihn fort.",
    "You have used {name} as often as one buyer may. Take it off to go on.": (
        "Sie haben {name} so oft eingelöst, wie eine Person darf. Nehmen Sie ihn weg, um fortzufahren."
    ),
    "{name} needs the code that opened it. Keep that code, or give the seats back.": (
        "{name} braucht den Code, der es geöffnet hat. Behalten Sie ihn oder geben Sie die Plätze zurück."
    ),
    "These were many wrong codes. Wait {minutes} minutes, or go on without one.": (
        "Das waren viele falsche Codes. Warten Sie {minutes} Minuten oder fahren Sie ohne Code fort."
    ),
    "Use 2 to 40 letters and digits, with - _ or . between them.": (
        "Verwenden Sie 2 bis 40 Buchstaben und Ziffern, dazwischen - _ oder ."
    ),
    "This event has that code already. Choose another spelling.": (
        "Diesen Code hat die Veranstaltung schon. Wählen Sie eine andere Schreibweise."
    ),
    "{taken} uses are taken. Allow at least as many.": "{taken} Einlösungen sind vergeben. Erlauben Sie mindestens so viele.",
    "{name} was used. Disable it instead, so that the books keep their reason.": (
        "{name} wurde eingelöst. Schalten Sie ihn aus, damit die Bücher ihren Grund behalten."
    ),
    "None of these is new. Put one code on each line.": "Keiner davon ist neu. Schreiben Sie einen Code pro Zeile.",
    "Choose at least one hidden ticket type that this code opens.": (
        "Wählen Sie mindestens einen versteckten Tickettyp, den dieser Code öffnet."
    ),
    "A code that only opens tickets takes nothing off. Leave this empty.": (
        "Ein Code, der nur Tickets öffnet, gibt keinen Rabatt. Lassen Sie das Feld leer."
    ),
    "An event can have {most} codes. Delete some that nobody used.": (
        "Eine Veranstaltung kann {most} Codes haben. Löschen Sie einige, die niemand eingelöst hat."
    ),
    "Write a percentage from 0 to 100, with at most two decimals; a discount takes more than 0.": (
        "Schreiben Sie einen Prozentsatz von 0 bis 100 mit höchstens zwei Stellen; ein Rabatt braucht mehr als 0."
    ),
    "Write an amount above 0.": "Schreiben Sie einen Betrag über 0.",
    "Say until when this price holds, or for how many.": "Sagen Sie, bis wann dieser Preis gilt oder für wie viele.",
    "A price for the first ones needs a number above at How many there are.": (
        "Ein Preis für die Ersten braucht oben eine Zahl bei «Wie viele es gibt»."
    ),
    "Two discounts begin at the same number. Keep one.": "Zwei Rabatte beginnen bei derselben Zahl. Behalten Sie einen.",
}
