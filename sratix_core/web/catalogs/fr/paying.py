"""Ways to pay, by name."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Payments": "Paiements",
    "How well paying works": "Qualité des paiements",
    "Way to pay": "Moyen de paiement",
    "From order to money": "De la commande au paiement",
    "Succeed": "Réussis",
    "Declined": "Refusés",
    "Left unpaid": "Laissés impayés",
}
