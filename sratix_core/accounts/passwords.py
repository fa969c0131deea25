"""Password hashes (argon2id, t=2, 19 MiB, p=1: OWASP's smaller profile) and the one rule a new password has to meet.

Hashing takes tens of milliseconds and never happens while a transaction is open; callers hash first, then write.
"""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import Argon2Error, InvalidHashError

from sratix_core.errors import Invalid

MIN_LENGTH = 10
MAX_LENGTH = 200

_LEAKED = """
1234567890 0123456789 12345678910 123456789012 0987654321 1111111111 0000000000 qwertyuiop
qwertzuiop asdfghjkl1 1q2w3e4r5t 1qaz2wsx3edc q1w2e3r4t5 qwerty12345 qwertz12345 password12
password123 password1234 passwort12 passwort123 passwort1234 passw0rd123 p@ssw0rd123 iloveyou123
iloveyou12 welcome123 welcome1234 willkommen willkommen1 willkommen123 letmein123 letmein1234
admin12345 administrator changeme123 changeme12 football123 baseball123 sunshine123 princess123
superman123 monkey12345 dragon12345 abcdefghij abcd123456 abc1234567 abc123456789 aaaaaaaaaa
trustno1234 schweiz123 sommer2024 sommer2025 sommer2026 summer2024 summer2025 summer2026 winter2024
winter2025 winter2026 correcthorse michelle123 jennifer123 starwars123 whatever123 computer123
internet123 basketball geheim12345 hallo12345 hallo123456 tickets123 eventadmin password!1
password123! passwort123!
"""

COMMON = frozenset([*_LEAKED.split(), "correct horse battery staple"])
"""The passwords of 10 characters and more that lead the public lists of leaked ones; shorter ones are refused anyway."""


@cache
def hasher(env: str) -> PasswordHasher:
    """The hasher of this environment; tests hash cheaply, everything else pays the full price."""
    if env == "test":
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


def check_strength(password: str, email: str) -> str:
    """The password itself, if it may be used. Raises `Invalid` with the reason on the field `password`."""
    folded = password.casefold()
    local = email.casefold().split("@", 1)[0]
    if len(password) < MIN_LENGTH:
        raise Invalid({"password": "password_short"})
    if len(password) > MAX_LENGTH:
        raise Invalid({"password": "password_long"})
    if folded in COMMON or len(set(folded)) < 4:
        raise Invalid({"password": "password_common"})
    if email.casefold() in folded or (len(local) >= 4 and local in folded):
        raise Invalid({"password": "password_has_email"})
    return password


def hash_password(password: str, env: str) -> str:
    """The hash to store. Call it before the first statement of a transaction."""
    return hasher(env).hash(password)


@cache
def _nobody(env: str) -> str:
    return hasher(env).hash("a password nobody has")


def verify(stored: str | None, password: str, env: str) -> bool:
    """Whether `password` belongs to `stored`; without a hash the same time is spent and the answer is no."""
    known = stored if stored is not None else _nobody(env)
    try:
        return hasher(env).verify(known, password[:MAX_LENGTH]) and stored is not None
    except (Argon2Error, InvalidHashError):
        return False
