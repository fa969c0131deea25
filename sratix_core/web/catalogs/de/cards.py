"""Paying by card: the fields on the shop's page, and how an organizer is connected with the provider."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # paying, and waiting for it
    "I have not paid yet: go on": "Ich habe noch nicht bezahlt: weiter",
    "No money moves. Use a test card of the payment service.": "Es fliesst kein Geld. Nehmen Sie eine Testkarte des Zahlungsdienstes.",
    "Not paid yet": "Noch nicht bezahlt",
    "Order {code}. What you type here goes to the payment service, not to us.": (
        "Bestellung {code}. Was Sie hier eingeben, geht an den Zahlungsdienst, nicht an uns."
    ),
    "Pay {price}": "{price} bezahlen",
    "Pay {price} now": "Jetzt {price} bezahlen",
    "The payment service does not answer. If you have paid, nothing is lost: we go on asking and mail your tickets.": (
        "Der Zahlungsdienst antwortet nicht. Wenn Sie bezahlt haben, ist nichts verloren: Wir fragen weiter und mailen Ihre Tickets."
    ),
    "The payment service has not confirmed {price} yet. This page asks again by itself; you may also close it, the tickets come by mail.": (
        "Der Zahlungsdienst hat {price} noch nicht bestätigt. Diese Seite fragt von selbst wieder; Sie können sie auch schliessen, "
        "die Tickets kommen per Mail."
    ),
    "This is a test.": "Das ist ein Test.",
    "To the order": "Zur Bestellung",
    "Waiting for your payment": "Wir warten auf Ihre Zahlung",
    "We are waiting for your payment.": "Wir warten auf Ihre Zahlung.",
    "Your seats are held until {when}.": "Ihre Plätze sind bis {when} reserviert.",
    "You left the payment. Nothing was charged, and your seats are still held.": (
        "Sie haben die Zahlung verlassen. Es wurde nichts belastet, und Ihre Plätze sind noch reserviert."
    ),
    "The payment did not go through. Nothing was charged: try again, or another card.": (
        "Die Zahlung hat nicht geklappt. Es wurde nichts belastet: Versuchen Sie es noch einmal oder mit einer anderen Karte."
    ),
    "The payment service does not answer at the moment. Nothing was charged: try again in a minute.": (
        "Der Zahlungsdienst antwortet gerade nicht. Es wurde nichts belastet: Versuchen Sie es in einer Minute noch einmal."
    ),
    # refusals
    "That is more than the order's price, which is {most}. Write a smaller amount.": (
        "Das ist mehr als der Preis der Bestellung, {most}. Schreiben Sie einen kleineren Betrag."
    ),
    "This order's way of paying can't send money back by itself. Transfer it, then record it here.": (
        "Diese Zahlungsart kann Geld nicht selbst zurücksenden. Überweisen Sie es und halten Sie es dann hier fest."
    ),
    "A refund of this payment is on its way. Wait until it has arrived, then look again.": (
        "Eine Rückerstattung dieser Zahlung ist unterwegs. Warten Sie, bis sie angekommen ist, und schauen Sie dann wieder."
    ),
    "This order is not paid online. Its page says how to pay.": (
        "Diese Bestellung wird nicht online bezahlt. Ihre Seite sagt, wie."
    ),
    "This way of paying is not set up: its keys are missing. The organizer enters them in the plugin's settings.": (
        "Diese Zahlungsart ist nicht eingerichtet: Ihre Schlüssel fehlen. Der Veranstalter trägt sie in den Einstellungen des Plugins ein."
    ),
    "The signature does not fit. Compare the endpoint's signing secret with the one in the plugin's settings.": (
        "Die Signatur passt nicht. Vergleichen Sie das Signaturgeheimnis des Endpunkts mit dem in den Einstellungen des Plugins."
    ),
    "An event may have {most} bytes. Nothing was kept of this one.": (
        "Ein Ereignis darf {most} Bytes haben. Von diesem wurde nichts behalten."
    ),
    "No organization has exactly this name, or several have. Write it as your list has it.": (
        "Keine Organisation heisst genau so, oder mehrere. Schreiben Sie den Namen so, wie er in Ihrer Liste steht."
    ),
    "Begins later": "Beginnt später",
    "Used up": "Aufgebraucht",
    # the shop's page
    "Card details": "Kartendaten",
    "One moment…": "Einen Moment…",
    "Pay now": "Jetzt bezahlen",
    "Paying on this page needs JavaScript: the fields come from the payment service.": (
        "Auf dieser Seite zu bezahlen braucht JavaScript: Die Felder kommen vom Zahlungsdienst."
    ),
    "That did not work. Try again or use another card.": (
        "Das hat nicht geklappt. Versuchen Sie es noch einmal oder nehmen Sie eine andere Karte."
    ),
    "The payment fields could not be loaded. Check your connection or a blocker of scripts, then load the page again.": (
        "Die Felder zum Bezahlen konnten nicht geladen werden. Prüfen Sie die Verbindung oder einen Blocker, dann laden Sie die Seite neu."
    ),
    # the connection
    "Connection": "Verbindung",
    "Connection with Stripe": "Verbindung mit Stripe",
    "Stripe pays you, not us: the keys are those of your own account there. Test and live are two worlds, and each has its own.": (
        "Stripe zahlt an Sie, nicht an uns: Die Schlüssel sind die Ihres eigenen Kontos dort. "
        "Test und Betrieb sind zwei Welten, jede mit eigenen."
    ),
    "Keys and mode": "Schlüssel und Modus",
    "This installation talks to a stand-in for Stripe.": "Diese Installation spricht mit einem Ersatz für Stripe.",
    "No money moves, whatever the keys are: {address}": "Es fliesst kein Geld, welche Schlüssel es auch sind: {address}",
    "Live: real money": "Betrieb: echtes Geld",
    "Test: play money": "Test: Spielgeld",
    "Events sell in this mode": "Anlässe verkaufen in diesem Modus",
    "Stripe did not take that: {word}.": "Stripe hat das nicht angenommen: {word}.",
    "The address has to be reachable from the internet, with https://.": "Die Adresse muss aus dem Internet erreichbar sein, mit https://.",
    "Connected: {name}": "Verbunden: {name}",
    "Account {id}.": "Konto {id}.",
    "It may take payments.": "Es darf Zahlungen annehmen.",
    "It may not take payments yet: finish your details at Stripe.": (
        "Es darf noch keine Zahlungen annehmen: Vervollständigen Sie Ihre Angaben bei Stripe."
    ),
    "Payouts are on.": "Auszahlungen sind eingeschaltet.",
    "Payouts are off.": "Auszahlungen sind ausgeschaltet.",
    "Secret key": "Geheimer Schlüssel",
    "Publishable key": "Öffentlicher Schlüssel",
    "Signing secret of the webhook": "Signaturschlüssel des Webhooks",
    "set": "gesetzt",
    "missing": "fehlt",
    "Address for events": "Adresse für Ereignisse",
    "The address is copied": "Die Adresse ist kopiert",
    "Stripe tells us here what happened. The button below registers it there; by hand, paste it at Stripe under Webhooks and the "
    "signing secret into your keys. Without it we hear of payments by asking, which is slower.": (
        "Hier sagt uns Stripe, was geschehen ist. Der Knopf unten trägt sie dort ein; von Hand fügen Sie sie bei Stripe unter Webhooks "
        "ein und den Signaturschlüssel bei Ihren Schlüsseln. Ohne sie erfahren wir von Zahlungen nur durch Nachfragen, was länger dauert."
    ),
    "Paste the secret key first, under Keys and mode.": "Fügen Sie zuerst den geheimen Schlüssel ein, unter «Schlüssel und Modus».",
    "Check the connection": "Verbindung prüfen",
    "Make the endpoint at Stripe": "Endpunkt bei Stripe anlegen",
    "Make the endpoint again at Stripe": "Endpunkt bei Stripe neu anlegen",
    # what Stripe refused
    "Stripe's restricted key lacks a right. Add it at Stripe, or use the secret key.": (
        "Dem eingeschränkten Schlüssel fehlt ein Recht. Ergänzen Sie es bei Stripe oder nehmen Sie den geheimen Schlüssel."
    ),
    "Stripe does not know this key. Copy it once more from the API keys page at Stripe.": (
        "Stripe kennt diesen Schlüssel nicht. Kopieren Sie ihn noch einmal von der Seite der API-Schlüssel bei Stripe."
    ),
    "Stripe refused the question. Check that the keys are those of the account the payment was made with.": (
        "Stripe hat die Anfrage abgelehnt. Prüfen Sie, ob die Schlüssel zum Konto gehören, mit dem bezahlt wurde."
    ),
}
