"""What of an order stands on an invoice, and what of that was credited since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from sratix_core.invoices.models import Invoice, InvoiceKind, InvoiceOrder
from sratix_core.orders.models import Order

if TYPE_CHECKING:
    import uuid

    from sratix_core.context import TenantContext


@dataclass(frozen=True)
class Standing:
    """The newest invoice of an order. It is live while some of its share is left; `turn` is the next one's."""

    invoice: Invoice | None
    share: int
    credited: int
    turn: int

    @property
    def left(self) -> int:
        return self.share - self.credited


def hold_orders(ctx: TenantContext, ids: Sequence[uuid.UUID]) -> list[Order]:
    """The orders, read again, locked in the order of their ids: whoever issues or credits beside us waits here."""
    held = select(Order).where(Order.id.in_(ids)).order_by(Order.id).with_for_update()
    return list(ctx.db.scalars(held.execution_options(populate_existing=True)))


def standing(ctx: TenantContext, order_id: uuid.UUID) -> Standing:
    """How an order stands; ask with the order locked, if the answer is to last."""
    newest = (
        select(InvoiceOrder.invoice_id, InvoiceOrder.total_minor, InvoiceOrder.turn)
        .where(InvoiceOrder.order_id == order_id)
        .order_by(InvoiceOrder.turn.desc())
        .limit(1)
    )
    row = ctx.db.execute(newest).one_or_none()
    if row is None:
        return Standing(None, 0, 0, 0)
    credited = select(func.coalesce(func.sum(Invoice.total_minor), 0)).where(
        Invoice.refers_to == row.invoice_id,
        Invoice.order_id == order_id,
        Invoice.kind == InvoiceKind.CREDIT_NOTE,
    )
    invoice = ctx.db.get_one(Invoice, row.invoice_id)
    return Standing(invoice, row.total_minor, int(ctx.db.scalar(credited) or 0), row.turn + 1)
