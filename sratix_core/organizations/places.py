"""The organizations a person acts for, over all tenants."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from sratix_core.organizations.models import Organization, OrganizationMember
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import Tenant, TenantStatus

if TYPE_CHECKING:
    from sratix_core.tenancy.engines import Engines

MOST = 100


@dataclass(frozen=True)
class OrganizationPlace:
    """One organization, the tenant it belongs to, and the role held there."""

    tenant_slug: str
    tenant_name: str
    id: uuid.UUID
    name: str
    role: str


def organizations_of(engines: Engines, user_id: uuid.UUID) -> list[OrganizationPlace]:
    """Those in active tenants, by name. Reads across tenants, but only this person's rows."""
    with engines.begin(SystemScope("a person's organizations lie in several tenants"), write=False) as db:
        same = and_(
            Organization.tenant_id == OrganizationMember.tenant_id,
            Organization.id == OrganizationMember.organization_id,
        )
        rows = db.execute(
            select(Tenant.slug, Tenant.name, Organization.id, Organization.name, OrganizationMember.role)
            .join(OrganizationMember, OrganizationMember.tenant_id == Tenant.id)
            .join(Organization, same)
            .where(OrganizationMember.user_id == user_id, Tenant.status == TenantStatus.ACTIVE)
            .order_by(Organization.fold, Organization.id)
            .limit(MOST)
        )
        return [OrganizationPlace(*row) for row in rows]
