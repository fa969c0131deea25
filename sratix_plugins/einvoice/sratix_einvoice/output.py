"""The two places where the data goes: a file of its own, and the PDF."""

from __future__ import annotations

from collections.abc import Sequence

from zope.interface import implementer

from sratix_core.plugin import (
    IInvoiceAttachment,
    IInvoiceOutput,
    InvoiceAttachment,
    InvoiceDocument,
    Refused,
)
from sratix_einvoice.cii import xml

NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
FILENAME = "factur-x.xml"


def fits(document: InvoiceDocument) -> bool:
    """Whether the standard has such an invoice: not a proforma, and to a country."""
    return document.kind != "proforma" and bool(document.buyer.country)


@implementer(IInvoiceAttachment)
class FacturX:
    """Factur-X 1.0, profile EN 16931."""

    def attach(self, document: InvoiceDocument) -> InvoiceAttachment | None:
        if not fits(document):
            return None
        described = (
            ("DocumentType", "INVOICE"),
            ("DocumentFileName", FILENAME),
            ("Version", "1.0"),
            ("ConformanceLevel", "EN 16931"),
        )
        return InvoiceAttachment(
            FILENAME,
            "application/xml",
            "Factur-X invoice data",
            xml(document),
            NAMESPACE,
            "fx",
            described,
        )


@implementer(IInvoiceOutput)
class XmlInvoices:
    """The data alone."""

    name = "xml"
    title = "XML"
    content_type = "application/xml"
    extension = "xml"

    def render(self, document: InvoiceDocument, attachments: Sequence[InvoiceAttachment]) -> bytes:
        """Raises `Refused("no_e_invoice")` for what the standard does not have."""
        if not fits(document):
            raise Refused("no_e_invoice")
        return xml(document)
