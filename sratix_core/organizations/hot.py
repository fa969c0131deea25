"""Where a person stands, in one statement over all tenants, prebuilt: every page of a signed-in person shows it."""

from __future__ import annotations

import typing

from sqlalchemy import Table, Uuid, and_, bindparam, cast, null, select, union_all

from sratix_core.organizations.models import Organization, OrganizationMember
from sratix_core.tenancy.glance import Glance
from sratix_core.tenants.models import Member, MemberStatus, Tenant, TenantStatus

TENANTS, MEMBERS, ORGANIZATIONS, PEOPLE = (
    typing.cast("Table", model.__table__) for model in (Tenant, Member, Organization, OrganizationMember)
)
MOST = 100
ACTIVE = TENANTS.c.status == TenantStatus.ACTIVE.value

_tenants = (
    select(
        *(TENANTS.c.slug, TENANTS.c.name, MEMBERS.c.role),
        cast(null(), Uuid).label("organization_id"),
        TENANTS.c.name.label("called"),
        TENANTS.c.name.label("place"),
    )
    .join(MEMBERS, MEMBERS.c.tenant_id == TENANTS.c.id)
    .where(MEMBERS.c.user_id == bindparam("of_user"), MEMBERS.c.status == MemberStatus.ACTIVE.value, ACTIVE)
)
_theirs = and_(
    ORGANIZATIONS.c.tenant_id == PEOPLE.c.tenant_id, ORGANIZATIONS.c.id == PEOPLE.c.organization_id
)
_organizations = (
    select(
        *(TENANTS.c.slug, TENANTS.c.name, PEOPLE.c.role),
        *(ORGANIZATIONS.c.id, ORGANIZATIONS.c.name, ORGANIZATIONS.c.fold),
    )
    .join(PEOPLE, PEOPLE.c.tenant_id == TENANTS.c.id)
    .join(ORGANIZATIONS, _theirs)
    .where(PEOPLE.c.user_id == bindparam("of_user"), ACTIVE)
    .order_by(ORGANIZATIONS.c.fold, ORGANIZATIONS.c.id)
    .limit(MOST)
    .subquery()
)
_both = union_all(_tenants, select(_organizations)).subquery()
EVERYWHERE = Glance(select(_both).order_by(_both.c.place, _both.c.organization_id))
"""Rows `(slug, tenant, role, organization_id, organization, place)` by name; without an organization: a tenant."""
