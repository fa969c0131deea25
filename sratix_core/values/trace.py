"""Why something was decided: the rules that were asked on the way, in order, with what they found."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import Enum
from typing import Any

MOST = 40
"""Steps that are kept: a reason is read by a person."""

LONGEST = 160


class Trace:
    """One per unit of work. Rooms note what let the request through; whoever refuses adds the last step."""

    __slots__ = ("_steps",)

    def __init__(self) -> None:
        self._steps: list[tuple[str, bool, dict[str, Any]]] = []

    def passed(self, rule: str, **found: Any) -> None:
        """A rule that let the request through. `found` holds ids, numbers, states, times and names of things, never of people."""
        if len(self._steps) < MOST:
            self._steps.append((rule, True, found))

    def stopped(self, rule: str, **found: Any) -> None:
        """The rule that ended it."""
        self._steps.append((rule, False, found))

    def steps(self) -> list[dict[str, Any]]:
        """As plain JSON: `[{"rule", "passed", "found"}]`."""
        return [
            {
                "rule": rule,
                "passed": passed,
                "found": {k: v for k, v in plain(found).items() if v is not None},
            }
            for rule, passed, found in self._steps
        ]


def plain(found: dict[str, Any]) -> dict[str, Any]:
    """The facts that JSON can hold; what it cannot is left out, what is long is cut."""
    kept: dict[str, Any] = {}
    for name, value in found.items():
        if isinstance(value, Enum):
            value = value.value
        if isinstance(value, uuid.UUID):
            value = str(value)
        elif isinstance(value, datetime):
            value = value.isoformat()
        if isinstance(value, str):
            kept[name] = value[:LONGEST]
        elif isinstance(value, bool | int) or value is None:
            kept[name] = value
    return kept
