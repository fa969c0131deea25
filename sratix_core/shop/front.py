"""An event as its visitors see it: content that the process keeps as long as nothing of it changed, and what is left now.

The version is read first, in the statement that reads the pools; so what is kept may be newer than it says, never older.
"""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import select

from sratix_core.catalog.availability import TYPES, Offer, offer_of
from sratix_core.catalog.hot import LIVE
from sratix_core.catalog.models import PoolKind, TicketType, TicketTypePool, Visibility
from sratix_core.context import SYSTEM
from sratix_core.errors import NotFound
from sratix_core.events.models import Event, EventSession, EventStatus
from sratix_core.events.queries import sessions_of
from sratix_core.pricing.rules import rules_of
from sratix_core.refunds.policy import Policy
from sratix_core.refunds.service import policy_of
from sratix_core.runtime import Runtime
from sratix_core.tenancy.resolve import TenantInfo
from sratix_core.tenancy.scope import TenantScope

SHOWN = frozenset({EventStatus.PUBLISHED, EventStatus.CANCELLED})


class Kept:
    """The `most` values that were used last, by key; for any number of threads."""

    def __init__(self, most: int) -> None:
        self._most, self._values, self._mutex = most, OrderedDict[Hashable, Any](), Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of `key`, made now if it isn't there; two threads may both make it."""
        with self._mutex:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._mutex:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value


@dataclass(frozen=True, eq=False)
class Content:
    """Rows to read, of no session: an event with its venue, its ticket types in order with their pools, its programme."""

    event: Event
    types: tuple[TicketType, ...]
    draws: Mapping[uuid.UUID, tuple[uuid.UUID, ...]]
    sessions: tuple[EventSession, ...]
    policy: Policy
    moments: tuple[datetime, ...]
    """When, in order, something on sale begins, ends or changes its price, and the event itself ends."""


@dataclass(frozen=True, eq=False)
class Front:
    """The content and what is left: by pool (left, capacity), and by session that has a pool."""

    content: Content
    key: Hashable
    pools: Mapping[uuid.UUID, tuple[int, int]]
    rooms: Mapping[uuid.UUID, tuple[int, int]]
    own: frozenset[uuid.UUID]
    """The pools that one ticket type has for itself."""

    @property
    def event(self) -> Event:
        return self.content.event

    def standing(self, now: datetime) -> Hashable:
        """Equal while neither the content nor a pool has changed, and none of its moments has passed; pools are no content."""
        passed = bisect_right(self.content.moments, now)
        return (self.key, passed, tuple(self.pools.items()), tuple(self.rooms.items()), self.own)

    def offers(
        self,
        now: datetime,
        also: frozenset[uuid.UUID] = frozenset(),
        unlocked: frozenset[uuid.UUID] = frozenset(),
    ) -> list[Offer]:
        """What can be bought, in order; none when the event is over or cancelled.

        `also` names link-only types, `unlocked` hidden ones that a code opens.
        """
        if self.event.ends_at <= now or self.event.status != EventStatus.PUBLISHED:
            return []
        return [
            offer_of(t, [self.pools[p] for p in self._drawn(t)], now, self._gone(t))
            for t in self.content.types
            if t.visibility == Visibility.PUBLIC or t.id in also or t.id in unlocked
        ]

    def _drawn(self, kind: TicketType) -> list[uuid.UUID]:
        return [p for p in self.content.draws.get(kind.id, ()) if p in self.pools]

    def _gone(self, kind: TicketType) -> int:
        return sum(self.pools[p][1] - self.pools[p][0] for p in self._drawn(kind) if p in self.own)


def front_of(runtime: Runtime, tenant: TenantInfo, kept: Kept, slug: str) -> Front:
    """An event that visitors may see, in one question while its content is kept. Raises `NotFound`."""
    rows = LIVE.all(runtime.engines, tenant.id, {"in_tenant": tenant.id, "of_slug": slug})
    if not rows:
        raise NotFound("event")
    event_id, version = rows[0][:2]
    content = content_of(runtime, tenant, kept, event_id, version)
    pools = [row[2:] for row in rows if row[2] is not None]
    left = {pool: (capacity - taken, capacity) for pool, _, capacity, taken, _ in pools}
    rooms = {session: left[pool] for pool, session, *_ in pools if session is not None}
    own = frozenset(pool for pool, *_, kind in pools if kind == PoolKind.TICKET_TYPE)
    return Front(content, (tenant.id, event_id, version), left, rooms, own)


def content_of(
    runtime: Runtime, tenant: TenantInfo, kept: Kept, event_id: uuid.UUID, version: int | None
) -> Content:
    """What visitors see of an event, no older than `version`. Raises `NotFound` for an event that they may not see."""
    key = (tenant.id, event_id, version)
    content: Content = kept.get(key, lambda: _loaded(runtime, tenant, event_id))
    if content.event.status not in SHOWN:
        raise NotFound("event")
    return content


def _loaded(runtime: Runtime, tenant: TenantInfo, event_id: uuid.UUID) -> Content:
    """In a unit of its own: what others will be shown must be committed, and readable after this request."""
    with runtime.engines.begin(TenantScope(tenant.id), write=False) as db:
        own = runtime.context(tenant, db, SYSTEM)
        event = db.get(Event, event_id)
        if event is None:
            raise NotFound("event")
        types = tuple(db.scalars(TYPES, {"of_event": event.id}))
        draws = defaultdict(list)
        links = select(TicketTypePool.ticket_type_id, TicketTypePool.pool_id)
        for type_id, pool_id in db.execute(
            links.where(TicketTypePool.ticket_type_id.in_([t.id for t in types]))
        ):
            draws[type_id].append(pool_id)
        policy = policy_of(own, event.id)
        sessions = tuple(sessions_of(own, event))
        drawn = {t: tuple(p) for t, p in draws.items()}
        return Content(event, types, drawn, sessions, policy, _moments(event, types))


def _moments(event: Event, types: Sequence[TicketType]) -> tuple[datetime, ...]:
    windows = [moment for t in types for moment in (t.sales_start, t.sales_end)]
    steps = [step.until for t in types for step in rules_of(t).steps]
    return tuple(sorted({moment for moment in (event.ends_at, *windows, *steps) if moment is not None}))
