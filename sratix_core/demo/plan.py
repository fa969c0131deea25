"""Who buys what and when: an event's sales spread over people and days, decided before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sratix_core.demo.chance import Chance
from sratix_core.demo.people import Person, person, student
from sratix_core.demo.sales import Sale, Sales

Fate = Literal["kept", "lapsed", "cancelled"]

DAYS = (10, 11, 11, 10, 8, 4, 5)
HOURS = ((7, 2), (8, 6), (9, 9), (10, 10), (11, 8), (12, 6), (13, 7), (14, 9), (15, 8), (16, 7), (17, 5), (18, 3),
         (19, 4), (20, 7), (21, 6), (22, 3))  # fmt: skip
DELAYS = ((1, 14), (2, 20), (3, 20), (4, 16), (5, 12), (6, 10), (7, 8))
REASONS = ("cannot_come", "ordered_twice", "wrong_ticket", "asked_by_buyer")


@dataclass
class Purchase:
    """An order before it exists. `guests` are the people of the tickets, the buyer first; fewer than tickets stay open."""

    at: datetime
    buyer: Person
    wanted: dict[str, int]
    guests: list[Person]
    fate: Fate = "kept"


class Planner:
    """One event's purchases between two moments."""

    def __init__(
        self,
        chance: Chance,
        sales: Sales,
        locales: tuple[str, ...],
        zone: str,
        begin: datetime,
        end: datetime,
    ) -> None:
        self._chance, self._sales, self._locales = chance, sales, locales
        self._zone, self._begin, self._end = ZoneInfo(zone), begin, end

    def purchases(self) -> list[Purchase]:
        """In no particular order."""
        kept = [p for sale in self._sales.sales for p in self._kept(sale)]
        for name, units in self._sales.extras.items():
            self._add_extras(kept, name, units)
        lost = [self._lost("lapsed", 12, 60) for _ in range(self._sales.lapsed)]
        lost += [self._lost("cancelled", 6, 50) for _ in range(self._sales.cancelled)]
        return kept + lost

    def moment(self, begin: datetime, end: datetime, rush: bool = False) -> datetime:
        """A moment between two others: more on weekdays, in office hours and towards the end."""
        days = (end - begin).days + 1
        weights = []
        for n in range(days):
            weight = DAYS[(begin + timedelta(days=n)).weekday()] * (days + 2 * n)
            weights.append((n, weight * 4 if rush and n >= days - 3 else weight))
        day = (begin + timedelta(days=self._chance.weighted(weights))).astimezone(self._zone)
        hour = self._chance.weighted(HOURS)
        at = day.replace(
            hour=hour, minute=self._chance.below(60), second=self._chance.below(60), microsecond=0
        )
        return min(
            max(at.astimezone(begin.tzinfo), begin), end - timedelta(minutes=1 + self._chance.below(90))
        )

    def _kept(self, sale: Sale) -> list[Purchase]:
        made, left = [], sale.sold
        span = self._end - self._begin
        begin, end = self._begin + span * sale.window[0], self._begin + span * sale.window[1]
        while left:
            size = min(self._chance.weighted(sale.sizes), left)
            left -= size
            made.append(
                self._purchase(self.moment(begin, end, sale.rush), sale.type_name, size, sale.students)
            )
        return made

    def _purchase(self, at: datetime, type_name: str, size: int, students: bool = False) -> Purchase:
        chance = self._chance
        buyer = student(chance, self._locales) if students else person(chance, self._locales)
        named = size if chance.percent(82) else 1 + chance.below(size)
        guests = [buyer, *(person(chance, self._locales, buyer.house) for _ in range(named - 1))]
        return Purchase(at, buyer, {type_name: size}, guests)

    def _lost(self, fate: Fate, least_days: int, most_days: int) -> Purchase:
        """An order that comes to nothing, long enough ago for that to have happened."""
        room = max(1, min(most_days, (self._end - self._begin).days) - least_days)
        day = self._end - timedelta(days=least_days + self._chance.below(room))
        at = self.moment(max(self._begin, day - timedelta(days=1)), day)
        size = min(
            self._chance.weighted(((1, 6), (2, 3), (3, 1))), self._sales.largest(self._sales.given_back)
        )
        made = self._purchase(at, self._sales.given_back, size)
        made.fate = fate
        return made

    def _add_extras(self, purchases: list[Purchase], name: str, units: int) -> None:
        """Put add-ons into orders of people who pay for their admission, one or two at a time."""
        paying = [p for p in purchases if next(iter(p.wanted)) not in {"Exhibitor pass", *self._sales.extras}]
        for purchase in self._chance.shuffled(paying):
            if not units:
                return
            size = min(units, 2 if sum(purchase.wanted.values()) > 1 and self._chance.percent(40) else 1)
            purchase.wanted[name] = size
            units -= size
