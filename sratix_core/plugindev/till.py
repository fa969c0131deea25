"""What the checks for payment providers work with: a plugin's test side, and something to pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sratix_core.plugins.paying import Begun, Charge, ChargeLine, Inbound
from sratix_core.values.clock import SystemClock
from sratix_core.values.ids import IdSource, SystemRandom
from sratix_core.values.money import Money

IDS = IdSource(SystemClock(), SystemRandom())


class Till(Protocol):
    """What a plugin's author brings. `secrets` are the strings that nothing of the provider may show."""

    provider: Any
    account: Any
    secrets: Sequence[str]

    def now(self) -> datetime:
        """The time on the provider's side."""

    def pay(self, begun: Begun) -> None:
        """Pay it as a buyer would; where it can't be paid any more, nothing happens."""

    def lose_answer(self, call: str) -> None:
        """Let the next `begin` or `refund` have its effect, and its answer be lost."""

    def event(self) -> tuple[Mapping[str, str], bytes]:
        """An event of the test side as it arrives, for `ITakesWebhooks`: headers in lower case, and body."""

    def hear(self, headers: Mapping[str, str], body: bytes) -> Inbound:
        """`provider.verify` for the test side, inside a unit of work."""


def charge(till: Till, minor: int = 9800, off: int = 0) -> Charge:
    """Something to pay, with a key of its own."""
    attempt, now = IDS.new(), till.now()
    return Charge(
        key=f"sratix-{attempt}",
        attempt_id=attempt,
        amount=Money(minor - off, "CHF"),
        code="K7QX2",
        title="Robotics Days",
        email="ada@example.org",
        locale="de",
        lines=[ChargeLine("Standard", 2, Money(minor, "CHF"))],
        discount=Money(off, "CHF"),
        return_url="https://shop.example/back",
        cancel_url="https://shop.example/left",
        begins_at=now,
        ends_at=now + timedelta(minutes=35),
        metadata={"sratix_attempt": str(attempt)},
    )
