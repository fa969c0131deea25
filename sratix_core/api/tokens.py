"""Signing in by program: a password for a pair of tokens, a refresh token for the next pair, and who one is.

These endpoints set and read no cookie. They write in short units of their own, so that a refusal keeps what it must.
"""

from __future__ import annotations

from typing import Any

import msgspec
from pyramid.view import view_config

from sratix_core.accounts import signing_in
from sratix_core.accounts.places import places_of
from sratix_core.credentials import access, tokens
from sratix_core.credentials.tokens import Pair, Reused
from sratix_core.errors import Invalid, Refused
from sratix_core.tenancy.scope import IdentityScope
from sratix_core.values.text import is_email, normal_email
from sratix_core.web import limits
from sratix_core.web.permissions import PUBLIC
from sratix_core.web.request import Request

LONGEST = 300


class PasswordBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /api/v1/auth/token`."""

    email: str
    password: str


class RefreshBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /api/v1/auth/refresh` and `/revoke`."""

    refresh_token: str


def _body(request: Request, shape: type[Any]) -> Any:
    try:
        return msgspec.json.decode(request.body, type=shape)
    except msgspec.DecodeError as error:
        raise Invalid({"body": "json_shape"}, detail=str(error)) from error


def _answer(pair: Pair, request: Request) -> dict[str, Any]:
    request.response.headers["Cache-Control"] = "no-store"
    return {
        "access_token": pair.access,
        "token_type": "Bearer",
        "expires_in": int(access.LIFE.total_seconds()),
        "refresh_token": pair.refresh,
        "refresh_expires_at": pair.refresh_until.isoformat(),
    }


@view_config(
    route_name="api.token", request_method="POST", permission=PUBLIC, csrf=False, renderer="json"
)  # e-mail and password
def sign_in(request: Request) -> dict[str, Any]:
    """E-mail and password for a pair of tokens; wrong ones pause as they do in the browser."""
    request.limit(limits.LOGIN)
    body, runtime = _body(request, PasswordBody), request.runtime
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
    return _answer(pair, request)


@view_config(
    route_name="api.refresh", request_method="POST", permission=PUBLIC, csrf=False, renderer="json"
)  # refresh token
def refresh(request: Request) -> dict[str, Any]:
    """A refresh token for the next pair, once. A used one ends the sign-in it came from, and is on record."""
    request.limit(limits.REFRESH)
    raw, runtime = _refresh_token(request), request.runtime
    with runtime.engines.begin(IdentityScope()) as db:
        found = tokens.rotate(db, runtime, raw)
    if isinstance(found, Reused):
        request.journal.note("token.reused", user_id=found.user_id)
    if not isinstance(found, Pair):
        raise Refused("credential_unknown")
    return _answer(found, request)


@view_config(
    route_name="api.revoke", request_method="POST", permission=PUBLIC, csrf=False, renderer="json"
)  # refresh token
def revoke(request: Request) -> dict[str, Any]:
    """End a sign-in with its refresh token. What is no token is answered alike (RFC 7009 §2.2)."""
    request.limit(limits.REFRESH)
    raw, runtime = _refresh_token(request), request.runtime
    with runtime.engines.begin(IdentityScope()) as db:
        user_id = tokens.revoke(db, raw, runtime.sources.clock.now())
    if user_id is not None:
        request.journal.note("token.revoked", user_id=user_id)
    return {}


def _refresh_token(request: Request) -> str:
    raw: str = _body(request, RefreshBody).refresh_token
    return raw if raw.startswith(tokens.PREFIX) and len(raw) <= LONGEST else ""


@view_config(route_name="api.me", request_method="GET", permission=PUBLIC, renderer="json")
def me(request: Request) -> dict[str, Any]:
    """Whoever asks: a person with the places they work in, or a key with what it may do. Raises `Refused` for nobody."""
    if request.bearer is not None and (key := request.bearer.key) is not None:
        tenant = request.runtime.engines.tenants.by_id(key.tenant_id)
        scopes = key.grants.everywhere.union(*key.grants.events.values())
        return {
            "kind": "api_key",
            "id": str(key.id),
            "name": key.name,
            "tenant": tenant.slug,
            "scopes": sorted(scopes),
            "event_id": next((str(event) for event in key.grants.events), None),
        }
    if request.identity is None:
        raise Refused("signed_out")
    who = request.identity
    places = places_of(request.runtime.engines, who.id)
    return {
        "kind": "user",
        "id": str(who.id),
        "name": who.name,
        "email": who.email,
        "tenants": [{"slug": place.slug, "name": place.name, "role": place.role} for place in places],
    }
