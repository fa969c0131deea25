"""The secret of an order's page: hashed to find the order, encrypted so that a mail can carry the link again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sratix_core.checkout.service import secret_hash
from sratix_core.values import codes

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order

PURPOSE = "order-secret"


def new_secret(ctx: TenantContext) -> tuple[str, bytes, bytes]:
    """A fresh secret, its hash and its encrypted form."""
    secret = codes.secret(ctx.random)
    sealed = ctx.keys.encrypt(PURPOSE, ctx.tenant.id, secret.encode(), ctx.random.bytes(12))
    return secret, secret_hash(secret), sealed


def secret_of(ctx: TenantContext, order: Order) -> str:
    """The secret again, for a link that goes to the buyer."""
    return ctx.keys.decrypt(PURPOSE, ctx.tenant.id, order.secret_sealed).decode()
