"""The few words on a ticket, in the four languages."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "ticket": "Ticket",
        "order": "Order",
        "number": "Number",
        "when": "When",
        "from": "from",
        "where": "Where",
        "seat": "Seat",
        "open": "Name still open",
        "show": "Show this code at the door, on paper or on a screen. It admits one person.",
    },
    "de": {
        "ticket": "Ticket",
        "order": "Bestellung",
        "number": "Nummer",
        "when": "Wann",
        "from": "ab",
        "where": "Wo",
        "seat": "Platz",
        "open": "Name noch offen",
        "show": "Zeigen Sie diesen Code am Eingang, auf Papier oder am Bildschirm. Er gilt für eine Person.",
    },
    "fr": {
        "ticket": "Billet",
        "order": "Commande",
        "number": "Numéro",
        "when": "Quand",
        "from": "dès",
        "where": "Où",
        "seat": "Place",
        "open": "Nom à compléter",
        "show": "Montrez ce code à l’entrée, sur papier ou à l’écran. Il vaut pour une personne.",
    },
    "it": {
        "ticket": "Biglietto",
        "order": "Ordine",
        "number": "Numero",
        "when": "Quando",
        "from": "dalle",
        "where": "Dove",
        "seat": "Posto",
        "open": "Nome da completare",
        "show": "Mostri questo codice all’entrata, su carta o sullo schermo. Vale per una persona.",
    },
}


def words(locale: str) -> dict[str, str]:
    """The words of the locale's language, English where there are none."""
    return WORDS.get(locale[:2], WORDS["en"])
