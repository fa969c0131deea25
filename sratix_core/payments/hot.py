"""What every card payment reads and writes, prebuilt and judged by the compiled proof."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, and_, bindparam, func, select, update

from sratix_core.events.models import Event
from sratix_core.orders.models import Order, OrderLine
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.states import AttemptKind, AttemptState
from sratix_core.tenancy.prebuilt import Prebuilt

if TYPE_CHECKING:
    from datetime import datetime

    from sratix_core.context import TenantContext

ORDERS, LINES, EVENTS, PAYMENTS, ATTEMPTS = (
    cast("Table", model.__table__) for model in (Order, OrderLine, Event, Payment, PaymentAttempt)
)

_lines = and_(LINES.c.tenant_id == ORDERS.c.tenant_id, LINES.c.order_id == ORDERS.c.id)
SHOWN = Prebuilt(
    select(EVENTS.c.slug, EVENTS.c.name, LINES.c.name, LINES.c.quantity, LINES.c.subtotal_minor)
    .select_from(ORDERS)
    .join(EVENTS, and_(EVENTS.c.tenant_id == ORDERS.c.tenant_id, EVENTS.c.id == ORDERS.c.event_id))
    .outerjoin(LINES, _lines)
    .where(ORDERS.c.tenant_id == bindparam("in_tenant"), ORDERS.c.id == bindparam("of_order"))
    .order_by(LINES.c.position)
)
KEPT = Prebuilt(
    select(func.sum(PAYMENTS.c.amount_minor - PAYMENTS.c.refunded_minor)).where(
        PAYMENTS.c.tenant_id == bindparam("in_tenant"), PAYMENTS.c.order_id == bindparam("of_order")
    )
)
STATE = Prebuilt(
    select(ATTEMPTS.c.state).where(
        ATTEMPTS.c.tenant_id == bindparam("in_tenant"),
        ATTEMPTS.c.id == bindparam("of_attempt"),
        ATTEMPTS.c.provider == bindparam("at_provider"),
        ATTEMPTS.c.kind == AttemptKind.PAY.value,
    )
)
OPENED = Prebuilt(
    update(ATTEMPTS).where(
        ATTEMPTS.c.tenant_id == bindparam("in_tenant"),
        ATTEMPTS.c.id == bindparam("of_attempt"),
        ATTEMPTS.c.state == AttemptState.INTENT.value,
    ),
    ("state", "reference", "begun_sealed", "check_at", "checks", "updated_at"),
)


@dataclass(frozen=True)
class Shown:
    """What a buyer sees of an order where they pay it: its event, and (text, quantity, minor units) of each line."""

    slug: str
    title: str
    lines: list[tuple[str, int, int]]


def shown(ctx: TenantContext, order_id: uuid.UUID) -> Shown:
    rows = SHOWN.all(ctx.db, {"in_tenant": ctx.tenant.id, "of_order": order_id})
    lines = [(name, quantity, minor) for _, _, name, quantity, minor in rows if name is not None]
    return Shown(rows[0][0], rows[0][1], lines)


def kept(ctx: TenantContext, order_id: uuid.UUID) -> int:
    """What came in for an order and stayed, in minor units."""
    ((minor,),) = KEPT.all(ctx.db, {"in_tenant": ctx.tenant.id, "of_order": order_id})
    return int(minor or 0)


def has_succeeded(ctx: TenantContext, attempt_id: uuid.UUID, provider: str) -> bool:
    """Whether this payment through this provider is settled, as far as can be seen now."""
    bound = {"in_tenant": ctx.tenant.id, "of_attempt": attempt_id, "at_provider": provider}
    row = STATE.one_or_none(ctx.db, bound)
    return row is not None and row[0] == AttemptState.SUCCEEDED


def open_intent(
    ctx: TenantContext, attempt_id: uuid.UUID, reference: str, sealed: bytes, check_at: datetime
) -> bool:
    """Let an intent wait for its buyer; False for an attempt that is no intent any more."""
    changed = {
        "state": AttemptState.WAITING,
        "reference": reference,
        "begun_sealed": sealed,
        "check_at": check_at,
        "checks": 1,
        "updated_at": ctx.clock.now(),
    }
    return OPENED.count(ctx.db, {"in_tenant": ctx.tenant.id, "of_attempt": attempt_id, **changed}) == 1
