"""Files of invoices: asked for in the act's transaction, drawn by a job with nothing open, stored, drawn again if lost.

An output that fails takes nothing with it: the number and the row were there before it was asked (N4).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from sqlalchemy import select

from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Conflict, Refused, Unavailable
from sratix_core.files import store
from sratix_core.files.models import StoredFile
from sratix_core.invoices.document import document_of
from sratix_core.invoices.models import Invoice, InvoiceMailing, InvoicePaper, PaperState
from sratix_core.jobs.registry import JobKind
from sratix_core.jobs.service import enqueue
from sratix_core.messages.service import hand_over
from sratix_core.plugins.invoicing import InvoiceAttachment, InvoiceDocument

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.jobs.run import JobRun

log = structlog.get_logger("sratix.invoices")

KIND = "invoices.paper"
PDF = "application/pdf"
SOON = 3
"""Seconds after which to ask again for a file that is being drawn."""


class Output(Protocol):
    """What the core asks of `IInvoiceOutput`."""

    name: str
    title: str
    content_type: str
    extension: str

    def render(self, document: InvoiceDocument, attachments: Sequence[InvoiceAttachment]) -> bytes: ...


def outputs_for(ctx: TenantContext) -> list[Output]:
    """All outputs: what people read first, else in the order of their plugins."""
    found: list[Output] = [output for answer in ctx.hooks.invoice_outputs(ctx=ctx) for output in answer]
    return sorted(found, key=lambda output: output.content_type != PDF)


def output_named(ctx: TenantContext, name: str) -> Output | None:
    """The output of that name, None when no enabled plugin has it."""
    return next((o for o in outputs_for(ctx) if o.name == name), None)


def pdf_output(ctx: TenantContext) -> Output | None:
    """What draws the PDF, None when no enabled plugin does."""
    return next((o for o in outputs_for(ctx) if o.content_type == PDF), None)


def ask_all(ctx: TenantContext, invoice: Invoice) -> None:
    """Have every output that is there draw it."""
    for output in outputs_for(ctx):
        ask(ctx, invoice, output.name)


def ask(ctx: TenantContext, invoice: Invoice, output: str) -> InvoicePaper:
    """Have one output draw it, unless it is done or being done; what failed or was lost begins anew.

    Raises `Refused("output_is_off")`.
    """
    if output_named(ctx, output) is None:
        raise Refused("output_is_off")
    new = {
        "id": ctx.ids.new(),
        "invoice_id": invoice.id,
        "output": output,
        "state": PaperState.WAITING.value,
        "tries": 0,
        "file_id": None,
        "error": "",
        "changed_at": ctx.clock.now(),
    }
    is_new = insert_ignore(ctx.db, InvoicePaper, ("invoice_id", "output"), new)
    held = _paper(invoice.id, output).with_for_update().execution_options(populate_existing=True)
    paper: InvoicePaper = ctx.db.scalars(held).one()
    if is_new or paper.state == PaperState.FAILED:
        paper.state, paper.error, paper.tries = PaperState.WAITING, "", paper.tries + 1
        paper.changed_at = ctx.clock.now()
        payload = {"invoice": invoice.id, "output": output}
        enqueue(ctx, KIND, payload, dedupe=f"{KIND}:{invoice.id}:{output}:{paper.tries}")
        ctx.db.flush()
    return paper


def file_of(ctx: TenantContext, invoice: Invoice, output: str) -> tuple[StoredFile, bytes]:
    """The drawn file. Raises `NotFound`, `Unavailable("invoice_not_drawn")` while there is none yet."""
    paper = ctx.db.scalar(_paper(invoice.id, output))
    if paper is None or paper.state != PaperState.READY or paper.file_id is None:
        raise Unavailable("invoice_not_drawn")
    file = ctx.db.get_one(StoredFile, paper.file_id)
    return file, store.read(ctx, file)


def pdf_of(ctx: TenantContext, invoice: Invoice) -> StoredFile:
    """The drawn PDF, whichever plugin drew it.

    Raises `Conflict("invoice_not_drawn")` while it is being drawn, `Refused("invoice_undrawn")` where nobody is at it.
    """
    of_paper = (StoredFile.tenant_id == InvoicePaper.tenant_id) & (StoredFile.id == InvoicePaper.file_id)
    ready = (InvoicePaper.state == PaperState.READY, StoredFile.content_type == PDF)
    drawn = (
        select(StoredFile).join(InvoicePaper, of_paper).where(InvoicePaper.invoice_id == invoice.id, *ready)
    )
    file: StoredFile | None = ctx.db.scalar(drawn.order_by(InvoicePaper.output).limit(1))
    if file is not None:
        return file
    output = pdf_output(ctx)
    paper = ctx.db.scalar(_paper(invoice.id, output.name)) if output is not None else None
    if paper is not None and paper.state == PaperState.WAITING:
        raise Conflict("invoice_not_drawn", seconds=SOON)
    raise Refused("invoice_undrawn")


def make(run: JobRun) -> None:
    """The handler: read, draw with no transaction open, store. A second try draws the same document again."""
    invoice_id, name = uuid.UUID(run.payload["invoice"]), str(run.payload["output"])
    with run.begin(write=False) as ctx:
        invoice = ctx.db.get(Invoice, invoice_id)
        output = output_named(ctx, name)
        paper = ctx.db.scalar(_paper(invoice_id, name))
        if invoice is None or paper is None or paper.state != PaperState.WAITING:
            return
        document = document_of(ctx, invoice)
        attaching = [a for answer in ctx.hooks.invoice_attachments(ctx=ctx) for a in answer]
        filename = invoice.label or f"proforma-{document.order_codes[0]}"
    try:
        if output is None:
            raise Unavailable("output_is_off")
        attachments = [found for a in attaching if (found := a.attach(document)) is not None]
        drawn = output.render(document, attachments)
    except Refused as error:
        with run.begin() as ctx:
            _settle(ctx, invoice_id, name, state=PaperState.NONE, error=error.code)
            run.finish(ctx)
        return
    except Exception as error:
        if not run.last_attempt:
            raise
        log.error("invoice_not_drawn", invoice=str(invoice_id), output=name, exc_info=error)
        with run.begin() as ctx:
            code = getattr(error, "code", type(error).__name__)
            _settle(ctx, invoice_id, name, state=PaperState.FAILED, error=str(code)[:80])
            run.finish(ctx)
        return
    with run.begin() as ctx:
        file = store.put(ctx, f"{filename}.{output.extension}", output.content_type, drawn, public=False)
        _settle(ctx, invoice_id, name, state=PaperState.READY, file_id=file.id, error="")
        if output.content_type == PDF:
            _let_mails_go(ctx, invoice_id)
        run.finish(ctx)


def _settle(ctx: TenantContext, invoice_id: uuid.UUID, output: str, **columns: Any) -> None:
    paper = ctx.db.scalars(_paper(invoice_id, output).with_for_update()).one()
    for name, value in columns.items():
        setattr(paper, name, value)
    paper.changed_at = ctx.clock.now()
    ctx.db.flush()


def _let_mails_go(ctx: TenantContext, invoice_id: uuid.UUID) -> None:
    """The mails that waited for the file; its row is locked, so whoever asks for one meanwhile finds it ready."""
    waiting = select(InvoiceMailing.message_id).where(InvoiceMailing.invoice_id == invoice_id)
    for message_id in ctx.db.scalars(waiting):
        hand_over(ctx, message_id)


def _paper(invoice_id: uuid.UUID, output: str) -> Any:
    return select(InvoicePaper).where(InvoicePaper.invoice_id == invoice_id, InvoicePaper.output == output)


JOBS = (JobKind(KIND, make, max_attempts=8),)
