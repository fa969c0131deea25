"""One measured value beside its target, and how both are shown."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Result:
    """`target` is an upper bound unless `at_least`; `statements` counts SQL statements where that was measured."""

    name: str
    value: float
    unit: str
    target: float
    at_least: bool = False
    statements: int | None = None

    @property
    def met(self) -> bool:
        return self.value >= self.target if self.at_least else self.value <= self.target

    def as_json(self) -> str:
        shown = asdict(self) | {"value": round(self.value, 3), "met": self.met}
        del shown["at_least"]
        return json.dumps(shown)

    def as_text(self) -> str:
        bound = "≥" if self.at_least else "≤"
        verdict = "met" if self.met else "MISSED"
        return f"{self.name:<28} {self.value:>10.2f} {self.unit:<6} {bound} {self.target:g}  {verdict}"
