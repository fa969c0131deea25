"""Slowing down guesses: failures are counted per account and address together, so nobody can lock another person out.

Rows are written in a unit of their own, because the refused login itself rolls back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sratix_core.accounts.models import LoginAttempt
from sratix_core.context import KeyRing
from sratix_core.tenancy.session import ScopedSession

FREE = 5
"""Failures before the first pause."""

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""How long each further failure pauses; the last one repeats."""

FORGOTTEN_AFTER = timedelta(hours=24)


def key_of(keys: KeyRing, email: str, address: str) -> str:
    """Account and address under a keyed hash; neither can be read from the table."""
    return keys.mac("login-attempt", f"{email}\n{address}".encode()).hex()


def pause_left(db: ScopedSession, key: str, now: datetime) -> timedelta | None:
    """How long this key still has to wait; None when it may try."""
    row: LoginAttempt | None = db.get(LoginAttempt, key)
    if row is None or row.blocked_until is None or row.blocked_until <= now:
        return None
    return row.blocked_until - now


def failed(db: ScopedSession, key: str, now: datetime) -> int:
    """Count a failure; answers how many tries are left before a pause."""
    row: LoginAttempt | None = db.get(LoginAttempt, key)
    if row is None:
        row = LoginAttempt(key=key, failures=0, updated_at=now)
        db.add(row)
    if now - row.updated_at > FORGOTTEN_AFTER:
        row.failures = 0
    row.failures += 1
    row.updated_at = now
    over = row.failures - FREE
    if over >= 0:
        row.blocked_until = now + PAUSES[min(over, len(PAUSES) - 1)]
    return max(0, -over)


def forget(db: ScopedSession, key: str) -> None:
    """A right password clears the count."""
    row: LoginAttempt | None = db.get(LoginAttempt, key)
    if row is not None:
        db.delete(row)
