"""Keys for programs, `srx_<kind>_<tenant>_<id>_<secret>`: how one is spelled, taken apart and kept (D15)."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import dataclass, field

LONGEST = 200
MOST_TENANT_DIGITS = 9


@dataclass(frozen=True)
class Credential:
    """A key taken apart: it names its tenant, so that the lookup happens inside that tenant's session."""

    tenant_id: int
    id: uuid.UUID
    secret: str = field(repr=False)

    def opens(self, kept: bytes) -> bool:
        """Whether `kept` is the hash of this secret; takes the same time either way."""
        return hmac.compare_digest(kept, digest(self.secret))


def digest(secret: str) -> bytes:
    """What a table keeps of a secret: its SHA-256, 32 bytes. Secrets are random, so nothing slower is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def spell(kind: str, tenant_id: int, id: uuid.UUID, secret: str) -> str:
    """The whole key, to be shown once."""
    return f"srx_{kind}_{tenant_id}_{id.hex}_{secret}"


def parse(kind: str, raw: str) -> Credential | None:
    """The parts of a key of this kind, None for anything that `spell` did not write."""
    parts = raw.split("_", 4)
    if len(raw) > LONGEST or len(parts) != 5 or not parts[4]:
        return None
    tenant = parts[2]
    if not (tenant.isascii() and tenant.isdigit()) or len(tenant) > MOST_TENANT_DIGITS:
        return None
    try:
        found = Credential(int(tenant), uuid.UUID(hex=parts[3]), parts[4])
    except ValueError:
        return None
    return found if spell(kind, found.tenant_id, found.id, found.secret) == raw else None
