"""Credit notes: what takes an invoice back, whole or in part, always naming it. Nothing is ever credited twice."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from sratix_core.errors import Refused
from sratix_core.invoices.draft import Draft, Line, Rate, rates_of
from sratix_core.invoices.mailing import send_unasked
from sratix_core.invoices.models import Invoice, InvoiceBuyer, InvoiceKind, InvoiceOrder, InvoiceTax
from sratix_core.invoices.settings import InvoiceSettings, read
from sratix_core.invoices.shares import hold_orders, standing
from sratix_core.invoices.words import word
from sratix_core.invoices.writing import About, write
from sratix_core.plugins.invoicing import InvoiceParty

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order


def on_credit(
    ctx: TenantContext,
    order: Order,
    credited_minor: int,
    cause_id: uuid.UUID,
    reason: str = "credited",
    value_minor: int = 0,
) -> Invoice | None:
    """The credit note for what was credited of an order, `value_minor` of it value that it sold; once per cause.

    None where no live invoice says otherwise.

    Call it in the transaction that books the credit. An order that ends unpaid is credited whole, too. Never refuses.
    """
    stands = standing(ctx, order.id)
    if stands.invoice is None:
        return None
    known: Invoice | None = ctx.db.scalar(select(Invoice).where(Invoice.cause_id == cause_id))
    if known is not None:
        return known
    if min(credited_minor, stands.left) <= 0:
        return None
    note = credit_note(ctx, order, min(credited_minor, stands.left), cause_id, reason, value_minor)
    send_unasked(ctx, note)
    return note


def on_end(ctx: TenantContext, orders: Sequence[Order]) -> None:
    """Credit all that is left of the invoices of orders that end; one statement where none has any."""
    on_one = select(InvoiceOrder.order_id).where(InvoiceOrder.order_id.in_([order.id for order in orders]))
    invoiced = set(ctx.db.scalars(on_one)) if orders else set()
    for order in orders:
        if order.id in invoiced:
            on_credit(ctx, order, order.total_minor, ctx.ids.new(), "cancelled")


def credit_note(
    ctx: TenantContext,
    order: Order,
    amount_minor: int | None,
    cause_id: uuid.UUID,
    reason: str,
    value_minor: int = 0,
) -> Invoice:
    """Credit `amount_minor`, or all that is left, of the order's live invoice; `reason` cancelled, credited or corrected.

    The same cause twice is one credit note. Raises `Refused`: "not_invoiced", "credit_too_large" with `most`.
    """
    (held,) = hold_orders(ctx, [order.id])
    known = ctx.db.scalar(select(Invoice).where(Invoice.cause_id == cause_id))
    if known is not None:
        return known
    stands = standing(ctx, held.id)
    if stands.invoice is None or stands.left <= 0:
        raise Refused("not_invoiced")
    amount = stands.left if amount_minor is None else amount_minor
    if not 0 < amount <= stands.left:
        raise Refused("credit_too_large")
    return credit_share(ctx, read(ctx), stands.invoice, held, amount, cause_id, reason, value_minor)


def credit_share(
    ctx: TenantContext,
    settings: InvoiceSettings,
    invoice: Invoice,
    order: Order,
    amount: int,
    cause_id: uuid.UUID,
    reason: str,
    value_minor: int = 0,
) -> Invoice:
    """As `credit_note`, once it is decided; the order is locked and that much is left."""
    own = [line for line in invoice.document["lines"] if line["order"] == str(order.id)]
    before = _credited(ctx, invoice, order)
    share = standing(ctx, order.id)
    rounding = share.share - sum(line["total"] for line in own)
    if amount == share.share and not before:
        lines, left_over = own, rounding
    else:
        rounded = ctx.db.scalar(_sum(Invoice.rounding_minor, invoice, order)) or 0
        value: list[Rate] = []
        rates = _less(rates_of(own), before)
        if amount < share.left:  # all that is left is all of it, value too
            value, rates = _without_value(rates, order, min(value_minor, amount))
        of_value = sum(rate.net for rate in value)
        parts, left_over = apportioned(rates, rounding - int(rounded), amount - of_value)
        lines = [_line(order, part, invoice) for part in (*value, *parts)]
    to = ctx.db.get_one(InvoiceBuyer, invoice.id)
    draft = Draft(
        buyer=InvoiceParty(**to.buyer) if to.buyer else InvoiceParty(""),
        locale=invoice.locale,
        currency=invoice.currency,
        lines=lines,
        rounding=left_over,
        tax_included=invoice.document["tax_included"],
        reverse_charge=invoice.reverse_charge,
        codes=[order.code],
        delivered_on=invoice.document["delivered_on"],
        reason=reason,
        rates=rates_of(lines),
    )
    about = About(
        order.event_id,
        order.id,
        invoice.organization_id,
        refers_to=invoice.id,
        cause_id=cause_id,
    )
    # The seller stands on the credit note as on the invoice it corrects, whatever the settings say since.
    seller = {**invoice.document["seller"], "legal_name": invoice.document["seller"]["company"]}
    names = ("legal_name", "street", "postal_code", "city", "country", "vat_number", "email", "website")
    same = replace(settings, **{n: seller[n] for n in names})
    return write(ctx, InvoiceKind.CREDIT_NOTE, same, draft, about)


def _without_value(rates: list[Rate], order: Order, value_minor: int) -> tuple[list[Rate], list[Rate]]:
    """What of a credit is value that the order sold, without tax, and the rates without all such value: no other credit is about it."""
    standing_value = value_minor + order.value_minor - order.credited_value_minor
    if not standing_value:
        return [], rates
    found, left = [], []
    for rate in rates:
        taken = min(standing_value, rate.net) if rate.bp == 0 and rate.category in ("Z", "O") else 0
        if taken and value_minor:
            found.append(Rate(rate.category, 0, min(value_minor, taken), 0))
        left.append(Rate(rate.category, rate.bp, rate.net - taken, rate.tax))
    return found, left


def apportioned(parts: list[Rate], rounding: int, amount: int) -> tuple[list[Rate], int]:
    """`amount` (more than 0, at most all of it) spread over what is left of each rate, and what of it is rounding.

    Shares are by gross amount, the odd units to the largest remainders; no part gets more than it has. The tax of a share
    is in proportion, exact where the share is the whole part.
    """
    gross = [part.net + part.tax for part in parts]
    whole = sum(gross)
    if amount >= whole + min(rounding, 0):
        return [part for part in parts if part.net or part.tax], amount - whole
    shares = [amount * g // whole for g in gross]
    odd = amount - sum(shares)
    for i in sorted(range(len(parts)), key=lambda i: -(amount * gross[i] % whole))[:odd]:
        shares[i] += 1
    found = []
    for part, share, of in zip(parts, shares, gross, strict=True):
        if share:
            tax = (2 * share * part.tax + of) // (2 * of)
            found.append(Rate(part.category, part.bp, share - tax, tax))
    return found, 0


def _line(order: Order, part: Rate, invoice: Invoice) -> Line:
    total = part.net + part.tax
    return {
        "text": word(invoice.locale, "credit", code=order.code),
        "detail": "",
        "quantity": 1,
        "unit": total if invoice.document["tax_included"] else part.net,
        "discount": 0,
        "net": part.net,
        "tax": part.tax,
        "total": total,
        "bp": part.bp,
        "category": part.category,
        "order": str(order.id),
        "code": order.code,
    }


def _less(whole: list[Rate], before: dict[tuple[str, int], tuple[int, int]]) -> list[Rate]:
    """What is left of each rate."""
    left = []
    for rate in whole:
        net, tax = before.get((rate.category, rate.bp), (0, 0))
        left.append(Rate(rate.category, rate.bp, rate.net - net, rate.tax - tax))
    return left


def _sum(column: Any, invoice: Invoice, order: Order) -> Any:
    return select(func.sum(column)).where(Invoice.refers_to == invoice.id, Invoice.order_id == order.id)


def _credited(ctx: TenantContext, invoice: Invoice, order: Order) -> dict[tuple[str, int], tuple[int, int]]:
    query = (
        select(
            InvoiceTax.category,
            InvoiceTax.tax_bp,
            func.sum(InvoiceTax.net_minor),
            func.sum(InvoiceTax.tax_minor),
        )
        .join(Invoice, (Invoice.tenant_id == InvoiceTax.tenant_id) & (Invoice.id == InvoiceTax.invoice_id))
        .where(Invoice.refers_to == invoice.id, Invoice.order_id == order.id)
        .group_by(InvoiceTax.category, InvoiceTax.tax_bp)
    )
    return {(c, bp): (int(net), int(tax)) for c, bp, net, tax in ctx.db.execute(query)}
