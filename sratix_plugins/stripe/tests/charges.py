"""Charges to begin, and what a buyer does on the double's page."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from sratix_core.plugin import Begun, Charge, ChargeLine, Money
from sratix_stripe.double.testing import NOON, Bench

STARTED = datetime.fromtimestamp(NOON, UTC)
ATTEMPT = uuid.UUID(int=7)
VISA, DECLINED, SECURE = "4242424242424242", "4000000000000002", "4000002760003184"


def charge(*amounts: int, off: int = 0, **other: Any) -> Charge:
    """One of CHF 98.00 for two tickets, or of lines with these amounts."""
    lines = [ChargeLine(f"Line {n}", 1, Money(minor, "CHF")) for n, minor in enumerate(amounts, 1)]
    values: dict[str, Any] = {
        "key": "attempt-7",
        "attempt_id": ATTEMPT,
        "amount": Money((sum(amounts) or 9800) - off, "CHF"),
        "code": "K7QX2",
        "title": "Robotics Days",
        "email": "ada@example.org",
        "locale": "de",
        "lines": lines or [ChargeLine("Standard", 2, Money(9800, "CHF"))],
        "discount": Money(off, "CHF"),
        "return_url": "https://shop.example/back",
        "cancel_url": "https://shop.example/pay",
        "begins_at": STARTED,
        "ends_at": STARTED + timedelta(hours=1),
        "metadata": {"sratix_tenant": "acme", "sratix_attempt": str(ATTEMPT)},
    }
    return Charge(**{**values, **other})


def pay(bench: Bench, begun: Begun, number: str = VISA) -> tuple[int, str, str]:
    """Press the button of the payment page: status, page, and where it leads."""
    return bench.get(begun.redirect, {"use": number, "email": "ada@example.org", "name": "Ada Lovelace"})
