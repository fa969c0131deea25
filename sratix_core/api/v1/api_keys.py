"""Keys for programs: made by people, shown once, ended. No key makes keys."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import select

from sratix_core.accounts.permissions import API_KEY_EDIT
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import picked
from sratix_core.credentials.keys import KeyDraft, key_by_id, make_key, revoke_key
from sratix_core.credentials.models import ApiKey, Tier
from sratix_core.errors import Invalid

TAG = "API keys"


class ApiKeyOut(msgspec.Struct):
    """A key. `last_used_at` may be ten minutes old; without `expires_at` it lives until it is revoked."""

    id: uuid.UUID
    name: str
    scopes: list[str]
    event_id: uuid.UUID | None
    tier: Tier
    state: str
    made_by: uuid.UUID | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewApiKeyOut(ApiKeyOut):
    """A new key with its secret, which is never shown again."""

    key: str


class ApiKeyIn(msgspec.Struct, forbid_unknown_fields=True):
    """What a key is to open: permissions that you hold, in one event or in all of them."""

    name: str
    scopes: Annotated[list[Annotated[str, Meta(max_length=60)]], Meta(max_length=100)]
    event_id: uuid.UUID | None = None
    expires_in_days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    tier: Annotated[Tier, Meta(description="`high` is given by the platform's administrators.")] = (
        Tier.STANDARD
    )


def key_out(call: Call, found: ApiKey, shape: Any = ApiKeyOut, **more: Any) -> Any:
    state = found.state(call.ctx.clock.now())
    return picked(found, shape, scopes=found.scopes.split(), tier=Tier(found.tier), state=state, **more)


@endpoint(
    "GET",
    TENANT + "/api-keys",
    API_KEY_EDIT,
    "List keys, the newest first",
    tag=TAG,
    query=ListQuery,
    answers=page_of(ApiKeyOut),
)
def list_api_keys(call: Call) -> Any:
    def convert(rows: Sequence[ApiKey]) -> list[ApiKeyOut]:
        return [key_out(call, key) for key in rows]

    return page(call, select(ApiKey), Sort(ApiKey.created_at, ApiKey.id, descending=True), convert)


@endpoint(
    "POST",
    TENANT + "/api-keys",
    API_KEY_EDIT,
    "Make a key; it is in the answer and nowhere else",
    tag=TAG,
    body=ApiKeyIn,
    answers=NewApiKeyOut,
    status=201,
    errors=("too_many_keys",),
)
def create_api_key(call: Call) -> Any:
    body, who = call.body, call.request.identity
    if body.tier != Tier.STANDARD and not (who is not None and who.is_platform_admin):
        raise Invalid({"tier": "choice"})
    life = timedelta(days=body.expires_in_days) if body.expires_in_days is not None else None
    draft = KeyDraft(body.name, body.scopes, body.event_id, body.tier, life)
    key, shown = make_key(call.ctx, draft, call.request.grants)
    call.created(key.id)
    call.headers["Cache-Control"] = "private, no-store"
    return key_out(call, key, NewApiKeyOut, key=shown)


@endpoint("GET", TENANT + "/api-keys/{key}", API_KEY_EDIT, "One key", tag=TAG, answers=ApiKeyOut)
def get_api_key(call: Call) -> Any:
    return key_out(call, key_by_id(call.ctx, call.id("key")))


@endpoint(
    "DELETE",
    TENANT + "/api-keys/{key}",
    API_KEY_EDIT,
    "End a key: its next request is refused",
    tag=TAG,
    status=204,
)
def revoke_api_key(call: Call) -> None:
    revoke_key(call.ctx, key_by_id(call.ctx, call.id("key")))
