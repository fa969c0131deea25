"""Addresses that open an order to its buyer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from sratix_core.orders.secrets import secret_of

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order


def order_url(ctx: TenantContext, order: Order, event_slug: str = "") -> str:
    """The buyer's page, with the secret that opens it: for the buyer alone, and for where they come back from.

    Without `event_slug` the order's event is asked for it.
    """
    path = (ctx.tenant.slug, event_slug or order.event.slug, "orders", order.code, secret_of(ctx, order))
    return "/".join([ctx.settings.base_url, *(quote(part, safe="") for part in path)]) + "/"
