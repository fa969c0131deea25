"""The contexts a person can stand in: the platform, tenants, organizations, their own tickets. What the switcher of every page shows."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sratix_core.accounts.places import Place
from sratix_core.organizations.places import OrganizationPlace, everywhere
from sratix_core.web.request import Request


def contexts(
    request: Request, *, organization: uuid.UUID | None = None, mine: bool = False
) -> dict[str, Any]:
    """What this person has, the present one marked; `organization` is the one whose own pages are shown, `mine` says that theirs are."""
    return told(
        request,
        *everywhere(request.runtime.engines, request.identity.id),
        organization=organization,
        mine=mine,
    )


def told(
    request: Request,
    tenants: Sequence[Place],
    organizations: Sequence[OrganizationPlace],
    *,
    organization: uuid.UUID | None = None,
    mine: bool = False,
) -> dict[str, Any]:
    """As `contexts`, of places that are known already."""
    who = request.identity
    here = request.tenant.slug if request.tenant is not None and organization is None and not mine else None
    acting = who.acting is not None
    return {
        "platform_href": request.route_path("platform") if who.is_platform_admin else None,
        "tenants": [
            {
                "name": place.name,
                "href": request.route_path("dashboard.home", tenant=place.slug),
                "current": place.slug == here,
            }
            for place in tenants
        ],
        "organizations": [
            {
                "name": place.name,
                "note": place.tenant_name,
                "href": request.route_path(
                    "dashboard.organization", tenant=place.tenant_slug, organization=place.id
                ),
                "current": place.id == organization,
            }
            for place in organizations
        ],
        "my_href": None if acting else request.route_path("my"),
        "my_current": mine,
    }
