"""Narrowing a statement over orders by what people type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Select, and_, or_

from sratix_core.db.types import LAST
from sratix_core.orders.models import Order
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event


def matching(ctx: TenantContext, event: Event, query: Select[Order], words: str) -> Select[Order]:
    """Those with that code, or with a buyer whose name or address begins so; each arm is one range of an index."""
    folded, email = text.fold(words), text.normal_email(words)
    return query.where(
        or_(
            Order.code == words.upper(),
            and_(Order.buyer_email >= email, Order.buyer_email < email + LAST),
            and_(Order.buyer_fold >= folded, Order.buyer_fold < folded + LAST),
        )
    )
