"""What the codes say: the Swiss QR code (SIX, Implementation Guidelines QR-bill v2.3, §4) and the EPC's (EPC069-12, version 002).

Both are lines of text in a fixed order; banks refuse a code with one line too many.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sratix_bank_transfer.charset import fitted
from sratix_core.plugin import Money

NOBODY = ("",) * 7
LARGEST_SWISS = 999_999_999_99
SWISS_CURRENCIES = ("CHF", "EUR")


@dataclass(frozen=True)
class Address:
    """A structured address (type S). Country as two letters; street and number may be empty, the rest may not."""

    name: str
    street: str
    house_number: str
    postal_code: str
    town: str
    country: str

    @property
    def complete(self) -> bool:
        return bool(self.name and self.postal_code and self.town and self.country)

    def fields(self) -> tuple[str, ...]:
        """The seven lines of a Swiss code, cut to their lengths."""
        return (
            "S",
            fitted(self.name, 70),
            fitted(self.street, 70),
            fitted(self.house_number, 16),
            fitted(self.postal_code, 16),
            fitted(self.town, 35),
            self.country,
        )

    def lines(self, brief: bool = False) -> list[str]:
        """As it stands on the slip, in the same letters as in the code; `brief` without the street."""
        _, name, street, number, postcode, town, _ = self.fields()
        place = "" if brief else f"{street} {number}".strip()
        return [line for line in (name, place, f"{postcode} {town}".strip()) if line]


@dataclass(frozen=True)
class Bill:
    """All that a payment part says. `reference` is bare; `debtor` None leaves a field to write in."""

    iban: str
    creditor: Address
    amount: Money
    reference: str
    message: str
    debtor: Address | None = None


MOST_BYTES = 997
"""What a code of version 25 at level M holds in byte mode."""


def fitting(bill: Bill) -> Bill:
    """The bill without its message, then without its payer, where accents make it longer than a code may be."""
    for smaller in (bill, replace(bill, message=""), replace(bill, message="", debtor=None)):
        if len(swiss(smaller).encode()) <= MOST_BYTES:
            return smaller
    raise ValueError("the creditor alone is too long for a payment code")


def reference_type(reference: str) -> str:
    return "SCOR" if reference.startswith("RF") else "QRR"


def decimal(amount: Money) -> str:
    """`98.00`: two decimals, a full stop, no grouping. CHF and EUR both have a hundred minor units."""
    return f"{amount.minor // 100}.{amount.minor % 100:02d}"


def swiss(bill: Bill) -> str:
    """31 lines and nothing after the trailer: no billing information, no alternative schemes."""
    return "\n".join(
        (
            *("SPC", "0200", "1", bill.iban),
            *bill.creditor.fields(),
            *NOBODY,
            *(decimal(bill.amount), bill.amount.currency),
            *(bill.debtor.fields() if bill.debtor else NOBODY),
            *(reference_type(bill.reference), bill.reference),
            *(fitted(bill.message, 140), "EPD"),
        )
    )


def epc(bill: Bill) -> str:
    """A SEPA credit transfer in euro with a creditor reference (ISO 11649); the BIC is not needed inside the area.

    A structured reference and a message exclude each other, so the message is not in it.
    """
    fields = ("BCD", "002", "1", "SCT", "", fitted(bill.creditor.name, 70), bill.iban)
    return "\n".join((*fields, f"EUR{decimal(bill.amount)}", "", bill.reference))
