"""The nightly work: every provider's statement read, then all books of a tenant compared."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select, update

from sratix_core.audit.service import record
from sratix_core.db.dialects import insert_ignore
from sratix_core.jobs.registry import JobKind
from sratix_core.jobs.service import enqueue
from sratix_core.orders.models import Order
from sratix_core.payments.models import InboxEvent, Payment, PaymentAttempt
from sratix_core.payments.providers import heard_by
from sratix_core.plugins.paying import IPaysOut
from sratix_core.reconciliation import finding
from sratix_core.reconciliation.cases import note
from sratix_core.reconciliation.looking import BY_ITSELF, LOOK, look, look_again
from sratix_core.reconciliation.models import Comparison, PaymentMovement
from sratix_core.reconciliation.statement import COMPARE, OF_PAYMENTS, READ, payments_named, read
from sratix_core.tenants.models import Tenant, TenantStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sratix_core.context import TenantContext
    from sratix_core.jobs.run import JobRun
    from sratix_core.tenancy.session import ScopedSession

NIGHT = time(3, 10)
"""When the books are compared, in the tenant's own time zone."""

KEPT = timedelta(days=90)
"""How long the raw body of a webhook is kept: it names people."""

MATCHED = 500
MODES = ("live", "test")


def tenants_due(db: ScopedSession, now: datetime) -> Sequence[int]:
    """Active tenants with a payment or an attempt whose night has come. For a session of all tenants; only reads."""

    def has(model: type[Payment] | type[PaymentAttempt]) -> object:
        return select(model.id).where(model.tenant_id == Tenant.id).exists()

    done = and_(Comparison.tenant_id == Tenant.id, Comparison.next_at > now)
    query = select(Tenant.id).where(
        Tenant.status == TenantStatus.ACTIVE,
        or_(has(Payment), has(PaymentAttempt)),  # type: ignore[arg-type]
        ~select(Comparison.id).where(done).exists(),
    )
    return db.scalars(query.order_by(Tenant.id)).all()


def begin_night(ctx: TenantContext) -> int:
    """Leave the night's work of a tenant, once; whether there was any to leave."""
    row = held(ctx)
    now = ctx.clock.now()
    if row.next_at > now:
        return 0
    row.next_at = next_night(now, ctx.tenant.timezone)
    read_now(ctx)
    return 1


def read_now(ctx: TenantContext) -> None:
    """Have every statement read that there is, and the books compared after each; compared at once where there is none."""
    asked = [
        {"provider": name, "mode": mode}
        for name in providers_with_statements(ctx)
        for mode in MODES
        if _used(ctx, heard_by(ctx, name), mode)
    ]
    for payload in asked:
        enqueue(ctx, READ, payload)
    if not asked:
        enqueue(ctx, COMPARE)


def compare_now(ctx: TenantContext) -> None:
    """A person wants the statements read and the books compared, which is on record."""
    read_now(ctx)
    record(ctx, "finance.compared", "tenant", None)


def providers_with_statements(ctx: TenantContext) -> list[str]:
    answers = ctx.hooks.payment_providers(ctx=ctx)
    return [p.name for answer in answers for p in answer if IPaysOut.providedBy(p)]


def _used(ctx: TenantContext, names: Sequence[str], mode: str) -> bool:
    """Whether anything was paid, or is to be, on the account of these providers."""
    for model in (Payment, PaymentAttempt):
        some = select(model.id).where(model.provider.in_(names), model.mode == mode).limit(1)
        if ctx.db.scalars(some).first() is not None:
            return True
    return False


def next_night(now: datetime, timezone: str) -> datetime:
    """The next `NIGHT` after `now`, as a moment of the tenant's time zone."""
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    night = datetime.combine(local.date(), NIGHT, zone)
    return night if night > local else datetime.combine(local.date() + timedelta(days=1), NIGHT, zone)


def held(ctx: TenantContext) -> Comparison:
    """The tenant's comparison, held until the commit."""
    new = {"id": ctx.ids.new(), "books": "all", "next_at": ctx.clock.now(), "compared_at": None, "checked": 0}
    insert_ignore(ctx.db, Comparison, ("books",), new)
    mine = select(Comparison).with_for_update().execution_options(populate_existing=True)
    return ctx.db.scalars(mine).one()


def compare(run: JobRun) -> None:
    """Find what differs, keep the cases up to date, and ask about those that are new and can heal."""
    with run.begin() as ctx:
        compare_books(ctx)
        run.finish(ctx)


def compare_books(ctx: TenantContext) -> None:
    """As `compare`, in the caller's unit of work."""
    row = held(ctx)
    match(ctx)
    for case in note(ctx, list(finding.find(ctx))):
        if case.kind in BY_ITSELF:
            look_again(ctx, case)
    row.compared_at = ctx.clock.now()
    row.checked = sum(
        int(ctx.db.scalar(select(func.count()).select_from(m)) or 0)
        for m in (Order, Payment, PaymentMovement)
    )
    ctx.db.flush()


def match(ctx: TenantContext) -> int:
    """Give lines whose payment was not known when they were read the payment that is known by now; how many."""
    M = PaymentMovement
    lonely = select(M.id, M.provider, M.about).where(
        M.payment_id.is_(None), M.kind.in_(OF_PAYMENTS), M.about != ""
    )
    matched = 0
    rows = ctx.db.execute(lonely.order_by(M.id.desc()).limit(MATCHED)).all()
    for name in {row.provider for row in rows}:
        known = payments_named(ctx, name, {row.about for row in rows if row.provider == name})
        for about, payment in known.items():
            mine = (M.provider == name, M.about == about, M.payment_id.is_(None))
            ctx.db.execute(
                update(M).where(*mine).values(payment_id=payment.id),
                execution_options={"synchronize_session": False},
            )
            matched += 1
    return matched


def erase_bodies(ctx: TenantContext) -> int:
    """Empty the raw bodies of webhooks that are older than `KEPT`; how many."""
    old = select(InboxEvent.id).where(
        InboxEvent.erased_at.is_(None), InboxEvent.received_at < ctx.clock.now() - KEPT
    )
    ids = ctx.db.scalars(old.limit(MATCHED)).all()
    if ids:
        gone = {"body": "", "erased_at": ctx.clock.now()}
        ctx.db.execute(
            update(InboxEvent).where(InboxEvent.id.in_(ids)).values(**gone),
            execution_options={"synchronize_session": False},
        )
    return len(ids)


JOBS = (
    JobKind(READ, read, lease=timedelta(minutes=10)),
    JobKind(COMPARE, compare, lease=timedelta(minutes=10)),
    JobKind(LOOK, look, max_attempts=6),
)
