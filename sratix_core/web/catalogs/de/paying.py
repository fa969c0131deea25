"""How well paying works: on the platform's page and on an organizer's."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Payments": "Zahlungen",
    "Of all organizations together. No order and no person is read for it.": (
        "Von allen Organisationen zusammen. Keine Bestellung und keine Person wird dafür gelesen."
    ),
    "Period": "Zeitraum",
    "{n} weeks": "{n} Wochen",
    "How well paying works": "Wie gut das Bezahlen läuft",
    "Way to pay": "Zahlungsart",
    "From order to money": "Von der Bestellung bis zum Geld",
    "Succeed": "Gelingen",
    "Declined": "Abgelehnt",
    "Left unpaid": "Verlassen",
    "test mode": "Testmodus",
    "Week by week": "Woche für Woche",
    "Week from": "Woche ab",
    "Refunds": "Rückzahlungen",
    "Disputes": "Anfechtungen",
    "Amounts": "Beträge",
    "Sent back": "Zurückgezahlt",
    "Disputed": "Angefochten",
    "Weeks and amounts are of real money; test mode stands in the first table only.": (
        "Wochen und Beträge sind echtes Geld; der Testmodus steht nur in der ersten Tabelle."
    ),
    "Nobody has paid yet": "Es hat noch niemand bezahlt",
    "With the first payment of any organization this page begins.": (
        "Mit der ersten Zahlung irgendeiner Organisation beginnt diese Seite."
    ),
}
