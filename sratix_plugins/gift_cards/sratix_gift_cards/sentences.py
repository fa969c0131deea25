"""What buyers and those who are given a card read, in the four languages. Staff pages are translated by the core."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, str]] = {
    "title": {"en": "Gift card", "de": "Gutschein", "fr": "Bon cadeau", "it": "Buono regalo"},
    "subject": {
        "en": "A gift card for {brand}: {amount}",
        "de": "Ein Gutschein für {brand}: {amount}",
        "fr": "Un bon cadeau pour {brand} : {amount}",
        "it": "Un buono regalo per {brand}: {amount}",
    },
    "preheader": {
        "en": "Type its code where you pay.",
        "de": "Geben Sie den Code dort ein, wo Sie bezahlen.",
        "fr": "Saisissez le code au moment de payer.",
        "it": "Inserisca il codice al momento di pagare.",
    },
    "heading": {
        "en": "A gift card over {amount}.",
        "de": "Ein Gutschein über {amount}.",
        "fr": "Un bon cadeau de {amount}.",
        "it": "Un buono regalo di {amount}.",
    },
    "hello": {"en": "For {name}.", "de": "Für {name}.", "fr": "Pour {name}.", "it": "Per {name}."},
    "lead": {
        "en": "Choose tickets of {brand} and type this code where you pay. What you don’t spend stays on it.",
        "de": "Wählen Sie Tickets von {brand} und geben Sie diesen Code dort ein, wo Sie bezahlen. Was Sie nicht brauchen, bleibt darauf.",
        "fr": "Choisissez des billets de {brand} et saisissez ce code au moment de payer. Le reste demeure sur le bon.",
        "it": "Scelga i biglietti di {brand} e inserisca questo codice al momento di pagare. Il resto rimane sul buono.",
    },
    "until": {
        "en": "Good until {day}.",
        "de": "Gültig bis {day}.",
        "fr": "Valable jusqu’au {day}.",
        "it": "Valido fino al {day}.",
    },
    "button": {
        "en": "Choose tickets",
        "de": "Tickets wählen",
        "fr": "Choisir des billets",
        "it": "Scegliere i biglietti",
    },
    "closing": {
        "en": "Keep this code like cash: whoever has it can spend it.",
        "de": "Bewahren Sie den Code wie Bargeld auf: Wer ihn hat, kann ihn einlösen.",
        "fr": "Gardez ce code comme de l’argent : qui le possède peut le dépenser.",
        "it": "Conservi il codice come denaro contante: chi lo possiede può spenderlo.",
    },
    "reason": {
        "en": "You get this because somebody gave you a gift card of {brand}.",
        "de": "Sie erhalten diese Nachricht, weil Ihnen jemand einen Gutschein von {brand} gegeben hat.",
        "fr": "Vous recevez ce message car on vous a offert un bon cadeau de {brand}.",
        "it": "Riceve questo messaggio perché qualcuno Le ha regalato un buono di {brand}.",
    },
}


def say(key: str, locale: str, **data: str) -> str:
    """The sentence in the locale's language, in English where there is none."""
    known = SENTENCES[key]
    return known.get(locale[:2], known["en"]).format(**data)
