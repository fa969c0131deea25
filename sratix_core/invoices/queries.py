"""Finding invoices: by id inside the tenant, by order, and in a list that pages by cursor."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, union_all
from sqlalchemy.orm import aliased, joinedload

from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, page
from sratix_core.db.types import LAST
from sratix_core.errors import NotFound
from sratix_core.invoices.models import Invoice, InvoiceOrder
from sratix_core.orders.models import Order

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PAGE = 50
NEWEST = By(Invoice.issued_at, Invoice.id, True)


@dataclass(frozen=True)
class Filters:
    """What narrows the list. `search` is an order's code, or else the beginning of a number; `until` is excluded."""

    search: str = ""
    kind: str = ""
    organization_id: uuid.UUID | None = None
    order_id: uuid.UUID | None = None
    since: datetime | None = None
    until: datetime | None = None

    def narrow(self, ctx: TenantContext, query: Any) -> Any:
        if self.kind:
            query = query.where(Invoice.kind == self.kind)
        if self.organization_id is not None:
            query = query.where(Invoice.organization_id == self.organization_id)
        if self.order_id is not None:
            query = query.where(about(self.order_id))
        if self.since is not None:
            query = query.where(Invoice.issued_at >= self.since)
        if self.until is not None:
            query = query.where(Invoice.issued_at < self.until)
        if word := self.search.strip().upper():
            # Which of the two it is, is asked first: of "the one or the other" a database reads every row.
            order_id = ctx.db.scalar(select(Order.id).where(Order.code == word))
            begins = (Invoice.label >= word) & (Invoice.label < word + LAST)
            query = query.where(begins if order_id is None else about(order_id))
        return query


def listed(
    ctx: TenantContext, filters: Filters, cursor: str | None = None, limit: int = PAGE
) -> Page[Invoice]:
    """The newest first; one statement, and one for a search. Raises `NotFound` for a made-up cursor."""

    def run(paged: Any) -> Sequence[Invoice]:
        found: Sequence[Invoice] = ctx.db.scalars(paged).all()
        return found

    return page(
        filters.narrow(ctx, select(Invoice)), NEWEST, cursor, limit, run, lambda i: (i.issued_at, i.id)
    )


def invoice_by_id(ctx: TenantContext, invoice_id: uuid.UUID) -> Invoice:
    """Raises `NotFound`."""
    found: Invoice | None = ctx.db.get(Invoice, invoice_id)
    if found is None:
        raise NotFound("invoice")
    return found


def about(order_id: uuid.UUID) -> Any:
    """Documents about an order: its own, and those it shares with others."""
    own = aliased(Invoice)
    shared = select(InvoiceOrder.invoice_id).where(InvoiceOrder.order_id == order_id)
    return Invoice.id.in_(union_all(select(own.id).where(own.order_id == order_id), shared))


def of_order(ctx: TenantContext, order: Order) -> list[Invoice]:
    """All documents about an order, the oldest first."""
    return list(ctx.db.scalars(select(Invoice).where(about(order.id)).order_by(Invoice.id)))


def own_documents(ctx: TenantContext, order: Order) -> list[Invoice]:
    """What the buyer may fetch, with the files: documents about this order alone, never those that name others' orders."""
    query = select(Invoice).where(Invoice.order_id == order.id).order_by(Invoice.id)
    return list(ctx.db.scalars(query.options(joinedload(Invoice.papers))).unique())
