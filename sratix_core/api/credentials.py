"""Who a program is: `Authorization: Bearer` with an API key of a tenant or with the access token of a person.

Beside a bearer credential no cookie counts, so that a request has one author and needs no form token.
"""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.accounts.logins import Identity
from sratix_core.credentials import access, keys, tokens
from sratix_core.credentials.keys import KnownKey
from sratix_core.devices.service import KIND as DEVICE
from sratix_core.errors import Refused, Unavailable
from sratix_core.runtime import Runtime
from sratix_core.tenancy.resolve import TenantInfo
from sratix_core.tenancy.scope import IdentityScope, TenantScope
from sratix_core.values import credentials
from sratix_core.web.request import Request
from sratix_core.web.security import is_api

log = structlog.get_logger("sratix.credentials")


@dataclass(frozen=True)
class Bearer:
    """Exactly one of the two."""

    key: KnownKey | None = None
    identity: Identity | None = None


def shown(request: Request) -> str | None:
    """What stands behind `Bearer` in a request to the API; None for anything else, devices' keys included."""
    if not is_api(request):
        return None
    kind, _, raw = request.headers.get("Authorization", "").partition(" ")
    raw = raw.strip()
    if kind.lower() != "bearer" or raw.startswith(f"srx_{DEVICE}_"):
        return None
    return str(raw)


def bearer_of(request: Request) -> Bearer | None:
    """Whoever the credential names, None without one. Raises `Refused("credential_unknown")` when it opens nothing."""
    raw = shown(request)
    if raw is None:
        return None
    found = _by_key(request, raw) if raw.startswith(f"srx_{keys.KIND}_") else _by_token(request.runtime, raw)
    if found is None:
        raise Refused("credential_unknown")
    return found


def _by_key(request: Request, raw: str) -> Bearer | None:
    runtime: Runtime = request.runtime
    parts = credentials.parse(keys.KIND, raw)
    tenant = runtime.engines.tenants.by_id(parts.tenant_id) if parts is not None else None
    if parts is None or tenant is None:
        return None
    now = runtime.sources.clock.now()
    if _is_asked(request, tenant):
        key = keys.open_key(request.db, parts, now)
    else:
        with runtime.engines.begin(TenantScope(tenant.id), write=False) as db:
            key = keys.open_key(db, parts, now)
    if key is not None and key.stale:
        request.add_finished_callback(_note_use)
    return Bearer(key=key) if key is not None else None


def _is_asked(request: Request, tenant: TenantInfo) -> bool:
    """Whether the request's own session is the tenant's: then the key is read in it and needs no transaction of its own.

    Not on SQLite, where the session of a request that writes would take the one write lock for any stranger's key.
    """
    if (request.matchdict or {}).get("tenant") != tenant.slug or tenant.status != "active":
        return False
    engines = request.runtime.engines
    return (
        engines.readers is engines.writers and request.tenant is not None and request.tenant.id == tenant.id
    )


def _by_token(runtime: Runtime, raw: str) -> Bearer | None:
    now = runtime.sources.clock.now()
    claims = access.read(runtime.keys, runtime.settings.base_url, raw, now)
    if claims is None:
        return None
    with runtime.engines.begin(IdentityScope(), write=False) as db:
        identity = tokens.person(db, claims, now)
    return Bearer(identity=identity) if identity is not None else None


def _note_use(request: Request) -> None:
    """After the answer, in a unit of its own: a busy database must not spoil a request that only reads."""
    runtime, key = request.runtime, request.bearer.key
    try:
        with runtime.engines.begin(TenantScope(key.tenant_id)) as db:
            keys.used(db, key.id, runtime.sources.clock.now())
    except (SQLAlchemyError, Unavailable) as error:
        log.warning("use_not_noted", exc_info=error)
