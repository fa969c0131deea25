"""Who holds a job: claiming under a lease, and ending it only with the token of that claim (INVARIANTS K7, J1, J2).

Every claim raises the token, so a worker that slept past its lease changes nothing when it wakes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, select, update
from sqlalchemy.orm import Session

from sratix_core.jobs.models import Job, JobState
from sratix_core.jobs.registry import JobRegistry


class LeaseLost(Exception):
    """The lease ran out and somebody else has the job now: roll back, do nothing more."""


@dataclass(frozen=True)
class Claim:
    """One job as it was handed out. `attempt` counts from 1."""

    tenant_id: int
    id: uuid.UUID
    kind: str
    payload: Mapping[str, Any]
    token: int
    attempt: int


def _orphaned(now: datetime) -> ColumnElement[bool]:
    return and_(Job.state == JobState.RUNNING, Job.lease_until <= now)


def _waiting(now: datetime) -> ColumnElement[bool]:
    return and_(Job.state == JobState.WAITING, Job.run_at <= now)


def has_due(db: Session, now: datetime) -> bool:
    """Whether there is anything to claim: a plain read, so that idling never takes the write lock."""
    return any(
        db.scalar(select(Job.id).where(due).limit(1)) is not None for due in (_waiting(now), _orphaned(now))
    )


def _due(db: Session, now: datetime, limit: int) -> Iterator[Job]:
    """What lost its worker first, then what has waited longest.

    Two statements, each the beginning of one index: one with OR would sort the whole backlog at every claim.
    """
    for due, order in ((_orphaned(now), Job.lease_until), (_waiting(now), Job.run_at)):
        if limit:
            found = select(Job).where(due).order_by(order, Job.id).limit(limit)
            jobs = db.scalars(found.with_for_update(skip_locked=True)).all()
            limit -= len(jobs)
            yield from jobs


def claim(db: Session, registry: JobRegistry, now: datetime, limit: int) -> list[Claim]:
    """Take up to `limit` due jobs of all tenants. `db` is a writing system session; the caller commits at once.

    PostgreSQL skips rows another worker is taking; SQLite has one writer, and drops FOR UPDATE from the statement.
    A kind nobody knows (its plugin was uninstalled) and a job that lost all its workers end here, with the reason.
    """
    taken = []
    for job in _due(db, now, limit):
        kind = registry.get(job.kind)
        if kind is None:
            _close(job, now, "unknown_kind: the plugin that did this work is not installed")
            continue
        job.max_attempts = kind.max_attempts
        if job.attempts >= kind.max_attempts:
            _close(job, now, job.last_error or "worker_lost: no worker lived to finish it")
            continue
        job.state, job.lease_until = JobState.RUNNING, now + kind.lease
        job.token += 1
        job.attempts += 1
        taken.append(Claim(job.tenant_id, job.id, job.kind, dict(job.payload), job.token, job.attempts))
    db.flush()
    return taken


def _close(job: Job, now: datetime, reason: str) -> None:
    job.state, job.finished_at, job.lease_until = JobState.DEAD, now, None
    job.token += 1
    job.last_error = reason[:500]


def finish(db: Session, held: Claim, now: datetime) -> None:
    """Done. In the transaction of the effect, so that both commit or neither does. Raises `LeaseLost`."""
    _write(db, held, state=JobState.DONE, finished_at=now, lease_until=None, last_error="")


def retry(db: Session, held: Claim, run_at: datetime, reason: str) -> None:
    """Not this time: again at `run_at`. Raises `LeaseLost`."""
    _write(db, held, state=JobState.WAITING, run_at=run_at, lease_until=None, last_error=reason[:500])


def postpone(db: Session, held: Claim, run_at: datetime, reason: str) -> None:
    """Not a failure (the tenant is suspended, the process stops): again at `run_at`, and the attempt does not count."""
    _write(
        db,
        held,
        state=JobState.WAITING,
        run_at=run_at,
        lease_until=None,
        last_error=reason[:500],
        attempts=held.attempt - 1,
    )


def bury(db: Session, held: Claim, now: datetime, reason: str) -> None:
    """Given up; the row stays with its reason. Raises `LeaseLost`."""
    _write(db, held, state=JobState.DEAD, finished_at=now, lease_until=None, last_error=reason[:500])


def extend(db: Session, held: Claim, until: datetime) -> None:
    """More time for long work that still goes on. Raises `LeaseLost`."""
    _write(db, held, lease_until=until)


def _write(db: Session, held: Claim, **values: Any) -> None:
    mine = and_(
        Job.tenant_id == held.tenant_id,
        Job.id == held.id,
        Job.token == held.token,
        Job.state == JobState.RUNNING,
    )
    statement = update(Job).where(mine).values(**values).execution_options(synchronize_session=False)
    result = db.execute(statement)
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise LeaseLost(held.kind, str(held.id), held.token)
