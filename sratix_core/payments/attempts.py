"""Attempts to move money: written down before a provider is called, settled by what it says, whoever asked it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import and_, bindparam, select, update

from sratix_core.audit.service import record_row
from sratix_core.db.rows import change_row
from sratix_core.errors import Conflict, NotFound
from sratix_core.orders.models import Order
from sratix_core.payments import hot
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.states import OPEN, AttemptKind, AttemptState, may
from sratix_core.plugins.paying import Begun, Mode
from sratix_core.saved_methods.service import Use
from sratix_core.values.money import Money

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PURPOSE = "payment-begun"

PAY_AT_ONCE = timedelta(minutes=40)
"""How long the seats of an order are kept whose buyer pays through a provider right now."""

MARGIN = timedelta(minutes=5)
"""How long before that the provider takes no money any more; a page of Stripe's lives for at least half an hour."""

IN_FLIGHT = timedelta(seconds=100)
"""How long whoever wrote an intent may still be calling: longer than a call to a provider can take."""

HELD = (
    select(Order, PaymentAttempt)
    .join(
        PaymentAttempt,
        and_(PaymentAttempt.tenant_id == Order.tenant_id, PaymentAttempt.order_id == Order.id),
    )
    .where(PaymentAttempt.id == bindparam("of_attempt"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)

PATIENCE = (20, 40, 60, 120, 300, 600)
"""Seconds from one question to the next while a payment waits; the last one goes on."""

OPEN_FOR_DAYS = timedelta(hours=1)
"""How often one is asked about after that which has days: it is heard of by events, and asking heals a lost one."""

FORGOTTEN = timedelta(hours=6)
"""How often one is asked about that could not be ended a day after it should have been: it waits for a person."""


def open_attempt_of(ctx: TenantContext, order_id: uuid.UUID) -> PaymentAttempt | None:
    """The payment of an order that may still come to something."""
    mine = (PaymentAttempt.order_id == order_id, PaymentAttempt.kind == AttemptKind.PAY)
    found: PaymentAttempt | None = ctx.db.scalar(
        select(PaymentAttempt).where(*mine, PaymentAttempt.open_key.is_not(None))
    )
    return found


def latest_payment(ctx: TenantContext, order_id: uuid.UUID) -> PaymentAttempt | None:
    """The last attempt to pay an order, however it ended."""
    mine = (PaymentAttempt.order_id == order_id, PaymentAttempt.kind == AttemptKind.PAY)
    newest = select(PaymentAttempt).where(*mine).order_by(PaymentAttempt.id.desc()).limit(1)
    return ctx.db.scalars(newest).first()


def ask_soon(ctx: TenantContext, order_ids: Collection[uuid.UUID]) -> None:
    """Have open payments of these orders asked about at the next tick: nobody should pay for what is over."""
    open_ones = (PaymentAttempt.order_id.in_(order_ids), PaymentAttempt.open_key.is_not(None))
    ctx.db.execute(
        update(PaymentAttempt)
        .where(*open_ones, PaymentAttempt.state != AttemptState.INTENT)
        .values(check_at=ctx.clock.now()),
        execution_options={"synchronize_session": False},
    )


def attempts_of(ctx: TenantContext, order_id: uuid.UUID) -> list[PaymentAttempt]:
    """Every attempt of an order, oldest first."""
    mine = select(PaymentAttempt).where(PaymentAttempt.order_id == order_id)
    return list(ctx.db.scalars(mine.order_by(PaymentAttempt.id)))


def payment_intent(
    ctx: TenantContext,
    order: Order,
    provider: str,
    mode: Mode,
    amount: Money,
    ends_at: datetime,
    use: Use | None = None,
) -> PaymentAttempt:
    """Write down that the buyer is about to pay. Raises `IntegrityError` when one is open: ask `open_attempt_of` first."""
    key, also = f"pay:{order.id}", use._asdict() if use is not None else {}
    return _intent(ctx, order, AttemptKind.PAY, key, provider, mode, amount, ends_at=ends_at, **also)


def refund_intent(ctx: TenantContext, order: Order, payment: Payment, amount: Money) -> PaymentAttempt:
    """Write down that a claimed amount of a payment goes back. Raises `Conflict("refund_under_way")` beside another."""
    key = f"refund:{payment.id}"
    if ctx.db.scalar(select(PaymentAttempt.id).where(PaymentAttempt.open_key == key)) is not None:
        raise Conflict("refund_under_way", order=order.code)
    return _intent(
        ctx, order, AttemptKind.REFUND, key, payment.provider, payment.mode, amount, payment_id=payment.id
    )


def _intent(
    ctx: TenantContext,
    order: Order,
    kind: AttemptKind,
    key: str,
    provider: str,
    mode: str,
    amount: Money,
    **also: Any,
) -> PaymentAttempt:
    now = ctx.clock.now()
    attempt = PaymentAttempt(
        id=ctx.ids.new(),
        order_id=order.id,
        kind=kind,
        state=AttemptState.INTENT,
        provider=provider,
        mode=mode,
        amount_minor=amount.minor,
        currency=amount.currency,
        open_key=key,
        check_at=now + IN_FLIGHT,
        created_at=now,
        updated_at=now,
        started_by=ctx.actor.id if ctx.actor.kind == "user" else None,
        **also,
    )
    ctx.db.add(attempt)
    ctx.db.flush()
    return attempt


def held(ctx: TenantContext, attempt_id: uuid.UUID) -> tuple[Order, PaymentAttempt]:
    """The attempt and its order as they are now, both rows held until the commit, the order's first. Raises `NotFound`.

    As `orders.moves.locked`, rows that only point at them are let through.
    """
    row = ctx.db.execute(HELD, {"of_attempt": attempt_id}).one_or_none()
    if row is None:
        raise NotFound("payment_attempt")
    return row[0], row[1]


def move(ctx: TenantContext, attempt: PaymentAttempt, target: AttemptState, reason: str = "") -> bool:
    """Move an attempt that is `held`; whether there was such a move. A repeat of what is known is none."""
    if not may(attempt.state, target):
        return False
    changed: dict[str, Any] = {"state": target, "reason": reason[:80], "updated_at": ctx.clock.now()}
    if target not in OPEN:
        changed |= {"open_key": None, "check_at": None, "begun_sealed": None}
    ctx.db.flush()  # what else of it was changed; a statement past the mapper does not do it by itself
    change_row(ctx.db, attempt, changed)
    _record(ctx, target, attempt.order_id, attempt.id)
    return True


def _record(ctx: TenantContext, state: AttemptState, order_id: uuid.UUID, attempt_id: uuid.UUID) -> None:
    record_row(ctx, f"payment_attempt.{state}", "order", order_id, attempt=str(attempt_id))


def ask_again(ctx: TenantContext, attempt: PaymentAttempt) -> None:
    """When an open attempt is asked about next, later each time."""
    now, ends = ctx.clock.now(), attempt.ends_at
    pause = timedelta(seconds=PATIENCE[min(attempt.checks, len(PATIENCE) - 1)])
    if ends is not None and now - ends > timedelta(days=1):
        pause = FORGOTTEN
    elif ends and attempt.reference and attempt.checks >= len(PATIENCE) and ends - now > OPEN_FOR_DAYS:
        pause = OPEN_FOR_DAYS
    attempt.checks += 1
    attempt.check_at = now + pause


def keep_begun(ctx: TenantContext, attempt: PaymentAttempt, begun: Begun) -> None:
    """Remember where and with what the buyer pays, encrypted; it is asked about soon again, as one that has just begun."""
    attempt.reference, attempt.begun_sealed, attempt.checks = begun.reference, _sealed(ctx, begun), 0


def opened(ctx: TenantContext, order_id: uuid.UUID, attempt_id: uuid.UUID, begun: Begun) -> bool:
    """Let an intent wait for its buyer, as its provider opened it; False where somebody else did something with it meanwhile.

    The usual case in one statement: nothing of attempt and order has to be read for it.
    """
    check_at = ctx.clock.now() + timedelta(seconds=PATIENCE[0])
    if not hot.open_intent(ctx, attempt_id, begun.reference, _sealed(ctx, begun), check_at):
        return False
    _record(ctx, AttemptState.WAITING, order_id, attempt_id)
    return True


def _sealed(ctx: TenantContext, begun: Begun) -> bytes:
    plain = msgspec.json.encode({"redirect": begun.redirect, "client": dict(begun.client)})
    return ctx.keys.encrypt(PURPOSE, ctx.tenant.id, plain, ctx.random.bytes(12))


def begun_of(ctx: TenantContext, attempt: PaymentAttempt) -> Begun | None:
    """Where the buyer goes on with an attempt that waits for them."""
    if attempt.state != AttemptState.WAITING or attempt.begun_sealed is None:
        return None
    kept = msgspec.json.decode(ctx.keys.decrypt(PURPOSE, ctx.tenant.id, attempt.begun_sealed))
    return Begun(attempt.reference or "", kept["redirect"], kept["client"])
