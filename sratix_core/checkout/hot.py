"""What every cart asks and does first and last: which carts are over, and one of them closed once. Prebuilt."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import Table, Uuid, and_, bindparam, select, update

from sratix_core.catalog.hot import EVENTS, OF_SLUG, VERSIONS, WITH_VERSION
from sratix_core.checkout.models import Cart, CartLine, CartState
from sratix_core.tenancy.glance import Glance
from sratix_core.tenancy.prebuilt import Prebuilt, among, each

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.tenancy.engines import Engines

CARTS, LINES = cast("Table", Cart.__table__), cast("Table", CartLine.__table__)
SWEEP_BATCH = 200

_due = select(CARTS.c.id, CARTS.c.promo_code_id).where(
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
HELD = Glance(
    select(
        CARTS.c.id,
        CARTS.c.event_id,
        CARTS.c.state,
        CARTS.c.entries,
        CARTS.c.order_id,
        CARTS.c.expires_at,
        VERSIONS.c.version,
        CARTS.c.quote,
        CARTS.c.rounding_minor,
        CARTS.c.promo_code,
        CARTS.c.code_discount_minor,
        CARTS.c.vat_number,
        LINES.c.kind,
        LINES.c.ticket_type_id,
        LINES.c.name,
        LINES.c.quantity,
        LINES.c.unit_price_minor,
        LINES.c.discount_minor,
        LINES.c.tax_bp,
        LINES.c.net_minor,
        LINES.c.tax_minor,
        LINES.c.reverse_charge,
    )
    .select_from(
        WITH_VERSION.join(
            CARTS, and_(CARTS.c.tenant_id == EVENTS.c.tenant_id, CARTS.c.event_id == EVENTS.c.id)
        ).join(LINES, and_(LINES.c.tenant_id == CARTS.c.tenant_id, LINES.c.cart_id == CARTS.c.id))
    )
    .where(*OF_SLUG, CARTS.c.secret_hash == bindparam("of_secret"))
    .order_by(LINES.c.position, LINES.c.id)
)
"""A row for each line, with the version of the content."""


class Held(NamedTuple):
    """One line of a cart, with what the cart itself says; prices in minor units."""

    id: uuid.UUID
    event_id: uuid.UUID
    state: str
    entries: dict[str, Any]
    order_id: uuid.UUID | None
    expires_at: datetime
    version: int | None
    quote: dict[str, Any]
    rounding_minor: int
    promo_code: str
    code_discount_minor: int
    vat_number: str
    kind: str
    ticket_type_id: uuid.UUID | None
    name: str
    quantity: int
    unit_price_minor: int
    discount_minor: int
    tax_bp: int
    net_minor: int
    tax_minor: int
    reverse_charge: bool


_close = update(CARTS).where(
    CARTS.c.tenant_id == bindparam("in_tenant"),
    CARTS.c.id == bindparam("of_cart"),
    CARTS.c.state == CartState.OPEN.value,
)


_as_seen = _close.where(
    CARTS.c.promo_code_id.is_not_distinct_from(bindparam("seen_code", type_=Uuid)),
    CARTS.c.code_discount_minor == bindparam("seen_off"),
    CARTS.c.vat_number == bindparam("seen_vat"),
)


@cache
def _closing(columns: tuple[str, ...], as_seen: bool) -> Prebuilt:
    return Prebuilt(_as_seen if as_seen else _close, columns)


def due(ctx: TenantContext, event_id: uuid.UUID | None) -> list[tuple[uuid.UUID, uuid.UUID | None]]:
    """Open carts past their time, locked, with the code each uses; those another sweep is working on are skipped."""
    bound: dict[str, Any] = {"in_tenant": ctx.tenant.id, "at": ctx.clock.now()}
    if event_id is None:
        return [(row[0], row[1]) for row in DUE.all(ctx.db, bound)]
    return [(row[0], row[1]) for row in DUE_IN_EVENT.all(ctx.db, {**bound, "of_event": event_id})]


@cache
def _states(count: int) -> Glance:
    hashes = among(CARTS.c.secret_hash, "secret", count)
    return Glance(
        select(CARTS.c.secret_hash, CARTS.c.state).where(CARTS.c.tenant_id == bindparam("in_tenant"), hashes)
    )


def states_of(engines: Engines, tenant_id: int, hashes: Sequence[bytes]) -> dict[bytes, str]:
    """The states of those carts that are there, by the hash of their secret."""
    bound = {"in_tenant": tenant_id, **each("secret", hashes)}
    return {bytes(found): state for found, state in _states(len(hashes)).all(engines, tenant_id, bound)}


def held(engines: Engines, tenant_id: int, slug: str, secret_hash: bytes) -> list[Held]:
    """The lines of the cart that a secret opens at an event's address; none for no such cart."""
    bound = {"in_tenant": tenant_id, "of_slug": slug, "of_secret": secret_hash}
    return [Held(*row) for row in HELD.all(engines, tenant_id, bound)]


Seen = tuple[uuid.UUID | None, int, str]
"""The code of a cart, what it takes off, and the VAT number of its buyer: with them, all prices of the cart are the same."""


def close(ctx: TenantContext, cart_id: uuid.UUID, changed: dict[str, Any], seen: Seen | None = None) -> bool:
    """Write `changed` (the new state among it) to a cart that is open, and whose prices are as `seen`; whether it was."""
    bound = {"in_tenant": ctx.tenant.id, "of_cart": cart_id, **changed}
    if seen is not None:
        bound |= {"seen_code": seen[0], "seen_off": seen[1], "seen_vat": seen[2]}
    return _closing(tuple(changed), seen is not None).count(ctx.db, bound) == 1
