"""Reading figures: the rollups and, on top, the events of the last seconds that are not in them yet, so nothing lags."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sratix_core.analytics.fold import sums_of
from sratix_core.analytics.hot import figures, of_one
from sratix_core.analytics.models import IN_ALL

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.hot import Brief
    from sratix_core.events.models import Event

FRESH = 5000
"""Events on top of the rollups that are still added when somebody looks; a worker that stands still shows as a lag."""


@dataclass
class EventFigures:
    """Totals by metric, and of daily metrics by day; a metric that nothing added to is 0."""

    totals: Counter[str] = field(default_factory=Counter)
    days: dict[str, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))

    def of(self, prefix: str) -> dict[str, int]:
        """By what follows `prefix`."""
        return {m.removeprefix(prefix): n for m, n in self.totals.items() if m.startswith(prefix)}

    def add(self, metric: str, bucket: date, n: int) -> None:
        if bucket == IN_ALL:
            self.totals[metric] += n
        else:
            self.days[metric][bucket] += n


def read(
    ctx: TenantContext, events: Sequence[Event | Brief], *, since: date | None = None
) -> dict[uuid.UUID, EventFigures]:
    """By event id; days only from `since` on. One statement however many events."""
    found = {e.id: EventFigures() for e in events}
    if not found:
        return found
    zones = {e.id: e.timezone for e in events}
    days, one = since is not None, len(found) == 1
    given: dict[str, Any] = {"in_tenant": ctx.tenant.id, **({"since": since} if days else {})}
    rows: Iterable[Any]
    if one:
        rows = of_one(days, FRESH).all(ctx.db, {**given, "of_event": events[0].id})
    else:
        rows = ctx.db.execute(figures(days, FRESH), {**given, "events": list(found)})
    fresh: list[tuple[uuid.UUID, datetime, dict[str, Any]]] = []
    for event_id, at, data, metric, bucket, n in rows:
        if metric is None:
            fresh.append((event_id, at, data))
        else:
            found[event_id].add(metric, bucket, int(n))
    for (event_id, metric, bucket), n in sums_of(fresh, zones).items():
        found[event_id].add(metric, bucket, n)
    return found
