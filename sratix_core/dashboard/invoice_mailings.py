"""Sending an invoice or a credit note by mail, and what became of each mailing."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import ORDER_EDIT
from sratix_core.dashboard.shell import path, uuid_in
from sratix_core.invoices import mailing, papers
from sratix_core.invoices.mailing import MailingState
from sratix_core.invoices.models import Invoice, InvoiceKind
from sratix_core.invoices.queries import invoice_by_id
from sratix_core.web.request import Request

STATES = {
    MailingState.DRAWING: ("info", "clock", "Waits for the PDF"),
    MailingState.NOT_DRAWN: ("bad", "circle-x", "The PDF could not be drawn"),
    MailingState.QUEUED: ("info", "clock", "Queued"),
    MailingState.SENT: ("ok", "send", "Sent"),
    MailingState.FAILED: ("bad", "circle-x", "Failed"),
    MailingState.UNKNOWN: ("warn", "hourglass", "Not confirmed yet"),
}


def mail_card(request: Request, invoice: Invoice) -> dict[str, Any] | None:
    """What the invoice's page shows of its mailings; None for a proforma, which is not mailed.

    `href` is empty while one is under way, and where nobody may or could send it; `after` makes the button's wish one act.
    """
    if InvoiceKind(invoice.kind) not in mailing.MAILS:
        return None
    found = mailing.mailings_of(request.ctx, invoice)
    to = mailing.recipient_of(request.ctx, invoice)
    draws = papers.pdf_output(request.ctx) is not None
    ready = request.may(ORDER_EDIT) and draws and bool(to)
    over = not found or found[-1].state in mailing.ENDED
    return {
        "items": [
            {"to": m.recipient, "at": m.sent_at or m.asked_at, "badge": STATES[m.state], "error": m.error}
            for m in found
        ],
        "to": to,
        "draws": draws,
        "after": len(found),
        "href": path(request, "dashboard.invoice_mailings", invoice=invoice.id) if ready and over else "",
    }


@view_config(route_name="dashboard.invoice_mailings", request_method="POST", permission=ORDER_EDIT)
def send(request: Request) -> HTTPSeeOther:
    """Mail it once more than the page knew of: the same button twice is one mail."""
    found, known = invoice_by_id(request.ctx, uuid_in(request, "invoice")), request.POST.get("after", "0")
    after = int(known) if known.isascii() and known.isdigit() and len(known) < 5 else 0
    mailing.send(request.ctx, found, after)
    return HTTPSeeOther(path(request, "dashboard.invoice", invoice=found.id) + "?done=invoice_mailed")
