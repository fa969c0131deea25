"""An order as a line of a list: the columns that tables show, without the entity, its secrets and what hangs on it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, select

from sratix_core.orders.models import Order, OrderLine
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

COLUMNS = (
    Order.tenant_id, Order.id, Order.code, Order.state, Order.buyer_name, Order.buyer_email, Order.buyer_company,
    Order.total_minor, Order.currency, Order.provider, Order.created_at, Order.paid_at, Order.expires_at,
)  # fmt: skip
PLACE = "place"
"""The label under which a page selects the value it is sorted by."""


@dataclass(slots=True)
class OrderRow:
    """`lines` are "2 Regular", in the order they were bought."""

    id: uuid.UUID
    code: str
    state: str
    buyer_name: str
    buyer_email: str
    buyer_company: str
    total_minor: int
    currency: str
    provider: str
    created_at: datetime
    paid_at: datetime | None
    expires_at: datetime | None
    place: Any
    lines: list[str] = field(default_factory=list)

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)


def rows_of(ctx: TenantContext, paged: Select[Any], falls: bool) -> Sequence[OrderRow]:
    """The orders of `paged`, which selects `COLUMNS` and `PLACE`, with what was bought, by place: one statement."""
    some = paged.subquery()
    theirs = and_(OrderLine.tenant_id == some.c.tenant_id, OrderLine.order_id == some.c.id)
    sort = [c.desc() if falls else c.asc() for c in (some.c[PLACE], some.c.id)]
    query = (
        select(some, OrderLine.quantity, OrderLine.name.label("line"))
        .outerjoin(OrderLine, theirs)
        .order_by(*sort, OrderLine.position)
    )
    rows: dict[uuid.UUID, OrderRow] = {}
    for _, id, *values, quantity, name in ctx.db.execute(query):
        row = rows.get(id)
        if row is None:
            row = rows[id] = OrderRow(id, *values)
        if name is not None:
            row.lines.append(f"{quantity} {name}")
    return list(rows.values())
