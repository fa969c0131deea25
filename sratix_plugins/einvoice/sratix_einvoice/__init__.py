"""Invoices as EN 16931 data: a file of its own, and inside the PDF.

Owns the spelling as Cross Industry Invoice. What an invoice says is the core's, how it looks `pdf_invoices`'.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from sratix_core.plugin import (
    DataUse,
    IInvoiceAttachment,
    IInvoiceOutput,
    PluginInfo,
    TenantContext,
    hookimpl,
)
from sratix_einvoice.german import GERMAN
from sratix_einvoice.output import FacturX, XmlInvoices

info = PluginInfo(
    name="einvoice",
    title="Electronic invoices",
    version=version("sratix-einvoice"),
    category="finance",
    description="EN 16931 data (Factur-X, ZUGFeRD) inside the PDF and as a file.",
)


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def invoice_outputs(ctx: TenantContext) -> list[IInvoiceOutput]:
    return [XmlInvoices()]


@hookimpl
def invoice_attachments(ctx: TenantContext) -> list[IInvoiceAttachment]:
    return [FacturX()]


@hookimpl
def data_inventory() -> list[DataUse]:
    return [
        DataUse(
            what="name, address, VAT number and purchases of buyers",
            where="memory while the data is written; the core keeps the file",
            purpose="invoices that bookkeeping reads by itself",
            basis="legal obligation",
            retention="none",
        )
    ]
