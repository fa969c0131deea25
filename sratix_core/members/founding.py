"""The first owner of an organizer: invited by the platform, through the platform's own mail, before anybody works there.

A session of all tenants, so every statement names its tenant. The link's secret is derived, so the mail needs nothing stored.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.context import KeyRing
from sratix_core.db.dialects import hold_alone
from sratix_core.errors import Invalid, Refused
from sratix_core.members.invitations import GOOD_FOR, PREFIX, token_hash
from sratix_core.members.models import Invitation, InvitationState
from sratix_core.members.service import CHANGES
from sratix_core.messages.service import queue
from sratix_core.tenants.models import Member, MemberStatus, Tenant, TenantStatus
from sratix_core.tenants.review import OWNER
from sratix_core.values.text import is_email, normal_email

if TYPE_CHECKING:
    from sratix_core.tenants.platform import PlatformContext

MAIL = "owner_invited"


def invite_owner(platform: PlatformContext, tenant: Tenant, email: str) -> Invitation:
    """Invite an address to own `tenant`, and mail it. An earlier open invitation of the address is replaced.

    Raises `Invalid` on the field `email`, `Refused("tenant_not_active")`.
    """
    if not is_email(email.strip()):
        raise Invalid({"email": "email"})
    if tenant.status != TenantStatus.ACTIVE:
        raise Refused("tenant_not_active")
    db, address, now = platform.db, normal_email(email), platform.sources.clock.now()
    hold_alone(db, CHANGES, tenant.id)
    here = (Member.tenant_id == tenant.id, Member.email == address, Member.status == MemberStatus.ACTIVE)
    if db.scalar(select(Member.id).where(*here)) is not None:
        raise Invalid({"email": "already_member"})
    mine = (Invitation.tenant_id == tenant.id, Invitation.state == InvitationState.OPEN)
    earlier = db.scalar(select(Invitation).where(*mine, Invitation.open_for == address))
    if earlier is not None:
        earlier.state, earlier.open_for, earlier.token_sealed = InvitationState.REVOKED, None, None
        earlier.closed_at = now
        db.flush()
    row = Invitation(
        tenant_id=tenant.id,
        id=platform.sources.ids.new(),
        email=address,
        open_for=address,
        locale=tenant.default_locale,
        role=OWNER,
        event_ids=[],
        mails=0,
        invited_by=platform.actor.id,
        created_at=now,
        expires_at=now + GOOD_FOR,
    )
    row.token_hash = token_hash(secret_of(platform.runtime.keys, row.id))
    db.add(row)
    db.flush()
    told = {"tenant": tenant.id, "invitation": row.id}
    queue(platform.mail, MAIL, address, tenant.default_locale, data=told)
    platform.record("tenant.owner_invited", "invitation", row.id, tenants=(tenant.id,))
    return row


def secret_of(keys: KeyRing, invitation_id: uuid.UUID) -> str:
    """What opens the invitation, made again whenever the mail is put together."""
    return keys.mac("owner-invitation", invitation_id.bytes).hex()


def link_to(keys: KeyRing, base: str, tenant_id: int, invitation_id: uuid.UUID) -> str:
    """The address for the mail."""
    token = f"{PREFIX}_{tenant_id}_{invitation_id.hex}_{secret_of(keys, invitation_id)}"
    return f"{base}/account/invitations/{token}"
