"""What happens to a job in a worker's hands: done with its effect, again later, given up with a reason, never lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select, update

from sratix_core.audit.events import emit
from sratix_core.audit.models import EventLog
from sratix_core.jobs import claims
from sratix_core.jobs.claims import LeaseLost
from sratix_core.jobs.models import Job, JobState
from sratix_core.jobs.registry import JobKind, JobRegistry, backoff
from sratix_core.jobs.run import GiveUp, JobRun, Retry
from sratix_core.jobs.runner import Runner
from sratix_core.jobs.service import enqueue
from sratix_core.jobs.worker import SUSPENDED_PAUSE, Worker
from sratix_core.tenancy.resolve import TenantInfo
from sratix_core.tenancy.scope import IdentityScope
from sratix_core.tenants.models import Tenant
from sratix_core.values.ids import SeededRandom
from tests.worksite import Site, build_site

Handler = Callable[[JobRun], None]


def queue(site: Site, tenant: TenantInfo, kind: str = "x", **options: Any) -> uuid.UUID:
    with site.acting(tenant) as ctx:
        return enqueue(ctx, kind, **options)


def job_of(site: Site, job_id: uuid.UUID) -> Job:
    with site.everything() as db:
        return db.scalars(select(Job).where(Job.id == job_id)).one()


def runner(site: Site, handler: Handler, **options: Any) -> Runner:
    registry = JobRegistry()
    registry.add("x", handler, **options)
    return Runner(site.runtime, registry)


def marks(site: Site) -> list[str]:
    with site.everything() as db:
        return list(db.scalars(select(EventLog.type)))


def test_a_handler_that_returns_has_done_its_job(site: Site) -> None:
    tenant, seen = site.tenant(), []
    job_id = queue(site, tenant, payload={"n": 1})
    assert runner(site, lambda run: seen.append((dict(run.payload), run.attempt))).drain() == 1
    job = job_of(site, job_id)
    assert (job.state, job.token, job.attempts) == (JobState.DONE, 1, 1)
    assert job.finished_at == site.clock.now()
    assert seen == [({"n": 1}, 1)]


def test_the_effect_and_done_commit_together(site: Site) -> None:
    def handler(run: JobRun) -> None:
        with run.begin() as ctx:
            emit(ctx, "done.it", "job", None)
            run.finish(ctx)

    job_id = queue(site, site.tenant())
    runner(site, handler).drain()
    assert job_of(site, job_id).state == JobState.DONE
    assert marks(site) == ["done.it"]


def test_an_effect_that_fails_after_finish_leaves_the_job_to_do(site: Site) -> None:
    def handler(run: JobRun) -> None:
        with run.begin() as ctx:
            emit(ctx, "half", "job", None)
            run.finish(ctx)
            raise ValueError("the last line fails")

    job_id = queue(site, site.tenant())
    runner(site, handler).drain()
    job = job_of(site, job_id)
    assert (job.state, job.last_error) == (JobState.WAITING, "ValueError: the last line fails")
    assert marks(site) == []


def test_what_fails_after_the_job_is_done_changes_nothing(site: Site) -> None:
    def handler(run: JobRun) -> None:
        with run.begin() as ctx:
            run.finish(ctx)
        raise ValueError("too late")

    job_id = queue(site, site.tenant())
    runner(site, handler).drain()
    assert job_of(site, job_id).state == JobState.DONE


def test_a_failure_waits_longer_each_time_and_then_the_job_is_dead_with_the_reason(site: Site) -> None:
    job_id = queue(site, site.tenant())

    def handler(run: JobRun) -> None:
        raise OSError("no route")

    work, pauses = runner(site, handler, max_attempts=4), []
    for _ in range(4):
        assert work.drain() == 1
        assert work.drain() == 0
        job = job_of(site, job_id)
        pauses.append(job.run_at - site.clock.now())
        site.clock.move(timedelta(hours=3))
    assert (job.state, job.attempts, job.last_error) == (JobState.DEAD, 4, "OSError: no route")
    assert job.finished_at is not None
    assert timedelta(seconds=1) <= pauses[0] <= timedelta(seconds=3)
    assert timedelta(seconds=4) <= pauses[2] <= timedelta(seconds=12)


def test_retry_names_its_own_pause_and_giving_up_is_at_once(site: Site) -> None:
    tenant = site.tenant()
    later, never = queue(site, tenant, "x"), queue(site, tenant, "y")
    registry = JobRegistry()

    def come_back(run: JobRun) -> None:
        raise Retry("asked to wait", after=timedelta(minutes=7))

    def give_up(run: JobRun) -> None:
        raise GiveUp("nobody there")

    registry.add("x", come_back)
    registry.add("y", give_up)
    Runner(site.runtime, registry).drain()
    assert job_of(site, later).run_at == site.clock.now() + timedelta(minutes=7)
    assert (job_of(site, never).state, job_of(site, never).last_error) == (JobState.DEAD, "nobody there")


def test_a_kind_nobody_knows_is_dead_not_lost(site: Site) -> None:
    job_id = queue(site, site.tenant(), "gone.plugin")
    runner(site, lambda run: None).drain()
    job = job_of(site, job_id)
    assert job.state == JobState.DEAD
    assert job.last_error.startswith("unknown_kind")


def test_a_suspended_tenants_work_waits_and_loses_no_attempt(site: Site) -> None:
    tenant, ran = site.tenant(), []
    job_id = queue(site, tenant)
    with site.engines.begin(IdentityScope()) as db:
        db.execute(update(Tenant).where(Tenant.id == tenant.id).values(status="suspended"))
    work = runner(site, lambda run: ran.append(1))
    work.drain()
    job = job_of(site, job_id)
    assert (job.state, job.attempts, job.last_error, ran) == (JobState.WAITING, 0, "tenant_suspended", [])
    assert job.run_at == site.clock.now() + SUSPENDED_PAUSE
    with site.engines.begin(IdentityScope()) as db:
        db.execute(update(Tenant).where(Tenant.id == tenant.id).values(status="active"))
    site.clock.move(SUSPENDED_PAUSE)
    work.drain()
    assert ran == [1]


def test_a_plugin_that_is_off_does_no_more_work(urls: dict[str, str], tmp_path: Any) -> None:
    from sratix_core.plugins import PluginInfo
    from sratix_core.tenants.models import TenantPlugin

    badge = ModuleType("badge")
    badge.info = PluginInfo("badge", "Badges", "1", "tickets")  # type: ignore[attr-defined]
    site = build_site(urls, tmp_path, badge)
    off, on = site.tenant(), site.tenant()
    with site.acting(on) as ctx:
        ctx.db.add(TenantPlugin(id=ctx.ids.new(), name="badge", enabled=True, changed_at=ctx.clock.now()))
    ran: list[int] = []
    registry = JobRegistry()
    registry.extend([JobKind("badge.print", lambda run: ran.append(1))], plugin="badge")
    first, second = queue(site, off, "badge.print"), queue(site, on, "badge.print")
    Runner(site.runtime, registry).drain()
    assert job_of(site, first).last_error.startswith("plugin_off")
    assert job_of(site, second).state == JobState.DONE
    assert ran == [1]
    site.engines.dispose()


def test_a_worker_that_outlives_its_lease_changes_nothing(site: Site) -> None:
    """J2: the slow one's effect rolls back with its finish, the new holder's stands."""
    tenant = site.tenant()
    job_id = queue(site, tenant)
    registry = JobRegistry()

    def slow(run: JobRun) -> None:
        site.clock.move(timedelta(minutes=6))
        registry2 = JobRegistry()
        registry2.add("x", quick)
        assert Runner(site.runtime, registry2).drain() == 1
        with run.begin() as ctx:
            emit(ctx, "slow", "job", None)
            run.finish(ctx)

    def quick(run: JobRun) -> None:
        with run.begin() as ctx:
            emit(ctx, "quick", "job", None)
            run.finish(ctx)

    registry.add("x", slow)
    Runner(site.runtime, registry).drain()
    job = job_of(site, job_id)
    assert (job.state, job.token, job.attempts) == (JobState.DONE, 2, 2)
    assert marks(site) == ["quick"]


def test_keeping_the_lease_needs_the_token(site: Site) -> None:
    queue(site, site.tenant())
    registry = JobRegistry()
    registry.add("x", lambda run: None)
    worker = Worker(site.runtime, registry)
    (first,) = worker.claim(5)
    site.clock.move(timedelta(minutes=6))
    (second,) = worker.claim(5)
    assert (second.token, second.attempt) == (2, 2)
    with site.everything(write=True) as db:
        with pytest.raises(LeaseLost):
            claims.extend(db, first, site.clock.now() + timedelta(hours=1))
        claims.extend(db, second, site.clock.now() + timedelta(hours=1))
    site.clock.move(timedelta(minutes=30))
    assert worker.claim(5) == []


def test_a_job_that_kills_every_worker_ends_dead(site: Site) -> None:
    job_id = queue(site, site.tenant())
    registry = JobRegistry()
    registry.add("x", lambda run: None, max_attempts=3)
    worker = Worker(site.runtime, registry)
    for _ in range(3):
        assert len(worker.claim(1)) == 1
        site.clock.move(timedelta(minutes=6))
    assert worker.claim(1) == []
    job = job_of(site, job_id)
    assert (job.state, job.attempts) == (JobState.DEAD, 3)
    assert job.last_error.startswith("worker_lost")


def test_idling_only_reads(site: Site) -> None:
    worker = Worker(site.runtime, JobRegistry())
    with site.engines.counted() as statements:
        assert worker.claim(5) == []
    asked = [s for s in statements if "set_config" not in s]
    assert len(asked) == 2
    assert asked[0].lstrip().startswith("SELECT")


def test_a_job_sees_its_own_tenant_only(site: Site) -> None:
    one, other = site.tenant(), site.tenant()
    for tenant in (one, other):
        with site.acting(tenant) as ctx:
            emit(ctx, f"of.{tenant.id}", "x", None)
    seen: list[str] = []

    def handler(run: JobRun) -> None:
        with run.begin(write=False) as ctx:
            seen.extend(ctx.db.scalars(select(EventLog.type)))

    queue(site, other)
    runner(site, handler).drain()
    assert seen == [f"of.{other.id}"]


def test_the_outside_is_called_with_no_unit_open(site: Site) -> None:
    queue(site, site.tenant())
    caught: list[type[Exception]] = []

    def handler(run: JobRun) -> None:
        with run.begin():
            try:
                with run.outside():
                    pass
            except RuntimeError as error:
                caught.append(type(error))
        with run.outside() as ctx:
            assert not ctx.db.in_transaction()

    runner(site, handler).drain()
    assert caught == [RuntimeError]


def test_due_work_runs_in_the_order_of_its_time(site: Site) -> None:
    tenant, order = site.tenant(), []
    for minutes in (3, 1, 2):
        queue(site, tenant, payload={"m": minutes}, run_at=site.clock.now() - timedelta(minutes=minutes))
    queue(site, tenant, payload={"m": 0}, run_at=site.clock.now() + timedelta(minutes=1))
    runner(site, lambda run: order.append(run.payload["m"])).drain()
    assert order == [3, 2, 1]


def test_backoff_doubles_to_an_hour_and_is_spread() -> None:
    random = SeededRandom(7)
    assert {backoff(1, random) for _ in range(20)} != {backoff(1, random)}
    assert all(timedelta(minutes=30) <= backoff(n, random) <= timedelta(minutes=90) for n in (13, 40, 5000))


def test_a_kind_cannot_be_registered_twice() -> None:
    registry = JobRegistry()
    registry.add("x", lambda run: None)
    with pytest.raises(ValueError, match="registered twice"):
        registry.add("x", lambda run: None)
