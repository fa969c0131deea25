"""The headings of payment part and receipt, word for word as SIX prescribes them (Implementation Guidelines, annex D)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Headings:
    payment_part: str
    receipt: str
    account: str
    reference: str
    information: str
    payable_by: str
    payable_by_blank: str
    currency: str
    amount: str
    acceptance_point: str


GERMAN = Headings(
    "Zahlteil",
    "Empfangsschein",
    "Konto / Zahlbar an",
    "Referenz",
    "Zusätzliche Informationen",
    "Zahlbar durch",
    "Zahlbar durch (Name/Adresse)",
    "Währung",
    "Betrag",
    "Annahmestelle",
)
FRENCH = Headings(
    "Section paiement",
    "Récépissé",
    "Compte / Payable à",
    "Référence",
    "Informations supplémentaires",
    "Payable par",
    "Payable par (nom/adresse)",
    "Monnaie",
    "Montant",
    "Point de dépôt",
)
ITALIAN = Headings(
    "Sezione pagamento",
    "Ricevuta",
    "Conto / Pagabile a",
    "Riferimento",
    "Informazioni supplementari",
    "Pagabile da",
    "Pagabile da (nome/indirizzo)",
    "Valuta",
    "Importo",
    "Punto di accettazione",
)
ENGLISH = Headings(
    "Payment part",
    "Receipt",
    "Account / Payable to",
    "Reference",
    "Additional information",
    "Payable by",
    "Payable by (name/address)",
    "Currency",
    "Amount",
    "Acceptance point",
)
LANGUAGES = {"de": GERMAN, "fr": FRENCH, "it": ITALIAN}


def headings(locale: str) -> Headings:
    """English where the slip is not printed in a language."""
    return LANGUAGES.get(locale[:2], ENGLISH)
