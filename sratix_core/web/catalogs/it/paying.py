"""How well paying works."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Payments": "Pagamenti",
    "How well paying works": "Come riescono i pagamenti",
    "Way to pay": "Modalità di pagamento",
    "From order to money": "Dall’ordine all’incasso",
    "Succeed": "Riusciti",
    "Declined": "Rifiutati",
    "Left unpaid": "Abbandonati",
    "Tries": "Tentativi",
    "Answer before": "Rispondere entro",
    "{n} seconds": "{n} secondi",
    "{n} minutes": "{n} minuti",
    "{n} hours": "{n} ore",
    "{n} days": "{n} giorni",
}
