"""How each plugin behaves in this process: calls that failed or were slow, by tenant, until somebody writes them down.

Counting takes no statement. What there is to tell is taken by `take` and written in a unit of its own, see
`sratix_core.tenants.plugin_health`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

SLOW_SECONDS = 0.25
"""A hook call that takes longer holds up a buyer; work of that length belongs into a job."""

IN_A_ROW = 5
"""After so many failures of one plugin in a row, the dashboard proposes to pause it."""

HUNG_IN_A_ROW = 3
"""After so many calls in a row of which the last ran out of time, it is paused without asking: each held up a buyer for seconds."""


Place = tuple[int, str, str]
"""A tenant's id, a plugin and one of its hooks."""


@dataclass
class Faults:
    """What one hook of a plugin did for one tenant since it was last written down.

    `in_a_row` are the failures since it last went well; only when `recovered` it did so since then, else they go on
    counting from what was written, by whichever process.
    """

    failures: int = 0
    slow: int = 0
    slowest: float = 0.0
    in_a_row: int = 0
    recovered: bool = False
    error: str = ""


@dataclass
class Health:
    """The counters of a process. Every method may be called by any thread."""

    _faults: dict[Place, Faults] = field(default_factory=dict)
    _failing: set[Place] = field(default_factory=set)
    _mutex: threading.Lock = field(default_factory=threading.Lock)

    @property
    def pending(self) -> bool:
        """Whether there is anything to write down."""
        return bool(self._faults)

    def failed(self, place: Place, error: BaseException) -> None:
        """One call raised. Only the class of the error is kept: its words may name a person."""
        with self._mutex:
            self._failing.add(place)
            fault = self._faults.setdefault(place, Faults())
            fault.failures += 1
            fault.in_a_row += 1
            fault.error = type(error).__name__

    def answered(self, place: Place, seconds: float) -> None:
        """One call returned after so many seconds; the row of failures is over."""
        if seconds < SLOW_SECONDS and place not in self._failing:
            return
        with self._mutex:
            fault = self._faults.setdefault(place, Faults())
            self._failing.discard(place)
            fault.in_a_row, fault.recovered = 0, True
            if seconds >= SLOW_SECONDS:
                fault.slow += 1
                fault.slowest = max(fault.slowest, seconds)

    def take(self) -> dict[Place, Faults]:
        """All that was not yet written down; it counts as written from now on."""
        with self._mutex:
            taken, self._faults = self._faults, {}
            return taken
