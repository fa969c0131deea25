"""Slowing down guesses without locking anybody out: whoever guesses waits, and nobody waits for somebody else.

Each try is counted before the password is looked at, so a thousand at once count like a thousand in a row. It counts
for the account at one network address; or, in a browser that carries the proof of an earlier sign-in, for that
browser alone, so a stranger in the same office makes nobody wait. The account as a whole is counted too: once it is
under attack from many addresses, each new one gets a single free try instead of five.

Rows are written in a unit of their own, because the refused login itself rolls back.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from sratix_core.accounts.models import LoginAttempt
from sratix_core.context import KeyRing
from sratix_core.db.dialects import insert_unless_there
from sratix_core.tenancy.session import ScopedSession

FREE = 5
"""Tries before the first pause; in an account under attack one, for browsers that nobody knows."""

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""How long each further try pauses; the last one repeats."""

UNDER_ATTACK = 100
"""Failures of unknown browsers at one account, from wherever, within `FORGOTTEN_AFTER` of each other."""

FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Keys:
    """What one try is counted under; `whole` is empty for a known browser."""

    place: str
    whole: str = ""


def keys_of(keys: KeyRing, email: str, address: str, device: str = "") -> Keys:
    """Keyed hashes; neither account nor address can be read from the table. `device` is a browser's proven name."""
    if device:
        return Keys(_mac(keys, "device", email, device))
    return Keys(_mac(keys, "place", email, network_of(address)), _mac(keys, "account", email))


def _mac(keys: KeyRing, *parts: str) -> str:
    return keys.mac("login-attempt", "\n".join(parts).encode()).hex()


def network_of(address: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one: who has one address there has all of them."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    return str(found if found.version == 4 else ipaddress.ip_network((found, 64), strict=False))


def claim(db: ScopedSession, keys: Keys, now: datetime) -> tuple[int, timedelta | None]:
    """Count one try before it is made: how many are left before a pause, and how long to wait if it may not be made.

    A try that has to wait is not counted: impatience costs nothing.
    """
    place, whole = _row(db, keys.place, now), _row(db, keys.whole, now) if keys.whole else None
    if place.blocked_until is not None and place.blocked_until > now:
        return 0, place.blocked_until - now
    free = 1 if whole is not None and whole.failures >= UNDER_ATTACK else FREE
    for row in (place, whole):
        if row is not None:
            row.failures, row.updated_at = row.failures + 1, now
    over = place.failures - free
    if over >= 0:
        place.blocked_until = now + PAUSES[min(over, len(PAUSES) - 1)]
    return max(0, -over), None


def _row(db: ScopedSession, key: str, now: datetime) -> LoginAttempt:
    """The counter of a key, locked until the unit ends; made at zero, and back there after a quiet day."""
    insert_unless_there(db, LoginAttempt, {"key": key, "failures": 0, "updated_at": now})
    wanted = select(LoginAttempt).where(LoginAttempt.key == key).with_for_update()
    row = db.scalars(wanted.execution_options(populate_existing=True)).one()
    if now - row.updated_at > FORGOTTEN_AFTER:
        row.failures, row.blocked_until = 0, None
    return row


def forget(db: ScopedSession, keys: Keys) -> None:
    """A right password clears the count of its place, and takes its own try back from the account's."""
    db.execute(delete(LoginAttempt).where(LoginAttempt.key == keys.place))
    if keys.whole:
        row = db.scalars(
            select(LoginAttempt).where(LoginAttempt.key == keys.whole).with_for_update()
        ).one_or_none()
        if row is not None:
            row.failures = max(0, row.failures - 1)


def forget_old(db: ScopedSession, now: datetime) -> int:
    """Delete what counts no more; how many rows."""
    old = delete(LoginAttempt).where(LoginAttempt.updated_at < now - FORGOTTEN_AFTER)
    result = db.execute(old, execution_options={"preserve_rowcount": True})
    return int(getattr(result, "rowcount", 0))
