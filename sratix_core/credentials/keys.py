"""API keys: made by somebody who holds the same rights, recognised by their secret, revoked."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import API_KEY_EDIT, MEMBER_EDIT, ORGANIZATION_PEOPLE, ROLES
from sratix_core.audit.service import record
from sratix_core.credentials import hot
from sratix_core.credentials.models import ApiKey, Tier
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.values import credentials, text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.tenancy.session import ScopedSession

KIND = "key"

FOR_PEOPLE = frozenset({API_KEY_EDIT, MEMBER_EDIT, ORGANIZATION_PEOPLE})
"""What no key may do: a stolen one could give itself successors that outlive its revocation."""

SCOPES = frozenset().union(*ROLES.values()) - FOR_PEOPLE

MOST = 100
"""Working keys of one tenant."""

COARSE = timedelta(minutes=10)
"""How old "last used" may be; a write at every request would cost more than the request."""


@dataclass(frozen=True)
class KeyDraft:
    """What a key is to open; without an end it lives until it is revoked."""

    name: str
    scopes: Collection[str]
    event_id: uuid.UUID | None = None
    tier: Tier = Tier.STANDARD
    life: timedelta | None = None


@dataclass(frozen=True)
class KnownKey:
    """A key that opened, as a value: it stays readable when the database session is gone."""

    id: uuid.UUID
    tenant_id: int
    name: str
    tier: Tier
    grants: Grants
    stale: bool
    """Whether "last used" is due."""


def offered(held: Grants) -> list[str]:
    """The scopes somebody may give to a key, sorted: those they hold somewhere, but for those of people."""
    somewhere = held.everywhere.union(*held.events.values())
    return sorted(SCOPES & somewhere)


def make_key(ctx: TenantContext, draft: KeyDraft, held: Grants) -> tuple[ApiKey, str]:
    """A new key and its spelling, which is shown once. Raises `Invalid`, `NotFound("event")`, `Refused("too_many_keys")`."""
    if draft.event_id is not None and ctx.db.get(Event, draft.event_id) is None:
        raise NotFound("event")
    errors: dict[str, str] = {}
    name = _name(draft.name, errors)
    if not draft.scopes:
        errors["scopes"] = "scopes_required"
    elif not set(draft.scopes) <= SCOPES or not all(held.allows(s, draft.event_id) for s in draft.scopes):
        errors["scopes"] = "scopes_beyond_yours"
    if errors:
        raise Invalid(errors)
    now = ctx.clock.now()
    working = select(func.count()).select_from(ApiKey).where(ApiKey.revoked_at.is_(None))
    if (ctx.db.scalar(working) or 0) >= MOST:
        raise Refused("too_many_keys", most=MOST)
    secret = ctx.random.token(24)
    key = ApiKey(
        id=ctx.ids.new(),
        name=name,
        secret_hash=credentials.digest(secret),
        scopes=" ".join(sorted(draft.scopes)),
        event_id=draft.event_id,
        tier=draft.tier,
        made_by=ctx.actor.id if ctx.actor.kind == "user" else None,
        created_at=now,
        expires_at=now + draft.life if draft.life is not None else None,
    )
    ctx.db.add(key)
    ctx.db.flush()
    record(ctx, "api_key.made", "api_key", key.id, event_id=key.event_id, scopes=key.scopes)
    return key, credentials.spell(KIND, ctx.tenant.id, key.id, secret)


def _name(raw: str, errors: dict[str, str]) -> str:
    try:
        name = " ".join(text.clean(raw, 80).split())
    except text.BadText as error:
        errors["name"] = "too_long" if error.reason == "too_long" else "bad_text"
        return ""
    if not name:
        errors["name"] = "required"
    return name


def open_key(db: ScopedSession, shown: credentials.Credential, now: datetime) -> KnownKey | None:
    """The key that `shown` opens in its tenant's session; None when unknown, wrong, expired or revoked."""
    row = hot.KEY.one_or_none(db, {"in_tenant": db.tenant_id, "of_key": shown.id})
    if row is None:
        return None
    key = ApiKey(**dict(zip(hot.COLUMNS, row, strict=True)))
    if not shown.opens(key.secret_hash) or key.state(now) != "active":
        return None
    scopes = frozenset(key.scopes.split()) & SCOPES
    label = f"key {key.id}"
    grants = (
        Grants(label, scopes) if key.event_id is None else Grants(label, frozenset(), {key.event_id: scopes})
    )
    stale = key.last_used_at is None or now - key.last_used_at >= COARSE
    return KnownKey(key.id, key.tenant_id, key.name, Tier(key.tier), grants, stale)


def used(db: ScopedSession, key_id: uuid.UUID, now: datetime) -> None:
    """Note that a key was used."""
    db.execute(update(ApiKey).where(ApiKey.id == key_id).values(last_used_at=now))


def list_keys(ctx: TenantContext) -> list[ApiKey]:
    """The tenant's keys, working ones first, newest first; the oldest revoked ones fall off the end."""
    order = (ApiKey.revoked_at.is_not(None), ApiKey.created_at.desc(), ApiKey.id)
    return list(
        ctx.db.scalars(select(ApiKey).order_by(*order).limit(2 * MOST).options(joinedload(ApiKey.event)))
    )


def key_by_id(ctx: TenantContext, key_id: uuid.UUID) -> ApiKey:
    """Raises `NotFound`."""
    key: ApiKey | None = ctx.db.get(ApiKey, key_id)
    if key is None:
        raise NotFound("api_key")
    return key


def revoke_key(ctx: TenantContext, key: ApiKey) -> None:
    """End a key; its next request is refused."""
    if key.revoked_at is None:
        key.revoked_at = ctx.clock.now()
        record(ctx, "api_key.revoked", "api_key", key.id, event_id=key.event_id)
