"""The few words that an invoice's own lines need, in the languages of buyers; the rest is the drawing's."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "credit": "Credit for order {code}",
        "order": "Order {code}",
        "sold_value": "No VAT: a multi-purpose voucher, taxed when it is spent",
    },
    "de": {
        "credit": "Gutschrift zur Bestellung {code}",
        "order": "Bestellung {code}",
        "sold_value": "Ohne MWST: Mehrzweck-Gutschein, versteuert beim Einlösen",
    },
    "fr": {
        "credit": "Note de crédit pour la commande {code}",
        "order": "Commande {code}",
        "sold_value": "Sans TVA : bon à usages multiples, imposé lors de son utilisation",
    },
    "it": {
        "credit": "Accredito per l’ordine {code}",
        "order": "Ordine {code}",
        "sold_value": "Senza IVA: buono multiuso, tassato al momento dell’utilizzo",
    },
}


def word(locale: str, name: str, **values: str) -> str:
    """The words in the locale's language, English where there are none."""
    return WORDS.get(locale[:2], WORDS["en"])[name].format(**values)
