"""The life-cycle of an event and the only moves in it."""

from __future__ import annotations

from sratix_core.events.models import EventStatus

S = EventStatus

MOVES: dict[EventStatus, frozenset[EventStatus]] = {
    S.DRAFT: frozenset({S.PUBLISHED, S.ARCHIVED}),
    S.PUBLISHED: frozenset({S.DRAFT, S.CANCELLED, S.ARCHIVED}),
    S.CANCELLED: frozenset({S.ARCHIVED}),
    S.ARCHIVED: frozenset({S.DRAFT}),
}
