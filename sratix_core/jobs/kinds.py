"""What the workers of this product do: the kinds of jobs of the core and of every plugin, and the work by the clock."""

from __future__ import annotations

from collections.abc import Callable

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
from sratix_core.jobs.registry import JobRegistry
from sratix_core.jobs.ticks import Tick
from sratix_core.messages import send
from sratix_core.orders.models import Order
from sratix_core.orders.service import expire_orders
from sratix_core.orders.states import OrderState
from sratix_core.plugins import PluginHost
from sratix_core.runtime import Runtime
from sratix_core.signup import service as signup
from sratix_core.tenancy.scope import IdentityScope, SystemScope, TenantScope

OVERDUE = SystemScope("holds of every tenant end by the clock; each ends in a unit of its own tenant")


def registry_for(plugins: PluginHost) -> JobRegistry:
    """All kinds this process can do. Raises `ValueError` when two share a name."""
    registry = JobRegistry()
    registry.extend(send.JOBS)
    registry.extend(exports.JOBS)
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


def forget_attempts(runtime: Runtime) -> int:
    """Delete counts of sign-ins that went wrong and count no more; how many."""
    with runtime.engines.begin(IdentityScope()) as db:
        return attempts.forget_old(db, runtime.sources.clock.now())


TICKS = (
    Tick("seal_journal", 1, seal),
    Tick("sum_figures", 2, sum_up),
    Tick("expire_holds", 5, expire),
    Tick("forget_reasons", 3600, forget_reasons),
    Tick("forget_answers", 3600, forget_answers),
    Tick("forget_tokens", 3600, tokens.forget),
    Tick("forget_attempts", 3600, forget_attempts),
    Tick("forget_sign_ups", 3600, signup.forget),
    Tick("forget_exports", 3600, exports.forget),
)
