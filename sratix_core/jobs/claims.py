"""Who holds a job: claiming under a lease, and ending it only with the token of that claim (INVARIANTS K7, J1, J2).

Every claim raises the token, so a worker that slept past its lease changes nothing when it wakes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, literal, select, update

from sratix_core.db.types import UTCDateTime
from sratix_core.jobs.models import Job, JobState
from sratix_core.jobs.registry import JobRegistry
from sratix_core.tenancy.prebuilt import Prebuilt

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

JOBS = cast("Table", Job.__table__)
NOW = bindparam("now", type_=UTCDateTime)
ORPHANED = (JOBS.c.state == JobState.RUNNING.value) & (JOBS.c.lease_until <= NOW)
WAITING = (JOBS.c.state == JobState.WAITING.value) & (JOBS.c.run_at <= NOW)


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


DUE = tuple(Prebuilt(select(literal(1)).select_from(JOBS).where(due).limit(1)) for due in (WAITING, ORPHANED))


def has_due(db: ScopedSession, now: datetime) -> bool:
    """Whether there is anything to claim: a plain read, so that idling never takes the write lock."""
    return any(due.all(db, {"now": now}) for due in DUE)


@cache
def _first(orphaned: bool, limit: int) -> Prebuilt:
    due, order = (ORPHANED, JOBS.c.lease_until) if orphaned else (WAITING, JOBS.c.run_at)
    seen = (
        JOBS.c[name] for name in ("tenant_id", "id", "kind", "payload", "token", "attempts", "last_error")
    )
    found = select(*seen).where(due).order_by(order, JOBS.c.id).limit(limit)
    return Prebuilt(found.with_for_update(skip_locked=True))


def _due(db: ScopedSession, now: datetime, limit: int) -> Iterator[tuple[Any, ...]]:
    """What lost its worker first, then what has waited longest.

    Two statements, each the beginning of one index: one with OR would sort the whole backlog at every claim.
    """
    for orphaned in (True, False):
        if limit:
            jobs = _first(orphaned, limit).all(db, {"now": now})
            limit -= len(jobs)
            yield from jobs


def claim(db: ScopedSession, registry: JobRegistry, now: datetime, limit: int) -> list[Claim]:
    """Take up to `limit` due jobs of all tenants. `db` is a writing system session; the caller commits at once.

    PostgreSQL skips rows another worker is taking; SQLite has one writer, and drops FOR UPDATE from the statement.
    A kind nobody knows (its plugin was uninstalled) and a job that lost all its workers end here, with the reason.
    """
    taken = []
    for tenant_id, job_id, name, payload, token, attempts, last_error in _due(db, now, limit):
        kind = registry.get(name)
        dead = ""
        if kind is None:
            dead = "unknown_kind: the plugin that did this work is not installed"
        elif attempts >= kind.max_attempts:
            dead = last_error or "worker_lost: no worker lived to finish it"
        changed: dict[str, Any] = {"token": token + 1}
        if kind is not None:
            changed["max_attempts"] = kind.max_attempts
        if dead or kind is None:
            changed |= {
                "state": JobState.DEAD,
                "finished_at": now,
                "lease_until": None,
                "last_error": dead[:500],
            }
        else:
            changed |= {"state": JobState.RUNNING, "lease_until": now + kind.lease, "attempts": attempts + 1}
            taken.append(Claim(tenant_id, job_id, name, dict(payload), token + 1, attempts + 1))
        _changing(tuple(changed), False).count(db, {"in_tenant": tenant_id, "of_job": job_id, **changed})
    return taken


@cache
def _changing(columns: tuple[str, ...], held: bool) -> Prebuilt:
    mine: list[ColumnElement[bool]] = [
        JOBS.c.tenant_id == bindparam("in_tenant"),
        JOBS.c.id == bindparam("of_job"),
    ]
    if held:
        mine += [JOBS.c.token == bindparam("with_token"), JOBS.c.state == JobState.RUNNING.value]
    return Prebuilt(update(JOBS).where(*mine), columns)


def finish(db: ScopedSession, held: Claim, now: datetime) -> None:
    """Done. In the transaction of the effect, so that both commit or neither does. Raises `LeaseLost`."""
    _write(db, held, state=JobState.DONE, finished_at=now, lease_until=None, last_error="")


def retry(db: ScopedSession, held: Claim, run_at: datetime, reason: str) -> None:
    """Not this time: again at `run_at`. Raises `LeaseLost`."""
    _write(db, held, state=JobState.WAITING, run_at=run_at, lease_until=None, last_error=reason[:500])


def postpone(db: ScopedSession, held: Claim, run_at: datetime, reason: str) -> None:
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


def bury(db: ScopedSession, held: Claim, now: datetime, reason: str) -> None:
    """Given up; the row stays with its reason. Raises `LeaseLost`."""
    _write(db, held, state=JobState.DEAD, finished_at=now, lease_until=None, last_error=reason[:500])


def extend(db: ScopedSession, held: Claim, until: datetime) -> None:
    """More time for long work that still goes on. Raises `LeaseLost`."""
    _write(db, held, lease_until=until)


def _write(db: ScopedSession, held: Claim, **values: Any) -> None:
    bound = {"in_tenant": held.tenant_id, "of_job": held.id, "with_token": held.token, **values}
    db.flush()  # a statement past the mapper does not do it by itself
    if _changing(tuple(values), True).count(db, bound) != 1:
        raise LeaseLost(held.kind, str(held.id), held.token)
