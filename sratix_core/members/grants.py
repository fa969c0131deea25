"""What a user may do in a tenant, from the member's role, the roles in single events and the tenant's own roles."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import KNOWN, OF_EVENTS, ROLES
from sratix_core.members.hot import PLACE

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

NOTHING: frozenset[str] = frozenset()


class Membership(NamedTuple):
    """What a user's place in a tenant allows, when the user was here last before this, and the version of the tenant's content."""

    grants: Grants
    seen_at: datetime | None
    content: int | None


def membership(db: ScopedSession, user_id: uuid.UUID) -> Membership | None:
    """What the user's place in the session's tenant allows; None without one. One statement."""
    found = PLACE.all(db, {"in_tenant": db.tenant_id, "of_user": user_id})
    if not found:
        return None
    role, seen_at, content = found[0][:3]
    own = {key: permissions for *_, key, permissions in found if key is not None}
    events = {event_id: held for *_, event_id, held, _, _ in found if event_id is not None}
    return Membership(grants_from(role, events, own), seen_at, content)


def grants_from(role: str, events: Mapping[uuid.UUID, str], own: Mapping[str, Iterable[str]]) -> Grants:
    """The grants of a member; a role nobody knows any more grants nothing."""
    inside = {event_id: permissions_of(key, own) & OF_EVENTS for event_id, key in events.items()}
    return Grants(role or "events", permissions_of(role, own), inside)


def permissions_of(key: str, own: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """What a role allows, `own` being the tenant's; a permission the product lost is no permission."""
    preset = ROLES.get(key)
    return preset if preset is not None else KNOWN & frozenset(own.get(key, NOTHING))
