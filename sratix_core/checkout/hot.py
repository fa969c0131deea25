"""What every cart asks and does first and last: which carts are over, and one of them closed once. Prebuilt."""

from __future__ import annotations

import uuid
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, and_, bindparam, select, update

from sratix_core.catalog.hot import EVENTS, OF_SLUG, VERSIONS, WITH_VERSION
from sratix_core.checkout.models import Cart, CartLine, CartState
from sratix_core.tenancy.prebuilt import Prebuilt

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

CARTS, LINES = cast("Table", Cart.__table__), cast("Table", CartLine.__table__)
SWEEP_BATCH = 200

_due = select(CARTS.c.id).where(
    CARTS.c.tenant_id == bindparam("in_tenant"),
    CARTS.c.state == CartState.OPEN.value,
    CARTS.c.expires_at <= bindparam("at"),
)
DUE = Prebuilt(_due.order_by(CARTS.c.id).limit(SWEEP_BATCH).with_for_update(skip_locked=True))
DUE_IN_EVENT = Prebuilt(
    _due.where(CARTS.c.event_id == bindparam("of_event"))
    .order_by(CARTS.c.id)
    .limit(SWEEP_BATCH)
    .with_for_update(skip_locked=True)
)
STATE = select(CARTS.c.state).where(
    CARTS.c.tenant_id == bindparam("in_tenant"), CARTS.c.secret_hash == bindparam("of_secret")
)
HELD = (
    select(
        CARTS.c.id,
        CARTS.c.event_id,
        CARTS.c.state,
        CARTS.c.entries,
        CARTS.c.order_id,
        CARTS.c.expires_at,
        VERSIONS.c.version,
        LINES.c.ticket_type_id,
        LINES.c.quantity,
        LINES.c.unit_price_minor,
    )
    .select_from(
        WITH_VERSION.join(
            CARTS, and_(CARTS.c.tenant_id == EVENTS.c.tenant_id, CARTS.c.event_id == EVENTS.c.id)
        ).join(LINES, and_(LINES.c.tenant_id == CARTS.c.tenant_id, LINES.c.cart_id == CARTS.c.id))
    )
    .where(*OF_SLUG, CARTS.c.secret_hash == bindparam("of_secret"))
    .order_by(LINES.c.position, LINES.c.id)
)
"""A row for each line of the cart that a secret opens at an event's address, with the version of the content."""

_close = update(CARTS).where(
    CARTS.c.tenant_id == bindparam("in_tenant"),
    CARTS.c.id == bindparam("of_cart"),
    CARTS.c.state == CartState.OPEN.value,
)


@cache
def _closing(columns: tuple[str, ...]) -> Prebuilt:
    return Prebuilt(_close, columns)


def due(ctx: TenantContext, event_id: uuid.UUID | None) -> list[uuid.UUID]:
    """Open carts past their time, locked; those another sweep is working on are skipped, not waited for."""
    bound: dict[str, Any] = {"in_tenant": ctx.tenant.id, "at": ctx.clock.now()}
    if event_id is None:
        return [row[0] for row in DUE.all(ctx.db, bound)]
    return [row[0] for row in DUE_IN_EVENT.all(ctx.db, {**bound, "of_event": event_id})]


def state_of(ctx: TenantContext, secret_hash: bytes) -> str | None:
    """The state of the cart with this hash, None for no cart."""
    found: str | None = ctx.db.execute(STATE, {"in_tenant": ctx.tenant.id, "of_secret": secret_hash}).scalar()
    return found


def close(ctx: TenantContext, cart_id: uuid.UUID, changed: dict[str, Any]) -> bool:
    """Write `changed` (the new state among it) to a cart that is open; whether it was."""
    bound = {"in_tenant": ctx.tenant.id, "of_cart": cart_id, **changed}
    return _closing(tuple(changed)).count(ctx.db, bound) == 1
