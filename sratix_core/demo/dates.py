"""When the demo happens: as its files say while that lies ahead, moved by whole weeks once it would be over.

A moved event keeps its weekday and its time of day, and the year in its name follows.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from sratix_core.tenants.parts import EventPart, TenantFiles
from sratix_core.values.locale import local_to_utc

WEEK = timedelta(weeks=1)
LEAST_AHEAD = timedelta(days=7)
MOVED_AHEAD = timedelta(weeks=12)
PAST_BY = timedelta(weeks=3)


def weeks_for(starts: datetime, now: datetime, past: bool) -> int:
    """How many weeks to move an event that starts at `starts`: to between 12 and 13 weeks ahead, or 3 to 4 weeks ago."""
    if past:
        return (now - PAST_BY - starts) // WEEK
    if starts - now >= LEAST_AHEAD:
        return 0
    return -((starts - now - MOVED_AHEAD) // WEEK)


def moved(files: TenantFiles, now: datetime, past: frozenset[str]) -> TenantFiles:
    """The folder with its events where the demo needs them; `past` names those that are over, by slug."""
    zone = files.document.tenant.timezone
    events = []
    for event in files.events:
        starts = local_to_utc(event.starts, zone)
        events.append(_move(event, WEEK * weeks_for(starts, now, event.slug in past)))
    return msgspec.structs.replace(files, events=tuple(events))


def _move(event: EventPart, by: timedelta) -> EventPart:
    if not by:
        return event
    old, new = str(event.starts.year), str((event.starts + by).year)

    def walk(value: Any) -> Any:
        if isinstance(value, datetime):
            return value + by
        if isinstance(value, str):
            return value.replace(old, new)
        if isinstance(value, dict):
            return {key: walk(each) for key, each in value.items()}
        return [walk(each) for each in value] if isinstance(value, list | tuple) else value

    return msgspec.convert(walk(msgspec.to_builtins(event, builtin_types=(datetime,))), EventPart)
