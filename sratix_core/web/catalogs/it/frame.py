"""The few words of lists and frames that buyers see too."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Undo": "Annullare",
    "Your account": "Il Suo account",
    "{n} shown": "{n} mostrati",
    "Name": "Nome",
    "State": "Stato",
    "Event": "Evento",
}
