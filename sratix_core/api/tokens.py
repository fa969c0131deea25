"""Signing in by program: a password for a pair of tokens, a refresh token for the next pair, and who one is.

These endpoints set and read no cookie. They write in short units of their own, so that a refusal keeps what it must.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from sratix_core.accounts import signing_in
from sratix_core.accounts.places import places_of
from sratix_core.api.framework import Call, endpoint
from sratix_core.credentials import access, tokens
from sratix_core.credentials.tokens import Pair, Reused
from sratix_core.errors import Invalid, Refused
from sratix_core.tenancy.scope import IdentityScope
from sratix_core.values.text import is_email, normal_email
from sratix_core.web import limits
from sratix_core.web.permissions import PUBLIC

LONGEST = 300


TAG = "Signing in"


class PasswordIn(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str


class RefreshIn(msgspec.Struct, forbid_unknown_fields=True):
    refresh_token: str


class TokensOut(msgspec.Struct):
    """An access token for a quarter of an hour, and the refresh token that is good once for the next pair."""

    access_token: str
    token_type: str
    expires_in: Annotated[int, Meta(description="Seconds.")]
    refresh_token: str
    refresh_expires_at: datetime


class PlaceOut(msgspec.Struct):
    """An organizer somebody works for."""

    slug: str
    name: str
    role: str


class MeOut(msgspec.Struct):
    """Whoever asks. A person has an e-mail address and tenants; a key has scopes, one tenant, and one event or all."""

    kind: Literal["user", "api_key"]
    id: uuid.UUID
    name: str
    email: str | None = None
    tenants: list[PlaceOut] = []
    scopes: list[str] = []
    event_id: uuid.UUID | None = None


def _declare(path: str, summary: str, route: str, **more: Any) -> Any:
    return endpoint("POST", f"/auth/{path}", PUBLIC, summary, tag=TAG, route=route, security="body", **more)


def _answer(call: Call, pair: Pair) -> TokensOut:
    call.headers["Cache-Control"] = "no-store"
    return TokensOut(
        pair.access, "Bearer", int(access.LIFE.total_seconds()), pair.refresh, pair.refresh_until
    )


@_declare("token", "Sign in with a password", "api.token", body=PasswordIn, answers=TokensOut)
def create_token(call: Call) -> TokensOut:
    """E-mail and password for a pair of tokens; wrong ones pause as they do in the browser."""
    request, body, runtime = call.request, call.body, call.request.runtime
    request.limit(limits.LOGIN)
    if not is_email(body.email.strip()):
        raise Invalid({"email": "email"})
    address = request.client_addr or ""
    try:
        proof = signing_in.prove(
            runtime, normal_email(body.email), body.password, address, local=request.is_local
        )
        with runtime.engines.begin(IdentityScope()) as db:
            user = signing_in.accept(db, proof)
            pair, user_id = tokens.start(db, runtime, user), user.id
    except Refused as error:
        request.journal.note(f"login.{'paused' if error.code == 'login_paused' else 'failed'}")
        raise
    request.journal.note("token.started", user_id=user_id)
    return _answer(call, pair)


@_declare("refresh", "The next pair of tokens", "api.refresh", body=RefreshIn, answers=TokensOut)
def refresh_token(call: Call) -> TokensOut:
    """A refresh token for the next pair, once. A used one ends the sign-in it came from, and is on record."""
    request, runtime = call.request, call.request.runtime
    request.limit(limits.REFRESH)
    with runtime.engines.begin(IdentityScope()) as db:
        found = tokens.rotate(db, runtime, _refresh_token(call))
    if isinstance(found, Reused):
        request.journal.note("token.reused", user_id=found.user_id)
    if not isinstance(found, Pair):
        raise Refused("credential_unknown")
    return _answer(call, found)


@_declare("revoke", "End a sign-in", "api.revoke", body=RefreshIn, status=204)
def revoke_token(call: Call) -> None:
    """End a sign-in with its refresh token. What is no token is answered alike (RFC 7009 §2.2)."""
    request, runtime = call.request, call.request.runtime
    request.limit(limits.REFRESH)
    with runtime.engines.begin(IdentityScope()) as db:
        user_id = tokens.revoke(db, _refresh_token(call), runtime.sources.clock.now())
    if user_id is not None:
        request.journal.note("token.revoked", user_id=user_id)


def _refresh_token(call: Call) -> str:
    raw: str = call.body.refresh_token
    return raw if raw.startswith(tokens.PREFIX) and len(raw) <= LONGEST else ""


@endpoint(
    "GET",
    "/auth/me",
    PUBLIC,
    "Who this credential is",
    tag=TAG,
    route="api.me",
    security="anybody",
    answers=MeOut,
)
def get_me(call: Call) -> MeOut:
    """A person with the places they work in, or a key with what it may do. Raises `Refused` for nobody."""
    request, runtime = call.request, call.request.runtime
    if request.bearer is not None and (key := request.bearer.key) is not None:
        tenant = runtime.engines.tenants.by_id(key.tenant_id)
        scopes = sorted(key.grants.everywhere.union(*key.grants.events.values()))
        place = PlaceOut(tenant.slug, tenant.name, "api_key")
        return MeOut("api_key", key.id, key.name, None, [place], scopes, next(iter(key.grants.events), None))
    who = request.identity
    if who is None:
        raise Refused("signed_out")
    places = [PlaceOut(p.slug, p.name, p.role) for p in places_of(runtime.engines, who.id)]
    return MeOut("user", who.id, who.name, who.email, places)
