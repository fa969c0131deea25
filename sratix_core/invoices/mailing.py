"""Invoices and credit notes by mail: each wish is written down, and the mail leaves once the PDF is there, never without it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Invalid, Refused
from sratix_core.invoices import papers, settings
from sratix_core.invoices.billing import buyer_of
from sratix_core.invoices.models import (
    Invoice,
    InvoiceBuyer,
    InvoiceKind,
    InvoiceMailing,
    InvoicePaper,
    PaperState,
)
from sratix_core.invoices.settings import IssueWhen
from sratix_core.messages.models import Message, MessageState
from sratix_core.messages.service import hand_over, write_down
from sratix_core.organizations.models import Organization

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

MAILS = {InvoiceKind.INVOICE: "invoice_sent", InvoiceKind.CREDIT_NOTE: "credit_note_sent"}


class MailingState(StrEnum):
    """`drawing` waits for the PDF; `not_drawn` until somebody has it drawn again. The others are the message's own."""

    DRAWING = "drawing"
    NOT_DRAWN = "not_drawn"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


ENDED = frozenset({MailingState.SENT, MailingState.FAILED})


@dataclass(frozen=True)
class Mailed:
    """One mailing as it stands. `turn` is 1 for the first, `error` the transport's own code."""

    turn: int
    state: MailingState
    recipient: str
    asked_at: datetime
    sent_at: datetime | None
    error: str


def send(ctx: TenantContext, invoice: Invoice, after: int = 0) -> Mailed:
    """Mail the document to its buyer or organization; the mailing after the first `after` ones, once however often asked.

    Raises `Refused`: "invoice_not_mailed" for a proforma, "no_invoice_pdf" where nothing draws one, "no_recipient",
    "invoice_mail_underway" while the last one has not arrived or failed; `Invalid` for an `after` beyond what there is.
    """
    known = mailings_of(ctx, invoice)
    if after < len(known):
        return known[after]
    if after > len(known):
        raise Invalid({"after": "range"})
    if known and known[-1].state not in ENDED:
        raise Refused("invoice_mail_underway")
    kind = MAILS.get(InvoiceKind(invoice.kind))
    if kind is None:
        raise Refused("invoice_not_mailed")
    to = recipient_of(ctx, invoice)
    if not to:
        raise Refused("no_recipient")
    output = papers.pdf_output(ctx)
    paper = papers.ask(ctx, invoice, output.name) if output is not None else None
    if paper is None or paper.state == PaperState.NONE:
        raise Refused("no_invoice_pdf")
    turn = after + 1
    told = {"invoice_id": str(invoice.id), "turn": turn}
    message_id = write_down(ctx, kind, to, invoice.locale, invoice.order, told)
    row = {
        "id": ctx.ids.new(),
        "invoice_id": invoice.id,
        "message_id": message_id,
        "turn": turn,
        "asked_at": ctx.clock.now(),
        "asked_by": ctx.actor.id if ctx.actor.kind == "user" else None,
    }
    if insert_ignore(ctx.db, InvoiceMailing, ("invoice_id", "turn"), row):
        record(
            ctx, "invoice.mailed", "invoice", invoice.id, invoice.event_id, number=invoice.label, turn=turn
        )
        if paper.state == PaperState.READY:
            hand_over(ctx, message_id)
    ctx.db.flush()
    return mailings_of(ctx, invoice)[after]


def send_unasked(ctx: TenantContext, invoice: Invoice) -> None:
    """Mail what was issued by itself, where invoices are. Never refuses: without a PDF or an address it stays unsent."""
    if settings.issues(ctx) == IssueWhen.NEVER:
        return
    with suppress(Refused):
        send(ctx, invoice)


def recipient_of(ctx: TenantContext, invoice: Invoice) -> str:
    """The address as it is now, else as it was at issue; empty where nobody ever gave one, or it had to be forgotten."""
    to = ctx.db.get_one(InvoiceBuyer, invoice.id)
    if not to.buyer:
        return ""
    about = ctx.db.get_one(Invoice, invoice.refers_to) if invoice.refers_to else invoice
    now = ""
    if about.order is not None:
        now = buyer_of(ctx, about.order).email or about.order.buyer_email
    elif about.organization_id is not None:
        now = ctx.db.get_one(Organization, about.organization_id).billing_email
    return now or str(to.buyer.get("email", ""))


def mailings_of(ctx: TenantContext, invoice: Invoice) -> list[Mailed]:
    """All of a document, the first one first; two statements."""
    of_mailing = (Message.tenant_id == InvoiceMailing.tenant_id) & (Message.id == InvoiceMailing.message_id)
    mine = select(InvoiceMailing, Message).join(Message, of_mailing)
    found = ctx.db.execute(
        mine.where(InvoiceMailing.invoice_id == invoice.id).order_by(InvoiceMailing.turn)
    ).all()
    if not found:
        return []
    drawn = _drawn(ctx, invoice)
    return [
        Mailed(each.turn, _state(mail, drawn), mail.recipient, each.asked_at, mail.sent_at, mail.error)
        for each, mail in found
    ]


def _drawn(ctx: TenantContext, invoice: Invoice) -> str:
    """How far the PDF is."""
    output = papers.pdf_output(ctx)
    mine = (InvoicePaper.invoice_id == invoice.id, InvoicePaper.output == (output.name if output else ""))
    return ctx.db.scalar(select(InvoicePaper.state).where(*mine)) or PaperState.FAILED


def _state(mail: Message, drawn: str) -> MailingState:
    if mail.state == MessageState.QUEUED and not mail.attempts and drawn != PaperState.READY:
        return MailingState.DRAWING if drawn == PaperState.WAITING else MailingState.NOT_DRAWN
    return MailingState(mail.state)
