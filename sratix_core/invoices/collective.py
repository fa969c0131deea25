"""Invoices over several orders, as whoever finds their money needs them: which there are, and what of one is not credited."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from sratix_core.invoices.models import Invoice, InvoiceKind, InvoiceOrder
from sratix_core.orders.models import Order
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

COLLECTIVE = (Invoice.order_id.is_(None), Invoice.kind == InvoiceKind.INVOICE)


@dataclass(frozen=True)
class CollectiveInvoice:
    """`label` is its number as written, `left` its total less its credit notes, `codes` are its orders'."""

    id: uuid.UUID
    label: str
    left: Money
    codes: tuple[str, ...]


def collective_invoice_ids(ctx: TenantContext) -> list[uuid.UUID]:
    """Of all invoices over several orders: one range of an index, a tenant has few."""
    return list(ctx.db.scalars(select(Invoice.id).where(*COLLECTIVE)))


def collective_invoices(ctx: TenantContext, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, CollectiveInvoice]:
    """Those of these ids that are invoices over several orders, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    query = select(Invoice).where(*COLLECTIVE, Invoice.id.in_(wanted)).options(selectinload(Invoice.credits))
    found = list(ctx.db.scalars(query))
    of_order = (Order.tenant_id == InvoiceOrder.tenant_id) & (Order.id == InvoiceOrder.order_id)
    codes = select(InvoiceOrder.invoice_id, Order.code).join(Order, of_order).order_by(InvoiceOrder.order_id)
    named = ctx.db.execute(codes.where(InvoiceOrder.invoice_id.in_([i.id for i in found]))).all()
    return {
        i.id: CollectiveInvoice(
            i.id,
            i.label or "",
            Money(i.total_minor - sum(note.total_minor for note in i.credits), i.currency),
            tuple(code for invoice_id, code in named if invoice_id == i.id),
        )
        for i in found
    }
