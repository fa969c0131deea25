"""Inviting people to act for an organization: the same link as a member's, that leads into the organization alone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.db.keyset import Order as By
from sratix_core.db.keyset import Page, page
from sratix_core.errors import Invalid
from sratix_core.members import invitations
from sratix_core.members.models import Invitation, InvitationState
from sratix_core.organizations.models import OrganizationMember
from sratix_core.organizations.people import begin
from sratix_core.values.text import is_email, normal_email

if TYPE_CHECKING:
    from sratix_core.accounts.grants import Grants
    from sratix_core.context import TenantContext

PAGE = 25


def invite(
    ctx: TenantContext, by: Grants, organization_id: uuid.UUID, email: str, role: str, locale: str
) -> Invitation:
    """Invite an address to act for an organization and queue the mail. An earlier open invitation there is replaced.

    Raises `NotFound`, `Invalid`, `MoreThanHeld`.
    """
    if not is_email(email.strip()):
        raise Invalid({"email": "email"})
    address = normal_email(email)
    organization, who = begin(ctx, by, organization_id)
    who.give(role)
    here = select(OrganizationMember.id).where(OrganizationMember.organization_id == organization.id)
    if ctx.db.scalar(here.where(OrganizationMember.email == address)):
        raise Invalid({"email": "already_member"})
    invitation = invitations.send(ctx, address, role, locale, organization_id=organization.id)
    record(ctx, "organization.invited", "invitation", invitation.id, organization=organization.id, role=role)
    return invitation


def resend(
    ctx: TenantContext, by: Grants, organization_id: uuid.UUID, invitation_id: uuid.UUID
) -> Invitation:
    """Send a new link; the one before opens nothing. Raises `NotFound`, `MoreThanHeld`."""
    organization, who = begin(ctx, by, organization_id)
    invitation = invitations.open_by_id(ctx, invitation_id, organization.id)
    who.give(invitation.role)
    return invitations.send_again(ctx, invitation)


def revoke(ctx: TenantContext, by: Grants, organization_id: uuid.UUID, invitation_id: uuid.UUID) -> None:
    """The link opens nothing from now on. Raises `NotFound`, `MoreThanHeld`."""
    organization, _ = begin(ctx, by, organization_id)
    invitations.revoke(ctx, invitation_id, organization.id)


def open_invitations(
    ctx: TenantContext, organization_id: uuid.UUID, cursor: str | None = None, limit: int = PAGE
) -> Page[Invitation]:
    """Those of this organization that wait for an answer, the newest first. Raises `NotFound` for a made-up cursor."""
    wanted = select(Invitation).where(
        Invitation.state == InvitationState.OPEN, Invitation.organization_id == organization_id
    )
    newest = By(Invitation.created_at, Invitation.id, True)
    return page(
        wanted, newest, cursor, limit, lambda q: ctx.db.scalars(q).all(), lambda i: (i.created_at, i.id)
    )
