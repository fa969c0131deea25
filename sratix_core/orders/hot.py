"""What placing an order asks on the way, prebuilt and judged by the compiled proof."""

from __future__ import annotations

from typing import cast

from sqlalchemy import BindParameter, Table, bindparam, or_, select

from sratix_core.orders.models import Order
from sratix_core.tenancy.prebuilt import Prebuilt

ORDERS = cast("Table", Order.__table__)
DRAWN = 8
"""Codes that are tried at once."""

_drawn: list[BindParameter[str]] = [bindparam(f"drawn_{n}") for n in range(DRAWN)]
_taken = select(ORDERS.c.code).where(
    ORDERS.c.tenant_id == bindparam("in_tenant"), or_(*(ORDERS.c.code == each for each in _drawn))
)
TAKEN = Prebuilt(_taken)
