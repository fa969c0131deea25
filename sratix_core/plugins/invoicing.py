# mypy: allow-subclassing-any, disable-error-code="misc, empty-body"
"""What a plugin is given to draw an invoice from, and what it may supply: a file, or data that travels inside one.

Plain values, complete in themselves: nothing here reads a database or calls anybody, so drawing can take its time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from zope.interface import Attribute, Interface

from sratix_core.plugins.slips import PaymentSlip
from sratix_core.values.money import Money

Kind = Literal["invoice", "credit_note", "proforma"]


@dataclass(frozen=True)
class InvoiceParty:
    """One side. `name` is a person's where `company` is there too; `country` by ISO 3166; `reference` is what their
    bookkeeping wants to read."""

    name: str
    company: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    vat_number: str = ""
    email: str = ""
    website: str = ""
    reference: str = ""

    @property
    def title(self) -> str:
        """Who is addressed: the company, or the person."""
        return self.company or self.name


@dataclass(frozen=True)
class InvoiceLine:
    """`unit` × `quantity` − `discount` is `total` where prices include the tax, else `net`. `tax_bp` 810 is 8.1 %.

    `category` as in EN 16931: S standard, Z zero, AE reverse charge, O outside.
    """

    text: str
    detail: str
    quantity: int
    unit: Money
    discount: Money
    net: Money
    tax: Money
    total: Money
    tax_bp: int
    category: str
    order_code: str = ""


@dataclass(frozen=True)
class InvoiceTax:
    """All that one rate taxes."""

    category: str
    tax_bp: int
    net: Money
    tax: Money


@dataclass(frozen=True)
class InvoiceDocument:
    """All that an invoice says. `label` is the number as written, empty for a proforma.

    `total` is net + tax + rounding, `due` what of it is still to be paid. Amounts of a credit note are positive.
    `refers_to` is the label and the day of the invoice that a credit note corrects. `digest` proves the content (hex).
    """

    kind: Kind
    label: str
    locale: str
    issued_on: date
    due_on: date | None
    delivered_on: date | None
    seller: InvoiceParty
    buyer: InvoiceParty
    lines: Sequence[InvoiceLine]
    taxes: Sequence[InvoiceTax]
    tax_included: bool
    net: Money
    tax: Money
    rounding: Money
    total: Money
    due: Money
    reverse_charge: bool
    order_codes: Sequence[str]
    refers_to: tuple[str, date] | None
    reason: str
    footer: str
    digest: str
    accent: str = "#0b6fa4"
    logo: bytes = field(default=b"", repr=False)
    logo_type: str = ""
    slip: PaymentSlip | None = None


@dataclass(frozen=True)
class InvoiceAttachment:
    """Data that travels inside the PDF, said to be another spelling of it (PDF/A-3, `AFRelationship` Alternative).

    `metadata` are XMP properties of one `namespace`, as Factur-X asks for.
    """

    filename: str
    content_type: str
    description: str
    data: bytes = field(repr=False)
    namespace: str = ""
    prefix: str = ""
    metadata: Sequence[tuple[str, str]] = ()


class IInvoiceOutput(Interface):
    """A file made of an invoice. Called by a job, with no transaction open."""

    name = Attribute("short and lasting; part of the download address")
    title = Attribute("what the link says, the same in every language: PDF, XML")
    content_type = Attribute("the media type of what `render` returns")
    extension = Attribute("of the file's name, without the dot")

    def render(document: InvoiceDocument, attachments: Sequence[InvoiceAttachment]) -> bytes:
        """The file. Whoever can't carry attachments leaves them out. Raises `Refused(code)`
        for a document it has no file for, `Unavailable(code)` when it cannot now."""


class IInvoiceAttachment(Interface):
    """What goes into the PDF for programs to read."""

    def attach(document: InvoiceDocument) -> InvoiceAttachment | None:
        """The data, or nothing where this document has none (a proforma)."""
