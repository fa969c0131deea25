"""The few words that an invoice's own lines need, in the languages of buyers; the rest is the drawing's."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "en": {"credit": "Credit for order {code}", "order": "Order {code}"},
    "de": {"credit": "Gutschrift zur Bestellung {code}", "order": "Bestellung {code}"},
    "fr": {"credit": "Avoir pour la commande {code}", "order": "Commande {code}"},
    "it": {"credit": "Accredito per l’ordine {code}", "order": "Ordine {code}"},
}


def word(locale: str, name: str, **values: str) -> str:
    """The words in the locale's language, English where there are none."""
    return WORDS.get(locale[:2], WORDS["en"])[name].format(**values)
