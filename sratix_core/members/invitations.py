"""Invitations by mail: a link that makes its reader a member, good for a week, once, and only for the address it went to."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.errors import Invalid, NotFound
from sratix_core.events.models import Event
from sratix_core.members.models import Invitation, InvitationState
from sratix_core.members.service import begin
from sratix_core.messages.service import queue
from sratix_core.tenants.models import Member, MemberStatus
from sratix_core.values.text import is_email, normal_email

if TYPE_CHECKING:
    from sratix_core.accounts.grants import Grants
    from sratix_core.context import TenantContext

PREFIX = "srx_invitation"
PURPOSE = "invitation"
GOOD_FOR = timedelta(days=7)
MAIL = "member_invited"
MAIL_OF_ORGANIZATIONS = "organization_invited"


@dataclass(frozen=True)
class Token:
    """A link's token taken apart: it names its tenant and its row, so that the look-up needs no search."""

    tenant_id: int
    invitation_id: uuid.UUID
    secret: str


def parse_token(raw: str) -> Token | None:
    """The parts of `srx_invitation_<tenant>_<id>_<secret>`, None for anything else."""
    parts = raw.split("_", 4)
    if len(parts) != 5 or "_".join(parts[:2]) != PREFIX or not parts[2].isascii() or not parts[2].isdigit():
        return None
    try:
        return Token(int(parts[2][:9]), uuid.UUID(parts[3]), parts[4])
    except ValueError:
        return None


def token_hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def fits(invitation: Invitation, secret: str, now: datetime) -> bool:
    """Whether the secret opens this invitation now."""
    is_open = invitation.state == InvitationState.OPEN and invitation.expires_at > now
    return hmac.compare_digest(bytes(invitation.token_hash), token_hash(secret)) and is_open


def invite(
    ctx: TenantContext, by: Grants, email: str, role: str, events: Collection[uuid.UUID], locale: str
) -> Invitation:
    """Invite an address to a role, everywhere or in `events`, and queue the mail. An earlier open invitation is replaced.

    Raises `Invalid`, `NotFound` for an event, `MoreThanHeld`.
    """
    if not is_email(email.strip()):
        raise Invalid({"email": "email"})
    address, who = normal_email(email), begin(ctx, by)
    for event_id in events or (None,):
        who.give(role, event_id)
    if set(ctx.db.scalars(select(Event.id).where(Event.id.in_(events)))) != set(events):
        raise NotFound("event")
    if ctx.db.scalar(select(Member.id).where(Member.email == address, Member.status == MemberStatus.ACTIVE)):
        raise Invalid({"email": "already_member"})
    invitation = send(ctx, address, role, locale, events)
    record(ctx, "member.invited", "invitation", invitation.id, role=role, events=len(invitation.event_ids))
    return invitation


def send(
    ctx: TenantContext,
    address: str,
    role: str,
    locale: str,
    events: Collection[uuid.UUID] = (),
    organization_id: uuid.UUID | None = None,
) -> Invitation:
    """Write an invitation that was allowed and queue its mail; an open one of the same address to the same place ends."""
    open_for = address if organization_id is None else f"{organization_id.hex}:{address}"
    earlier = ctx.db.scalar(select(Invitation).where(Invitation.open_for == open_for))
    if earlier is not None:
        _close(ctx, earlier, InvitationState.REVOKED)
    invitation = Invitation(
        id=ctx.ids.new(),
        email=address,
        open_for=open_for,
        locale=locale,
        role=role,
        event_ids=sorted(str(e) for e in events),
        organization_id=organization_id,
        mails=0,
        invited_by=ctx.actor.id,
        created_at=ctx.clock.now(),
    )
    _arm(ctx, invitation)
    ctx.db.add(invitation)
    ctx.db.flush()
    _mail(ctx, invitation)
    return invitation


def open_by_id(
    ctx: TenantContext, invitation_id: uuid.UUID, organization_id: uuid.UUID | None = None
) -> Invitation:
    """An invitation of the tenant, or of one organization, that was neither accepted nor revoked, expired or not.

    Raises `NotFound`.
    """
    invitation = ctx.db.scalar(
        select(Invitation)
        .where(
            Invitation.id == invitation_id,
            Invitation.state == InvitationState.OPEN,
            Invitation.organization_id == organization_id,
        )
        .with_for_update()
    )
    if invitation is None:
        raise NotFound("invitation")
    return invitation


def resend(ctx: TenantContext, by: Grants, invitation_id: uuid.UUID) -> Invitation:
    """Send a new link, good for a week from now; the one before opens nothing. Raises `NotFound`, `MoreThanHeld`."""
    who = begin(ctx, by)
    invitation = open_by_id(ctx, invitation_id)
    for event_id in map(uuid.UUID, invitation.event_ids):
        who.give(invitation.role, event_id)
    if not invitation.event_ids:
        who.give(invitation.role)
    return send_again(ctx, invitation)


def send_again(ctx: TenantContext, invitation: Invitation) -> Invitation:
    """Arm an open invitation anew and queue its mail."""
    _arm(ctx, invitation)
    _mail(ctx, invitation)
    record(ctx, "invitation.resent", "invitation", invitation.id)
    return invitation


def revoke(ctx: TenantContext, invitation_id: uuid.UUID, organization_id: uuid.UUID | None = None) -> None:
    """The link opens nothing from now on; asked twice, the second time does nothing. Raises `NotFound`."""
    wanted = select(Invitation).where(
        Invitation.id == invitation_id, Invitation.organization_id == organization_id
    )
    invitation = ctx.db.scalar(wanted.with_for_update())
    if invitation is None:
        raise NotFound("invitation")
    if invitation.state == InvitationState.OPEN:
        _close(ctx, invitation, InvitationState.REVOKED)
        record(ctx, "invitation.revoked", "invitation", invitation.id)


def link_of(ctx: TenantContext, invitation: Invitation) -> str:
    """The address for the mail. Raises `NotFound` once the invitation is answered."""
    if invitation.token_sealed is None:
        raise NotFound("invitation")
    secret = ctx.keys.decrypt(PURPOSE, ctx.tenant.id, invitation.token_sealed).decode()
    token = f"{PREFIX}_{ctx.tenant.id}_{invitation.id.hex}_{secret}"
    return f"{ctx.settings.base_url}/account/invitations/{token}"


def _arm(ctx: TenantContext, invitation: Invitation) -> None:
    secret = ctx.random.token(24)
    invitation.token_hash = token_hash(secret)
    invitation.token_sealed = ctx.keys.encrypt(PURPOSE, ctx.tenant.id, secret.encode(), ctx.random.bytes(12))
    invitation.expires_at = ctx.clock.now() + GOOD_FOR
    invitation.mails += 1


def _mail(ctx: TenantContext, invitation: Invitation) -> None:
    told = {"invitation_id": str(invitation.id), "mail": invitation.mails}
    kind = MAIL if invitation.organization_id is None else MAIL_OF_ORGANIZATIONS
    queue(ctx, kind, invitation.email, invitation.locale, data=told)


def _close(ctx: TenantContext, invitation: Invitation, state: InvitationState) -> None:
    invitation.state, invitation.open_for, invitation.token_sealed = state, None, None
    invitation.closed_at = ctx.clock.now()
    ctx.db.flush()
