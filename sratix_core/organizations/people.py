"""Who acts for an organization, and what that allows: there, and nowhere else in the tenant."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.accounts.permissions import IN_ORGANIZATION, ORGANIZATION_PEOPLE
from sratix_core.audit.service import record
from sratix_core.db.dialects import hold_alone
from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, page
from sratix_core.errors import Invalid, NotFound
from sratix_core.members.grants import membership
from sratix_core.members.service import CHANGES, MoreThanHeld, member_by_id
from sratix_core.organizations.models import Organization, OrganizationMember
from sratix_core.organizations.service import organization_by_id

if TYPE_CHECKING:
    from sratix_core.accounts.grants import Grants
    from sratix_core.context import TenantContext
    from sratix_core.tenancy.session import ScopedSession

PAGE = 50
NOTHING: frozenset[str] = frozenset()


def permissions_in(role: str) -> frozenset[str]:
    """What a role allows in an organization; one nobody knows any more allows nothing."""
    return IN_ORGANIZATION.get(role, NOTHING)


def place_in(db: ScopedSession, user_id: uuid.UUID, organization_id: uuid.UUID) -> OrganizationMember | None:
    """The user's place in that organization, None without one."""
    return db.scalar(
        select(OrganizationMember)
        .where(OrganizationMember.organization_id == organization_id, OrganizationMember.user_id == user_id)
        .execution_options(populate_existing=True)
    )


@dataclass(frozen=True)
class Giver:
    """Who changes something in an organization, with what they hold there, read after the wait."""

    held: frozenset[str]

    def covers(self, role: str) -> bool:
        """Whether all that `role` allows there is held by the giver too."""
        return permissions_in(role) <= self.held

    def give(self, role: str) -> None:
        """Raises `Invalid` for a role nobody has in an organization, `MoreThanHeld`."""
        if role not in IN_ORGANIZATION:
            raise Invalid({"role": "choice"})
        if not self.covers(role):
            raise MoreThanHeld


def giver(by: Grants, organization_id: uuid.UUID) -> Giver:
    """What `by` holds in that organization, to show what could be given."""
    return Giver(by.everywhere | by.organizations.get(organization_id, NOTHING))


def begin(ctx: TenantContext, by: Grants, organization_id: uuid.UUID) -> tuple[Organization, Giver]:
    """Wait for other changes to end, then look at what the actor holds there. Raises `NotFound`, `MoreThanHeld`."""
    hold_alone(ctx.db, CHANGES)
    organization = organization_by_id(ctx, organization_id)
    if ctx.actor.kind != "user" or ctx.actor.id is None:
        return organization, giver(by, organization_id)
    tenant, place = membership(ctx.db, ctx.actor.id), place_in(ctx.db, ctx.actor.id, organization_id)
    held = (tenant.grants.everywhere if tenant else NOTHING) | (
        permissions_in(place.role) if place else NOTHING
    )
    if ORGANIZATION_PEOPLE not in held:
        raise MoreThanHeld
    return organization, Giver(held)


def list_people(
    ctx: TenantContext, organization_id: uuid.UUID, cursor: str | None = None, limit: int = PAGE
) -> Page[OrganizationMember]:
    """By name, one page. Raises `NotFound` for a made-up cursor."""
    query = select(OrganizationMember).where(OrganizationMember.organization_id == organization_id)
    by = By(OrganizationMember.name, OrganizationMember.id)
    return page(query, by, cursor, limit, lambda q: ctx.db.scalars(q).all(), lambda m: (m.name, m.id))


def person_by_id(ctx: TenantContext, organization_id: uuid.UUID, person_id: uuid.UUID) -> OrganizationMember:
    """Somebody of this organization. Raises `NotFound`."""
    found = ctx.db.scalar(
        select(OrganizationMember)
        .where(OrganizationMember.id == person_id, OrganizationMember.organization_id == organization_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound("organization_member")
    return found


def add_person(
    ctx: TenantContext, by: Grants, organization_id: uuid.UUID, member_id: uuid.UUID, role: str
) -> OrganizationMember:
    """Let somebody who works for the tenant act for an organization too; asked twice, the role is the last one.

    Raises `NotFound`, `Invalid`, `MoreThanHeld`.
    """
    organization, who = begin(ctx, by, organization_id)
    who.give(role)
    try:
        member = member_by_id(ctx, member_id)
    except NotFound as error:
        raise Invalid({"member_id": "unknown_choice"}) from error
    person = place_in(ctx.db, member.user_id, organization.id)
    if person is None:
        person = OrganizationMember(
            id=ctx.ids.new(),
            organization_id=organization.id,
            user_id=member.user_id,
            created_at=ctx.clock.now(),
        )
        ctx.db.add(person)
    elif not who.covers(person.role):
        raise MoreThanHeld
    person.role, person.name, person.email = role, member.name, member.email
    ctx.db.flush()
    record(ctx, "organization.person_added", "organization", organization.id, person=person.id, role=role)
    return person


def remove_person(
    ctx: TenantContext, by: Grants, organization_id: uuid.UUID, person_id: uuid.UUID
) -> OrganizationMember:
    """Take somebody off an organization; what they did stays on record. Raises `NotFound`, `MoreThanHeld`."""
    organization, who = begin(ctx, by, organization_id)
    person = person_by_id(ctx, organization.id, person_id)
    if not who.covers(person.role):
        raise MoreThanHeld
    ctx.db.delete(person)
    record(
        ctx,
        "organization.person_removed",
        "organization",
        organization.id,
        person=person.id,
        role=person.role,
    )
    ctx.db.flush()
    return person
