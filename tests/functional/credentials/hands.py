"""Making keys and asking with them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import EVENT_EDIT, EVENT_VIEW, ROLES
from sratix_core.credentials.keys import KeyDraft, make_key
from sratix_core.credentials.models import ApiKey
from sratix_core.events.models import Event
from tests.builders import World
from tests.support import TestApp

OWNER = Grants("owner", ROLES["owner"])


def new_key(
    world: World,
    *scopes: str,
    held: Grants = OWNER,
    life: timedelta | None = None,
    event: str | None = None,
    **more: Any,
) -> tuple[str, uuid.UUID]:
    """A key and its id; it may look at and edit events if nothing is said."""
    with world.open() as ctx:
        wanted = ctx.db.scalar(select(Event.id).where(Event.slug == event)) if event else None
        given = scopes or (EVENT_VIEW, EVENT_EDIT)
        key, shown = make_key(ctx, KeyDraft("Till", given, wanted, life=life, **more), held)
        return shown, key.id


def stored(world: World, key_id: uuid.UUID) -> ApiKey:
    with world.open(write=False) as ctx:
        found: ApiKey = ctx.db.get_one(ApiKey, key_id)
        ctx.db.expunge(found)
        return found


def ask(browser: TestApp, path: str, key: str, method: str = "GET", **kw: Any) -> Any:
    """A request with a bearer credential, whatever the answer is."""
    headers = {"Authorization": f"Bearer {key}", **kw.pop("headers", {})}
    return browser.request(path, method=method, headers=headers, expect_errors=True, **kw)
