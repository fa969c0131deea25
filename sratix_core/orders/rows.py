"""An order as a line of a list: the columns that tables show, without the entity, its secrets and what hangs on it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select

from sratix_core.orders.models import Order, OrderLine
from sratix_core.pricing.lines import LineKind
from sratix_core.values.money import Money

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


def with_lines(paged: Select[Any], falls: bool, tenant: Any) -> Select[Any]:
    """What was bought beside the orders of `paged`, which selects `COLUMNS` and `PLACE`, by place: a row for each line."""
    some = paged.subquery()
    theirs = and_(
        OrderLine.tenant_id == tenant, OrderLine.order_id == some.c.id, OrderLine.kind != LineKind.FEE
    )
    sort = [c.desc() if falls else c.asc() for c in (some.c[PLACE], some.c.id)]
    return (
        select(some, OrderLine.quantity, OrderLine.name.label("line"))
        .outerjoin(OrderLine, theirs)
        .order_by(*sort, OrderLine.position)
    )


def folded(found: Iterable[Sequence[Any]]) -> list[OrderRow]:
    """The orders of the rows of `with_lines`, each once."""
    rows: dict[uuid.UUID, OrderRow] = {}
    for _, id, *values, quantity, name in found:
        row = rows.get(id)
        if row is None:
            row = rows[id] = OrderRow(id, *values)
        if name is not None:
            row.lines.append(f"{quantity} {name}")
    return list(rows.values())
