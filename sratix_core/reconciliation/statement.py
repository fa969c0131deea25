"""A provider's statement read into rows: asked with no transaction open, each line kept and booked once, however often it is read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from sratix_core.db.dialects import insert_ignore
from sratix_core.db.rows import insert_rows
from sratix_core.errors import Unavailable
from sratix_core.jobs.run import Retry
from sratix_core.jobs.service import enqueue
from sratix_core.ledger.accounts import Account, Act
from sratix_core.ledger.acts import cash_at
from sratix_core.ledger.posting import Leg, Transaction, post
from sratix_core.orders.models import Order
from sratix_core.payments.calls import Question
from sratix_core.payments.models import Payment, PaymentAttempt
from sratix_core.payments.providers import heard_by, known_provider
from sratix_core.plugins.paying import IPaysOut, Movement
from sratix_core.reconciliation.models import MovementKind, PaymentMovement, Statement

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.jobs.run import JobRun

READ = "finance.statement"
COMPARE = "finance.compare"

OVERLAP = timedelta(days=2)
"""Read again before where the last reading ended: a line may appear later than its own time."""

SETTLES = timedelta(minutes=2)
"""What happened so shortly before a reading may be missing in it; it is compared after the next one."""

AT_ONCE = 500
OF_PAYMENTS = frozenset({MovementKind.CHARGE, MovementKind.REFUND, MovementKind.DISPUTE})
"""Lines whose amount the payment core books itself; only their fee is booked from the statement."""


def read(run: JobRun) -> None:
    """Read one provider's statement up to now, then have the books compared. What goes wrong stays on the statement."""
    name, mode = run.payload["provider"], run.payload["mode"]
    with run.begin() as ctx:
        until = ctx.clock.now()
        statement = held(ctx, name, mode)
        statement.tried_at = until
        asked = _question(ctx, statement, until)
        if asked is None:
            enqueue(ctx, COMPARE)
            run.finish(ctx)
            return
    answer = asked.answer()
    if answer.said is None:
        with run.begin() as ctx:
            held(ctx, name, mode).trouble = answer.trouble
        raise Retry(f"the provider's answer: {answer.trouble}")
    lines: Sequence[Movement] = answer.said
    for start in range(0, len(lines), AT_ONCE):
        with run.begin() as ctx:
            keep(ctx, held(ctx, name, mode), lines[start : start + AT_ONCE])
            run.keep(ctx)
    with run.begin() as ctx:
        statement = held(ctx, name, mode)
        statement.read_until, statement.trouble = until - SETTLES, ""
        enqueue(ctx, COMPARE)
        run.finish(ctx)


def held(ctx: TenantContext, provider: str, mode: str) -> Statement:
    """The statement's row, held until the commit: readers beside each other take turns."""
    row = {"id": ctx.ids.new(), "provider": provider, "mode": mode, "trouble": ""}
    insert_ignore(ctx.db, Statement, ("provider", "mode"), row)
    mine = select(Statement).where(Statement.provider == provider, Statement.mode == mode)
    return ctx.db.scalars(mine.with_for_update().execution_options(populate_existing=True)).one()


def _question(ctx: TenantContext, statement: Statement, until: datetime) -> Question | None:
    """None where there is nothing to read: no such provider, no keys, or nothing was ever paid through it."""
    provider: Any = known_provider(ctx, statement.provider)
    if provider is None or not IPaysOut.providedBy(provider):
        return None
    since = statement.read_until or _first(ctx, statement)
    if since is None:
        return None
    try:
        account = provider.account(ctx, statement.mode)
    except Unavailable as error:
        statement.trouble = error.code
        return None
    return Question(statement.id, lambda: provider.movements(account, since - OVERLAP, until))


def _first(ctx: TenantContext, statement: Statement) -> datetime | None:
    """When the first payment on its account was begun or came."""
    on_it = PaymentAttempt.provider.in_(heard_by(ctx, statement.provider))
    begun = select(func.min(PaymentAttempt.created_at)).where(on_it, PaymentAttempt.mode == statement.mode)
    came = select(func.min(Payment.received_at)).where(
        Payment.provider == statement.provider, Payment.mode == statement.mode
    )
    return min((at for at in (ctx.db.scalar(begun), ctx.db.scalar(came)) if at is not None), default=None)


def keep(ctx: TenantContext, statement: Statement, lines: Sequence[Movement]) -> int:
    """Keep and book the lines of a held statement that are not here yet; how many."""
    mine = (PaymentMovement.provider == statement.provider, PaymentMovement.mode == statement.mode)
    names = {line.reference for line in lines}
    known = set(
        ctx.db.scalars(select(PaymentMovement.reference).where(*mine, PaymentMovement.reference.in_(names)))
    )
    fresh = {line.reference: line for line in lines if line.reference not in known}
    payments = payments_named(ctx, statement.provider, {line.payment for line in fresh.values()})
    now = ctx.clock.now()
    rows, booked = [], []
    for line in fresh.values():
        payment = payments.get(line.payment)
        row = {
            "id": ctx.ids.new(),
            "provider": statement.provider,
            "mode": statement.mode,
            "reference": line.reference,
            "kind": MovementKind(line.kind),
            "amount_minor": line.amount.minor,
            "fee_minor": line.fee.minor,
            "currency": line.amount.currency,
            "about": line.payment[:120],
            "source": line.source[:120],
            "attempt_id": _uuid(line.attempt),
            "payment_id": payment.id if payment else None,
            "at": line.at,
            "read_at": now,
        }
        rows.append(row)
        booked += transactions(row, cash_at(statement), payment)
    insert_rows(ctx.db, PaymentMovement, rows)
    post(ctx, *booked)
    return len(rows)


def payments_named(ctx: TenantContext, provider: str, references: set[str]) -> dict[str, Any]:
    """Id, order and event of the payments with these references, by reference."""
    of = (Order.tenant_id == Payment.tenant_id) & (Order.id == Payment.order_id)
    named = (
        select(Payment.reference, Payment.id, Payment.order_id, Order.event_id)
        .join(Order, of)
        .where(Payment.provider == provider, Payment.reference.in_(references - {""}))
    )
    return {row.reference: row for row in ctx.db.execute(named)} if references - {""} else {}


def transactions(row: dict[str, Any], cash: str, payment: Any) -> list[Transaction]:
    """What a line means for the books: its fee always, its amount where nobody else books it."""
    of = (payment.event_id, payment.order_id) if payment else (None, None)
    amount, fee, kind = row["amount_minor"], row["fee_minor"], row["kind"]
    found = []
    if kind not in OF_PAYMENTS and amount:
        to = (
            Leg(Account.BANK, -amount)
            if kind == MovementKind.PAYOUT
            else Leg(Account.PROVIDER_FEES, -amount, cash)
        )
        act = Act.PAYOUT if kind == MovementKind.PAYOUT else Act.ADJUSTMENT
        found.append(Transaction(act, row["id"], row["currency"], (to, Leg(Account.CASH, amount, cash)), *of))
    if fee:
        legs = Leg(Account.PROVIDER_FEES, fee, cash), Leg(Account.CASH, -fee, cash)
        found.append(Transaction(Act.FEE, row["id"], row["currency"], legs, *of))
    return found


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
