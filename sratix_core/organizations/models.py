"""An organization and the people who act for it."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from sratix_core.db.base import Base, TenantRoot, TenantScoped, belongs_to, tenant_fk, tenant_unique
from sratix_core.db.types import UTCDateTime, one_of, prefix_text, state_column


class OrganizationKind(StrEnum):
    COMPANY = "company"
    EXHIBITOR = "exhibitor"
    SPONSOR = "sponsor"
    PARTNER = "partner"
    CLUB = "club"
    OTHER = "other"


class Organization(TenantRoot, Base):
    """Who takes part in the tenant's events, and where its bills go."""

    __tablename__ = "organizations"
    __constraints__ = (
        one_of("kind", OrganizationKind),
        Index("ix_organizations_name", "tenant_id", "fold", "id"),
        Index("ix_organizations_kind", "tenant_id", "kind", "fold", "id"),
        Index("ix_organizations_updated", "tenant_id", "updated_at", "id"),
    )

    name: Mapped[str] = mapped_column(String(160))
    fold: Mapped[str] = mapped_column(prefix_text(160), doc="the name as lists are sorted by it")
    kind: Mapped[str] = mapped_column(state_column(), default=OrganizationKind.COMPANY)
    street: Mapped[str] = mapped_column(String(160), default="")
    postal_code: Mapped[str] = mapped_column(String(16), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2), default="", doc="ISO 3166 alpha-2")
    vat_number: Mapped[str] = mapped_column(String(40), default="")
    billing_email: Mapped[str] = mapped_column(String(254), default="", doc="where invoices go")
    reference: Mapped[str] = mapped_column(String(80), default="", doc="what its bookkeeping wants to read")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class OrganizationMember(TenantScoped, Base):
    """Somebody who acts for an organization. They need no place in the tenant, and get none by this."""

    __tablename__ = "organization_members"
    __constraints__ = (
        tenant_fk("organization_id", "organizations"),
        tenant_unique("organization_id", "user_id"),
        Index("ix_organization_members_name", "tenant_id", "organization_id", "name", "id"),
    )

    organization_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    user_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    role: Mapped[str] = mapped_column(String(40), doc="a key of accounts.permissions.IN_ORGANIZATION")
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    organization = belongs_to("OrganizationMember", "organization_id", "Organization")
