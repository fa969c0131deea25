"""What was issued: the list with its filters and its file for a spreadsheet, one invoice with its papers, and a correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts.permissions import FINANCE_VIEW, ORDER_EDIT, SETTINGS_EDIT
from sratix_core.audit.service import record
from sratix_core.dashboard.invoice_mailings import mail_card
from sratix_core.dashboard.shell import path, screen, uuid_in
from sratix_core.dashboard.tables import Asked, Column, day_range
from sratix_core.errors import Refused, Unavailable
from sratix_core.events.models import Event
from sratix_core.invoices import papers, settings
from sratix_core.invoices.document import document_of
from sratix_core.invoices.models import Invoice, InvoiceBuyer, InvoiceKind, PaperState
from sratix_core.invoices.queries import Filters, invoice_by_id, listed
from sratix_core.invoices.service import consolidate, correct
from sratix_core.invoices.shares import standing
from sratix_core.orders.models import Order
from sratix_core.organizations.queries import any_there, called
from sratix_core.values.money import Money
from sratix_core.web.csv import as_csv
from sratix_core.web.request import Request

ROUTE = "dashboard.invoices"
KINDS = {
    InvoiceKind.INVOICE: ("Invoice", "file-text", "info"),
    InvoiceKind.CREDIT_NOTE: ("Credit note", "undo-2", "warn"),
    InvoiceKind.PROFORMA: ("Proforma", "circle-dashed", "mute"),
}
IN_FILE = ("Number", "Kind", "Date", "Recipient", "VAT number", "Currency", "Without VAT", "VAT", "Total")
BATCH = 500


def _asked(request: Request) -> tuple[Asked, Filters]:
    asked = Asked(request, path(request, ROUTE), ("q", "kind", "from", "to"), (Column("at", "When"),), "")
    since, until = day_range(asked, request.ctx.tenant.timezone)
    kind = asked["kind"] if asked["kind"] in set(InvoiceKind) else ""
    return asked, Filters(asked["q"], kind, since=since, until=until)


@view_config(
    route_name=ROUTE, request_method="GET", permission=FINANCE_VIEW, renderer="dashboard/invoices.jinja2"
)
def invoices(request: Request) -> dict[str, Any]:
    t, ctx = request.t, request.ctx
    asked, filters = _asked(request)
    page = listed(ctx, filters, asked.cursor)
    export, query = path(request, "dashboard.invoices_export"), urlencode(asked.pairs())
    may_issue = request.may(ORDER_EDIT)
    return screen(
        request,
        crumbs=[(t("Invoices"), None)],
        rows=_rows(request, page.rows),
        list_href=asked.here,
        q=asked["q"],
        keep=asked.keep("q"),
        filters=[asked.filter(t("Kind"), "kind", [(t(words[0]), kind) for kind, words in KINDS.items()])],
        days={
            "from": asked["from"],
            "to": asked["to"],
            "keep": asked.keep("from", "to"),
            "clear_href": asked.link(**{"from": "", "to": ""}),
        },
        pages=asked.pages(t("{n} shown, newest first", n=len(page.rows)), page),
        filtered=asked.narrowed,
        export_href=(f"{export}?{query}" if query else export) if page.rows else None,
        consolidated_href=path(request, "dashboard.invoices_consolidated") if may_issue else None,
        organizations=may_issue and any_there(ctx),
        settings_href=path(request, "dashboard.invoice_settings") if request.may(SETTINGS_EDIT) else None,
        missing=settings.read(ctx).missing,
    )


def _rows(request: Request, found: Sequence[Invoice]) -> list[dict[str, Any]]:
    ctx, ids = request.ctx, [i.id for i in found]
    to = {b.id: b for b in ctx.db.scalars(select(InvoiceBuyer).where(InvoiceBuyer.id.in_(ids)))}
    return [
        {
            **_shown(request, invoice),
            "to": _title(to.get(invoice.id)),
            "codes": invoice.document["codes"][:3],
            "more": max(0, len(invoice.document["codes"]) - 3),
        }
        for invoice in found
    ]


def _title(buyer: InvoiceBuyer | None) -> str:
    known = buyer.buyer if buyer is not None else {}
    return str(known.get("company") or known.get("name") or "")


def _shown(request: Request, invoice: Invoice) -> dict[str, Any]:
    """An invoice as lists show it."""
    words, icon, tone = KINDS[InvoiceKind(invoice.kind)]
    sign = -1 if invoice.kind == InvoiceKind.CREDIT_NOTE else 1
    return {
        "id": invoice.id,
        "label": invoice.label or invoice.document["codes"][0],
        "kind": request.t(words),
        "icon": icon,
        "tone": tone,
        "at": invoice.issued_at,
        "total": Money(sign * invoice.total_minor, invoice.currency),
        "href": path(request, "dashboard.invoice", invoice=invoice.id),
    }


@view_config(route_name="dashboard.invoices_export", request_method="POST", permission=FINANCE_VIEW)
def export(request: Request) -> Response:
    """All pages of what is shown, for a spreadsheet; that it was taken is on record."""
    _, filters = _asked(request)
    ctx = request.ctx

    def cells() -> Iterator[list[str]]:
        cursor: str | None = None
        while True:
            page = listed(ctx, filters, cursor, BATCH)
            ids = [i.id for i in page.rows]
            buyers = {b.id: b for b in ctx.db.scalars(select(InvoiceBuyer).where(InvoiceBuyer.id.in_(ids)))}
            yield from (_cells(invoice, buyers.get(invoice.id)) for invoice in page.rows)
            cursor = page.after
            if cursor is None:
                return

    response, count = as_csv("invoices", [request.t(name) for name in IN_FILE], cells())
    record(ctx, "export.made", "tenant", None, list="invoices", rows=count)
    return response


def _cells(invoice: Invoice, to: InvoiceBuyer | None) -> list[str]:
    sign = -1 if invoice.kind == InvoiceKind.CREDIT_NOTE else 1
    sums = (invoice.net, invoice.tax, invoice.total)
    return [
        invoice.label or "",
        invoice.kind,
        invoice.issued_on,
        _title(to),
        str((to.buyer if to else {}).get("vat_number", "")),
        invoice.currency,
        *(str((amount * sign).decimal()) for amount in sums),
    ]


@view_config(route_name="dashboard.invoices_consolidated", request_method="POST", permission=ORDER_EDIT)
def consolidated(request: Request) -> HTTPSeeOther:
    """One invoice over an organization's orders of some days."""
    asked = Asked(request, "", (), (), "")
    asked.filters = {name: str(request.POST.get(name, ""))[:10] for name in ("from", "to")}
    since, until = day_range(asked, request.ctx.tenant.timezone)
    if since is None or until is None:
        raise Refused("days_needed")
    same = called(request.ctx, str(request.POST.get("organization", "")))
    if len(same) != 1:
        raise Refused("organization_unclear")
    invoice = consolidate(request.ctx, same[0].id, since, until)
    return HTTPSeeOther(path(request, "dashboard.invoice", invoice=invoice.id) + "?done=issued")


