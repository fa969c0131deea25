"""One measured value beside its target, and how both are shown."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Result:
    """`target` is an upper bound unless `at_least`; `statements` counts SQL statements where that was measured.

    `value` None: the product does not do this yet, which meets no target.
    A row with `most_statements` is met only when both bounds are. `detail` says more about the value, for people.
    """

    name: str
    value: float | None
    unit: str
    target: float
    at_least: bool = False
    statements: int | None = None
    most_statements: int | None = None
    detail: str = ""

    @property
    def met(self) -> bool:
        if self.value is None:
            return False
        if self.most_statements is not None and (self.statements or 0) > self.most_statements:
            return False
        return self.value >= self.target if self.at_least else self.value <= self.target

    def as_json(self) -> str:
        shown = asdict(self) | {"met": self.met}
        if self.value is not None:
            shown["value"] = round(self.value, 3)
        del shown["at_least"]
        return json.dumps(shown)

    def as_text(self) -> str:
        bound = "≥" if self.at_least else "≤"
        verdict = "met" if self.met else "MISSED"
        statements = "" if self.statements is None else f"{self.statements} st."
        if self.most_statements is not None:
            statements += f" ≤ {self.most_statements}"
        value = "–" if self.value is None else f"{self.value:.2f}"
        line = (
            f"{self.name:<22} {value:>9} {self.unit:<7} {bound} {self.target:<6g} "
            f"{statements:<12} {verdict:<7} {self.detail}"
        )
        return line.rstrip()
