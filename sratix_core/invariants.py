"""What `sratix verify` evaluates: each room lists the invariants it keeps, by their id, as a question to the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession


@dataclass(frozen=True)
class Outcome:
    """`checked` rows were looked at; `faults` names the first few that break the rule."""

    checked: int
    faults: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.faults


@dataclass(frozen=True)
class Check:
    """`run` is given a system session and reads only."""

    id: str
    statement: str
    run: Callable[[ScopedSession], Outcome]