@view_config(
    route_name="dashboard.invoice",
    request_method="GET",
    permission=FINANCE_VIEW,
    renderer="dashboard/invoice.jinja2",
)
def invoice(request: Request) -> dict[str, Any]:
    t, ctx = request.t, request.ctx
    found = invoice_by_id(ctx, uuid_in(request, "invoice"))
    said = document_of(ctx, found)
    drawn = {paper.output: paper for paper in found.papers}
    of = ctx.db.get(Invoice, found.refers_to) if found.refers_to else None
    shown = _shown(request, found)
    return screen(
        request,
        crumbs=[(t("Invoices"), path(request, ROUTE)), (shown["label"], None)],
        invoice=shown,
        said=said,
        papers=[
            {
                "title": output.title,
                "state": drawn[output.name].state if output.name in drawn else "",
                "href": path(request, "dashboard.invoice_paper", invoice=found.id, output=output.name),
            }
            for output in papers.outputs_for(ctx)
            if output.name not in drawn or drawn[output.name].state != PaperState.NONE
        ],
        orders=_orders(request, said.order_codes),
        corrects=_shown(request, of) if of else None,
        credits=[_shown(request, note) for note in found.credits],
        mail=mail_card(request, found),
        correct_href=path(request, "dashboard.invoice_correction", invoice=found.id)
        if request.may(ORDER_EDIT) and _is_whole(request, found)
        else "",
    )


def _is_whole(request: Request, found: Invoice) -> bool:
    """Whether it is an invoice of which nothing was credited."""
    if found.kind != InvoiceKind.INVOICE or found.credits:
        return False
    return found.order_id is None or standing(request.ctx, found.order_id).invoice is found


def _orders(request: Request, codes: Sequence[str]) -> list[dict[str, str]]:
    of_event = (Event.tenant_id == Order.tenant_id) & (Event.id == Order.event_id)
    named = select(Order.code, Event.slug).join(Event, of_event).where(Order.code.in_(codes))
    return [
        {"code": row.code, "href": path(request, "dashboard.order", row.slug, code=row.code)}
        for row in request.db.execute(named.order_by(Order.code))
    ]


@view_config(route_name="dashboard.invoice_correction", request_method="POST", permission=ORDER_EDIT)
def correction(request: Request) -> HTTPSeeOther:
    """Credit it whole and issue it anew, to the address as it is now."""
    again = correct(request.ctx, invoice_by_id(request.ctx, uuid_in(request, "invoice")))
    return HTTPSeeOther(path(request, "dashboard.invoice", invoice=again.id) + "?done=corrected")


@view_config(route_name="dashboard.invoice_paper", request_method="GET", permission=FINANCE_VIEW)
def paper(request: Request) -> Response:
    """The file as a download; to the invoice's page, which says how far it is, while there is none."""
    found = invoice_by_id(request.ctx, uuid_in(request, "invoice"))
    try:
        file, data = papers.file_of(request.ctx, found, request.matchdict["output"])
    except Unavailable:
        return HTTPSeeOther(path(request, "dashboard.invoice", invoice=found.id))
    response = Response(data, content_type=file.content_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@view_config(route_name="dashboard.invoice_paper", request_method="POST", permission=FINANCE_VIEW)
def draw(request: Request) -> HTTPSeeOther:
    """Draw it, or once more where that failed."""
    found = invoice_by_id(request.ctx, uuid_in(request, "invoice"))
    papers.ask(request.ctx, found, request.matchdict["output"])
    return HTTPSeeOther(path(request, "dashboard.invoice", invoice=found.id) + "?done=drawing")
