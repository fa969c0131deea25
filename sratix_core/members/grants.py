"""What a user may do in a tenant, from the member's role, the roles in single events and the tenant's own roles."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import KNOWN, OF_EVENTS, ROLES
from sratix_core.members.models import CustomRole, EventRole
from sratix_core.tenants.models import Member, MemberStatus

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

NOTHING: frozenset[str] = frozenset()


class Membership(NamedTuple):
    """A user's place in a tenant, what it allows, and when the user was here last before this."""

    member: Member
    grants: Grants
    seen_at: datetime | None


def membership(db: ScopedSession, user_id: uuid.UUID) -> Membership | None:
    """The user's place in the session's tenant and what it allows; None without one. One statement."""
    found = db.execute(
        select(Member, EventRole.event_id, EventRole.role, CustomRole.key, CustomRole.permissions)
        .outerjoin(EventRole, EventRole.member_id == Member.id)
        .outerjoin(CustomRole, or_(CustomRole.key == Member.role, CustomRole.key == EventRole.role))
        .where(Member.user_id == user_id, Member.status == MemberStatus.ACTIVE)
        .execution_options(populate_existing=True)
    ).all()
    if not found:
        return None
    member: Member = found[0][0]
    own = {key: permissions for _, _, _, key, permissions in found if key is not None}
    events = {event_id: role for _, event_id, role, _, _ in found if event_id is not None}
    return Membership(member, grants_from(member.role, events, own), member.last_login_at)


def grants_from(role: str, events: Mapping[uuid.UUID, str], own: Mapping[str, Iterable[str]]) -> Grants:
    """The grants of a member; a role nobody knows any more grants nothing."""
    inside = {event_id: permissions_of(key, own) & OF_EVENTS for event_id, key in events.items()}
    return Grants(role or "events", permissions_of(role, own), inside)


def permissions_of(key: str, own: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """What a role allows, `own` being the tenant's; a permission the product lost is no permission."""
    preset = ROLES.get(key)
    return preset if preset is not None else KNOWN & frozenset(own.get(key, NOTHING))
