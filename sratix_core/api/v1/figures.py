"""Numbers of the door: who is inside, how they arrived, what each gate and scanner did."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from sratix_core.accounts.permissions import CHECKIN_VIEW
from sratix_core.api.framework import EVENT, Call, endpoint
from sratix_core.api.v1.common import picked
from sratix_core.checkin.doors import gate_counts
from sratix_core.checkin.queries import arrivals, by_type, first_arrival, gates, last_arrival, occupancy
from sratix_core.devices.service import list_devices

TAG = "Check-in"
LONGEST = 24 * 31
STEPS = {"hour": timedelta(hours=1), "quarter": timedelta(minutes=15)}


class OccupancyOut(msgspec.Struct):
    """`expected` are valid tickets, `arrived` those of them that came at least once; `limit` is the venue's capacity."""

    inside: int
    arrived: int
    entries: int
    exits: int
    refused: int
    expected: int
    limit: int | None


class TypeArrivals(msgspec.Struct):
    ticket_type: str
    arrived: int
    expected: int


class StatsOut(OccupancyOut):
    """The same with each ticket type."""

    by_type: list[TypeArrivals]


class TimelinePoint(msgspec.Struct):
    """First entries in the step that begins `at`, and all until its end."""

    at: datetime
    arrived: int
    cumulative: int


class TimelineOut(msgspec.Struct):
    step: Literal["hour", "quarter"]
    points: list[TimelinePoint]


class TimelineQuery(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    step: Annotated[Literal["hour", "quarter"], Meta(description="How long each step is.")] = "hour"


class GateStats(msgspec.Struct):
    gate_id: uuid.UUID
    name: str
    entries: int
    exits: int
    refused: int
    last_at: datetime | None


class ScannerStats(msgspec.Struct):
    device_id: uuid.UUID
    name: str
    gate_id: uuid.UUID | None
    scans: int
    last_seen_at: datetime | None
    revoked_at: datetime | None


def _occupancy(call: Call, shape: Any, **more: Any) -> Any:
    limit = call.event.venue.capacity if call.event.venue else None
    return picked(occupancy(call.ctx, call.event), shape, limit=limit, **more)


@endpoint(
    "GET", EVENT + "/occupancy", CHECKIN_VIEW, "Who is inside, in numbers", tag=TAG, answers=OccupancyOut
)
def get_occupancy(call: Call) -> Any:
    return _occupancy(call, OccupancyOut)


@endpoint(
    "GET", EVENT + "/stats", CHECKIN_VIEW, "Who is inside, by ticket type too", tag=TAG, answers=StatsOut
)
def get_stats(call: Call) -> Any:
    return _occupancy(call, StatsOut, by_type=[TypeArrivals(*row) for row in by_type(call.ctx, call.event)])


@endpoint(
    "GET",
    EVENT + "/timeline",
    CHECKIN_VIEW,
    "Arrivals over time, from the first one to the last",
    tag=TAG,
    query=TimelineQuery,
    answers=TimelineOut,
)
def get_timeline(call: Call) -> TimelineOut:
    asked, ctx, event = call.query.step, call.ctx, call.event
    first, last, step = first_arrival(ctx, event), last_arrival(ctx, event), STEPS[call.query.step]
    if first is None or last is None:
        return TimelineOut(asked, [])
    start = first.replace(minute=0, second=0, microsecond=0)
    steps = min(LONGEST, int((last - start) / step) + 1)
    points, total = [], 0
    for at, arrived in arrivals(ctx, event, start, step, steps):
        total += arrived
        points.append(TimelinePoint(at, arrived, total))
    return TimelineOut(asked, points)


@endpoint("GET", EVENT + "/entry-stats", CHECKIN_VIEW, "What each gate did", tag=TAG, answers=list[GateStats])
def get_entry_stats(call: Call) -> list[GateStats]:
    counts = gate_counts(call.ctx, call.event)
    nothing = {"entries": 0, "exits": 0, "refused": 0, "last_at": None}
    return [GateStats(g.id, g.name, **counts.get(g.id, nothing)) for g in gates(call.ctx, call.event)]


@endpoint(
    "GET",
    EVENT + "/scanner-stats",
    CHECKIN_VIEW,
    "What each scanner did",
    tag=TAG,
    answers=list[ScannerStats],
)
def get_scanner_stats(call: Call) -> list[ScannerStats]:
    return [picked(d, ScannerStats, device_id=d.id, scans=n) for d, n in list_devices(call.ctx, call.event)]
