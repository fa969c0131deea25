"""Walking through the past: acts in the order of their moments, under a clock that only moves forward."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sratix_core.context import Actor, TenantContext
from sratix_core.values.clock import FixedClock


class Play:
    """A tenant's history in one transaction. An act may add later ones; what would lie after `until` never happens."""

    def __init__(self, ctx: TenantContext, clock: FixedClock, until: datetime) -> None:
        self.ctx, self.until = ctx, until
        self._clock = clock
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = itertools.count()

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do `act` then, after all that comes before."""
        if moment <= self.until:
            heapq.heappush(self._acts, (moment, next(self._count), act))

    def run(self) -> None:
        """Until nothing is left."""
        while self._acts:
            moment, _, act = heapq.heappop(self._acts)
            self._clock.move(max(timedelta(), moment - self._clock.now()))
            act()

    def acting(self, actor: Actor) -> TenantContext:
        """The context in somebody's hands."""
        return replace(self.ctx, actor=actor)
