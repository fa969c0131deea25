"""The letter that invites somebody to work for a tenant, or to act for an organization that takes part there."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from sratix_core.context import TenantContext
from sratix_core.errors import NotFound
from sratix_core.events.models import Event
from sratix_core.members.invitations import link_of
from sratix_core.members.models import CustomRole, Invitation, InvitationState
from sratix_core.messages.letters import Letter
from sratix_core.messages.models import Message
from sratix_core.messages.texts import Texts, language_of
from sratix_core.organizations.models import Organization, OrganizationMember
from sratix_core.tenants.models import Member
from sratix_core.values.locale import format_date

SHOWN = 6
"""Events named in the letter; more are counted."""


def compose_invitation(ctx: TenantContext, message: Message) -> Letter:
    """The letter of an open invitation. Raises `NotFound` once it is answered, revoked or replaced by a newer mail."""
    invitation = ctx.db.get(Invitation, uuid.UUID(message.data["invitation_id"]))
    if (
        invitation is None
        or invitation.state != InvitationState.OPEN
        or invitation.mails != message.data["mail"]
    ):
        raise NotFound("invitation")
    language = language_of(message.locale)
    texts = Texts(message.kind, language)
    names = list(
        ctx.db.scalars(
            select(Event.name)
            .where(Event.id.in_(map(uuid.UUID, invitation.event_ids)))
            .order_by(Event.starts_at, Event.id)
        )
    )
    organization = (
        ctx.db.get(Organization, invitation.organization_id) if invitation.organization_id else None
    )
    words = {
        "brand": ctx.tenant.name,
        "organization": organization.name if organization else "",
        "role": role_title(ctx, invitation.role, language),
        "by": _inviter(ctx, invitation) or ctx.tenant.name,
        "until": format_date(invitation.expires_at, ctx.tenant.timezone, language),
        "url": link_of(ctx, invitation),
    }
    where = (*names[:SHOWN], *((f"+ {len(names) - SHOWN}",) if len(names) > SHOWN else ()))
    return Letter(
        locale=language,
        brand=ctx.tenant.name,
        accent=ctx.tenant.accent,
        reference=texts.say("reference"),
        subject=" ".join(texts.say("subject", **words).split()),
        preheader=texts.say("preheader", **words),
        heading=texts.say("heading", **words),
        lead=texts.say("lead", **words),
        button=texts.say("button"),
        url=words["url"],
        facts=((words["role"], *(where or (texts.say("everywhere", **words),))),),
        closing=texts.say("closing", **words),
        legal=ctx.tenant.legal_line,
        reason=texts.say("reason", **words),
    )


def _inviter(ctx: TenantContext, invitation: Invitation) -> str | None:
    """Who invites, as the place they invite to knows them."""
    by = ctx.db.scalar(select(Member.name).where(Member.user_id == invitation.invited_by))
    if by is None and invitation.organization_id is not None:
        here = OrganizationMember.organization_id == invitation.organization_id
        by = ctx.db.scalar(
            select(OrganizationMember.name).where(here, OrganizationMember.user_id == invitation.invited_by)
        )
    return by


def role_title(ctx: TenantContext, key: str, language: str) -> str:
    """What people call a role in this language, an organizer's own one as it was named; a role that is gone keeps its key."""
    preset = Texts("roles", language).say(f"role_{key}")
    return preset or ctx.db.scalar(select(CustomRole.name).where(CustomRole.key == key)) or key
