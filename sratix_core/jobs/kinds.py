"""What the workers of this product do: the kinds of jobs of the core and of every plugin, and the work by the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from sratix_core.accounts import attempts
from sratix_core.analytics import fold
from sratix_core.audit import sealer
from sratix_core.checkout.models import Cart, CartState
from sratix_core.checkout.service import expire_carts
from sratix_core.context import TenantContext
from sratix_core.credentials import tokens
from sratix_core.decisions import service as decisions
from sratix_core.decisions.models import Decision
from sratix_core.exports import service as exports
from sratix_core.idempotency import service as idempotency
from sratix_core.idempotency.models import IdempotencyKey
from sratix_core.invoices import automatic, papers, retention
from sratix_core.invoices.models import InvoiceBuyer
from sratix_core.jobs.registry import JobRegistry
from sratix_core.jobs.ticks import Tick
from sratix_core.messages import send
from sratix_core.orders import reminding
from sratix_core.orders.models import Order
from sratix_core.orders.service import expire_orders
from sratix_core.orders.states import OrderState
from sratix_core.payments import jobs as payments
from sratix_core.payments import selling
from sratix_core.payments.models import InboxEvent, PaymentAttempt
from sratix_core.plugins import PluginHost
from sratix_core.reconciliation import jobs as reconciliation
from sratix_core.refunds import jobs as refunds
from sratix_core.runtime import Runtime
from sratix_core.signup import service as signup
from sratix_core.tenancy.scope import IdentityScope, SystemScope, TenantScope
from sratix_core.tickets import mass

OVERDUE = SystemScope("holds of every tenant end by the clock; each ends in a unit of its own tenant")


def registry_for(plugins: PluginHost) -> JobRegistry:
    """All kinds this process can do. Raises `ValueError` when two share a name."""
    registry = JobRegistry()
    registry.extend(send.JOBS)
    registry.extend(exports.JOBS)
    registry.extend(payments.JOBS)
    registry.extend(selling.JOBS)
    registry.extend(reconciliation.JOBS)
    registry.extend(papers.JOBS)
    registry.extend(automatic.JOBS)
    registry.extend(mass.JOBS)
    registry.extend(refunds.JOBS)
    for plugin, kind in plugins.collect("register_jobs"):
        registry.extend([kind], plugin)
    return registry


def seal(runtime: Runtime) -> int:
    """Seal the journal of every tenant."""
    return sealer.seal_all(runtime.engines, runtime.sources)


def sum_up(runtime: Runtime) -> int:
    """Add what was sealed to the figures of every tenant."""
    return fold.fold_all(runtime.engines, runtime.sources)


def expire(runtime: Runtime) -> int:
    """End carts and unpaid orders past their time; how many. Only reads where nothing is due."""
    now = runtime.sources.clock.now()
    carts = select(Cart.tenant_id).where(Cart.state == CartState.OPEN, Cart.expires_at <= now)
    orders = select(Order.tenant_id).where(
        Order.state == OrderState.AWAITING_PAYMENT, Order.expires_at <= now
    )
    with runtime.engines.begin(OVERDUE, write=False) as db:
        tenants = {*db.scalars(carts.distinct()), *db.scalars(orders.distinct())}
    ended = 0
    for tenant_id in sorted(tenants):
        ended += _in_tenant(runtime, tenant_id, expire_carts) + _in_tenant(runtime, tenant_id, expire_orders)
    return ended


def _in_tenant(runtime: Runtime, tenant_id: int, work: Callable[[TenantContext], int]) -> int:
    tenant = runtime.engines.tenants.by_id(tenant_id)
    if tenant is None:
        return 0
    with runtime.engines.begin(TenantScope(tenant_id)) as db:
        return work(runtime.context(tenant, db))


def ask_providers(runtime: Runtime) -> int:
    """Have every payment and refund that is not settled asked about; how many are due."""
    due = select(PaymentAttempt.tenant_id).where(PaymentAttempt.check_at <= runtime.sources.clock.now())
    with runtime.engines.begin(OVERDUE, write=False) as db:
        tenants = sorted(db.scalars(due.distinct()))
    return sum(_in_tenant(runtime, tenant_id, payments.ask_due) for tenant_id in tenants)


def compare_books(runtime: Runtime) -> int:
    """Have the books of every tenant whose night has come compared with their providers' statements; how many."""
    with runtime.engines.begin(OVERDUE, write=False) as db:
        tenants = reconciliation.tenants_due(db, runtime.sources.clock.now())
    return sum(_in_tenant(runtime, tenant_id, reconciliation.begin_night) for tenant_id in tenants)


