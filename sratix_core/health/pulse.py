"""What the database knows of how the installation does: jobs, seals, mail, plugins and the last backup, of all tenants together."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from sratix_core.audit.chain import streams
from sratix_core.audit.verify import written_at
from sratix_core.health.backups import LAST, Backup, backup_in
from sratix_core.health.certificate import SEEN
from sratix_core.jobs.models import Job, JobState
from sratix_core.messages.service import SEND
from sratix_core.plugins.health import IN_A_ROW
from sratix_core.tenancy.resolve import HELD
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import PlatformSetting, PluginFault
from sratix_core.tenants.plugin_health import missing

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

UNFINISHED = (JobState.WAITING, JobState.RUNNING, JobState.DEAD)
WORKER_LATE = timedelta(seconds=60)
"""A due job this old means that nobody works; the sweep comes every 2 s."""

LOOKING = SystemScope("jobs, seals and mail of all tenants are counted together, and none is named")

MOST = 1000
"""Stuck mails and failing plugins are counted up to here."""


@dataclass(frozen=True)
class Pulse:
    """One look. Ages are in seconds, 0 where nothing waits; `mails` are those that failed at least once and are not sent."""

    took_ms: float
    jobs: Mapping[str, int]
    oldest_due: float
    unsealed: float
    mails: int
    failing: int
    held: frozenset[str]
    gone: Mapping[str, int]
    backup: Backup | None
    certificate: Mapping[str, Any] | None = None


def take(db: ScopedSession, now: datetime, installed: Collection[str]) -> Pulse:
    """Ten statements, whatever the number of tenants. `db` is a system session, `installed` the names of plugins."""
    started = time.perf_counter()
    counts = jobs(db)
    took = (time.perf_counter() - started) * 1000
    kept = select(PlatformSetting).where(PlatformSetting.key.in_([LAST, HELD, SEEN]))
    settings = {row.key: row.value for row in db.scalars(kept)}
    return Pulse(
        took_ms=took,
        jobs=counts,
        oldest_due=oldest_due(db, now),
        unsealed=oldest_unsealed(db, now),
        mails=stuck_mails(db),
        failing=_counted(db, select(PluginFault.id).where(PluginFault.in_a_row >= IN_A_ROW)),
        held=frozenset(settings.get(HELD, ())),
        gone=missing(db, installed),
        backup=backup_in(settings.get(LAST)),
        certificate=settings.get(SEEN),
    )


def jobs(db: ScopedSession) -> dict[str, int]:
    """Jobs by state. Finished ones are not counted, they are history."""
    asked: Any = select(Job.state, func.count()).where(Job.state.in_(UNFINISHED)).group_by(Job.state)
    return {row[0]: row[1] for row in db.execute(asked)}


def oldest_due(db: ScopedSession, now: datetime) -> float:
    """For how long the oldest job has been due."""
    due = select(func.min(Job.run_at)).where(Job.state == JobState.WAITING, Job.run_at <= now)
    return _age(db.scalar(due), now)


def oldest_unsealed(db: ScopedSession, now: datetime) -> float:
    """For how long the oldest row of the journal has been waiting for its seal: two seconds are the rule."""
    oldest = 0.0
    for model in streams().values():
        first = db.scalar(select(model.id).where(model.seq.is_(None)).order_by(model.id).limit(1))
        oldest = max(oldest, _age(written_at(first) if first is not None else None, now))
    return oldest


def stuck_mails(db: ScopedSession) -> int:
    """Mails no transport took so far: given up, or waiting after a try that failed."""
    tried = (Job.state == JobState.WAITING) & (Job.attempts > 0)
    stuck = select(Job.id).where(Job.kind == SEND, or_(Job.state == JobState.DEAD, tried))
    return _counted(db, stuck)


def _counted(db: ScopedSession, rows: Any) -> int:
    return db.scalar(select(func.count()).select_from(rows.limit(MOST).subquery())) or 0


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since is not None else 0.0
