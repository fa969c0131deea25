"""One job in the hands of its handler: units of work under the job's tenant, and the end that belongs to the last of them.

A handler opens a unit, reads, closes it, talks to the outside with nothing open, opens another and ends the job in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any, Protocol

from sratix_core.context import TenantContext
from sratix_core.jobs import claims
from sratix_core.jobs.claims import Claim, LeaseLost
from sratix_core.jobs.registry import JobKind

__all__ = ["GiveUp", "JobRun", "LeaseLost", "Retry", "Units"]


class Units(Protocol):
    """Where a run gets its database from."""

    def begin(self, write: bool) -> AbstractContextManager[TenantContext]: ...
    def idle(self) -> AbstractContextManager[TenantContext]: ...


class Retry(Exception):
    """Not this time; `after` replaces the usual pause. Counts as an attempt."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        self.after = after
        super().__init__(reason)


class GiveUp(Exception):
    """Trying again would not help: the job is dead with this reason."""


class JobRun:
    """What a handler is given. `begin()` opens a unit of work, `finish(ctx)` ends the job inside one.

    A handler without effects in the database may just return; the worker then ends the job. What it raises is a
    failed attempt, `Retry` and `GiveUp` say more. After `LeaseLost` the job is somebody else's: let it pass.
    """

    def __init__(self, claim: Claim, kind: JobKind, units: Units) -> None:
        self.finished = False
        self._claim, self._kind, self._units = claim, kind, units
        self._ending = self._open = False

    @property
    def payload(self) -> Mapping[str, Any]:
        return self._claim.payload

    @property
    def attempt(self) -> int:
        """1 the first time."""
        return self._claim.attempt

    @property
    def last_attempt(self) -> bool:
        """Whether the job is dead when this one fails."""
        return self._claim.attempt >= self._kind.max_attempts

    @contextmanager
    def begin(self, *, write: bool = True) -> Iterator[TenantContext]:
        """A unit of work in the job's tenant: commits at its end, rolls back on an error. One at a time."""
        if self._open:
            raise RuntimeError("a unit of this job is still open")
        self._open, self._ending = True, False
        try:
            with self._units.begin(write) as ctx:
                yield ctx
            self.finished = self.finished or self._ending
        finally:
            self._open = False

    @contextmanager
    def outside(self) -> Iterator[TenantContext]:
        """A context to talk to the outside with: no transaction is open, and reading through it must end before the call."""
        if self._open:
            raise RuntimeError("a unit of this job is still open; the outside would hold it up")
        with self._units.idle() as ctx:
            yield ctx

    def finish(self, ctx: TenantContext) -> None:
        """End the job in this unit: its effects and `done` commit together. Raises `LeaseLost`."""
        claims.finish(ctx.db, self._claim, ctx.clock.now())
        self._ending = True

    def keep(self, ctx: TenantContext) -> None:
        """Start the lease anew in this unit, before the outside is called. Raises `LeaseLost`."""
        claims.extend(ctx.db, self._claim, ctx.clock.now() + self._kind.lease)
