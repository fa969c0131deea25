"""Roles that a tenant made, roles held in single events, and invitations. The member itself is `tenants.models.Member`."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantRoot, TenantScoped, tenant_fk, tenant_unique
from sratix_core.db.types import Json, UTCDateTime, one_of, prefix_text, state_column


class CustomRole(TenantRoot, Base):
    """A role of the tenant's own. Members name it by its `key`, which never changes; a key that is gone grants nothing."""

    __tablename__ = "roles"
    __constraints__ = (tenant_unique("key"), tenant_unique("name"))

    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    permissions: Mapped[list[str]] = mapped_column(Json, default=list)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class EventRole(TenantScoped, Base):
    """A role held in one event, besides the member's role in the whole tenant."""

    __tablename__ = "member_roles"
    __constraints__ = (
        tenant_fk("member_id", "members"),
        tenant_fk("event_id", "events"),
        tenant_unique("member_id", "event_id"),
        Index("ix_member_roles_event", "tenant_id", "event_id"),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    role: Mapped[str] = mapped_column(String(40))
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class InvitationState(StrEnum):
    """An open invitation past `expires_at` is expired: nothing has to happen for that."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class Invitation(TenantRoot, Base):
    """A mail that makes its reader a member, of the tenant or of one organization.

    The link's secret is hashed; sealed it waits for the mail, until that is answered.
    """

    __tablename__ = "invitations"
    __constraints__ = (
        tenant_unique("open_for"),
        tenant_fk("organization_id", "organizations"),
        one_of("state", InvitationState),
        Index("ix_invitations_created", "tenant_id", "organization_id", "created_at", "id"),
        Index("ix_invitations_state", "tenant_id", "organization_id", "state", "created_at", "id"),
        Index("ix_invitations_email", "tenant_id", "organization_id", "email", "id"),
    )

    email: Mapped[str] = mapped_column(prefix_text(254))
    open_for: Mapped[str | None] = mapped_column(
        String(290), doc="organization and address while open: one at a time"
    )
    locale: Mapped[str] = mapped_column(String(12), default="en")
    role: Mapped[str] = mapped_column(String(40))
    event_ids: Mapped[list[str]] = mapped_column(Json, default=list, doc="empty for the whole tenant")
    organization_id: Mapped[uuid.UUID | None] = mapped_column(
        Uuid, doc="into which it leads; none: into the tenant"
    )
    state: Mapped[str] = mapped_column(state_column(), default=InvitationState.OPEN)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    token_sealed: Mapped[bytes | None] = mapped_column(LargeBinary(200), info={"sealed": "invitation"})
    mails: Mapped[int] = mapped_column(Integer, default=1)
    invited_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
