"""From an issued row to the plain value that outputs draw. What was issued comes from the row alone; what may change since
is what is still due, the look, and the payment slip."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sratix_core.errors import DomainError
from sratix_core.files import store
from sratix_core.files.models import StoredFile
from sratix_core.invoices.models import Invoice, InvoiceBuyer, InvoiceKind, InvoiceOrder, InvoiceTax
from sratix_core.orders.models import Order
from sratix_core.orders.states import OrderState
from sratix_core.plugins.invoicing import InvoiceDocument, InvoiceLine, InvoiceParty
from sratix_core.plugins.invoicing import InvoiceTax as TaxRow
from sratix_core.plugins.slips import IPaymentSlip, PaymentDue, PaymentSlip
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


def document_of(ctx: TenantContext, invoice: Invoice) -> InvoiceDocument:
    """All that the invoice says, in its own language."""
    said, currency = invoice.document, invoice.currency
    to = ctx.db.get_one(InvoiceBuyer, invoice.id)
    buyer = InvoiceParty(**to.buyer) if to.buyer else InvoiceParty("")
    orders = orders_of(ctx, invoice)
    due = due_of(invoice, orders)
    logo, logo_type = _logo(ctx)
    return InvoiceDocument(
        kind=invoice.kind,  # type: ignore[arg-type]
        label=invoice.label or "",
        locale=invoice.locale,
        issued_on=date.fromisoformat(invoice.issued_on),
        due_on=date.fromisoformat(invoice.due_on) if invoice.due_on else None,
        delivered_on=date.fromisoformat(said["delivered_on"]) if said["delivered_on"] else None,
        seller=InvoiceParty(**said["seller"]),
        buyer=buyer,
        lines=[_line(line, currency) for line in said["lines"]],
        taxes=_taxes(ctx, invoice),
        tax_included=said["tax_included"],
        net=invoice.net,
        tax=invoice.tax,
        rounding=Money(invoice.rounding_minor, currency),
        total=invoice.total,
        due=due,
        reverse_charge=invoice.reverse_charge,
        order_codes=said["codes"],
        refers_to=_refers_to(ctx, invoice),
        reason=said["reason"],
        footer=said["footer"],
        digest=invoice.content_hash.hex(),
        accent=ctx.tenant.accent,
        logo=logo,
        logo_type=logo_type,
        slip=_slip(ctx, invoice, buyer, due, orders),
    )


def orders_of(ctx: TenantContext, invoice: Invoice) -> list[Order]:
    """The orders it is about, with their payments."""
    query = select(Order).options(selectinload(Order.payments)).order_by(Order.id)
    if invoice.order_id is not None:
        return list(ctx.db.scalars(query.where(Order.id == invoice.order_id)))
    on_it = select(InvoiceOrder.order_id).where(InvoiceOrder.invoice_id == invoice.id)
    return list(ctx.db.scalars(query.where(Order.id.in_(list(ctx.db.scalars(on_it))))))


def due_of(invoice: Invoice, orders: list[Order]) -> Money:
    """What is still to be paid of it; nothing of a credit note, of what was credited or of orders that ended."""
    if invoice.kind == InvoiceKind.CREDIT_NOTE:
        return Money(0, invoice.currency)
    open_ones = [o for o in orders if o.state == OrderState.AWAITING_PAYMENT]
    owed = sum(o.total_minor - getattr(o, "credited_minor", 0) for o in open_ones)
    received = sum(p.amount_minor - p.refunded_minor for o in open_ones for p in o.payments)
    left = invoice.total_minor - sum(note.total_minor for note in invoice.credits)
    return Money(max(0, min(owed - received, left)), invoice.currency)


def _line(line: dict[str, Any], currency: str) -> InvoiceLine:
    def money(name: str) -> Money:
        return Money(line[name], currency)

    return InvoiceLine(
        text=line["text"],
        detail=line["detail"],
        quantity=line["quantity"],
        unit=money("unit"),
        discount=money("discount"),
        net=money("net"),
        tax=money("tax"),
        total=money("total"),
        tax_bp=line["bp"],
        category=line["category"],
        order_code=line["code"],
    )


def _taxes(ctx: TenantContext, invoice: Invoice) -> list[TaxRow]:
    rows = select(InvoiceTax).where(InvoiceTax.invoice_id == invoice.id).order_by(InvoiceTax.tax_bp.desc())
    return [
        TaxRow(
            t.category, t.tax_bp, Money(t.net_minor, invoice.currency), Money(t.tax_minor, invoice.currency)
        )
        for t in ctx.db.scalars(rows)
    ]


def _refers_to(ctx: TenantContext, invoice: Invoice) -> tuple[str, date] | None:
    if invoice.refers_to is None:
        return None
    of = ctx.db.get_one(Invoice, invoice.refers_to)
    return of.label or "", date.fromisoformat(of.issued_on)


def _logo(ctx: TenantContext) -> tuple[bytes, str]:
    """The tenant's logo; none rather than no invoice where its bytes are gone."""
    file = ctx.db.get(StoredFile, ctx.tenant.logo_file_id) if ctx.tenant.logo_file_id else None
    try:
        return (store.read(ctx, file), file.content_type) if file is not None else (b"", "")
    except DomainError:
        return b"", ""


def _slip(
    ctx: TenantContext, invoice: Invoice, buyer: InvoiceParty, due: Money, orders: list[Order]
) -> PaymentSlip | None:
    """The payment part: of the provider the order waits for, of any that has one where it is for several orders."""
    if due.minor <= 0:
        return None
    wanted = {order.provider for order in orders}
    providers = [
        p for answer in ctx.hooks.payment_providers(ctx=ctx) for p in answer if IPaymentSlip.providedBy(p)
    ]
    asked = PaymentDue(
        amount=due,
        code=orders[0].code if invoice.order_id else invoice.label or "",
        key=invoice.order_id or invoice.id,
        subject="order" if invoice.order_id else "invoice",
        debtor=[part for part in _lines(buyer) if part],
        message=" ".join(filter(None, [invoice.label, orders[0].code if invoice.order_id else ""])),
        name=buyer.title,
        street=buyer.street,
        postal_code=buyer.postal_code,
        city=buyer.city,
        country=buyer.country,
    )
    for provider in sorted(providers, key=lambda p: p.name not in wanted):
        if len(wanted) == 1 and provider.name not in wanted:
            continue
        found: PaymentSlip | None = provider.slip(ctx, asked, invoice.locale)
        if found is not None:
            return found
    return None


def _lines(party: InvoiceParty) -> list[str]:
    place = f"{party.postal_code} {party.city}".strip()
    return [party.company, party.name, party.street, place]
