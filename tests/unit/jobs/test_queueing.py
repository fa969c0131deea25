"""Work is left behind with the act that needs it, once where it says so, and hinted at after the commit only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from sratix_core.jobs import pokes
from sratix_core.jobs.models import Job, JobState
from sratix_core.jobs.service import enqueue
from tests.worksite import Site


def jobs(site: Site) -> list[Job]:
    with site.everything() as db:
        return list(db.scalars(select(Job).order_by(Job.id)))


def test_a_job_is_written_with_the_act(site: Site) -> None:
    tenant = site.tenant()
    with site.acting(tenant) as ctx:
        job_id = enqueue(ctx, "mail.send", {"order": ctx.ids.new()})
    (job,) = jobs(site)
    assert (job.id, job.tenant_id, job.kind, job.state) == (job_id, tenant.id, "mail.send", JobState.WAITING)
    assert job.run_at == site.clock.now()
    assert isinstance(job.payload["order"], str)


def test_a_rolled_back_act_leaves_no_job_and_no_hint(site: Site) -> None:
    tenant, hints = site.tenant(), []

    def listener() -> None:
        hints.append(1)

    def fail() -> None:
        with site.acting(tenant) as ctx:
            enqueue(ctx, "mail.send")
            raise ValueError("the act fails")

    pokes.subscribe(listener)
    with pytest.raises(ValueError, match="the act fails"):
        fail()
    pokes.unsubscribe(listener)
    assert jobs(site) == []
    assert hints == []


def test_the_hint_comes_once_and_after_the_commit(site: Site) -> None:
    tenant, seen = site.tenant(), []

    def listener() -> None:
        seen.append("hint")

    pokes.subscribe(listener)
    with site.acting(tenant) as ctx:
        enqueue(ctx, "a")
        enqueue(ctx, "b")
        seen.append("working")
    pokes.unsubscribe(listener)
    assert seen == ["working", "hint"]


def test_a_listener_that_fails_does_not_spoil_the_act(site: Site) -> None:
    tenant = site.tenant()

    def listener() -> None:
        raise OSError("gone")

    pokes.subscribe(listener)
    with site.acting(tenant) as ctx:
        enqueue(ctx, "a")
    pokes.unsubscribe(listener)
    assert len(jobs(site)) == 1


def test_work_for_later_gives_no_hint(site: Site) -> None:
    tenant, hints = site.tenant(), []

    def listener() -> None:
        hints.append(1)

    pokes.subscribe(listener)
    with site.acting(tenant) as ctx:
        enqueue(ctx, "a", run_at=ctx.clock.now() + timedelta(hours=1))
    pokes.unsubscribe(listener)
    assert hints == []


def test_the_same_dedupe_is_one_job_per_tenant(site: Site) -> None:
    one, other = site.tenant(), site.tenant()
    with site.acting(one) as ctx:
        first = enqueue(ctx, "a", dedupe="order:1")
        second = enqueue(ctx, "a", dedupe="order:1")
    with site.acting(one) as ctx:
        third = enqueue(ctx, "a", dedupe="order:1")
    with site.acting(other) as ctx:
        elsewhere = enqueue(ctx, "a", dedupe="order:1")
    assert first == second == third != elsewhere
    assert len(jobs(site)) == 2
