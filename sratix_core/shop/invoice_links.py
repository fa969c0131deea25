"""What the buyer's page of an order shows of its invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sratix_core.invoices import papers, settings
from sratix_core.invoices.models import Invoice, InvoiceKind, PaperState
from sratix_core.invoices.queries import own_documents
from sratix_core.orders.states import HOLDS_UNITS

if TYPE_CHECKING:
    from sratix_core.shop.buyers import BuyerPage

KINDS = {
    InvoiceKind.INVOICE: "Invoice {number}",
    InvoiceKind.CREDIT_NOTE: "Credit note {number}",
    InvoiceKind.PROFORMA: "Proforma invoice",
}


def invoice_section(page: BuyerPage) -> dict[str, Any] | None:
    """What the order's page shows of invoices; None where there is nothing to invoice, or nobody who would."""
    order, t = page.order, page.request.t
    if not order.total.minor or not settings.is_set_up(page.ctx):
        return None
    found = own_documents(page.ctx, order)
    has_invoice = any(d.kind == InvoiceKind.INVOICE for d in found)
    return {
        "documents": [
            {"text": t(KINDS[InvoiceKind(d.kind)], number=d.label or ""), "files": _files(page, d)}
            for d in found
        ],
        "billing_href": page.path("shop.billing") if not has_invoice and order.state in HOLDS_UNITS else "",
        "issue_href": page.path("shop.invoices") if not has_invoice and order.state in HOLDS_UNITS else "",
    }


def _files(page: BuyerPage, invoice: Invoice) -> list[dict[str, str]]:
    """What can be fetched of it; no address while it is being drawn."""
    states = {paper.output: paper.state for paper in invoice.papers}
    return [
        {
            "kind": output.title,
            "href": page.path("shop.invoice", invoice=invoice.id, output=output.name)
            if states[output.name] == PaperState.READY
            else "",
        }
        for output in papers.outputs_for(page.ctx)
        if states.get(output.name) in (PaperState.READY, PaperState.WAITING)
    ]
