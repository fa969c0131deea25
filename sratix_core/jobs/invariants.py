"""What `sratix verify` asks about durable work."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from sratix_core.invariants import Check, Outcome
from sratix_core.jobs.models import Job, JobState
from sratix_core.tenancy.session import ScopedSession

SHOWN = 20


def _broken(session: ScopedSession, rule: object, checked: int) -> Outcome:
    rows = session.execute(select(Job.id, Job.kind, Job.state).where(rule).limit(SHOWN))  # type: ignore[arg-type]
    return Outcome(checked, tuple(f"job {row.id} ({row.kind}) is {row.state}" for row in rows))


def _accounted_for(session: ScopedSession) -> Outcome:
    """Ended jobs say when, dead ones say why, and a running one always has a lease that will bring it back."""
    ended = Job.state.in_([JobState.DONE, JobState.DEAD])
    rule = or_(
        and_(ended, Job.finished_at.is_(None)),
        and_(Job.state == JobState.DEAD, Job.last_error == ""),
        and_(Job.state == JobState.RUNNING, Job.lease_until.is_(None)),
        and_(~ended, Job.finished_at.is_not(None)),
    )
    return _broken(session, rule, session.scalar(select(func.count()).select_from(Job)) or 0)


def _held_once(session: ScopedSession) -> Outcome:
    """Whatever was ever worked on was claimed under a token, and never oftener than it was tried."""
    worked = or_(Job.state == JobState.RUNNING, Job.state == JobState.DONE)
    count = session.scalar(select(func.count()).select_from(Job).where(worked)) or 0
    return _broken(session, and_(worked, or_(Job.token < 1, Job.token < Job.attempts)), count)


CHECKS = (
    Check("J1", "every job ends done, or dead with a reason; none vanish", _accounted_for),
    Check("J2", "no job ends but in the hands of its last holder", _held_once),
)
