"""The code of a card: drawn, spelled, hashed to be found, sealed to be shown again."""

from __future__ import annotations

import hashlib

from sratix_core.plugin import ORDER_ALPHABET, TenantContext, spelled_code

LETTERS, GROUP = 20, 4
"""28^20 are 96 bits."""

PURPOSE = "gift-card"
_KNOWN = frozenset(ORDER_ALPHABET)


def drawn(ctx: TenantContext) -> str:
    """A new one, without its hyphens."""
    return "".join(ORDER_ALPHABET[ctx.random.below(len(ORDER_ALPHABET))] for _ in range(LETTERS))


def shown(code: str) -> str:
    """As people read it: five groups of four."""
    return "-".join(code[at : at + GROUP] for at in range(0, LETTERS, GROUP))


def spelled(typed: str) -> str:
    """The letters of what was typed, with or without hyphens; "" for what is no code."""
    code = spelled_code(typed.replace("-", "").replace("\u2013", ""))
    return code if len(code) == LETTERS and _KNOWN.issuperset(code) else ""


def hashed(ctx: TenantContext, code: str) -> bytes:
    """What finds it, in one tenant and no other. Plain SHA-256, as for other secrets nobody can try out: a keyed one would be
    lost when the installation's key changes."""
    return hashlib.sha256(f"{PURPOSE}\n{ctx.tenant.id}\n{code}".encode()).digest()


def sealed(ctx: TenantContext, code: str) -> bytes:
    return ctx.keys.encrypt(PURPOSE, ctx.tenant.id, code.encode(), ctx.random.bytes(12))


def opened(ctx: TenantContext, kept: bytes) -> str:
    """The code again, as people read it."""
    return shown(ctx.keys.decrypt(PURPOSE, ctx.tenant.id, kept).decode())
