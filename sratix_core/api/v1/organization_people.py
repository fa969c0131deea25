"""Who acts for an organization: added, invited by mail, removed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import select

from sratix_core.accounts.permissions import ORGANIZATION_PEOPLE, ORGANIZATION_VIEW
from sratix_core.api.framework import Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import picked
from sratix_core.api.v1.organizations import ORGANIZATION, TAG
from sratix_core.members.models import Invitation, InvitationState
from sratix_core.organizations import invitations, people
from sratix_core.organizations.models import OrganizationMember
from sratix_core.organizations.service import organization_by_id
from sratix_core.web.limits import INVITES

RoleKey = Annotated[
    str, Meta(min_length=1, max_length=40, description="The key of a role held in organizations.")
]
GUEST = ORGANIZATION + "/invitations/{guest}"


class OrganizationMemberOut(msgspec.Struct):
    """Somebody who acts for the organization."""

    id: uuid.UUID
    name: str
    email: str
    role: str
    created_at: datetime


class OrganizationMemberIn(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody who works for the organizer; everybody else is invited by mail."""

    member_id: uuid.UUID
    role: RoleKey


class OrganizationInvitationIn(msgspec.Struct, forbid_unknown_fields=True):
    """An open invitation of the same address to this organization is replaced."""

    email: Annotated[str, Meta(max_length=254)]
    role: RoleKey


class OrganizationInvitationOut(msgspec.Struct):
    """A mail that lets its reader act for the organization. After `expires_at` it opens nothing."""

    id: uuid.UUID
    email: str
    role: str
    state: InvitationState
    mails: int
    created_at: datetime
    expires_at: datetime


def person_out(person: OrganizationMember) -> OrganizationMemberOut:
    return picked(person, OrganizationMemberOut)


def invitation_out(invitation: Invitation) -> OrganizationInvitationOut:
    return picked(invitation, OrganizationInvitationOut, state=InvitationState(invitation.state))


@endpoint(
    "GET",
    ORGANIZATION + "/members",
    ORGANIZATION_VIEW,
    "List who acts for an organization, by name",
    tag=TAG,
    query=ListQuery,
    answers=page_of(OrganizationMemberOut),
)
def list_organization_members(call: Call) -> Any:
    organization = organization_by_id(call.ctx, call.id("organization"))
    query = select(OrganizationMember).where(OrganizationMember.organization_id == organization.id)

    def convert(rows: Sequence[OrganizationMember]) -> list[OrganizationMemberOut]:
        return [person_out(p) for p in rows]

    return page(call, query, Sort(OrganizationMember.name, OrganizationMember.id, str), convert)


@endpoint(
    "POST",
    ORGANIZATION + "/members",
    ORGANIZATION_PEOPLE,
    "Let a member of the organizer act for an organization",
    tag=TAG,
    body=OrganizationMemberIn,
    answers=OrganizationMemberOut,
    status=201,
    errors=("more_than_held",),
)
def add_organization_member(call: Call) -> OrganizationMemberOut:
    body, grants = call.body, call.request.grants
    person = people.add_person(call.ctx, grants, call.id("organization"), body.member_id, body.role)
    call.created(person.id)
    return person_out(person)


@endpoint(
    "DELETE",
    ORGANIZATION + "/members/{person}",
    ORGANIZATION_PEOPLE,
    "Take somebody off an organization",
    tag=TAG,
    status=204,
    errors=("more_than_held",),
)
def remove_organization_member(call: Call) -> None:
    people.remove_person(call.ctx, call.request.grants, call.id("organization"), call.id("person"))


@endpoint(
    "GET",
    ORGANIZATION + "/invitations",
    ORGANIZATION_PEOPLE,
    "List open invitations to an organization",
    tag=TAG,
    query=ListQuery,
    answers=page_of(OrganizationInvitationOut),
)
def list_organization_invitations(call: Call) -> Any:
    organization = organization_by_id(call.ctx, call.id("organization"))
    query = select(Invitation).where(
        Invitation.organization_id == organization.id, Invitation.state == InvitationState.OPEN
    )

    def convert(rows: Sequence[Invitation]) -> list[OrganizationInvitationOut]:
        return [invitation_out(i) for i in rows]

    return page(call, query, Sort(Invitation.created_at, Invitation.id, descending=True), convert)


@endpoint(
    "POST",
    ORGANIZATION + "/invitations",
    ORGANIZATION_PEOPLE,
    "Invite somebody to act for an organization",
    tag=TAG,
    body=OrganizationInvitationIn,
    answers=OrganizationInvitationOut,
    status=201,
    errors=("more_than_held",),
)
def invite_organization_member(call: Call) -> OrganizationInvitationOut:
    ctx, body, organization_id = call.ctx, call.body, call.id("organization")
    call.request.limit(INVITES, f"{ctx.tenant.id}/{organization_id}")
    locale = ctx.tenant.default_locale
    made = invitations.invite(ctx, call.request.grants, organization_id, body.email, body.role, locale)
    call.created(made.id)
    return invitation_out(made)


@endpoint(
    "POST",
    GUEST + "/mails",
    ORGANIZATION_PEOPLE,
    "Send a new link into the organization; the one before opens nothing",
    tag=TAG,
    answers=OrganizationInvitationOut,
    errors=("more_than_held",),
)
def mail_organization_invitation(call: Call) -> OrganizationInvitationOut:
    organization_id = call.id("organization")
    call.request.limit(INVITES, f"{call.ctx.tenant.id}/{organization_id}")
    return invitation_out(
        invitations.resend(call.ctx, call.request.grants, organization_id, call.id("guest"))
    )


@endpoint(
    "DELETE",
    GUEST,
    ORGANIZATION_PEOPLE,
    "Take an invitation to an organization back",
    tag=TAG,
    status=204,
    errors=("more_than_held",),
)
def revoke_organization_invitation(call: Call) -> None:
    invitations.revoke(call.ctx, call.request.grants, call.id("organization"), call.id("guest"))
