"""What staff are told when something cannot be done: planning, people, programs."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # money
    "Somebody has closed this case already. Reload to see who and why.": (
        "Jemand hat diesen Fall schon geschlossen. Laden Sie neu, um zu sehen, wer und warum."
    ),
    "Nothing is owed back for this order. Cancel it first if it should not stand.": (
        "Für diese Bestellung ist nichts zurückzuzahlen. Stornieren Sie sie zuerst, wenn sie nicht bestehen bleiben soll."
    ),
    "That is more than is owed back, which is {most}. Write a smaller amount.": (
        "Das ist mehr, als zurückzuzahlen ist, nämlich {most}. Schreiben Sie einen kleineren Betrag."
    ),
    "A refund with this reference is already recorded. Check the statement.": (
        "Eine Rückzahlung mit dieser Referenz ist schon erfasst. Prüfen Sie den Auszug."
    ),
    # the door
    "This scan let nobody through, so there is nothing to undo.": (
        "Mit diesem Scan kam niemand durch, es gibt also nichts rückgängig zu machen."
    ),
    "The ticket was scanned again since. Undo the newest scan first.": (
        "Das Ticket wurde seither wieder gescannt. Machen Sie zuerst den neuesten Scan rückgängig."
    ),
    "Undone. The ticket is where it was before, and the figures follow.": (
        "Zurückgenommen. Das Ticket ist, wo es vorher war, und die Zahlen folgen."
    ),
    "Undone by {name}, {when}": "Zurückgenommen von {name}, {when}",
    "Undone, {when}": "Zurückgenommen, {when}",
    "Undo": "Rückgängig",
    "Undo: {name}": "Rückgängig: {name}",
    "Undo check-in": "Einlass rückgängig",
    "Undo the exit": "Austritt rückgängig",
    "Undo this pass": "Durchgang rückgängig",
    "Ctrl Z": "Strg Z",
    "A check-in was undone": "Ein Einlass wurde zurückgenommen",
    "It counts no more: the ticket and the figures are as if it had not been.": (
        "Er zählt nicht mehr: Ticket und Zahlen sind, als wäre er nicht gewesen."
    ),
    "This invitation is not open any more": "Diese Einladung ist nicht mehr offen",
    # many at once
    "With all orders listed, on all pages:": "Mit allen Bestellungen der Liste, auf allen Seiten:",
    "With everybody listed, on all pages:": "Mit allen der Liste, auf allen Seiten:",
    "Send all mails again": "Alle Mails nochmals senden",
    "Void all tickets": "Alle Tickets entwerten",
    "Cancel all orders": "Alle Bestellungen stornieren",
    "Cancel one order?": "Eine Bestellung stornieren?",
    "Cancel {n} orders?": "{n} Bestellungen stornieren?",
    "Cancel {n} orders": "{n} Bestellungen stornieren",
    "One buyer gets a mail.": "Ein Käufer erhält eine Mail.",
    "{n} mails leave.": "{n} Mails gehen hinaus.",
    "Their tickets admit nobody from now on, the seats are free again and the buyers are told. This cannot be undone.": (
        "Ihre Tickets lassen ab jetzt niemanden mehr ein, die Plätze sind wieder frei, und die Käufer werden benachrichtigt. "
        "Das lässt sich nicht rückgängig machen."
    ),
    "{text} {amount} were paid and are yours to return.": (
        "{text} {amount} wurden bezahlt und sind von Ihnen zurückzugeben."
    ),
    "Each buyer gets the mail of their order as it reads now. Cancelled and lapsed orders are left out.": (
        "Jeder Käufer erhält die Mail zu seiner Bestellung, wie sie jetzt lautet. "
        "Stornierte und verfallene Bestellungen werden ausgelassen."
    ),
    "Send one mail again?": "Eine Mail nochmals senden?",
    "Send {n} mails again?": "{n} Mails nochmals senden?",
    "Send the mail": "Mail senden",
    "Send {n} mails": "{n} Mails senden",
    "Cancelling orders": "Bestellungen werden storniert",
    "Voiding tickets": "Tickets werden entwertet",
    "Sending mails again": "Mails werden nochmals gesendet",
    "{n} orders cancelled": "{n} Bestellungen storniert",
    "{n} tickets voided": "{n} Tickets entwertet",
    "{n} mails on their way": "{n} Mails sind unterwegs",
    "{seen} of {total}": "{seen} von {total}",
    "{n} had ended meanwhile and were left as they are.": "{n} waren inzwischen beendet und blieben, wie sie sind.",
    "You may leave this page: it goes on without you.": "Sie können diese Seite verlassen: Es geht ohne Sie weiter.",
    "It goes on without you.": "Es geht ohne Sie weiter.",
    "See how far it is": "Den Stand ansehen",
    "Asked for": "Verlangt",
    "Finished": "Fertig",
    "Back to the orders": "Zurück zu den Bestellungen",
    "Back to the attendees": "Zurück zu den Teilnehmenden",
    "The list has {now} now. Look again, and confirm that number.": (
        "Die Liste hat jetzt {now}. Schauen Sie nochmals und bestätigen Sie diese Zahl."
    ),
    "That is more than {most} at once. Narrow the list, and do it in parts.": (
        "Das sind mehr als {most} auf einmal. Grenzen Sie die Liste ein und gehen Sie in Teilen vor."
    ),
    # planning
    "The event has moved on in the meantime. Reload and look again.": (
        "Die Veranstaltung ist inzwischen weiter. Laden Sie neu und schauen Sie nochmals."
    ),
    "Add at least one ticket type before you publish.": (
        "Legen Sie mindestens einen Tickettyp an, bevor Sie veröffentlichen."
    ),
    "This pool belongs to ticket types. Take it off them first.": (
        "Dieses Kontingent gehört zu Tickettypen. Lösen Sie es zuerst von ihnen."
    ),
    "More units are taken than that. Choose at least as many.": (
        "Es sind schon mehr vergeben. Wählen Sie mindestens so viele."
    ),
    "{by} needs {title}. Switch that off first.": "{by} braucht {title}. Schalten Sie zuerst jenes aus.",
    "{title} is switched off. Switch it on first.": "{title} ist ausgeschaltet. Schalten Sie es zuerst ein.",
    "Write an address that begins with https://.": "Schreiben Sie eine Adresse, die mit https:// beginnt.",
    # people
    "You can only give, change or take away what your own role allows. Ask an owner of the organization.": (
        "Sie können nur geben, ändern oder wegnehmen, was Ihre eigene Rolle erlaubt. Fragen Sie jemanden mit der Rolle Inhaber."
    ),
    "An organization needs an owner. Make somebody else an owner first.": (
        "Eine Organisation braucht einen Inhaber. Machen Sie zuerst jemand anderen dazu."
    ),
    "This role cannot be given there. Choose another role or another scope.": (
        "Diese Rolle lässt sich dort nicht vergeben. Wählen Sie eine andere Rolle oder einen anderen Bereich."
    ),
    "Choose a role, here or in an event, or remove the person.": (
        "Wählen Sie eine Rolle, hier oder in einer Veranstaltung, oder entfernen Sie die Person."
    ),
    "Tick at least one permission.": "Kreuzen Sie mindestens eine Berechtigung an.",
    "An organization can have {most} roles of its own. Delete one first.": (
        "Eine Organisation kann {most} eigene Rollen haben. Löschen Sie zuerst eine."
    ),
    "This person is a member already. Change the role in the list.": (
        "Diese Person ist schon Mitglied. Ändern Sie die Rolle in der Liste."
    ),
    "Choose at least one event.": "Wählen Sie mindestens eine Veranstaltung.",
    "Two letters, such as CH.": "Zwei Buchstaben, zum Beispiel CH.",
    "This organization has people or orders. Take them off it first.": (
        "Diese Organisation hat Personen oder Bestellungen. Lösen Sie sie zuerst von ihr."
    ),
    "This event is over. Its names stay as they were.": (
        "Diese Veranstaltung ist vorbei. Ihre Namen bleiben, wie sie waren."
    ),
    "Somebody has closed this note already.": "Jemand hat diese Notiz schon geschlossen.",
    "This invitation was accepted, taken back, or is older than seven days. If you accepted it, sign in; otherwise ask for a new one.": (
        "Diese Einladung wurde angenommen, zurückgenommen oder ist älter als sieben Tage. "
        "Haben Sie sie angenommen, melden Sie sich an; sonst bitten Sie um eine neue."
    ),
    "This invitation went to {email}. Sign in with that address to accept it.": (
        "Diese Einladung ging an {email}. Melden Sie sich mit dieser Adresse an, um sie anzunehmen."
    ),
    "New order": "Neue Bestellung",
    "The order is placed.": "Die Bestellung ist aufgegeben.",
    "For somebody who does not order in the shop: by telephone, at the till, invited.": (
        "Für Leute, die nicht im Shop bestellen: am Telefon, an der Kasse, eingeladen."
    ),
    "What is ordered": "Was bestellt wird",
    "not in the shop": "nicht im Shop",
    "{name}: amount for each": "{name}: Betrag je Stück",
    "For whom": "Für wen",
    "Tickets and bills go there.": "Dorthin gehen Tickets und Rechnungen.",
    "Language of the mails": "Sprache der Mails",
    "Code of a gift card": "Code eines Gutscheins",
    "What it costs": "Was es kostet",
    "The buyer gets a mail that says how. What you take in yourself you mark as paid on the order.": (
        "Eine Mail sagt, wie bezahlt wird. Was Sie selbst einnehmen, markieren Sie auf der Bestellung als bezahlt."
    ),
    "Place the order for {price}": "Bestellung für {price} aufgeben",
    "Place the free order": "Kostenlose Bestellung aufgeben",
    "See what it costs": "Preis anzeigen",
}
