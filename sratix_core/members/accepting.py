"""Accepting an invitation: one unit of work finds or makes the user, gives the place and spends the link.

A system session, because users belong to no tenant and members to one; every statement names its tenant.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from sratix_core.accounts.models import User
from sratix_core.accounts.service import create_user, user_by_email
from sratix_core.audit.models import AuditEntry
from sratix_core.db.dialects import hold_alone
from sratix_core.errors import NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.members.invitations import Token, fits, parse_token
from sratix_core.members.models import CustomRole, EventRole, Invitation, InvitationState
from sratix_core.members.service import CHANGES
from sratix_core.organizations.models import Organization, OrganizationMember
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import Member, MemberStatus, Tenant, TenantStatus
from sratix_core.tenants.service import add_member

if TYPE_CHECKING:
    from sratix_core.context import Actor, Sources
    from sratix_core.tenancy.engines import Engines
    from sratix_core.tenancy.session import ScopedSession

ACCEPTING = SystemScope("an invitation makes a user, who belongs to no tenant, a member of one")


@dataclass(frozen=True)
class Offer:
    """What the reader of the mail is offered, in one organization where one is named; `known`: the address has an account."""

    token: Token
    email: str
    role: str
    tenant_name: str
    tenant_slug: str
    events: tuple[str, ...]
    known: bool
    organization: str = ""


class InvitationGone(NotFound):
    """A link that opens nothing: unknown, answered, taken back, replaced or expired, which all read the same."""

    code = "invitation_gone"


class OtherAccount(Refused):
    """Somebody else is signed in than the invitation was sent to."""

    code = "invitation_other"


def offer_of(engines: Engines, raw: str, sources: Sources) -> Offer:
    """What the link offers. Raises `InvitationGone`."""
    token = parse_token(raw)
    if token is None:
        raise InvitationGone
    with engines.begin(ACCEPTING, write=False) as db:
        invitation, tenant = _open(db, token, sources)
        ids = [uuid.UUID(e) for e in invitation.event_ids]
        named = (
            select(Event.name)
            .where(Event.tenant_id == tenant.id, Event.id.in_(ids))
            .order_by(Event.starts_at)
        )
        own = select(CustomRole.name).where(
            CustomRole.tenant_id == tenant.id, CustomRole.key == invitation.role
        )
        user = user_by_email(db, invitation.email)
        return Offer(
            token=token,
            email=invitation.email,
            role=db.scalar(own) or invitation.role,
            tenant_name=tenant.name,
            tenant_slug=tenant.slug,
            events=tuple(db.scalars(named)),
            known=user is not None and user.password_hash is not None,
            organization=_organization(db, invitation),
        )


def accept(
    db: ScopedSession,
    sources: Sources,
    token: Token,
    actor: Actor,
    *,
    name: str = "",
    password_hash: str | None = None,
    locale: str = "en",
) -> tuple[User, Tenant, uuid.UUID | None]:
    """Make the reader a member of the tenant, or of the organization whose id is answered.

    `actor` is whoever is signed in, else `name` and `password_hash` make the account.
    `db` is a system session (`ACCEPTING`). Raises `InvitationGone`, `OtherAccount`.
    """
    hold_alone(db, CHANGES, token.tenant_id)  # its role may be going at this moment
    invitation, tenant = _open(db, token, sources, lock=True)
    user = user_by_email(db, invitation.email)
    if actor.kind == "user":
        if user is None or user.id != actor.id:
            raise OtherAccount(email=invitation.email)
    elif user is None:
        user = create_user(
            db, sources, email=invitation.email, full_name=name, password_hash=password_hash, locale=locale
        )
    elif user.password_hash is None and not user.disabled:
        user.full_name, user.password_hash, user.updated_at = name, password_hash, sources.clock.now()
    else:
        raise OtherAccount(email=invitation.email)  # the account is there: its owner signs in first
    now = sources.clock.now()
    member_id = (_join_tenant if invitation.organization_id is None else _join_organization)(
        db, sources, invitation, user
    )
    invitation.state, invitation.open_for, invitation.token_sealed = InvitationState.ACCEPTED, None, None
    invitation.closed_at = now
    db.add(
        AuditEntry(
            tenant_id=tenant.id,
            id=sources.ids.new(),
            at=now,
            actor_kind="user",
            actor_id=user.id,
            ip_hash=actor.ip_hash,
            action="invitation.accepted",
            target_kind="member" if invitation.organization_id is None else "organization_member",
            target_id=member_id,
            data={"invitation": str(invitation.id), "role": invitation.role},
        )
    )
    db.flush()
    return user, tenant, invitation.organization_id


def _join_tenant(db: ScopedSession, sources: Sources, invitation: Invitation, user: User) -> uuid.UUID:
    here = select(Member).where(Member.tenant_id == invitation.tenant_id, Member.user_id == user.id)
    member = db.scalars(here.where(Member.status == MemberStatus.ACTIVE)).one_or_none()
    if member is None:  # whoever became a member in the meantime keeps the role they have
        everywhere = "" if invitation.event_ids else invitation.role
        member = add_member(
            db, sources, invitation.tenant_id, user.id, everywhere, user.full_name, user.email
        )
        member.invited_at = invitation.created_at
        _give_events(db, sources, invitation, member.id)
    return member.id


def _join_organization(db: ScopedSession, sources: Sources, invitation: Invitation, user: User) -> uuid.UUID:
    """A place in the organization and none in the tenant; whoever has one keeps their role."""
    here = select(OrganizationMember).where(
        OrganizationMember.tenant_id == invitation.tenant_id,
        OrganizationMember.organization_id == invitation.organization_id,
        OrganizationMember.user_id == user.id,
    )
    person = db.scalars(here).one_or_none()
    if person is None:
        person = OrganizationMember(
            tenant_id=invitation.tenant_id,
            id=sources.ids.new(),
            organization_id=invitation.organization_id,
            user_id=user.id,
            role=invitation.role,
            name=user.full_name,
            email=user.email,
            created_at=sources.clock.now(),
        )
        db.add(person)
    return person.id


def _organization(db: ScopedSession, invitation: Invitation) -> str:
    """The name of the organization that the link leads into, empty for the tenant itself."""
    named = select(Organization.name).where(
        Organization.tenant_id == invitation.tenant_id, Organization.id == invitation.organization_id
    )
    return db.scalar(named) or ""


def _open(
    db: ScopedSession, token: Token, sources: Sources, *, lock: bool = False
) -> tuple[Invitation, Tenant]:
    wanted = select(Invitation).where(
        Invitation.tenant_id == token.tenant_id, Invitation.id == token.invitation_id
    )
    invitation = db.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    if invitation is None or not fits(invitation, token.secret, sources.clock.now()):
        raise InvitationGone
    tenant: Tenant | None = db.get(Tenant, token.tenant_id)
    if tenant is None or tenant.status != TenantStatus.ACTIVE:
        raise InvitationGone
    return invitation, tenant


def _give_events(db: ScopedSession, sources: Sources, invitation: Invitation, member_id: uuid.UUID) -> None:
    """The role in each event of the invitation; one of an earlier membership gives way."""
    ids = [uuid.UUID(e) for e in invitation.event_ids]
    own = (EventRole.tenant_id == invitation.tenant_id, EventRole.member_id == member_id)
    db.execute(delete(EventRole).where(*own))
    db.add_all(
        EventRole(
            tenant_id=invitation.tenant_id,
            id=sources.ids.new(),
            member_id=member_id,
            event_id=event_id,
            role=invitation.role,
            granted_at=sources.clock.now(),
        )
        for event_id in ids
    )
