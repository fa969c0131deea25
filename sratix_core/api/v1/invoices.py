"""Invoices, credit notes and proformas: issued, listed, corrected."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy import select

from sratix_core.accounts.permissions import FINANCE_VIEW, ORDER_EDIT
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import ListQuery, Moment, Sort, page, page_of
from sratix_core.api.v1.common import Money, picked
from sratix_core.api.v1.orders import ORDER, the_order
from sratix_core.invoices.models import Invoice, InvoiceBuyer, InvoiceKind, InvoiceTax
from sratix_core.invoices.queries import Filters, invoice_by_id
from sratix_core.invoices.service import consolidate, correct, issue, proforma

TAG = "Invoices"
INVOICE = TENANT + "/invoices/{invoice}"


class PartyOut(msgspec.Struct):
    """To whom it was issued; empty once the law no longer asks to keep it."""

    name: str
    company: str
    street: str
    postal_code: str
    city: str
    country: str
    vat_number: str
    email: str
    reference: str


class TaxOut(msgspec.Struct):
    """What one rate taxes. `rate` in basis points: 810 is 8.1 %. `category` as in EN 16931."""

    category: str
    rate: int
    net: Money
    tax: Money


class InvoiceSummaryOut(msgspec.Struct):
    """A document as lists show it. `number` is as written, null for a proforma; amounts of credit notes are positive."""

    id: uuid.UUID
    kind: InvoiceKind
    number: str | None
    order_id: uuid.UUID | None
    organization_id: uuid.UUID | None
    refers_to: uuid.UUID | None
    net: Money
    tax: Money
    total: Money
    issued_on: str
    due_on: str | None
    content_hash: str


class InvoiceOut(InvoiceSummaryOut):
    """A document with its recipient, its orders and its rates."""

    buyer: PartyOut
    orders: list[str]
    taxes: list[TaxOut]
    reverse_charge: bool


class IssueIn(msgspec.Struct, forbid_unknown_fields=True):
    """An order has one live invoice: asking again answers with the same."""

    kind: Literal["invoice", "proforma"] = "invoice"


class ConsolidateIn(msgspec.Struct, forbid_unknown_fields=True):
    """Orders of an organization from `since` until before `until` that are on no invoice yet."""

    organization_id: uuid.UUID
    since: Moment
    until: Moment


class InvoiceQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    kind: InvoiceKind | UnsetType = UNSET
    q: (
        Annotated[str, Meta(max_length=60, description="The beginning of a number, or an order's code.")]
        | UnsetType
    ) = UNSET
    order_id: uuid.UUID | UnsetType = UNSET
    organization_id: uuid.UUID | UnsetType = UNSET
    since: Moment | UnsetType = UNSET
    until: Moment | UnsetType = UNSET


ISSUING = ("invoicing_not_set_up", "order_state", "nothing_to_invoice")


def _summary(i: Invoice) -> dict[str, Any]:
    return {
        "kind": InvoiceKind(i.kind),
        "number": i.label,
        "net": Money(i.net_minor, i.currency),
        "tax": Money(i.tax_minor, i.currency),
        "total": Money(i.total_minor, i.currency),
        "content_hash": i.content_hash.hex(),
    }


def invoice_out(call: Call, invoice: Invoice) -> InvoiceOut:
    """The document as it was issued."""
    db, known = call.ctx.db, call.ctx.db.get_one(InvoiceBuyer, invoice.id).buyer
    rates = select(InvoiceTax).where(InvoiceTax.invoice_id == invoice.id).order_by(InvoiceTax.tax_bp.desc())
    taxes = [
        TaxOut(
            r.category, r.tax_bp, Money(r.net_minor, invoice.currency), Money(r.tax_minor, invoice.currency)
        )
        for r in db.scalars(rates)
    ]
    return picked(
        invoice,
        InvoiceOut,
        **_summary(invoice),
        buyer=PartyOut(**{f: known.get(f, "") for f in PartyOut.__struct_fields__}),
        orders=list(invoice.document["codes"]),
        taxes=taxes,
    )


@endpoint(
    "GET",
    TENANT + "/invoices",
    FINANCE_VIEW,
    "List invoices, credit notes and proformas, the newest first",
    tag=TAG,
    query=InvoiceQuery,
    answers=page_of(InvoiceSummaryOut),
)
def list_invoices(call: Call) -> Any:
    asked = call.query
    names = {"search": "q", "kind": "kind", "order_id": "order_id", "organization_id": "organization_id",
             "since": "since", "until": "until"}  # fmt: skip
    wanted = {to: value for to, name in names.items() if (value := getattr(asked, name)) is not UNSET}

    def convert(rows: Sequence[Invoice]) -> list[InvoiceSummaryOut]:
        return [picked(i, InvoiceSummaryOut, **_summary(i)) for i in rows]

    query = Filters(**wanted).narrow(call.ctx, select(Invoice))
    return page(call, query, Sort(Invoice.issued_at, Invoice.id, descending=True), convert)


@endpoint(
    "POST",
    TENANT + "/invoices",
    ORDER_EDIT,
    "Issue one invoice over an organization's orders of a period",
    tag=TAG,
    body=ConsolidateIn,
    answers=InvoiceOut,
    status=201,
    errors=("invoicing_not_set_up", "nothing_to_invoice", "too_many_orders", "invoice_mixed"),
)
def consolidate_invoice(call: Call) -> InvoiceOut:
    body = call.body
    made = consolidate(call.ctx, body.organization_id, body.since, body.until)
    call.created(made.id)
    return invoice_out(call, made)


@endpoint(
    "GET", INVOICE, FINANCE_VIEW, "One document with its recipient and rates", tag=TAG, answers=InvoiceOut
)
def get_invoice(call: Call) -> InvoiceOut:
    return invoice_out(call, invoice_by_id(call.ctx, call.id("invoice")))


@endpoint(
    "POST",
    INVOICE + "/corrections",
    ORDER_EDIT,
    "Credit an invoice whole and issue it anew, to the address as it is now",
    tag=TAG,
    answers=InvoiceOut,
    status=201,
    errors=("not_an_invoice", "invoice_credited", *ISSUING),
)
def correct_invoice(call: Call) -> InvoiceOut:
    return invoice_out(call, correct(call.ctx, invoice_by_id(call.ctx, call.id("invoice"))))


@endpoint(
    "POST",
    ORDER + "/invoices",
    ORDER_EDIT,
    "Issue the invoice of an order, or a proforma",
    tag=TAG,
    body=IssueIn,
    answers=InvoiceOut,
    errors=ISSUING,
)
def issue_invoice(call: Call) -> InvoiceOut:
    make = proforma if call.body.kind == "proforma" else issue
    return invoice_out(call, make(call.ctx, the_order(call)))
