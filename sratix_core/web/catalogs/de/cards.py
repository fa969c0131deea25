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
    "The payment service does not answer at the moment. Nothing was changed: try again in a minute.": (
        "Der Zahlungsdienst antwortet gerade nicht. Es wurde nichts geändert: Versuchen Sie es in einer Minute noch einmal."
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
    "This order is not paid by an invoice of its provider. Its page says how to pay.": (
        "Diese Bestellung wird nicht mit einer Rechnung des Anbieters bezahlt. Ihre Seite sagt, wie."
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
    "Keep cards for next time": "Karten für das nächste Mal aufbewahren",
    "Whoever is signed in may have Stripe keep their card. A restricted key needs the right to write customers.": (
        "Wer angemeldet ist, kann die Karte von Stripe aufbewahren lassen. Ein eingeschränkter Schlüssel braucht das Recht, Kunden "
        "zu schreiben."
    ),
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
    "Open its page": "Seite öffnen",
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
    "Events sell in this mode": "Veranstaltungen verkaufen in diesem Modus",
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
    # connected to the platform
    "yes": "ja",
    "not yet": "noch nicht",
    "With keys of your own": "Mit eigenen Schlüsseln",
    "Without keys: let the platform collect": "Ohne Schlüssel: Die Plattform nimmt ein",
    "Buyers pay the platform by card, and the money goes on to an account of yours that Stripe opens in a few minutes. Have your bank "
    "account and an identity card at hand.": (
        "Käufer bezahlen der Plattform mit Karte, und das Geld geht weiter auf ein Konto von Ihnen, das Stripe in wenigen Minuten "
        "eröffnet. Halten Sie Ihr Bankkonto und einen Ausweis bereit."
    ),
    "Your account with the platform": "Ihr Konto bei der Plattform",
    "That link was used, or is too old.": "Dieser Link ist gebraucht oder zu alt.",
    "Go on with the button below: it makes a new one.": "Weiter geht es mit dem Knopf unten: Er macht einen neuen.",
    "You are connected.": "Sie sind verbunden.",
    "Buyers can pay, and Stripe pays out to your bank.": "Käufer können bezahlen, und Stripe zahlt auf Ihr Bankkonto aus.",
    "Stripe has turned the account down.": "Stripe hat das Konto abgelehnt.",
    "Write to Stripe’s support, or sell with keys of your own.": (
        "Schreiben Sie dem Support von Stripe oder verkaufen Sie mit eigenen Schlüsseln."
    ),
    "Stripe still needs something from you.": "Stripe braucht noch etwas von Ihnen.",
    "Go on at Stripe and hand it in.": "Gehen Sie weiter zu Stripe und reichen Sie es ein.",
    "Stripe takes no payments for you at the moment.": "Stripe nimmt zurzeit keine Zahlungen für Sie an.",
    "Stripe is still at work.": "Stripe ist noch daran.",
    "Ask again in a minute; usually it tells us by itself.": "Fragen Sie in einer Minute noch einmal; meist sagt es Stripe von selbst.",
    "Details handed in": "Angaben eingereicht",
    "Buyers can pay": "Käufer können bezahlen",
    "Stripe pays out": "Stripe zahlt aus",
    "The platform keeps {fee} of each payment, and gives it back with a refund.": (
        "Die Plattform behält {fee} von jeder Zahlung und gibt es bei einer Rückerstattung zurück."
    ),
    "The platform keeps nothing of your payments.": "Die Plattform behält nichts von Ihren Zahlungen.",
    "If a buyer disputes a payment at their bank, the platform answers and bears it; it may settle that with you.": (
        "Bestreitet ein Käufer eine Zahlung bei seiner Bank, antwortet die Plattform und trägt sie; sie kann das mit Ihnen abrechnen."
    ),
    "You have keys of your own, and they go first. Take them away to sell through the platform.": (
        "Sie haben eigene Schlüssel, und die gehen vor. Entfernen Sie sie, um über die Plattform zu verkaufen."
    ),
    "Go on at Stripe": "Weiter bei Stripe",
    "Connect with Stripe": "Mit Stripe verbinden",
    "Ask Stripe how it stands": "Stripe nach dem Stand fragen",
    "Balance and payouts at Stripe": "Saldo und Auszahlungen bei Stripe",
    "Stripe says: {word}.": "Stripe sagt: {word}.",
    "Stripe asks for: {name}.": "Stripe fragt nach: {name}.",
    "Name the bank account that is paid out to.": "Nennen Sie das Bankkonto, auf das ausgezahlt wird.",
    "Accept Stripe’s terms.": "Nehmen Sie die Bedingungen von Stripe an.",
    "Say what you are: a person, a company or an association.": "Sagen Sie, was Sie sind: eine Person, eine Firma oder ein Verein.",
    "Describe what you sell, with a website or a few words.": "Beschreiben Sie, was Sie verkaufen: mit einer Website oder ein paar Worten.",
    "Complete the details of the company: name, number, address.": "Vervollständigen Sie die Angaben zur Firma: Name, Nummer, Adresse.",
    "Complete the details of the person: name, date of birth, address.": (
        "Vervollständigen Sie die Angaben zur Person: Name, Geburtsdatum, Adresse."
    ),
    "Complete the details of who acts for you.": "Vervollständigen Sie die Angaben zur Person, die für Sie handelt.",
    "Complete the details of the owners.": "Vervollständigen Sie die Angaben zu den Inhabern.",
    "Complete the details of the directors.": "Vervollständigen Sie die Angaben zur Geschäftsleitung.",
    "Complete the details of the people behind you.": "Vervollständigen Sie die Angaben zu den Personen hinter Ihnen.",
    "Hand in a proof: an identity card, or a paper with your address.": (
        "Reichen Sie einen Nachweis ein: einen Ausweis oder ein Papier mit Ihrer Adresse."
    ),
    "Payments and payouts wait until it is handed in.": "Zahlungen und Auszahlungen warten, bis es eingereicht ist.",
    "Stripe is checking what you handed in. There is nothing to do.": "Stripe prüft, was Sie eingereicht haben. Es gibt nichts zu tun.",
    "Stripe is checking the account. There is nothing to do.": "Stripe prüft das Konto. Es gibt nichts zu tun.",
    "The platform’s operator has paused the account. Ask them.": "Der Betreiber der Plattform hat das Konto angehalten. Fragen Sie ihn.",
    "The platform’s key does not open the account any more. Ask the platform’s operator.": (
        "Der Schlüssel der Plattform öffnet das Konto nicht mehr. Fragen Sie den Betreiber der Plattform."
    ),
    "The account is closed at Stripe. Ask the platform’s operator.": "Das Konto ist bei Stripe geschlossen. Fragen Sie den Betreiber.",
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
