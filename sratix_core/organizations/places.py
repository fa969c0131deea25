"""Where a person stands, over all tenants: the tenants they work for, the organizations they act for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sratix_core.accounts.places import Place
from sratix_core.organizations.hot import EVERYWHERE
from sratix_core.tenancy.scope import SystemScope

if TYPE_CHECKING:
    from sratix_core.tenancy.engines import Engines


@dataclass(frozen=True)
class OrganizationPlace:
    """One organization, the tenant it belongs to, and the role held there."""

    tenant_slug: str
    tenant_name: str
    id: uuid.UUID
    name: str
    role: str


def everywhere(
    engines: Engines, user_id: uuid.UUID
) -> tuple[tuple[Place, ...], tuple[OrganizationPlace, ...]]:
    """The tenants a person works for and the organizations they act for, active tenants only, by name. One statement."""
    across = SystemScope("a person's places lie in several tenants")
    rows = EVERYWHERE.within(engines, across, {"of_user": user_id})
    return (
        tuple(Place(slug, name, role) for slug, name, role, id, *_ in rows if id is None),
        tuple(
            OrganizationPlace(slug, tenant, id, name, role)
            for slug, tenant, role, id, name, _ in rows
            if id is not None
        ),
    )


def organizations_of(engines: Engines, user_id: uuid.UUID) -> tuple[OrganizationPlace, ...]:
    """Those in active tenants, by name. Reads across tenants, but only this person's rows."""
    return everywhere(engines, user_id)[1]