def erase_webhooks(runtime: Runtime) -> int:
    """Erase what providers' events say of people once they are old; how many."""
    before = runtime.sources.clock.now() - reconciliation.KEPT
    old = select(InboxEvent.tenant_id).where(InboxEvent.erased_at.is_(None), InboxEvent.received_at < before)
    with runtime.engines.begin(OVERDUE, write=False) as db:
        tenants = sorted(db.scalars(old.distinct()))
    return sum(_in_tenant(runtime, tenant_id, reconciliation.erase_bodies) for tenant_id in tenants)


def remind(runtime: Runtime) -> int:
    """Ask once for money whose term ends soon; how many mails. Only reads where no order waits."""
    now = runtime.sources.clock.now()
    soon = select(Order.tenant_id).where(
        Order.state == OrderState.AWAITING_PAYMENT,
        Order.expires_at > now,
        Order.expires_at <= now + timedelta(days=reminding.MOST_DAYS),
    )
    with runtime.engines.begin(OVERDUE, write=False) as db:
        tenants = sorted(db.scalars(soon.distinct()))
    return sum(_in_tenant(runtime, tenant_id, reminding.remind) for tenant_id in tenants)


def forget_reasons(runtime: Runtime) -> int:
    """Delete the reasons nobody asked for in time; how many."""
    old = select(Decision.tenant_id).where(Decision.at < runtime.sources.clock.now() - decisions.KEPT)
    with runtime.engines.begin(OVERDUE, write=False) as db:
        tenants = sorted(db.scalars(old.distinct()))
    return sum(_in_tenant(runtime, tenant_id, decisions.forget) for tenant_id in tenants)


def forget_answers(runtime: Runtime) -> int:
    """Delete answers that were kept for a repeated request; how many."""
    before = runtime.sources.clock.now() - idempotency.KEPT
    old = select(IdempotencyKey.tenant_id).where(IdempotencyKey.created_at < before)
    with runtime.engines.begin(OVERDUE, write=False) as db:
        tenants = sorted(db.scalars(old.distinct()))
    return sum(_in_tenant(runtime, tenant_id, idempotency.forget) for tenant_id in tenants)


def forget_buyers(runtime: Runtime) -> int:
    """Empty the buyers of invoices whose time the law has ended; how many."""
    over = select(InvoiceBuyer.tenant_id).where(
        InvoiceBuyer.hold_until <= runtime.sources.clock.now(), InvoiceBuyer.erased_at.is_(None)
    )
    with runtime.engines.begin(OVERDUE, write=False) as db:
        tenants = sorted(db.scalars(over.distinct()))
    return sum(_in_tenant(runtime, tenant_id, retention.forget) for tenant_id in tenants)


def forget_attempts(runtime: Runtime) -> int:
    """Delete counts of sign-ins that went wrong and count no more; how many."""
    with runtime.engines.begin(IdentityScope()) as db:
        return attempts.forget_old(db, runtime.sources.clock.now())


TICKS = (
    Tick("seal_journal", 1, seal),
    Tick("sum_figures", 2, sum_up),
    Tick("expire_holds", 5, expire),
    Tick("remind_unpaid", 300, remind),
    Tick("ask_providers", 5, ask_providers),
    Tick("compare_books", 600, compare_books),
    Tick("erase_webhooks", 3600, erase_webhooks),
    Tick("forget_reasons", 3600, forget_reasons),
    Tick("forget_answers", 3600, forget_answers),
    Tick("forget_tokens", 3600, tokens.forget),
    Tick("forget_attempts", 3600, forget_attempts),
    Tick("forget_sign_ups", 3600, signup.forget),
    Tick("forget_exports", 3600, exports.forget),
    Tick("forget_buyers", 3600, forget_buyers),
)
