"""The letter that an invoice or a credit note travels in, and the PDF that always goes with it."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from sratix_core.errors import NotFound
from sratix_core.files import store
from sratix_core.invoices import papers
from sratix_core.invoices.document import due_of, orders_of
from sratix_core.invoices.models import Invoice
from sratix_core.messages.letters import Letter
from sratix_core.messages.models import Message
from sratix_core.messages.texts import Texts, language_of
from sratix_core.orders.links import order_url
from sratix_core.plugins.interfaces import Attachment
from sratix_core.values.locale import format_date
from sratix_core.values.money import format_money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

KINDS = frozenset({"invoice_sent", "credit_note_sent"})
SHOWN = 6
"""Orders named in the letter; more are counted."""


def compose_invoice(ctx: TenantContext, message: Message) -> Letter:
    """The letter; it says what is still due now, not what was due at issue. Raises `NotFound`."""
    invoice, language = _invoice(ctx, message), language_of(message.locale)
    texts, orders = Texts(message.kind, language), orders_of(ctx, invoice)
    due, order = due_of(invoice, orders), invoice.order
    by = _day(invoice.due_on, language)
    words = {
        "brand": ctx.tenant.name,
        "number": invoice.label or "",
        "amount": format_money(invoice.total, language),
        "issued": _day(invoice.issued_on, language),
        "due": format_money(due, language),
        "by": by,
        "corrects": _corrected(ctx, invoice),
        # Whoever does the books of an organization is not the buyer, whose page the link would open.
        "url": order_url(ctx, order) if order is not None and order.buyer_email == message.recipient else "",
    }
    codes = invoice.document["codes"]
    more = (f"+ {len(codes) - SHOWN}",) if len(codes) > SHOWN else ()
    lead = "lead_paid" if not due.minor else "lead_due" if by else "lead_open"
    return Letter(
        locale=language,
        brand=ctx.tenant.name,
        accent=ctx.tenant.accent,
        reference=texts.say("reference", **words),
        subject=" ".join(texts.say("subject", **words).split()),
        preheader=texts.say("preheader", **words),
        heading=texts.say("heading", **words),
        lead=texts.say(lead, **words),
        button=texts.say("button", **words),
        url=words["url"],
        facts=(
            (texts.say("reference", **words), texts.say("issued", **words), words["amount"]),
            (texts.count("orders", len(codes)), *codes[:SHOWN], *more),
        ),
        closing=texts.say("closing", **words),
        legal=ctx.tenant.legal_line,
        reason=texts.say("reason", **words),
    )


def file_of(ctx: TenantContext, message: Message) -> Attachment:
    """The PDF. Raises as `papers.pdf_of` while there is none, `NotFound`."""
    file = papers.pdf_of(ctx, _invoice(ctx, message))
    return Attachment(file.name, file.content_type, store.read(ctx, file))


def _invoice(ctx: TenantContext, message: Message) -> Invoice:
    invoice: Invoice | None = ctx.db.get(Invoice, uuid.UUID(message.data["invoice_id"]))
    if invoice is None:
        raise NotFound("invoice")
    return invoice


def _corrected(ctx: TenantContext, invoice: Invoice) -> str:
    if invoice.refers_to is None:
        return ""
    return ctx.db.get_one(Invoice, invoice.refers_to).label or ""


def _day(iso: str | None, language: str) -> str:
    """A day as it is written; the day of an invoice is in no time zone."""
    return (
        format_date(datetime.combine(date.fromisoformat(iso), time(12), UTC), "UTC", language) if iso else ""
    )
