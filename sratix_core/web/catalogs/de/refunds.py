"""Giving tickets back: the rules, the buyer's page, and the office's."""

SENTENCES = {
    # the rules
    "Until {when}: {percent} % of the price.": "Bis {when}: {percent} % des Preises.",
    "After that nothing comes back.": "Danach kommt nichts zurück.",
    "{amount} per order stay with the organizer.": "{amount} je Bestellung bleiben beim Veranstalter.",
    "You give tickets back yourself, on the page of your order.": (
        "Sie geben Tickets selbst zurück, auf der Seite Ihrer Bestellung."
    ),
    "{percent} %, because it is not later than {when}.": "{percent} %, weil es nicht später ist als {when}.",
    "Nothing, because it is too late for every step of the event's rules.": (
        "Nichts, weil es für jede Stufe der Regeln zu spät ist."
    ),
    "The order's fees of {amount} are part of it.": "Die Gebühren der Bestellung von {amount} gehören dazu.",
    "The order's fees of {amount} are not.": "Die Gebühren der Bestellung von {amount} gehören nicht dazu.",
    "Less {amount}, which the organizer keeps per order.": "Abzüglich {amount}, die der Veranstalter je Bestellung behält.",
    "All of it, because the organizer decided so.": "Alles, weil der Veranstalter so entschieden hat.",
    "Nothing, because the organizer decided so.": "Nichts, weil der Veranstalter so entschieden hat.",
    # the buyer
    "Giving tickets back": "Tickets zurückgeben",
    "Give tickets back": "Tickets zurückgeben",
    "Which tickets do you give back?": "Welche Tickets geben Sie zurück?",
    "See what comes back": "Zeigen, was zurückkommt",
    "No ticket of this order can be given back.": "Kein Ticket dieser Bestellung kann zurückgegeben werden.",
    "Whoever has been let in keeps the ticket. Ask the organizer.": (
        "Wer schon eingelassen wurde, behält das Ticket. Fragen Sie den Veranstalter."
    ),
    "Give one ticket back?": "Ein Ticket zurückgeben?",
    "Give {n} tickets back?": "{n} Tickets zurückgeben?",
    "Paid for it": "Dafür bezahlt",
    "Stays with the organizer": "Bleibt beim Veranstalter",
    "Comes back to you": "Kommt zu Ihnen zurück",
    "The whole order ends with it.": "Die ganze Bestellung endet damit.",
    "The ticket admits nobody from then on and its seat goes to somebody else. This cannot be undone.": (
        "Das Ticket gilt dann nicht mehr, und der Platz geht an jemand anderen. Das lässt sich nicht rückgängig machen."
    ),
    "The tickets admit nobody from then on and their seats go to others. This cannot be undone.": (
        "Die Tickets gelten dann nicht mehr, und die Plätze gehen an andere. Das lässt sich nicht rückgängig machen."
    ),
    "The money goes back the way you paid; on a card it takes five to ten working days.": (
        "Das Geld geht auf dem Weg zurück, auf dem Sie bezahlt haben; auf einer Karte dauert es fünf bis zehn Arbeitstage."
    ),
    "The organizer transfers the money to you.": "Der Veranstalter überweist Ihnen das Geld.",
    "Give back for {price}": "Für {price} zurückgeben",
    "Give back for nothing": "Ohne Geld zurückgeben",
    "Given back. A mail with the amount is on its way to you.": (
        "Zurückgegeben. Eine Mail mit dem Betrag ist unterwegs zu Ihnen."
    ),
    "{price} comes back to you.": "{price} kommen zu Ihnen zurück.",
    "Nothing of the price comes back.": "Vom Preis kommt nichts zurück.",
    "{price} stays with the organizer by the rules of the event.": (
        "{price} bleiben nach den Regeln der Veranstaltung beim Veranstalter."
    ),
    "The mail of this says when and how it arrives.": "Die Mail dazu sagt, wann und wie es ankommt.",
    "One ticket given back": "Ein Ticket zurückgegeben",
    "{n} tickets given back": "{n} Tickets zurückgegeben",
    "Choose at least one ticket.": "Wählen Sie mindestens ein Ticket.",
    # the office: an order
    "Give back": "Zurückgeben",
    "Which tickets": "Welche Tickets",
    "Work out again": "Neu berechnen",
    "Keep the order as it is": "Bestellung lassen, wie sie ist",
    "How much comes back": "Wie viel zurückkommt",
    "By the event’s rules: {price}": "Nach den Regeln der Veranstaltung: {price}",
    "All of it: {price}": "Alles: {price}",
    "Whatever the rules say.": "Was auch immer die Regeln sagen.",
    "Nothing": "Nichts",
    "The tickets end and the price stays.": "Die Tickets enden, der Preis bleibt.",
    "Why": "Warum",
    "Asked for where it is not by the rules. It stands in the history of the order.": (
        "Nötig, wo es nicht nach den Regeln geht. Es steht im Verlauf der Bestellung."
    ),
    "The order is cancelled with it.": "Die Bestellung wird damit storniert.",
    "The other tickets of the order stay valid.": "Die anderen Tickets der Bestellung bleiben gültig.",
    "The ticket admits nobody from now on, its seat is free and the buyer gets a mail with the amount.": (
        "Das Ticket gilt ab sofort nicht mehr, der Platz ist frei und der Käufer erhält eine Mail mit dem Betrag."
    ),
    "The {n} tickets admit nobody from now on, their seats are free and the buyer gets a mail with the amount.": (
        "Die {n} Tickets gelten ab sofort nicht mehr, die Plätze sind frei und der Käufer erhält eine Mail mit dem Betrag."
    ),
    "The money is sent back by itself.": "Das Geld geht von selbst zurück.",
    "The money is yours to transfer; the order shows it as owed.": (
        "Das Geld überweisen Sie; die Bestellung zeigt es als geschuldet."
    ),
    "Give one ticket back": "Ein Ticket zurückgeben",
    "Give {n} tickets back": "{n} Tickets zurückgeben",
    "Goodwill": "Kulanz",
    "Illness": "Krankheit",
    "The event changed": "Die Veranstaltung hat sich geändert",
    "Booked by mistake": "Irrtümlich gebucht",
    "Booked twice": "Doppelt gebucht",
    "Something else": "Etwas anderes",
    "Choose": "Wählen",
    "Favour": "Nachlass",
    "It goes back the way it was paid at once.": "Es geht sofort auf dem Zahlweg zurück.",
    "It is owed back then, and yours to transfer.": "Es ist dann geschuldet und von Ihnen zu überweisen.",
    "The tickets stay valid. {then} The price is {price} now.": (
        "Die Tickets bleiben gültig. {then} Der Preis ist jetzt {price}."
    ),
    "The tickets stay as they are and the buyer pays that much less. The price is {price} now.": (
        "Die Tickets bleiben, wie sie sind, und der Käufer zahlt so viel weniger. Der Preis ist jetzt {price}."
    ),
    "Take something off the price of {code}?": "Vom Preis von {code} etwas nachlassen?",
    "Take it off": "Nachlassen",
    "Take something off": "Etwas nachlassen",
    "Leave the price": "Preis lassen",
    "Amount in {currency}": "Betrag in {currency}",
    "Send back": "Zurücksenden",
    "Send {price} back to {name}?": "{price} an {name} zurücksenden?",
    "Send {price} back": "{price} zurücksenden",
    "It goes back the way it was paid. This cannot be undone.": (
        "Es geht auf dem Zahlweg zurück. Das lässt sich nicht rückgängig machen."
    ),
    "Send it back the way it came, or transfer it and record it here.": (
        "Senden Sie es auf dem Zahlweg zurück, oder überweisen Sie es und tragen Sie es hier ein."
    ),
    "{price} is on its way back.": "{price} sind auf dem Rückweg.",
    "The provider has been asked. It says by itself when the money has gone.": (
        "Der Anbieter ist beauftragt. Er meldet von selbst, wenn das Geld weg ist."
    ),
    "Given back": "Zurückgegeben",
    "{price} stays": "{price} bleiben",
    "Taken off since": "Seither nachgelassen",
    "Kept after the cancellation": "Nach der Stornierung behalten",
    "Given back. The buyer gets a mail with the amount.": "Zurückgegeben. Der Käufer erhält eine Mail mit dem Betrag.",
    "Taken off the price.": "Vom Preis nachgelassen.",
    "Taken off the price": "Vom Preis nachgelassen",
    "The money is on its way back.": "Das Geld ist auf dem Rückweg.",
    "Tickets given back": "Tickets zurückgegeben",
    "A payment or refund was refused by the provider": "Der Anbieter hat eine Zahlung oder Rückzahlung abgelehnt",
    "A refund was refused by its provider.": "Der Anbieter hat eine Rückzahlung abgelehnt.",
    "{n} refunds were refused by their provider.": "{n} Rückzahlungen hat der Anbieter abgelehnt.",
    "The buyers wait for their money. Try again, or transfer it and record it.": (
        "Die Käufer warten auf ihr Geld. Versuchen Sie es nochmals, oder überweisen Sie es und tragen Sie es ein."
    ),
    # the office: another type
    "Another type": "Anderer Typ",
    "Other type": "Anderer Typ",
    "Another type for {name}": "Anderer Typ für {name}",
    "{type} now": "Jetzt {type}",
    "New type": "Neuer Typ",
    "The difference": "Die Differenz",
    "The money for it is here": "Das Geld dafür ist da",
    "Recorded under the reference below. For a type at the same price nothing is recorded.": (
        "Wird unter der Referenz unten eingetragen. Bei gleichem Preis wird nichts eingetragen."
    ),
    "The price stays as it was": "Der Preis bleibt, wie er war",
    "Nobody pays more and nothing comes back.": "Niemand zahlt mehr, und nichts kommt zurück.",
    "What it costs less comes back": "Was er weniger kostet, kommt zurück",
    "Sent by itself where the provider can, else owed.": "Geht von selbst, wo der Anbieter kann, sonst ist es geschuldet.",
    "The old code stops working at once.": "Der alte Code gilt sofort nicht mehr.",
    "Its place goes back, one of the new type is taken, and the buyer gets a mail with the new code.": (
        "Der Platz wird frei, einer des neuen Typs wird belegt, und der Käufer erhält eine Mail mit dem neuen Code."
    ),
    "Change the type": "Typ ändern",
    "Keep the type": "Typ behalten",
    "There is no other type.": "Es gibt keinen anderen Typ.",
    "Add one under Tickets & pools.": "Fügen Sie einen unter «Tickets & Kontingente» hinzu.",
    "the same price": "gleicher Preis",
    "{amount} more": "{amount} mehr",
    "{amount} less": "{amount} weniger",
    "The type is changed. The new code is mailed.": "Der Typ ist geändert. Der neue Code wird gemailt.",
    "Ticket got another type": "Ticket hat einen anderen Typ",
    # the office: the rules
    "Giving back": "Rückgabe",
    "What comes back when somebody can’t come": "Was zurückkommt, wenn jemand nicht kommen kann",
    "What comes back of the price, for buyers who can’t come. Staff may decide otherwise on every order.": (
        "Was vom Preis zurückkommt, wenn jemand nicht kommen kann. Ihr Team darf bei jeder Bestellung anders entscheiden."
    ),
    "By the notice": "Nach der Frist",
    "The further away the event, the more comes back; after the last step nothing does. Empty rows are left out.": (
        "Je weiter weg die Veranstaltung, desto mehr kommt zurück; nach der letzten Stufe nichts. Leere Zeilen zählen nicht."
    ),
    "Until so many days before": "Bis so viele Tage vorher",
    "this share comes back": "kommt dieser Anteil zurück",
    "What stays with you": "Was bei Ihnen bleibt",
    "Kept of each order": "Von jeder Bestellung behalten",
    "Once, however many times tickets of it are given back.": "Einmal, wie oft auch Tickets daraus zurückgegeben werden.",
    "Fees come back too": "Gebühren kommen auch zurück",
    "By the same share, when the whole order is given back.": (
        "Zum selben Anteil, wenn die ganze Bestellung zurückgegeben wird."
    ),
    "Buyers give tickets back by themselves": "Käufer geben Tickets selbst zurück",
    "On the page of their order, until the event begins. Without, they write to you.": (
        "Auf der Seite ihrer Bestellung, bis die Veranstaltung beginnt. Ohne das schreiben sie Ihnen."
    ),
    "What buyers read": "Was Käufer lesen",
    "Nothing comes back by itself.": "Von selbst kommt nichts zurück.",
    "Buyers read nothing about it. Add a step to change that.": (
        "Käufer lesen nichts darüber. Fügen Sie eine Stufe hinzu, um das zu ändern."
    ),
    # the office: an event called off
    "Cancel and give back": "Absagen und zurückgeben",
    "Orders and refunds": "Bestellungen und Rückzahlungen",
    "Only stop the event": "Nur die Veranstaltung stoppen",
    "Cancel the event": "Veranstaltung absagen",
    "Cancel {name} and give everything back?": "{name} absagen und alles zurückgeben?",
    "Sales stop at once, every order ends and every buyer gets one mail.": (
        "Der Verkauf endet sofort, jede Bestellung endet und jeder Käufer erhält eine Mail."
    ),
    "Orders that end": "Bestellungen, die enden",
    "People who get a mail": "Menschen, die eine Mail erhalten",
    "Received and not sent back": "Erhalten und nicht zurückgesandt",
    "What comes back": "Was zurückkommt",
    "Everything: {price}": "Alles: {price}",
    "Prices, fees and all.": "Preise, Gebühren und alles.",
    "By the event’s rules": "Nach den Regeln der Veranstaltung",
    "The event has none: nothing comes back.": "Es gibt keine: Nichts kommt zurück.",
    "Orders end and the money stays. Buyers may have a right to it.": (
        "Die Bestellungen enden und das Geld bleibt. Käufer haben vielleicht ein Recht darauf."
    ),
    "Type {word} to confirm": "Zum Bestätigen {word} eingeben",
    "This cannot be undone.": "Das lässt sich nicht rückgängig machen.",
    "By card it goes back by itself; by bank it is listed for you to transfer. You may close the page, or pause the work.": (
        "Per Karte geht es von selbst; per Bank steht es hier zum Überweisen. Sie können die Seite schliessen oder anhalten."
    ),
    "Cancel the event and one order": "Veranstaltung und eine Bestellung absagen",
    "Cancel the event and {n} orders": "Veranstaltung und {n} Bestellungen absagen",
    "Keep the event": "Veranstaltung behalten",
    "Cancelling the event": "Die Veranstaltung wird abgesagt",
    "Cancelling {name}": "{name} wird abgesagt",
    "{name} is cancelled": "{name} ist abgesagt",
    "Working": "An der Arbeit",
    "Paused": "Angehalten",
    "Every order looked at": "Alle Bestellungen durchgesehen",
    "Began {when}": "Begonnen {when}",
    "Done {when}": "Fertig {when}",
    "Everything comes back": "Alles kommt zurück",
    "Nothing comes back": "Nichts kommt zurück",
    "Pause": "Anhalten",
    "Go on": "Weiter",
    "Try {n} again": "{n} nochmals versuchen",
    "{done} of {all} orders": "{done} von {all} Bestellungen",
    "Orders looked at": "Durchgesehene Bestellungen",
    "Settled": "Erledigt",
    "{price} went back": "{price} zurückgesandt",
    "Under way": "Unterwegs",
    "{price} on its way": "{price} unterwegs",
    "By hand": "Von Hand",
    "{price} to transfer": "{price} zu überweisen",
    "Failed": "Fehlgeschlagen",
    "{price} comes back": "{price} kommen zurück",
    "wait for you below": "warten unten auf Sie",
    "none so far": "bisher keine",
    "Owed": "Geschuldet",
    "Transfer it, then record it on the order.": "Überweisen Sie es und tragen Sie es bei der Bestellung ein.",
    "The provider refused the refund ({reason}).": "Der Anbieter hat die Rückzahlung abgelehnt ({reason}).",
    "All done.": "Alles erledigt.",
    "Nothing is owed for this event any more.": "Für diese Veranstaltung ist nichts mehr geschuldet.",
    # what went wrong
    "What comes back has changed since you looked. Look at the amount again.": (
        "Was zurückkommt, hat sich inzwischen geändert. Schauen Sie den Betrag nochmals an."
    ),
    "There is a step with this number of days already. Choose another.": (
        "Für diese Zahl von Tagen gibt es schon eine Stufe. Wählen Sie eine andere."
    ),
    "Whoever comes later can't get more back. Lower the share of the shorter notice.": (
        "Wer später kommt, kann nicht mehr zurückbekommen. Senken Sie den Anteil der kürzeren Frist."
    ),
    "Type the address of the event exactly as it stands there.": (
        "Geben Sie die Adresse der Veranstaltung genau so ein, wie sie dort steht."
    ),
    "This event is being cancelled already. Its page shows how far it is.": (
        "Diese Veranstaltung wird schon abgesagt. Ihre Seite zeigt, wie weit es ist."
    ),
    "This order has an invoice, which cannot grow. Place a new order for the other type and give this ticket back.": (
        "Die Rechnung dieser Bestellung kann nicht wachsen. Bestellen Sie den anderen Typ neu und geben Sie dieses Ticket zurück."
    ),
    "The new type costs {amount} more. Write the reference of the money, or waive the difference.": (
        "Der neue Typ kostet {amount} mehr. Geben Sie die Referenz der Zahlung an, oder erlassen Sie die Differenz."
    ),
    "This event is not being cancelled. Begin on its page first.": (
        "Diese Veranstaltung wird nicht abgesagt. Beginnen Sie zuerst auf ihrer Seite."
    ),
    "Somebody has just paused it or let it go on. Reload and look again.": (
        "Jemand hat es eben angehalten oder weiterlaufen lassen. Laden Sie neu und schauen Sie nochmals."
    ),
}
