"""An evening at the door: people arrive around the begin at two gates, some leave and come back, some are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from sratix_core.checkin.models import Direction, Gate
from sratix_core.checkin.queries import gates
from sratix_core.checkin.service import Sight, scan
from sratix_core.context import Actor
from sratix_core.demo.chance import Chance
from sratix_core.demo.play import Play
from sratix_core.devices.models import Device
from sratix_core.devices.service import add_device
from sratix_core.events.models import Event
from sratix_core.tickets.models import Ticket, TicketState
from sratix_core.tickets.service import payloads, rotate

COME = 92
"""Of a hundred people with a ticket."""

NOT_OURS = ("HTTPS://HALLE53.EXAMPLE/MENU", "BEGIN:VCARD")


class Door:
    """One event's door."""

    def __init__(self, play: Play, event: Event, chance: Chance) -> None:
        self._play, self._event, self._chance = play, event, chance
        self._devices: list[tuple[Device, Gate]] = []
        self._sequence = 0

    def open(self, strangers: Callable[[], list[str]]) -> None:
        """An hour before the begin the scanners are set up and `strangers` asked; the rest happens by itself."""
        self._play.at(self._event.starts_at - timedelta(hours=1), lambda: self._evening(strangers))

    def _evening(self, strangers: Callable[[], list[str]]) -> None:
        ctx, chance, event = self._play.ctx, self._chance, self._event
        for gate in gates(ctx, event):
            device, _ = add_device(ctx, event, f"{gate.name} 1", gate)
            self._devices.append((device, gate))
        valid = list(
            ctx.db.scalars(
                select(Ticket)
                .where(Ticket.event_id == event.id, Ticket.state == TicketState.VALID)
                .order_by(Ticket.id)
            )
        )
        codes = payloads(ctx, event, valid)
        coming = [t for t in valid if chance.percent(COME)]
        for ticket in coming[:1]:  # somebody lost a phone and shows the old print first
            rotate(ctx, ticket)
            self._see(codes[ticket.id], self._around(-5))
            codes |= payloads(ctx, event, [ticket])
        for n, ticket in enumerate(coming):
            self._guest(codes[ticket.id], n)
        for raw in (*strangers(), *NOT_OURS):
            self._see(raw, self._around(10))

    def _around(self, minutes: int) -> datetime:
        """A moment near the begin, most of them in the quarter of an hour before it."""
        drift = sum(self._chance.below(25 * 60) for _ in range(3)) - 45 * 60
        return self._event.starts_at + timedelta(minutes=minutes, seconds=drift)

    def _guest(self, code: str, n: int) -> None:
        chance, came = self._chance, self._around(0)
        first = chance.weighted(((0, 62), (1, 38)))
        self._see(code, came, first)
        if n % 17 == 3:  # the same code once more: passed back over the fence, or scanned twice by mistake
            self._see(code, came + timedelta(seconds=4 + chance.below(400)), chance.below(2))
        if chance.percent(24):
            left = self._event.starts_at + timedelta(minutes=70 + chance.below(150))
            self._see(code, left, first, Direction.EXIT)
            if chance.percent(35):
                self._see(code, left + timedelta(minutes=4 + chance.below(15)), first)

    def _see(
        self, raw: str, at: datetime, door: int | None = None, direction: Direction = Direction.ENTRY
    ) -> None:
        device, gate = self._devices[self._chance.below(len(self._devices)) if door is None else door]

        def act() -> None:
            self._sequence += 1
            sight = Sight(raw, direction, gate, device, self._sequence, at, "qr")
            scan(self._play.acting(Actor("device", device.id)), self._event, sight)

        self._play.at(at, act)
