"""What buyers read, in the four languages. Staff pages are translated by the core."""

from __future__ import annotations

from typing import Literal, cast

Spoken = Literal["auto", "de", "en", "fr", "it"]

SENTENCES: dict[str, dict[str, str]] = {
    "title": {"en": "Card", "de": "Karte", "fr": "Carte", "it": "Carta"},
    "help": {
        "en": "Paid at once through Stripe; the tickets come at once",
        "de": "Sofort bezahlt über Stripe; die Tickets kommen gleich",
        "fr": "Payé tout de suite par Stripe ; les billets arrivent aussitôt",
        "it": "Pagato subito tramite Stripe; i biglietti arrivano subito",
    },
    "discount": {"en": "Discount", "de": "Rabatt", "fr": "Remise", "it": "Sconto"},
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
