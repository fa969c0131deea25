"""Taking due jobs and doing each: under its own tenant, while the tenant is active and the plugin behind the kind is on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.context import TenantContext
from sratix_core.jobs import claims
from sratix_core.jobs.claims import Claim, LeaseLost
from sratix_core.jobs.registry import JobKind, JobRegistry, backoff
from sratix_core.jobs.run import GiveUp, JobRun, Retry
from sratix_core.runtime import Runtime
from sratix_core.tenancy.resolve import TenantInfo
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants import plugin_health

log = structlog.get_logger("sratix.jobs")

ANY_TENANT = SystemScope(
    "the worker takes due jobs of every tenant; each then runs in a unit of its own tenant"
)
SUSPENDED_PAUSE = timedelta(minutes=10)


class Worker:
    """Claims and does jobs in the thread that calls it; any number of threads and processes may."""

    def __init__(self, runtime: Runtime, registry: JobRegistry) -> None:
        self._runtime, self._registry = runtime, registry

    def claim(self, limit: int) -> list[Claim]:
        """Up to `limit` due jobs, now ours. Only reads when there are none."""
        now = self._runtime.sources.clock.now()
        with self._runtime.engines.begin(ANY_TENANT, write=False) as db:
            if not claims.has_due(db, now):
                return []
        with self._runtime.engines.begin(ANY_TENANT) as db:
            return claims.claim(db, self._registry, now, limit)

    def do(self, held: Claim) -> None:
        """Do one job and write how it ended. Raises only when that could not be written; the lease then brings it back."""
        kind, tenant = self._registry.get(held.kind), self._runtime.engines.tenants.by_id(held.tenant_id)
        try:
            if kind is None or tenant is None:
                return self._bury(held, "unknown_kind" if kind is None else "unknown_tenant")
            if tenant.status not in ("active", "platform"):
                return self._postpone(held)
            if kind.plugin and kind.plugin not in self._runtime.plugins.on_for(tenant):
                return self._bury(held, f"plugin_off: {kind.plugin} is switched off")
            self._handle(held, kind, tenant)
        except LeaseLost:
            log.warning("job_lease_lost", job=str(held.id), kind=held.kind, attempt=held.attempt)
        finally:
            if self._runtime.plugins.health.pending:
                plugin_health.write_down(self._runtime)

    def _handle(self, held: Claim, kind: JobKind, tenant: TenantInfo) -> None:
        run = JobRun(held, kind, TenantUnits(self._runtime, tenant))
        try:
            deadlines = self._runtime.plugins.deadlines
            deadlines.run(f"job {held.id}", kind.lease.total_seconds(), kind.handler, run)
        except LeaseLost:
            raise
        except Exception as error:
            if run.finished:
                log.error("job_failed_after_done", job=str(held.id), kind=held.kind, exc_info=error)
            elif isinstance(error, GiveUp) or held.attempt >= kind.max_attempts:
                self._bury(held, reason_of(error))
            else:
                self._retry(held, error)
        else:
            if not run.finished:
                with self._runtime.engines.begin(ANY_TENANT) as db:
                    claims.finish(db, held, self._runtime.sources.clock.now())

    def _retry(self, held: Claim, error: Exception) -> None:
        wish = error.after if isinstance(error, Retry) else None
        if not isinstance(error, Retry):
            log.warning("job_failed", job=str(held.id), kind=held.kind, attempt=held.attempt, exc_info=error)
        pause = wish or backoff(held.attempt, self._runtime.sources.random)
        with self._runtime.engines.begin(ANY_TENANT) as db:
            claims.retry(db, held, self._runtime.sources.clock.now() + pause, reason_of(error))

    def _postpone(self, held: Claim) -> None:
        later = self._runtime.sources.clock.now() + SUSPENDED_PAUSE
        with self._runtime.engines.begin(ANY_TENANT) as db:
            claims.postpone(db, held, later, "tenant_suspended")

    def _bury(self, held: Claim, reason: str) -> None:
        log.error("job_dead", job=str(held.id), kind=held.kind, attempt=held.attempt, reason=reason)
        with self._runtime.engines.begin(ANY_TENANT) as db:
            claims.bury(db, held, self._runtime.sources.clock.now(), reason)


class TenantUnits:
    """Opens the units of one job; see `JobRun`."""

    def __init__(self, runtime: Runtime, tenant: TenantInfo) -> None:
        self._runtime, self._tenant = runtime, tenant

    @contextmanager
    def begin(self, write: bool) -> Iterator[TenantContext]:
        with self._runtime.engines.begin(TenantScope(self._tenant.id), write=write) as db:
            yield self._runtime.context(self._tenant, db)

    @contextmanager
    def idle(self) -> Iterator[TenantContext]:
        """A context whose session has no transaction until somebody reads through it."""
        with self._runtime.engines.session(TenantScope(self._tenant.id), write=False) as db:
            yield self._runtime.context(self._tenant, db)


def reason_of(error: Exception) -> str:
    """The error in words for the row. A database error is only named: its words may quote a person's data."""
    if isinstance(error, Retry | GiveUp):
        return str(error)
    return type(error).__name__ if isinstance(error, SQLAlchemyError) else f"{type(error).__name__}: {error}"
