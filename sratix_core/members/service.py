"""Changing who may do what: nobody gives or takes more than they hold, and an organization always keeps an owner.

All changes of one tenant wait for each other, and rights are read after the wait: of two owners who remove each
other, the second finds that they are none any more.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from sratix_core.accounts.permissions import OWNER, PRESETS
from sratix_core.audit.service import record
from sratix_core.db.dialects import hold_alone
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.members.grants import membership, permissions_of
from sratix_core.members.models import CustomRole, EventRole
from sratix_core.tenants.models import Member, MemberStatus

if TYPE_CHECKING:
    from sratix_core.accounts.grants import Grants
    from sratix_core.context import TenantContext
    from sratix_core.tenancy.session import ScopedSession

CHANGES = 2
"""The lock of all changes to one tenant's members and roles."""

MEMBER_SCOPES = {role.key: set(role.scopes) & {"tenant", "event"} for role in PRESETS}


class MoreThanHeld(Refused):
    """Somebody would give, change or take away what they do not hold themselves."""

    code = "more_than_held"


class LastOwner(Refused):
    """The organization would be left without an owner."""

    code = "last_owner"


def own_roles(ctx: TenantContext) -> dict[str, CustomRole]:
    """The tenant's own roles by key, in the order of their names."""
    rows = ctx.db.scalars(
        select(CustomRole).order_by(CustomRole.name).execution_options(populate_existing=True)
    )
    return {role.key: role for role in rows}


@dataclass(frozen=True)
class Giver:
    """Who changes something, with what they hold and the tenant's own roles, read after the wait."""

    grants: Grants
    own: Mapping[str, Collection[str]]

    def covers(self, role: str, event_id: uuid.UUID | None = None) -> bool:
        """Whether all that `role` allows, in an event or everywhere, is held by the giver too."""
        return self.grants.covers(permissions_of(role, self.own), event_id)

    def take(self, role: str, event_id: uuid.UUID | None = None) -> None:
        """Taking a role away needs what it allows, as giving it does. Raises `MoreThanHeld`."""
        if not self.covers(role, event_id):
            raise MoreThanHeld

    def give(self, role: str, event_id: uuid.UUID | None = None, field: str = "role") -> None:
        """Raises `Invalid` for a role nobody can have there, `MoreThanHeld`."""
        scopes = MEMBER_SCOPES.get(role, {"tenant", "event"} if role in self.own else set())
        if not scopes:
            raise Invalid({field: "choice"})
        if ("tenant" if event_id is None else "event") not in scopes:
            raise Invalid({field: "role_scope"})
        self.take(role, event_id)


def begin(ctx: TenantContext, by: Grants) -> Giver:
    """Wait for other changes to end, then look at what the actor holds. `by` stands for actors that are no users."""
    hold_alone(ctx.db, CHANGES)
    if ctx.actor.kind == "user" and ctx.actor.id is not None:
        found = membership(ctx.db, ctx.actor.id)
        if found is None:
            raise MoreThanHeld
        by = found.grants
    return giver(ctx, by)


def giver(ctx: TenantContext, by: Grants) -> Giver:
    """As `begin` without the wait, to show what could be given."""
    return Giver(by, {key: role.permissions for key, role in own_roles(ctx).items()})


def member_by_id(ctx: TenantContext, member_id: uuid.UUID) -> Member:
    """A member who is not removed. Raises `NotFound`."""
    member = ctx.db.scalar(
        select(Member)
        .where(Member.id == member_id, Member.status != MemberStatus.REMOVED)
        .execution_options(populate_existing=True)
    )
    if member is None:
        raise NotFound("member")
    return member


def event_roles(
    ctx: TenantContext, member_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, dict[uuid.UUID, str]]:
    """By member: the role in each event they have one in."""
    found: dict[uuid.UUID, dict[uuid.UUID, str]] = {}
    rows = ctx.db.execute(
        select(EventRole.member_id, EventRole.event_id, EventRole.role).where(
            EventRole.member_id.in_(member_ids)
        )
    )
    for member_id, event_id, role in rows:
        found.setdefault(member_id, {})[event_id] = role
    return found


def change_roles(
    ctx: TenantContext,
    by: Grants,
    member_id: uuid.UUID,
    role: str | None,
    events: Mapping[uuid.UUID, str] | None,
) -> Member:
    """Give a member `role` everywhere ("" for none) and other roles in single events; what is None stays as it is.

    Raises `NotFound`, `Invalid`, `MoreThanHeld`, `LastOwner`.
    """
    who = begin(ctx, by)
    member = member_by_id(ctx, member_id)
    before = event_roles(ctx, [member.id]).get(member.id, {})
    role, events = member.role if role is None else role, before if events is None else events
    if role != member.role:
        who.take(member.role)
        if role:
            who.give(role)
    for event_id in before.keys() | events.keys():
        old, new = before.get(event_id, ""), events.get(event_id, "")
        if old != new:
            who.take(old, event_id)
            if new:
                who.give(new, event_id, f"event-{event_id}")
    if not role and not events:
        raise Invalid({"role": "role_or_removal"})
    known = set(ctx.db.scalars(select(Event.id).where(Event.id.in_(events))))
    if known != set(events):
        raise NotFound("event")
    if member.role == OWNER != role:
        _keep_an_owner(ctx, member)
    was, member.role = member.role, role
    set_event_roles(ctx, member, before, events)
    record(ctx, "member.changed", "member", member.id, was=was, now=role, events=len(events))
    return member


def set_event_roles(
    ctx: TenantContext, member: Member, before: Mapping[uuid.UUID, str], events: Mapping[uuid.UUID, str]
) -> None:
    """Make `events` the roles this member holds in single events."""
    changed = [e for e in before.keys() | events.keys() if before.get(e) != events.get(e)]
    if not changed:
        return
    ctx.db.execute(delete(EventRole).where(EventRole.member_id == member.id, EventRole.event_id.in_(changed)))
    ctx.db.add_all(
        EventRole(
            id=ctx.ids.new(),
            member_id=member.id,
            event_id=event_id,
            role=events[event_id],
            granted_at=ctx.clock.now(),
        )
        for event_id in changed
        if event_id in events
    )
    ctx.db.flush()


def remove(ctx: TenantContext, by: Grants, member_id: uuid.UUID) -> Member:
    """End a membership; the person's traces stay. Raises `NotFound`, `MoreThanHeld`, `LastOwner`."""
    who = begin(ctx, by)
    member = member_by_id(ctx, member_id)
    before = event_roles(ctx, [member.id]).get(member.id, {})
    who.take(member.role)
    for event_id, role in before.items():
        who.take(role, event_id)
    if member.role == OWNER:
        _keep_an_owner(ctx, member)
    set_event_roles(ctx, member, before, {})
    member.status = MemberStatus.REMOVED
    ctx.db.flush()
    record(ctx, "member.removed", "member", member.id, was=member.role)
    return member


def seen(db: ScopedSession, user_id: uuid.UUID, now: datetime) -> None:
    """Remember that a member was here."""
    mine = update(Member).where(Member.user_id == user_id, Member.status == MemberStatus.ACTIVE)
    db.execute(mine.values(last_login_at=now))


def _keep_an_owner(ctx: TenantContext, leaving: Member) -> None:
    others = ctx.db.scalar(
        select(func.count())
        .select_from(Member)
        .where(Member.role == OWNER, Member.status == MemberStatus.ACTIVE, Member.id != leaving.id)
    )
    if not others:
        raise LastOwner
