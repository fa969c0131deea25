"""What went wrong and what to do next."""

SENTENCES = {
    # headings
    "This request could not be read": "Diese Anfrage ist nicht lesbar",
    "Sign in to go on": "Melden Sie sich an",
    "Not allowed": "Nicht erlaubt",
    "Nothing here": "Hier ist nichts",
    "Not possible at this address": "An dieser Adresse nicht möglich",
    "That did not work": "Das ging nicht",
    "Too large": "Zu gross",
    "Check what you entered": "Prüfen Sie Ihre Angaben",
    "One moment": "Einen Moment",
    "Something broke on our side": "Bei uns ist etwas kaputtgegangen",
    "Back in a moment": "Gleich wieder da",
    # requests
    "Part of the address or the form is not readable text. Go back and type it again.": (
        "Ein Teil der Adresse oder des Formulars ist kein lesbarer Text. Gehen Sie zurück und geben Sie ihn neu ein."
    ),
    "The text has characters that cannot be stored. Remove them and send it again.": (
        "Der Text hat Zeichen, die sich nicht speichern lassen. Entfernen Sie sie und senden Sie ihn erneut."
    ),
    "The page was open too long or came from another site. Reload it and send the form again.": (
        "Die Seite war zu lange offen oder kam von woanders. Laden Sie sie neu und senden Sie das Formular nochmals."
    ),
    "Your role does not include this. Ask an owner of the organization to add it.": (
        "Ihre Rolle umfasst das nicht. Bitten Sie einen Inhaber der Organisation darum."
    ),
    "This has been taken away. Start again from the event page.": (
        "Das gibt es nicht mehr. Beginnen Sie auf der Seite der Veranstaltung neu."
    ),
    "Nothing was saved. Try again; if it happens twice, send us the reference.": (
        "Nichts wurde gespeichert. Versuchen Sie es nochmals; geschieht es wieder, senden Sie uns die Referenz."
    ),
    "Some fields need another look.": "Einige Felder brauchen einen zweiten Blick.",
    "This address does not take that kind of content.": "Diese Adresse nimmt solche Inhalte nicht an.",
    "This address does not take that kind of request.": "Diese Adresse nimmt solche Anfragen nicht an.",
    "This address cannot answer in the format you asked for.": (
        "Diese Adresse kann nicht im gewünschten Format antworten."
    ),
    "The address is wrong, or what was here is gone. Check the link.": (
        "Die Adresse stimmt nicht, oder was hier war, ist weg. Prüfen Sie den Link."
    ),
    "This cannot be done right now.": "Das geht im Moment nicht.",
    "Your sign-in has ended. Sign in again to go on.": (
        "Ihre Anmeldung ist abgelaufen. Melden Sie sich erneut an."
    ),
    "That is larger than 10 MB. Send something smaller.": (
        "Das ist grösser als 10 MB. Senden Sie etwas Kleineres."
    ),
    "Too many requests from your connection. Wait {seconds} seconds and try again.": (
        "Zu viele Anfragen von Ihrem Anschluss. Warten Sie {seconds} Sekunden und versuchen Sie es nochmals."
    ),
    "Many people are buying at this moment. Wait a few seconds and try again.": (
        "Im Moment kaufen viele. Warten Sie einige Sekunden und versuchen Sie es nochmals."
    ),
    "A part we depend on does not answer. Try again in a minute.": (
        "Ein Dienst, den wir brauchen, antwortet nicht. Versuchen Sie es in einer Minute nochmals."
    ),
    "You have {most} saved views of this list. Forget one, then save this one.": (
        "Sie haben {most} gespeicherte Ansichten dieser Liste. Vergessen Sie eine, dann speichern Sie diese."
    ),
    "Somebody changed this at the same time. Reload and look again.": (
        "Jemand hat das gleichzeitig geändert. Laden Sie neu und schauen Sie nochmals."
    ),
    # addresses
    "No shop answers at this address. Check the link with the organizer.": (
        "Unter dieser Adresse gibt es keinen Shop. Fragen Sie den Veranstalter nach dem Link."
    ),
    "No organizer has this address. Check the link.": (
        "Kein Veranstalter hat diese Adresse. Prüfen Sie den Link."
    ),
    "This organizer is paused. Orders are safe; ask the organizer when it returns.": (
        "Dieser Veranstalter ist pausiert. Bestellungen sind sicher; fragen Sie ihn, wann es weitergeht."
    ),
    # calls to the outside
    "This address cannot be called. Write a public one with https://, as in https://example.org/hook.": (
        "Diese Adresse kann nicht aufgerufen werden. Schreiben Sie eine öffentliche mit https://, etwa https://example.org/hook."
    ),
    "The other side could not be reached, nothing was sent. Try again in a minute.": (
        "Die andere Seite war nicht erreichbar, es wurde nichts gesendet. Versuchen Sie es in einer Minute erneut."
    ),
    "The other side gave no clear answer, it may have done it. Look there before you try again.": (
        "Die andere Seite hat nicht klar geantwortet, vielleicht ist es geschehen. Sehen Sie dort nach, bevor Sie es nochmals versuchen."
    ),
    # signing in
    "E-mail and password do not match. {left} tries left, then a pause.": (
        "E-Mail und Passwort passen nicht zusammen. Noch {left} Versuche, dann eine Pause."
    ),
    "Too many tries. Wait {seconds} seconds, then try again.": (
        "Zu viele Versuche. Warten Sie {seconds} Sekunden und versuchen Sie es dann nochmals."
    ),
    "This e-mail already has an account.": "Diese E-Mail hat schon ein Konto.",
    "Use at least 10 characters.": "Verwenden Sie mindestens 10 Zeichen.",
    "Use at most 200 characters.": "Verwenden Sie höchstens 200 Zeichen.",
    "This password is on the lists that are tried first. Choose another.": (
        "Dieses Passwort steht auf den Listen, die zuerst probiert werden. Wählen Sie ein anderes."
    ),
    "The password contains your e-mail. Choose another.": (
        "Das Passwort enthält Ihre E-Mail. Wählen Sie ein anderes."
    ),
    # fields
    "Fill this in.": "Füllen Sie das aus.",
    "Write a whole address, for example nina@example.ch.": (
        "Schreiben Sie eine ganze Adresse, zum Beispiel nina@example.ch."
    ),
    "This is too long.": "Das ist zu lang.",
    "Write a whole number.": "Schreiben Sie eine ganze Zahl.",
    "This number is outside what is possible here.": "Diese Zahl ist hier nicht möglich.",
    "Choose one of the listed options.": "Wählen Sie eine der Möglichkeiten.",
    "Write an amount, for example 49.00.": "Schreiben Sie einen Betrag, zum Beispiel 49.00.",
    "Write a date and time, for example 2027-03-10 09:00.": (
        "Schreiben Sie Datum und Zeit, zum Beispiel 2027-03-10 09:00."
    ),
    "Write a date, for example 2027-03-10.": "Schreiben Sie ein Datum, zum Beispiel 2027-03-10.",
    "Clocks skip this time that night. Choose another.": (
        "Diese Zeit fällt in jener Nacht aus. Wählen Sie eine andere."
    ),
    "Use lower-case letters, digits and single hyphens.": (
        "Verwenden Sie Kleinbuchstaben, Ziffern und einzelne Bindestriche."
    ),
    "This address is reserved. Choose another.": "Diese Adresse ist reserviert. Wählen Sie eine andere.",
    "This address is already in use. Choose another.": (
        "Diese Adresse ist schon vergeben. Wählen Sie eine andere."
    ),
    "Add the ending, for example .ch or .com.": "Es fehlt die Endung, zum Beispiel .ch oder .com.",
    "Between {least} and {most} are possible here.": "Hier sind {least} bis {most} möglich.",
    "This must be after the beginning.": "Das muss nach dem Beginn liegen.",
    "Write a colour like #0b6fa4.": "Schreiben Sie eine Farbe wie #0b6fa4.",
    "No hyphen at the beginning or the end, and never two in a row.": (
        "Kein Bindestrich am Anfang oder am Ende, und nie zwei hintereinander."
    ),
    "Something here has this name already. Choose another.": (
        "Diesen Namen gibt es hier schon. Wählen Sie einen anderen."
    ),
    "The body is not the JSON this address takes. Compare it with the documentation.": (
        "Der Inhalt ist nicht das JSON, das diese Adresse nimmt. Vergleichen Sie ihn mit der Dokumentation."
    ),
    "This key or token opens nothing: it is wrong, has ended or was revoked. Use a new one.": (
        "Dieser Schlüssel öffnet nichts: Er ist falsch, abgelaufen oder widerrufen. Verwenden Sie einen neuen."
    ),
    "This key does not include this. Ask for a key that does.": (
        "Dieser Schlüssel umfasst das nicht. Verlangen Sie einen, der es umfasst."
    ),
    "Choose at least one thing that the key may do.": "Wählen Sie mindestens etwas, das der Schlüssel darf.",
    "A key may do only what you may do yourself. Choose less.": (
        "Ein Schlüssel darf nur, was Sie selbst dürfen. Wählen Sie weniger."
    ),
    "A refund with this reference is already recorded. Check the statement.": (
        "Eine Rückzahlung mit dieser Referenz ist schon erfasst. Prüfen Sie den Kontoauszug."
    ),
    "Nothing is owed back for this order. Cancel it first if it should not stand.": (
        "Für diese Bestellung ist nichts zurückzuzahlen. Stornieren Sie sie zuerst, wenn sie nicht gelten soll."
    ),
    "That is more than is owed back, which is {most}. Write a smaller amount.": (
        "Das ist mehr, als zurückzuzahlen ist, nämlich {most}. Schreiben Sie einen kleineren Betrag."
    ),
    "There are {most} working keys. Revoke one that is no longer used.": (
        "Es gibt {most} gültige Schlüssel. Widerrufen Sie einen, den niemand mehr braucht."
    ),
    "An Idempotency-Key has 1 to 255 printable ASCII characters and no space. Send a new one.": (
        "Ein Idempotency-Key hat 1 bis 255 druckbare ASCII-Zeichen ohne Leerzeichen. Senden Sie einen neuen."
    ),
    "This Idempotency-Key belongs to another request. Use a new key for a new request.": (
        "Dieser Idempotency-Key gehört zu einer anderen Anfrage. Verwenden Sie für eine neue Anfrage einen neuen."
    ),
    "The same request is being done right now. Wait {seconds} seconds and send it again.": (
        "Dieselbe Anfrage wird gerade bearbeitet. Warten Sie {seconds} Sekunden und senden Sie sie noch einmal."
    ),
    "This name is not known here. Compare it with the documentation.": (
        "Diesen Namen gibt es hier nicht. Vergleichen Sie mit der Dokumentation."
    ),
    "Write a moment with its zone, for example 2027-03-10T09:00:00Z.": (
        "Schreiben Sie einen Zeitpunkt mit seiner Zone, zum Beispiel 2027-03-10T09:00:00Z."
    ),
    "This is another kind of value than the address takes. Compare it with the documentation.": (
        "Das ist eine andere Art von Wert, als diese Adresse nimmt. Vergleichen Sie mit der Dokumentation."
    ),
    "The list has too few or too many entries.": "Die Liste hat zu wenige oder zu viele Einträge.",
    "Send this once.": "Senden Sie das einmal.",
    "This cursor fits another list or another filter. Begin again without it.": (
        "Dieser Cursor gehört zu einer anderen Liste oder einem anderen Filter. Beginnen Sie ohne ihn."
    ),
    "Somebody changed this since you read it. Read it again and repeat your change.": (
        "Jemand hat das geändert, seit Sie es gelesen haben. Lesen Sie es nochmals und wiederholen Sie die Änderung."
    ),
    "Send either the code or the ticket_id.": "Senden Sie entweder den code oder die ticket_id.",
    "Too much has been deleted since then. Load the whole list again.": (
        "Seither wurde zu viel gelöscht. Laden Sie die ganze Liste nochmals."
    ),
    "This key opens nothing. Pair the scanner again and use the new key.": (
        "Dieser Schlüssel öffnet nichts. Koppeln Sie den Scanner neu und verwenden Sie den neuen Schlüssel."
    ),
    "The number of names does not fit the number of tickets. Go back and start again.": (
        "Die Zahl der Namen passt nicht zu den Tickets. Gehen Sie zurück und beginnen Sie neu."
    ),
    "The currency stays, because there are prices in it.": "Die Währung bleibt, weil es Preise darin gibt.",
    "Another organizer uses this host name.": "Ein anderer Veranstalter verwendet diesen Hostnamen.",
    "This file is too large. Choose a smaller one.": "Diese Datei ist zu gross. Wählen Sie eine kleinere.",
    "Choose a picture: PNG, JPEG or WebP.": "Wählen Sie ein Bild: PNG, JPEG oder WebP.",
    "Demo accounts open on the machine itself only. Make your own with: sratix user create": (
        "Demo-Konten öffnen nur auf der Maschine selbst. Legen Sie ein eigenes an: sratix user create"
    ),
    "Enter a name, or choose “I will fill this in later”.": "Geben Sie einen Namen ein, oder wählen Sie «Trage ich später ein».",
    "Enter a name, or choose “this one is for me”.": (
        "Geben Sie einen Namen ein, oder wählen Sie «Dieses ist für mich»."
    ),
    "Choose a time zone from the list, for example Europe/Zurich.": (
        "Wählen Sie eine Zeitzone aus der Liste, zum Beispiel Europe/Zurich."
    ),
    "The price must be in the currency of the event.": (
        "Der Preis muss in der Währung der Veranstaltung sein."
    ),
    "Write an amount from 0 upwards.": "Geben Sie einen Betrag ab 0 ein.",
    "The most per order must be at least the least, and at most 100.": (
        "Die Höchstzahl je Bestellung muss mindestens die Mindestzahl sein und höchstens 100."
    ),
    "No free order code was found. Try again.": (
        "Es wurde kein freier Bestellcode gefunden. Versuchen Sie es nochmals."
    ),
    "This file lies in a storage that is not set up here. Tell the operator.": (
        "Diese Datei liegt in einem Speicher, der hier nicht eingerichtet ist. Sagen Sie es dem Betreiber."
    ),
    # buying
    "These tickets are gone. Look at the event page for what is left.": (
        "Diese Tickets sind weg. Was es noch gibt, steht auf der Seite der Veranstaltung."
    ),
    "These tickets are not on sale now. The event page says when they are.": (
        "Diese Tickets sind jetzt nicht im Verkauf. Wann, steht auf der Seite der Veranstaltung."
    ),
    "This event sells no tickets at the moment.": "Diese Veranstaltung verkauft zurzeit keine Tickets.",
    "These seats are no longer held. Choose your tickets again.": (
        "Diese Plätze sind nicht mehr reserviert. Wählen Sie Ihre Tickets erneut."
    ),
    "One buyer may have no more tickets of this type.": "Mehr Tickets dieser Art gibt es je Person nicht.",
    "That is more than one order may have. Place a second order.": (
        "Das ist mehr, als eine Bestellung haben darf. Machen Sie eine zweite."
    ),
    "This extra needs a ticket in the same order. Add one.": (
        "Dieser Zusatz braucht ein Ticket in derselben Bestellung. Wählen Sie eines dazu."
    ),
    "There are no seats left for this.": "Dafür sind keine Plätze mehr frei.",
    "This shop takes no payments at the moment. Your seats stay held; write to the organizer.": (
        "Dieser Shop nimmt zurzeit keine Zahlungen an. Ihre Plätze bleiben reserviert; schreiben Sie dem Veranstalter."
    ),
    # orders and tickets
    "The order has moved on in the meantime. Reload and look again.": (
        "Die Bestellung ist inzwischen weiter. Laden Sie neu und schauen Sie nochmals."
    ),
    "Somebody changed this order at the same time. Reload and look again.": (
        "Jemand hat diese Bestellung gleichzeitig geändert. Laden Sie neu und schauen Sie nochmals."
    ),
    "This order can only be cancelled by the organizer. Write to them.": (
        "Diese Bestellung kann nur der Veranstalter stornieren. Schreiben Sie ihm."
    ),
    "This payment is already recorded.": "Diese Zahlung ist schon erfasst.",
    "The amount is not what the order asks for. Check both.": (
        "Der Betrag ist nicht der, den die Bestellung verlangt. Prüfen Sie beide."
    ),
    "The ticket has moved on in the meantime. Reload and look again.": (
        "Das Ticket ist inzwischen weiter. Laden Sie neu und schauen Sie nochmals."
    ),
    "Somebody changed this ticket at the same time. Reload and look again.": (
        "Jemand hat dieses Ticket gleichzeitig geändert. Laden Sie neu und schauen Sie nochmals."
    ),
    "This ticket was already used at the door.": "Dieses Ticket wurde am Eingang schon verwendet.",
    "This ticket's code was replaced too often. Void it and issue a new one.": (
        "Der Code dieses Tickets wurde zu oft ersetzt. Machen Sie es ungültig und stellen Sie ein neues aus."
    ),
    "The order has no valid ticket to show.": "Die Bestellung hat kein gültiges Ticket zu zeigen.",
    # below us
    "A stored secret cannot be read with the present key. Enter it again.": (
        "Ein gespeichertes Geheimnis ist mit dem jetzigen Schlüssel nicht lesbar. Geben Sie es neu ein."
    ),
    "Files cannot be stored at the moment. Tell the operator.": (
        "Dateien lassen sich zurzeit nicht speichern. Sagen Sie es dem Betreiber."
    ),
    "The file cannot be read at the moment. Try again in a minute.": (
        "Die Datei ist zurzeit nicht lesbar. Versuchen Sie es in einer Minute nochmals."
    ),
    "Many PDFs are being made. Try again in a minute.": (
        "Es entstehen gerade viele PDF. Versuchen Sie es in einer Minute nochmals."
    ),
    "The PDF could not be made. The ticket page works without it.": (
        "Das PDF ist nicht gelungen. Die Ticketseite geht auch ohne."
    ),
    "This installation cannot make PDFs. The ticket page works without them.": (
        "Diese Installation kann keine PDF machen. Die Ticketseite geht auch ohne."
    ),
    "That is too much for one PDF. Choose fewer tickets.": (
        "Das ist zu viel für ein PDF. Wählen Sie weniger Tickets."
    ),
}
