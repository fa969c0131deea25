"""What buyers read, in the four languages. Staff pages are translated by the core."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, str]] = {
    "title": {
        "en": "Bank transfer",
        "de": "Banküberweisung",
        "fr": "Virement bancaire",
        "it": "Bonifico bancario",
    },
    "help": {
        "en": "Tickets come when the money is here",
        "de": "Die Tickets kommen, sobald das Geld da ist",
        "fr": "Les billets arrivent dès que le paiement est là",
        "it": "I biglietti arrivano appena ricevuto il pagamento",
    },
    "intro": {
        "en": "Transfer the amount with this reference, so that we find your order.",
        "de": "Überweisen Sie den Betrag mit dieser Referenz, damit wir Ihre Bestellung finden.",
        "fr": "Virez le montant avec cette référence, afin que nous trouvions votre commande.",
        "it": "Versi l’importo con questo riferimento, così troviamo il Suo ordine.",
    },
    "scan": {
        "en": "Scan the code with your bank’s app. Or transfer the amount with this reference.",
        "de": "Scannen Sie den Code mit der App Ihrer Bank. Oder überweisen Sie den Betrag mit dieser Referenz.",
        "fr": "Scannez le code avec l’app de votre banque. Ou virez le montant avec cette référence.",
        "it": "Scansioni il codice con l’app della Sua banca. Oppure versi l’importo con questo riferimento.",
    },
    "code": {
        "en": "Payment code",
        "de": "Zahlungscode",
        "fr": "Code de paiement",
        "it": "Codice di pagamento",
    },
    "amount": {"en": "Amount", "de": "Betrag", "fr": "Montant", "it": "Importo"},
    "holder": {
        "en": "Account holder",
        "de": "Kontoinhaber",
        "fr": "Titulaire du compte",
        "it": "Titolare del conto",
    },
    "reference": {"en": "Reference", "de": "Referenz", "fr": "Référence", "it": "Riferimento"},
    "until": {
        "en": "We keep your seats until {when}.",
        "de": "Wir halten Ihre Plätze bis {when}.",
        "fr": "Nous gardons vos places jusqu’au {when}.",
        "it": "Teniamo i Suoi posti fino a {when}.",
    },
    "until_value": {
        "en": "We keep your order until {when}.",
        "de": "Wir behalten Ihre Bestellung bis {when}.",
        "fr": "Nous gardons votre commande jusqu’au {when}.",
        "it": "Teniamo il Suo ordine fino al {when}.",
    },
}


def say(key: str, locale: str, **data: str) -> str:
    """The sentence in the locale's language, in English where there is none."""
    known = SENTENCES[key]
    return known.get(locale[:2], known["en"]).format(**data)
