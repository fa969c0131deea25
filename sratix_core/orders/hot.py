"""What placing an order asks on the way, prebuilt and judged by the compiled proof."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, bindparam, select

from sratix_core.orders.models import Order

ORDERS = cast("Table", Order.__table__)
TAKEN = select(ORDERS.c.code).where(
    ORDERS.c.tenant_id == bindparam("in_tenant"), ORDERS.c.code.in_(bindparam("drawn", expanding=True))
)
