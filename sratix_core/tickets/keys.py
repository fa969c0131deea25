"""An event's signing keys: made with the event, read when a code is shown or scanned."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.tickets.models import EventKey
from sratix_core.values import signing

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PURPOSE = "event-key"


def make_key(ctx: TenantContext, event_id: uuid.UUID, kid: int = 0) -> EventKey:
    """A fresh Ed25519 pair for an event; the private half is stored encrypted."""
    private = signing.new_key(ctx.random)
    key = EventKey(
        id=ctx.ids.new(),
        event_id=event_id,
        kid=kid,
        public_key=signing.public(private),
        private_sealed=ctx.keys.encrypt(PURPOSE, ctx.tenant.id, private, ctx.random.bytes(12)),
        created_at=ctx.clock.now(),
    )
    ctx.db.add(key)
    return key


def signing_key(ctx: TenantContext, event_id: uuid.UUID) -> tuple[int, bytes]:
    """The newest key of an event: its id byte and the private 32 bytes."""
    key = ctx.db.scalars(
        select(EventKey).where(EventKey.event_id == event_id).order_by(EventKey.kid.desc()).limit(1)
    ).one()
    return key.kid, ctx.keys.decrypt(PURPOSE, ctx.tenant.id, key.private_sealed)


def public_key(ctx: TenantContext, event_id: uuid.UUID, kid: int) -> bytes | None:
    """The public 32 bytes of one key, None when the event has no such key."""
    return ctx.db.scalar(
        select(EventKey.public_key).where(EventKey.event_id == event_id, EventKey.kid == kid)
    )
