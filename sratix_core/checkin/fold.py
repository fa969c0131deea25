"""From a set of scans to who is inside: a pure function, the same for any order the scans arrive in (C3)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sratix_core.checkin.models import Direction, ScanResult


@dataclass(frozen=True)
class Pass:
    """The part of a scan the fold reads."""

    id: uuid.UUID
    direction: str
    result: str
    received_at: datetime


@dataclass(frozen=True)
class DoorState:
    """`inside` after all scans; `entries` and `exits` count admitted ones."""

    inside: bool
    entries: int
    exits: int
    first_at: datetime | None
    last_at: datetime | None


def fold(passes: Iterable[Pass]) -> DoorState:
    """Admitted passes in the order of arrival at the server (time, then id); refused ones change nothing."""
    admitted = sorted(
        (p for p in passes if p.result == ScanResult.ADMIT), key=lambda p: (p.received_at, p.id)
    )
    entries = [p for p in admitted if p.direction == Direction.ENTRY]
    exits = len(admitted) - len(entries)
    return DoorState(
        inside=bool(admitted) and admitted[-1].direction == Direction.ENTRY,
        entries=len(entries),
        exits=exits,
        first_at=entries[0].received_at if entries else None,
        last_at=admitted[-1].received_at if admitted else None,
    )
