"""Which kinds of work exist, what does them, and how patiently. Filled once at boot by the core and by plugins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sratix_core.values.ids import RandomSource

if TYPE_CHECKING:
    from sratix_core.jobs.run import JobRun

Handler = Callable[["JobRun"], None]

FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(hours=1)


@dataclass(frozen=True)
class JobKind:
    """`lease` must be longer than the handler ever takes; whoever outlives it may not finish (J2).

    12 attempts reach over two hours, 24 over fourteen. `plugin` names the plugin that has to be on for the tenant.
    """

    kind: str
    handler: Handler
    max_attempts: int = 12
    lease: timedelta = timedelta(minutes=5)
    plugin: str | None = None


class JobRegistry:
    """Kinds by name. A name that is taken raises `ValueError`: a plugin must not catch the core's work."""

    def __init__(self) -> None:
        self._kinds: dict[str, JobKind] = {}

    def add(
        self,
        kind: str,
        handler: Handler,
        max_attempts: int = 12,
        *,
        lease: timedelta = timedelta(minutes=5),
        plugin: str | None = None,
    ) -> None:
        self.extend([JobKind(kind, handler, max_attempts, lease, plugin)])

    def extend(self, kinds: Iterable[JobKind], plugin: str | None = None) -> None:
        """Take the definitions of the core, or of `plugin`, under whose switch they then stand."""
        for each in kinds:
            if each.kind in self._kinds:
                raise ValueError(f"job kind {each.kind!r} is registered twice")
            self._kinds[each.kind] = replace(each, plugin=plugin or each.plugin)

    def get(self, kind: str) -> JobKind | None:
        return self._kinds.get(kind)


def backoff(attempt: int, random: RandomSource) -> timedelta:
    """The pause after a failed `attempt` (1, 2, …): doubling from 2 s to an hour, each between half and one and a half."""
    doubled: int = 2 ** min(attempt - 1, 20)
    whole = min(FIRST_DELAY * doubled, LONGEST_DELAY)
    return whole / 2 + whole * random.below(1001) / 1000
