"""What the demo has sold: how many of which type, in what sizes, over which part of its history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

Sizes = tuple[tuple[int, int], ...]
"""(tickets of an order, weight)."""

HISTORY = timedelta(weeks=14)
"""How far back the demo's orders reach."""


@dataclass(frozen=True)
class Sale:
    """`sold` units of a type at the end; `window` are parts of the history, 0 its begin, 1 now."""

    type_name: str
    sold: int
    sizes: Sizes
    window: tuple[float, float] = (0.0, 1.0)
    students: bool = False
    rush: bool = False


@dataclass(frozen=True)
class Sales:
    """One event's. `extras` go along with some orders; lapsed and cancelled orders are of `given_back`."""

    slug: str
    sales: tuple[Sale, ...]
    extras: dict[str, int] = field(default_factory=dict)
    given_back: str = ""
    lapsed: int = 0
    cancelled: int = 0
    abandoned: int = 0
    held_now: int = 0
    over: bool = False

    def largest(self, type_name: str) -> int:
        """The most tickets an order of this type has; 1 of one that is not sold here."""
        return max(
            (size for sale in self.sales if sale.type_name == type_name for size, _ in sale.sizes), default=1
        )


CONFERENCE = Sales(
    slug="swiss-robotics-day-2027",
    sales=(
        Sale("Early Bird", 150, ((1, 32), (2, 32), (3, 18), (5, 18)), (0.0, 0.5), rush=True),
        Sale("Regular", 386, ((1, 25), (2, 27), (3, 16), (4, 13), (6, 10), (9, 9)), (0.45, 1.0)),
        Sale("Student", 143, ((1, 30), (2, 70)), (0.1, 1.0), students=True),
        Sale("Exhibitor pass", 88, ((2, 25), (3, 35), (4, 40)), (0.1, 1.0)),
        Sale("Robotics Night", 10, ((2, 1),), (0.5, 1.0)),
    ),
    extras={"Workshop: legged locomotion": 27, "Robotics Night": 64},
    given_back="Regular",
    lapsed=14,
    cancelled=11,
    abandoned=16,
    held_now=3,
)
MEETUP = Sales(
    slug="robotics-meetup-winterthur",
    sales=(
        Sale("Evening", 84, ((1, 60), (2, 30), (3, 10)), (0.2, 1.0)),
        Sale("Evening with dinner", 48, ((1, 50), (2, 50)), (0.2, 1.0)),
    ),
    given_back="Evening",
    cancelled=4,
    abandoned=5,
    over=True,
)
DRONES = Sales(
    slug="drohnentag-pontresina",
    sales=(
        Sale("Besuch", 27, ((1, 35), (2, 45), (4, 20)), (0.4, 1.0)),
        Sale("Flugplatz", 9, ((1, 1),), (0.4, 1.0)),
    ),
    given_back="Flugplatz",
    cancelled=1,
    abandoned=2,
)
