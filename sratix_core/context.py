"""What a domain service is given instead of a request: whose data, on whose behalf, and the sources of time, ids and chance."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sratix_core.errors import Unavailable
from sratix_core.settings import Settings
from sratix_core.values.clock import Clock
from sratix_core.values.ids import IdSource, RandomSource
from sratix_core.values.trace import Trace

if TYPE_CHECKING:
    from sratix_core.plugins import TenantHooks
    from sratix_core.tenancy.resolve import TenantInfo
    from sratix_core.tenancy.session import ScopedSession

ActorKind = Literal["user", "device", "buyer", "system", "api_key", "anonymous"]


@dataclass(frozen=True)
class Actor:
    """Who acts. `id` is the user's, device's or key's; a buyer and the system have none. `ip_hash` is keyed, never the address.

    `impersonator_id` is the platform administrator who acts as the user, for support.
    """

    kind: ActorKind
    id: uuid.UUID | None = None
    ip_hash: str | None = None
    impersonator_id: uuid.UUID | None = None


SYSTEM = Actor("system")


class KeyRing:
    """Keys derived from the installation's secret: one per purpose and tenant, so that no ciphertext can be moved."""

    def __init__(self, secret_key: str, previous: str | None = None) -> None:
        self._secret = secret_key.encode()
        self.previous = KeyRing(previous) if previous else None
        # A request asks for several; deriving one costs as much as a small statement.
        self._key = lru_cache(maxsize=1024)(self._derive)

    def _derive(self, purpose: str, tenant_id: int) -> bytes:
        info = f"sratix/{purpose}/{tenant_id}".encode()
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self._secret)

    def encrypt(self, purpose: str, tenant_id: int, plain: bytes, nonce: bytes) -> bytes:
        """AES-256-GCM; the 12-byte `nonce` (from the injected random source) leads the result."""
        return nonce + AESGCM(self._key(purpose, tenant_id)).encrypt(nonce, plain, None)

    def decrypt(self, purpose: str, tenant_id: int, sealed: bytes) -> bytes:
        """The plain bytes, under this key or the previous one. Raises `Unavailable("secret_unreadable")` for any other."""
        try:
            return AESGCM(self._key(purpose, tenant_id)).decrypt(sealed[:12], sealed[12:], None)
        except InvalidTag as error:
            if self.previous is not None:
                return self.previous.decrypt(purpose, tenant_id, sealed)
            raise Unavailable("secret_unreadable", purpose=purpose) from error

    def mac(self, purpose: str, message: bytes) -> bytes:
        """HMAC-SHA256 (32 bytes) under a key of its own for `purpose`."""
        return hmac.digest(self._key(purpose, 0), message, hashlib.sha256)


@dataclass(frozen=True)
class Sources:
    """Where time, ids and chance come from; the same three for a whole process."""

    clock: Clock
    ids: IdSource
    random: RandomSource


@dataclass(frozen=True)
class TenantContext:
    """The first argument of every domain service. `db` is the tenant's database session and nobody else's."""

    tenant: TenantInfo
    db: ScopedSession
    hooks: TenantHooks
    sources: Sources
    actor: Actor
    settings: Settings
    keys: KeyRing
    why: Trace = field(default_factory=Trace, compare=False, repr=False)

    @property
    def clock(self) -> Clock:
        return self.sources.clock

    @property
    def ids(self) -> IdSource:
        return self.sources.ids

    @property
    def random(self) -> RandomSource:
        return self.sources.random
