"""The link that confirms a sign-up: its id and a keyed mark, so that nothing secret is stored to be mailed."""

from __future__ import annotations

import uuid

from sratix_core.context import KeyRing
from sratix_core.values import codes

MARK = 16
"""Bytes of the mark."""


def mark_of(keys: KeyRing, sign_up_id: uuid.UUID) -> bytes:
    return keys.mac("sign-up", sign_up_id.bytes)[:MARK]


def token_of(keys: KeyRing, sign_up_id: uuid.UUID) -> str:
    """What stands in the address."""
    return codes.encode(sign_up_id.bytes + mark_of(keys, sign_up_id))


def read(token: str) -> tuple[uuid.UUID | None, bytes]:
    """The id and the mark that a token claims; no id for what is no token."""
    try:
        raw = codes.decode(token)
    except codes.NotCanonical:
        return None, b""
    return (uuid.UUID(bytes=raw[:16]), raw[16:]) if len(raw) == 16 + MARK else (None, b"")
