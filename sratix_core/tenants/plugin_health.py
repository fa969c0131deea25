"""What misbehaving plugins did, by tenant, and the two ways to take one out: for one organizer, or for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.errors import NotFound, Unavailable
from sratix_core.plugins.deadlines import TimedOut
from sratix_core.plugins.health import HUNG_IN_A_ROW, IN_A_ROW
from sratix_core.tenancy.resolve import HELD
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants.models import PlatformSetting, PluginFault, TenantPlugin

if TYPE_CHECKING:
    from sratix_core.context import Sources, TenantContext
    from sratix_core.runtime import Runtime
    from sratix_core.tenancy.session import ScopedSession

log = structlog.get_logger("sratix.plugins")

HOLDING = SystemScope("an operator takes a plugin out of the whole installation")


@dataclass(frozen=True)
class Condition:
    """How a plugin does here. `failing` names hooks that failed again and again: pausing it is proposed."""

    failures: int = 0
    slow: int = 0
    slowest_ms: int = 0
    failing: tuple[str, ...] = ()


def write_down(runtime: Runtime) -> None:
    """Store what this process counted since the last time, each tenant in a unit of its own. Never raises for a busy database."""
    for (tenant_id, plugin, hook), fault in runtime.plugins.health.take().items():
        try:
            with runtime.engines.begin(TenantScope(tenant_id)) as db:
                mine = select(PluginFault).where(PluginFault.plugin == plugin, PluginFault.hook == hook)
                row = db.scalars(mine.with_for_update()).one_or_none()
                if row is None:
                    ids = runtime.sources.ids
                    row = PluginFault(
                        id=ids.new(), plugin=plugin, hook=hook, failures=0, slow=0, slowest_ms=0
                    )
                    db.add(row)
                row.failures += fault.failures
                row.slow += fault.slow
                row.slowest_ms = max(row.slowest_ms, int(fault.slowest * 1000))
                before = 0 if fault.recovered or row.in_a_row is None else row.in_a_row
                row.in_a_row, row.error = before + fault.in_a_row, fault.error or row.error or ""
                row.last_at = runtime.sources.clock.now()
                if fault.error == TimedOut.__name__ and row.in_a_row >= HUNG_IN_A_ROW:
                    _take_out(runtime, db, plugin)
        except (SQLAlchemyError, Unavailable) as error:
            log.error("plugin_faults_lost", tenant=tenant_id, plugin=plugin, exc_info=error)


def _take_out(runtime: Runtime, db: ScopedSession, plugin: str) -> None:
    """Pause a plugin that hangs, before it holds up more sales; its owner finds it so, and why, on the plugins' page."""
    row = db.scalars(select(TenantPlugin).where(TenantPlugin.name == plugin)).one_or_none()
    if row is not None and row.enabled and not row.paused:
        row.paused, row.changed_at = True, runtime.sources.clock.now()
        log.error("plugin_paused", plugin=plugin, tenant=row.tenant_id, next="ask its author why it hangs")


def conditions(ctx: TenantContext) -> dict[str, Condition]:
    """How each plugin does for this tenant, by name; one that never failed is not in it."""
    found: dict[str, Condition] = {}
    for row in ctx.db.scalars(select(PluginFault).order_by(PluginFault.hook)):
        before = found.get(row.plugin, Condition())
        found[row.plugin] = Condition(
            before.failures + row.failures,
            before.slow + row.slow,
            max(before.slowest_ms, row.slowest_ms),
            (*before.failing, row.hook) if row.in_a_row >= IN_A_ROW else before.failing,
        )
    return found


def pause(ctx: TenantContext, plugin: str, paused: bool) -> None:
    """Take a plugin out for this tenant, or let it go on; what requires it stops and starts with it. Raises `NotFound`."""
    row = ctx.db.scalars(select(TenantPlugin).where(TenantPlugin.name == plugin)).one_or_none()
    if row is None or not row.enabled:
        raise NotFound("plugin")
    row.paused, row.changed_at = paused, ctx.clock.now()
    if not paused:
        for fault in ctx.db.scalars(select(PluginFault).where(PluginFault.plugin == plugin)):
            fault.in_a_row = 0
    ctx.db.flush()


def hold(db: ScopedSession, sources: Sources, plugin: str, held: bool) -> None:
    """Take a plugin out for every tenant, or let it come back. `db` is a system session."""
    row = db.get(PlatformSetting, HELD)
    names = set(row.value if row is not None else ())
    names = names | {plugin} if held else names - {plugin}
    if row is None:
        row = PlatformSetting(key=HELD)
        db.add(row)
    row.value, row.updated_at = dict.fromkeys(sorted(names), True), sources.clock.now()
    db.flush()


def held_everywhere(db: ScopedSession) -> frozenset[str]:
    """The plugins that are taken out of the installation."""
    row = db.get(PlatformSetting, HELD)
    return frozenset(row.value if row is not None else ())


def missing(db: ScopedSession, installed: Iterable[str]) -> dict[str, int]:
    """Plugins that are switched on somewhere and not installed, with the number of tenants. `db` is a system session."""
    on = select(TenantPlugin.name).where(TenantPlugin.enabled, TenantPlugin.name.not_in(list(installed)))
    names = list(db.scalars(on))
    return {name: names.count(name) for name in sorted(set(names))}
