"""What payment providers told us, as administrators of the installation read it."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "About": "Betrifft",
    "Account": "Konto",
    "Body": "Inhalt",
    "Clear the filters to see everything.": "Heben Sie die Filter auf, um alles zu sehen.",
    "Erased after {n} days.": "Nach {n} Tagen gelöscht.",
    "Facts": "Angaben",
    "It could not be acted on.": "Darauf konnte nicht reagiert werden.",
    "Messages of payment providers as they came. Bodies are erased after {n} days.": (
        "Meldungen der Zahlungsanbieter, wie sie kamen. Inhalte werden nach {n} Tagen gelöscht."
    ),
    "No provider told us anything yet": "Noch hat kein Anbieter etwas gemeldet",
    "Process again": "Nochmals verarbeiten",
    "Processed": "Verarbeitet",
    "Provider": "Anbieter",
    "Reading it is on record.": "Das Lesen wird festgehalten.",
    "Show everything": "Alles zeigen",
    "The first payment by card brings the first message.": (
        "Die erste Kartenzahlung bringt die erste Meldung."
    ),
    "The message is looked at again.": "Die Meldung wird nochmals angeschaut.",
    "Webhooks": "Webhooks",
    "Nothing to do": "Nichts zu tun",
    "Answer before": "Antworten vor",
}
