"""The end of the hold: ten years after the fiscal year, a buyer's name and address and the drawn files go; the row stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.files import store
from sratix_core.files.models import StoredFile
from sratix_core.invoices.models import InvoiceBuyer, InvoicePaper, PaperState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

AT_ONCE = 500
GONE = "hold_ended"


def forget(ctx: TenantContext) -> int:
    """Empty what is held no longer; how many documents. Proformas, which the law does not hold, go with their order's data."""
    now = ctx.clock.now()
    over = select(InvoiceBuyer).where(InvoiceBuyer.hold_until <= now, InvoiceBuyer.erased_at.is_(None))
    ended = list(
        ctx.db.scalars(over.order_by(InvoiceBuyer.id).limit(AT_ONCE).with_for_update(skip_locked=True))
    )
    for to in ended:
        erase(ctx, to)
    return len(ended)


def erase(ctx: TenantContext, to: InvoiceBuyer) -> None:
    """Take the buyer and every drawn file of one document away; its hash of the buyer says nothing without the salt."""
    to.buyer, to.salt, to.erased_at = {}, b"", ctx.clock.now()
    for paper in ctx.db.scalars(select(InvoicePaper).where(InvoicePaper.invoice_id == to.id)):
        if paper.file_id is not None:
            file = ctx.db.get_one(StoredFile, paper.file_id)
            paper.file_id = None
            ctx.db.flush()
            store.remove(ctx, file)
        paper.state, paper.error, paper.changed_at = PaperState.FAILED, GONE, ctx.clock.now()
    ctx.db.flush()
