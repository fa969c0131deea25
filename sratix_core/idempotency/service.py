"""Claiming a key, storing the answer in the act's transaction, and forgetting both after two days.

A rolled-back act takes its claim with it, so the same request may be sent again. An act that commits in between
(`request.checkpoint()`) leaves a claim under a lease; once that is over the request runs again, and finds its own intent.
"""

from __future__ import annotations

import base64
import hashlib
import math
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import CursorResult, delete, select, update

from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Conflict, Refused
from sratix_core.idempotency.models import IdempotencyKey

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

KEPT = timedelta(hours=48)
LEASE = timedelta(seconds=60)
RETRY_SECONDS = 2
PURPOSE = "idempotency"


@dataclass(frozen=True)
class Asked:
    """A request by name: whose it is, the key it carries, and what it says."""

    principal: str
    key: str
    fingerprint: bytes = field(repr=False)

    @property
    def key_hash(self) -> bytes:
        return hashlib.sha256(self.key.encode()).digest()


@dataclass(frozen=True)
class Answer:
    """A response without what belongs to its transport."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)


def fingerprint(*parts: bytes) -> bytes:
    """SHA-256 over the parts, each with its length, so that no byte can move from one to the next."""
    hashed = hashlib.sha256()
    for part in parts:
        hashed.update(len(part).to_bytes(8) + part)
    return hashed.digest()


def claim(ctx: TenantContext, asked: Asked) -> Answer | uuid.UUID:
    """The answer to a request that was already done, or the id of a claim to do it now.

    A concurrent claim in another transaction is waited for. Raises `Refused("idempotency_mismatch")` when the key named
    another request, `Conflict("idempotency_in_flight")` while that one is under way.
    """
    now, mine = ctx.clock.now(), ctx.ids.new()
    values = {
        "tenant_id": ctx.tenant.id,
        "id": mine,
        "principal": asked.principal,
        "key_hash": asked.key_hash,
        "fingerprint": asked.fingerprint,
        "created_at": now,
        "leased_until": now + LEASE,
        "headers": {},
    }
    if insert_ignore(ctx.db, IdempotencyKey, ("principal", "key_hash"), values):
        return mine
    known = ctx.db.scalars(
        select(IdempotencyKey).where(
            IdempotencyKey.principal == asked.principal, IdempotencyKey.key_hash == asked.key_hash
        )
    ).one_or_none()
    if known is None:  # forgotten this very moment
        raise Conflict("idempotency_in_flight", seconds=RETRY_SECONDS)
    if known.fingerprint != asked.fingerprint:
        raise Refused("idempotency_mismatch")
    if known.status is not None:
        body = ctx.keys.decrypt(PURPOSE, ctx.tenant.id, known.body or b"")
        return Answer(known.status, _opened(ctx, known.headers), body)
    left = (known.leased_until - now).total_seconds()
    if left > 0:
        raise Conflict("idempotency_in_flight", seconds=math.ceil(left))
    over = (IdempotencyKey.id == known.id, IdempotencyKey.leased_until == known.leased_until)
    taken = ctx.db.execute(update(IdempotencyKey).where(*over).values(leased_until=now + LEASE))
    assert isinstance(taken, CursorResult)
    if taken.rowcount != 1:
        raise Conflict("idempotency_in_flight", seconds=RETRY_SECONDS)
    return known.id


def finish(ctx: TenantContext, claimed: uuid.UUID, answer: Answer) -> None:
    """Store the answer sealed: body and `Location` may show a secret once. It becomes true together with the act."""
    headers = {"sealed": base64.b64encode(_sealed(ctx, msgspec.json.encode(answer.headers))).decode()}
    values = {"status": answer.status, "headers": headers, "body": _sealed(ctx, answer.body)}
    ctx.db.execute(update(IdempotencyKey).where(IdempotencyKey.id == claimed).values(**values))


def _sealed(ctx: TenantContext, plain: bytes) -> bytes:
    return ctx.keys.encrypt(PURPOSE, ctx.tenant.id, plain, ctx.random.bytes(12))


def _opened(ctx: TenantContext, stored: dict[str, Any]) -> dict[str, str]:
    """The headers of an answer; those of an older release stand as they are for their two days."""
    if "sealed" not in stored:
        return stored
    plain = ctx.keys.decrypt(PURPOSE, ctx.tenant.id, base64.b64decode(stored["sealed"]))
    return msgspec.json.decode(plain, type=dict[str, str])


def forget(ctx: TenantContext) -> int:
    """Delete what is older than two days; how many."""
    gone = ctx.db.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < ctx.clock.now() - KEPT))
    assert isinstance(gone, CursorResult)
    return gone.rowcount
