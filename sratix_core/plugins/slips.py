# mypy: allow-subclassing-any, disable-error-code="misc, empty-body"
"""What a provider that is paid later may do: draw the payment part of an invoice, and ask once more."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from zope.interface import Interface

from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


@dataclass(frozen=True)
class PaymentDue:
    """What an invoice asks for, as a slip prints it. `code` is the order's code, or the invoice's number where it is for several
    orders; `key` is the id of the order or of the invoice, the same for every print.

    `debtor` is the address as it stands on the letter, name first. It is given once more in parts for slips that may not
    carry free lines (a QR-bill: structured addresses only); a part that isn't known is empty. `message` is one plain line.
    """

    amount: Money
    code: str
    key: uuid.UUID
    subject: Literal["order", "invoice"]
    debtor: Sequence[str]
    message: str
    name: str = ""
    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True)
class PaymentSlip:
    """The payment part at the foot of an invoice, as wide as an A4 page (210 mm).

    `svg` is one SVG element without scripts, links or fonts from outside; `lines` say the same in words (heading, value) for
    readers that draw nothing and for the invoice's XML. `iban` and `reference` are bare, without spaces, empty if unknown.
    """

    kind: Literal["qr_bill", "epc", "lines"]
    svg: str
    height_mm: int
    lines: Sequence[tuple[str, str]]
    iban: str = ""
    reference: str = ""


class IReminds(Interface):
    """Buyers are asked once more before the seats of an unpaid order go back."""

    def remind_days(ctx: TenantContext) -> int:
        """So many days before the end, at most 30; 0 for never."""


class IPaymentSlip(Interface):
    """What is paid later can be paid from paper: a payment part for the foot of an invoice."""

    def slip(ctx: TenantContext, due: PaymentDue, locale: str) -> PaymentSlip | None:
        """The slip, or nothing where this amount or currency can't be paid so. Calls nobody: it draws."""
