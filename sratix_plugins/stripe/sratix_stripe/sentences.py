"""What buyers read, in the four languages. Staff pages are translated by the core."""

from __future__ import annotations

from typing import Literal, cast

Spoken = Literal["auto", "de", "en", "fr", "it"]

SENTENCES: dict[str, dict[str, str]] = {
    "title": {"en": "Card", "de": "Karte", "fr": "Carte", "it": "Carta"},
    "help": {
        "en": "Paid at once through Stripe; the tickets come at once",
        "de": "Sofort bezahlt über Stripe; die Tickets kommen gleich",
        "fr": "Payé tout de suite par Stripe ; les billets arrivent aussitôt",
        "it": "Pagato subito tramite Stripe; i biglietti arrivano subito",
    },
    "discount": {"en": "Discount", "de": "Rabatt", "fr": "Rabais", "it": "Sconto"},
    "invoice": {
        "en": "Invoice by e-mail",
        "de": "Rechnung per E-Mail",
        "fr": "Facture par e-mail",
        "it": "Fattura per e-mail",
    },
    "invoice_help": {
        "en": "Stripe sends it; the tickets come when it is paid",
        "de": "Stripe schickt sie; die Tickets kommen, sobald sie bezahlt ist",
        "fr": "Stripe l’envoie ; les billets arrivent dès qu’elle est payée",
        "it": "La invia Stripe; i biglietti arrivano a pagamento avvenuto",
    },
    "invoice_intro": {
        "en": "Stripe sends you an invoice by e-mail. You pay it on the page its link leads to.",
        "de": "Stripe schickt Ihnen eine Rechnung per E-Mail. Sie bezahlen sie auf der Seite hinter dem Link darin.",
        "fr": "Stripe vous envoie une facture par e-mail. Vous la payez sur la page du lien qu’elle contient.",
        "it": "Stripe Le invia una fattura per e-mail. La paga sulla pagina del link che contiene.",
    },
    "invoice_amount": {"en": "Amount", "de": "Betrag", "fr": "Montant", "it": "Importo"},
    "invoice_until": {
        "en": "Pay until",
        "de": "Zahlbar bis",
        "fr": "À payer jusqu’au",
        "it": "Da pagare entro",
    },
    "invoice_note": {
        "en": "Stripe’s invoice is a request for payment. The one for your books is the organizer’s.",
        "de": "Die Rechnung von Stripe ist eine Zahlungsaufforderung. Für Ihre Buchhaltung gilt die des Veranstalters.",
        "fr": "La facture de Stripe est une demande de paiement. Pour votre comptabilité, celle de l’organisateur fait foi.",
        "it": "La fattura di Stripe è una richiesta di pagamento. Per la contabilità vale quella dell’organizzatore.",
    },
    "footer": {
        "en": "This is a request for payment, taxes included. The invoice for your books comes from the organizer.",
        "de": "Dies ist eine Zahlungsaufforderung, Steuern inbegriffen. Die Rechnung für die Buchhaltung kommt vom Veranstalter.",
        "fr": "Ceci est une demande de paiement, taxes comprises. La facture pour la comptabilité vient de l’organisateur.",
        "it": "Questa è una richiesta di pagamento, imposte comprese. La fattura per la contabilità viene dall’organizzatore.",
    },
    "more": {
        "en": "{count} more lines",
        "de": "{count} weitere Zeilen",
        "fr": "{count} autres lignes",
        "it": "altre {count} righe",
    },
}


def say(key: str, locale: str, **data: str) -> str:
    """The sentence in the locale's language, in English where there is none."""
    known = SENTENCES[key]
    return known.get(locale[:2], known["en"]).format(**data)


def spoken(locale: str) -> Spoken:
    """The language of Stripe's own page; its choice where it does not speak ours."""
    return cast(Spoken, locale[:2]) if locale[:2] in ("de", "en", "fr", "it") else "auto"
