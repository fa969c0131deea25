"""Invoices as files and by mail: the PDF, having it drawn, and sending it to the buyer or the organization."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import FINANCE_VIEW, ORDER_EDIT
from sratix_core.api.answers import File
from sratix_core.api.framework import Call, endpoint
from sratix_core.api.v1.common import picked
from sratix_core.api.v1.invoices import INVOICE, TAG
from sratix_core.errors import Refused
from sratix_core.files import store
from sratix_core.invoices import mailing, papers
from sratix_core.invoices.mailing import MailingState
from sratix_core.invoices.models import PaperState
from sratix_core.invoices.queries import invoice_by_id


class PaperOut(msgspec.Struct):
    """How far the PDF is. `failed` was given up, `none` has no file of this kind; `error` says why."""

    state: PaperState
    error: str
    changed_at: datetime


class MailingOut(msgspec.Struct):
    """One mailing. It leaves once the PDF is drawn: until then it is `drawing`, or `not_drawn` where drawing failed."""

    turn: int
    state: MailingState
    recipient: str
    asked_at: datetime
    sent_at: datetime | None
    error: str


class MailingsOut(msgspec.Struct):
    items: list[MailingOut]


class MailingIn(msgspec.Struct, forbid_unknown_fields=True):
    """`after` is how many mailings you know of: the one behind them is made once, however often you ask for it."""

    after: Annotated[int, Meta(ge=0, le=1000)] = 0


@endpoint(
    "GET",
    INVOICE + "/pdf",
    FINANCE_VIEW,
    "The document as a PDF",
    tag=TAG,
    gives=papers.PDF,
    errors=("invoice_not_drawn", "invoice_undrawn"),
)
def get_invoice_pdf(call: Call) -> File:
    file = papers.pdf_of(call.ctx, invoice_by_id(call.ctx, call.id("invoice")))
    return File(file.name, file.content_type, store.read(call.ctx, file))


@endpoint(
    "POST",
    INVOICE + "/pdf",
    FINANCE_VIEW,
    "Have the PDF drawn, or once more where that failed",
    tag=TAG,
    answers=PaperOut,
    status=202,
    errors=("no_invoice_pdf",),
)
def draw_invoice_pdf(call: Call) -> PaperOut:
    invoice, output = invoice_by_id(call.ctx, call.id("invoice")), papers.pdf_output(call.ctx)
    if output is None:
        raise Refused("no_invoice_pdf")
    return picked(papers.ask(call.ctx, invoice, output.name), PaperOut)


@endpoint(
    "GET",
    INVOICE + "/mailings",
    FINANCE_VIEW,
    "How often the document was mailed, and what became of it",
    tag=TAG,
    answers=MailingsOut,
)
def list_invoice_mailings(call: Call) -> MailingsOut:
    found = mailing.mailings_of(call.ctx, invoice_by_id(call.ctx, call.id("invoice")))
    return MailingsOut([picked(each, MailingOut) for each in found])


@endpoint(
    "POST",
    INVOICE + "/mailings",
    ORDER_EDIT,
    "Mail the document to its buyer or organization, with the PDF",
    tag=TAG,
    body=MailingIn,
    answers=MailingOut,
    status=202,
    errors=("invoice_not_mailed", "invoice_mail_underway", "no_invoice_pdf", "no_recipient"),
)
def mail_invoice(call: Call) -> MailingOut:
    invoice = invoice_by_id(call.ctx, call.id("invoice"))
    return picked(mailing.send(call.ctx, invoice, call.body.after), MailingOut)
