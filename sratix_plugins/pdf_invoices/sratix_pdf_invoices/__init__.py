"""Invoices as PDF/A: A4, in the buyer's language and the tenant's accent, with the payment part at the foot.

Owns how an invoice looks on paper and the caged process that draws it. What it says, and its number, are the core's.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from sratix_core.plugin import (
    DataUse,
    HealthCheck,
    IInvoiceOutput,
    PluginInfo,
    Settings,
    TenantContext,
    hookimpl,
    pdf_engine_answers,
)
from sratix_pdf_invoices.german import GERMAN
from sratix_pdf_invoices.output import PdfInvoices

info = PluginInfo(
    name="pdf_invoices",
    title="Invoices as PDF",
    version=version("sratix-pdf-invoices"),
    category="finance",
    description="Invoices, credit notes and proformas to print, to send and to keep.",
)


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def invoice_outputs(ctx: TenantContext) -> list[IInvoiceOutput]:
    return [PdfInvoices()]


@hookimpl
def health_checks() -> list[HealthCheck]:
    return [HealthCheck("PDF of invoices", _health)]


def _health(settings: Settings) -> tuple[bool, str]:
    return pdf_engine_answers()


@hookimpl
def data_inventory() -> list[DataUse]:
    return [
        DataUse(
            what="name, address, VAT number and purchases of buyers",
            where="memory of a process that ends with the page; the core keeps the file",
            purpose="invoices to print",
            basis="legal obligation",
            retention="none",
        )
    ]
