"""Roles of the tenant's own: a name and the permissions ticked for it. Nobody makes a role that allows more than they hold."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from sratix_core.accounts.permissions import KNOWN, PRESET_KEYS, PRESETS, in_order
from sratix_core.audit.service import record
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.members.models import CustomRole, EventRole, Invitation, InvitationState
from sratix_core.members.service import MoreThanHeld, begin, own_roles
from sratix_core.tenants.models import Member, MemberStatus
from sratix_core.values import slugs, text

if TYPE_CHECKING:
    from sratix_core.accounts.grants import Grants
    from sratix_core.context import TenantContext

MOST = 50
NAMES = PRESET_KEYS | {role.title.casefold() for role in PRESETS}
"""What a role of a tenant's own may not be called: people would take it for the preset."""


def role_by_id(ctx: TenantContext, role_id: uuid.UUID) -> CustomRole:
    """Raises `NotFound`."""
    role = ctx.db.scalar(
        select(CustomRole).where(CustomRole.id == role_id).execution_options(populate_existing=True)
    )
    if role is None:
        raise NotFound("role")
    return role


def save_role(
    ctx: TenantContext,
    by: Grants,
    name: str | None,
    permissions: Iterable[str] | None,
    role_id: uuid.UUID | None = None,
) -> CustomRole:
    """Make a role or change one, where what is None stays; a change counts at the next click of everybody who has it.

    Raises `Invalid`, `MoreThanHeld` for a permission that is added or taken off and not held, `Refused`.
    """
    who = begin(ctx, by)
    role = role_by_id(ctx, role_id) if role_id is not None else None
    before = set(role.permissions) & KNOWN if role is not None else set()
    wanted = before if permissions is None else set(permissions)
    name = _checked_name(role.name if name is None and role is not None else name or "")
    if not wanted:
        raise Invalid({"permissions": "role_empty"})
    if not wanted <= KNOWN:
        raise Invalid({"permissions": "choice"})
    if not who.grants.covers(wanted ^ before):
        raise MoreThanHeld
    others = {key: r for key, r in own_roles(ctx).items() if role is None or r.id != role.id}
    if any(r.name.casefold() == name.casefold() for r in others.values()):
        raise Invalid({"name": "name_taken"})
    if len(others) >= MOST:
        raise Refused("too_many_roles", most=MOST)
    now = ctx.clock.now()
    if role is None:
        role = CustomRole(id=ctx.ids.new(), key=_free_key(name, others), created_at=now)
        ctx.db.add(role)
    role.name, role.permissions, role.updated_at = name, in_order(wanted), now
    ctx.db.flush()
    record(
        ctx,
        "role.changed" if before else "role.made",
        "role",
        role.id,
        added=in_order(wanted - before),
        taken=in_order(before - wanted),
    )
    return role


def _checked_name(name: str) -> str:
    try:
        name = " ".join(text.clean(name, 60).split())
    except text.BadText as error:
        raise Invalid({"name": "too_long" if error.reason == "too_long" else "bad_text"}) from error
    if not name:
        raise Invalid({"name": "required"})
    if name.casefold() in NAMES:
        raise Invalid({"name": "name_taken"})
    return name


def _free_key(name: str, others: Iterable[str]) -> str:
    """A word for addresses and programs, made of the name: `Box office` is `box-office`, a second one `box-office-2`."""
    stem, taken = slugs.slugify(name)[:32].rstrip("-") or "role", {*others, *PRESET_KEYS}
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)


def holders(ctx: TenantContext) -> Counter[str]:
    """How many active people hold each role, everywhere or in events; two statements."""
    everywhere = select(Member.role, Member.id).where(Member.status == MemberStatus.ACTIVE)
    inside = (
        select(EventRole.role, EventRole.member_id)
        .join(Member, Member.id == EventRole.member_id)
        .where(Member.status == MemberStatus.ACTIVE)
    )
    people = {(role, member) for wanted in (everywhere, inside) for role, member in ctx.db.execute(wanted)}
    return Counter(role for role, _ in people)


def delete_role(ctx: TenantContext, by: Grants, role_id: uuid.UUID) -> int:
    """Delete a role and take it away from everybody; how many people lose it. Open invitations to it end.

    Raises `NotFound`, `MoreThanHeld`.
    """
    who = begin(ctx, by)
    role = role_by_id(ctx, role_id)
    if not who.grants.covers(set(role.permissions) & KNOWN):
        raise MoreThanHeld
    losing = holders(ctx)[role.key]
    ctx.db.execute(update(Member).where(Member.role == role.key).values(role=""))
    ctx.db.execute(delete(EventRole).where(EventRole.role == role.key))
    ctx.db.execute(
        update(Invitation)
        .where(Invitation.role == role.key, Invitation.state == InvitationState.OPEN)
        .values(state=InvitationState.REVOKED, open_for=None, token_sealed=None, closed_at=ctx.clock.now())
    )
    ctx.db.execute(delete(CustomRole).where(CustomRole.id == role.id))
    record(ctx, "role.deleted", "role", role_id, people=losing)
    return losing


def waiting(ctx: TenantContext, key: str) -> int:
    """Open invitations to a role."""
    return (
        ctx.db.scalar(
            select(func.count())
            .select_from(Invitation)
            .where(Invitation.role == key, Invitation.state == InvitationState.OPEN)
        )
        or 0
    )
