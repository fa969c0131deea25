"""Tickets as one PDF: A4, a page for each ticket, in the tenant's accent.

Owns how a ticket looks on paper and the caged process that draws it. What a ticket is and its code are the core's.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from sratix_core.plugin import (
    DataUse,
    HealthCheck,
    ITicketOutput,
    PluginInfo,
    Settings,
    TenantContext,
    hookimpl,
    pdf_engine_answers,
)
from sratix_pdf_tickets.german import GERMAN
from sratix_pdf_tickets.output import PdfTickets

info = PluginInfo(
    name="pdf_tickets",
    title="Tickets as PDF",
    version=version("sratix-pdf-tickets"),
    category="ticket",
    description="One PDF with all tickets of an order, to print or to keep.",
)


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def ticket_outputs(ctx: TenantContext) -> list[ITicketOutput]:
    return [PdfTickets()]


@hookimpl
def health_checks() -> list[HealthCheck]:
    return [HealthCheck("PDF", _health)]


def _health(settings: Settings) -> tuple[bool, str]:
    return pdf_engine_answers()


@hookimpl
def data_inventory() -> list[DataUse]:
    return [
        DataUse(
            what="name of ticket holders, the code of their ticket",
            where="memory of a process that ends with the page; nothing is stored",
            purpose="tickets to print",
            basis="contract",
            retention="none",
        )
    ]
