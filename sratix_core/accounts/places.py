"""The tenants a person works for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import Member, MemberStatus, Tenant, TenantStatus

if TYPE_CHECKING:
    from sratix_core.tenancy.engines import Engines


@dataclass(frozen=True)
class Place:
    """One tenant and the role held there."""

    slug: str
    name: str
    role: str


def places_of(engines: Engines, user_id: uuid.UUID) -> list[Place]:
    """Active memberships in active tenants, by name. Reads across tenants, but only this person's rows."""
    with engines.begin(SystemScope("a person's memberships lie in several tenants"), write=False) as db:
        rows = db.execute(
            select(Tenant.slug, Tenant.name, Member.role)
            .join(Member, Member.tenant_id == Tenant.id)
            .where(
                Member.user_id == user_id,
                Member.status == MemberStatus.ACTIVE,
                Tenant.status == TenantStatus.ACTIVE,
            )
            .order_by(Tenant.name)
        )
        return [Place(*row) for row in rows]


def waiting_places(engines: Engines, user_id: uuid.UUID) -> list[tuple[str, str, str]]:
    """Name, state and reason of the tenants this person belongs to that are not active, by name."""
    with engines.begin(SystemScope("a person's memberships lie in several tenants"), write=False) as db:
        rows = db.execute(
            select(Tenant.name, Tenant.status, Tenant.status_reason)
            .join(Member, Member.tenant_id == Tenant.id)
            .where(
                Member.user_id == user_id,
                Member.status == MemberStatus.ACTIVE,
                Tenant.status != TenantStatus.ACTIVE,
            )
            .order_by(Tenant.name)
        )
        return [(name, status, reason) for name, status, reason in rows]
