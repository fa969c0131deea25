"""Signing where the books stand, so that a tail rewritten together with its seals is seen (INVARIANTS K9)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from sratix_core.db.dialects import insert_ignore
from sratix_core.ledger.models import BooksKey
from sratix_core.values import signing

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PURPOSE = "books-key"
DOMAIN = b"sratix-books-1\n"
NEWEST = select(BooksKey).order_by(BooksKey.kid.desc()).limit(1)


def public_key(ctx: TenantContext) -> str:
    """In hexadecimal digits; empty while nobody has asked for an archive."""
    found = ctx.db.scalar(NEWEST.with_only_columns(BooksKey.public))
    return found.hex() if found else ""


def key_of(ctx: TenantContext) -> BooksKey:
    """The tenant's key, made on first use; two who make it at once get the same one."""
    found = ctx.db.scalar(NEWEST)
    if found is None:
        private = signing.new_key(ctx.random)
        made = {
            "id": ctx.ids.new(),
            "kid": 1,
            "public": signing.public(private),
            "private_sealed": ctx.keys.encrypt(PURPOSE, ctx.tenant.id, private, ctx.random.bytes(12)),
            "created_at": ctx.clock.now(),
        }
        insert_ignore(ctx.db, BooksKey, ("kid",), made)
        found = ctx.db.scalars(NEWEST).one()
    return found


def signed(ctx: TenantContext, statement: Mapping[str, Any]) -> dict[str, Any]:
    """The statement with the key's number, its public half and the signature over the canonical JSON of it all."""
    key = key_of(ctx)
    whole = {**statement, "kid": key.kid, "public_key": key.public.hex()}
    private = ctx.keys.decrypt(PURPOSE, ctx.tenant.id, key.private_sealed)
    message = DOMAIN + json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()
    return {**whole, "signature": Ed25519PrivateKey.from_private_bytes(private).sign(message).hex()}
