"""Who may do what: roles of members in their tenant, platform administrators on platform pages, nobody else.

Signed-in pages answer on the installation's address only; a host of a tenant's own serves its shop.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from pyramid.config import Configurator
from pyramid.security import Allowed, Denied
from sqlalchemy import select

from sratix_core.accounts import impersonation
from sratix_core.accounts.grants import Grants
from sratix_core.accounts.logins import Identity
from sratix_core.errors import NotFound
from sratix_core.events.models import Event
from sratix_core.members.grants import Membership, membership
from sratix_core.organizations.people import permissions_in, place_in
from sratix_core.web.permissions import MEMBER, PLATFORM, SIGNED_IN
from sratix_core.web.request import Request


def membership_of(request: Request) -> Membership | None:
    """The signed-in user's place in the tenant of this address and what it allows; one statement."""
    if request.identity is None or request.tenant is None:
        return None
    return membership(request.db, request.identity.id)


def grants_of(request: Request) -> Grants | None:
    """What the caller may do in the tenant of this address; None for whoever has no place there."""
    if request.bearer is not None and (key := request.bearer.key) is not None:
        held = key.grants if request.tenant is not None and request.tenant.id == key.tenant_id else None
    else:
        held = None if request.membership is None else request.membership.grants
        held = in_organization(request, held)
    return None if held is None else _with_plugins(request, held)


def in_organization(request: Request, held: Grants | None) -> Grants | None:
    """The same rights, and those that the person has in the organization of the address: the only ones of whoever is just there."""
    if request.identity is None or request.tenant is None or "organization" not in (request.matchdict or {}):
        return held
    organization_id = named_organization(request)
    place = None if organization_id is None else place_in(request.db, request.identity.id, organization_id)
    if place is None:
        return held
    organizations = {place.organization_id: permissions_in(place.role)}
    if held is None:
        return Grants(place.role, frozenset(), organizations=organizations, inside=False)
    return replace(held, organizations=organizations)


def named_organization(request: Request) -> uuid.UUID | None:
    """The id of the organization in the address; None where there is none, or what stands there is no id."""
    try:
        return uuid.UUID((request.matchdict or {}).get("organization", ""))
    except ValueError:
        return None


def _with_plugins(request: Request, held: Grants) -> Grants:
    """The same rights, and those that the plugins of this tenant derive from them."""
    host = request.runtime.plugins
    on = host.on_for(request.tenant)
    events = {event: host.with_permissions(these, on) for event, these in held.events.items()}
    return replace(held, everywhere=host.with_permissions(held.everywhere, on), events=events)


def named_event(request: Request) -> uuid.UUID | None:
    """The id of the event in the address; None where the address names none, or one that is not there."""
    slug = (request.matchdict or {}).get("event")
    return None if slug is None else request.db.scalar(select(Event.id).where(Event.slug == slug))


def allows(request: Request, grants: Grants, permission: str) -> bool:
    """Whether the permission is held: everywhere, or in the event or organization that the address names."""
    if permission == MEMBER:
        return grants.inside
    if grants.allows(permission, organization_id=named_organization(request)):
        return True
    return bool(grants.events) and grants.allows(permission, request.named_event)


WHILE_ACTING = frozenset({"dashboard", "platform.impersonation"})
"""Routes of a signed-in person that are lent with their identity; passwords, logins and keys are not."""


def lent_grants(request: Request) -> Grants | None:
    """`grants_of`, without what is not lent to a platform administrator who acts as somebody."""
    grants = grants_of(request)
    acting = request.identity is not None and request.identity.acting
    return grants.within(impersonation.MAY) if acting and grants is not None else grants


class SecurityPolicy:
    """Pyramid's policy interface over the table of permissions."""

    def identity(self, request: Request) -> Identity | None:
        return request.identity

    def authenticated_userid(self, request: Request) -> str | None:
        return str(request.identity.id) if request.identity is not None else None

    def permits(self, request: Request, context: Any, permission: str) -> Allowed | Denied:
        if request.own_host is not None:
            raise NotFound
        if request.identity is None and request.bearer is None:
            return Denied("nobody is signed in")
        if permission in (SIGNED_IN, PLATFORM) and request.identity is None:
            if request.tenant is not None and request.grants is None:
                raise NotFound("tenant_unknown")  # of another tenant a key is not even told that it is there
            return Denied("a key is nobody")
        if permission == SIGNED_IN:
            if request.identity.acting and request.matched_route.name not in WHILE_ACTING:
                if request.tenant is not None:
                    raise NotFound("tenant_unknown")  # as below any other tenant's name
                return Denied("not lent to who acts for somebody")
            return Allowed("signed in")
        if permission == PLATFORM:
            return Allowed("platform") if request.identity.is_platform_admin else Denied("not the platform")
        grants = request.grants
        if grants is None:
            raise NotFound("tenant_unknown")  # whose tenant this is, is nobody's business
        return Allowed(grants.label) if allows(request, grants, permission) else Denied(grants.label)

    def remember(self, request: Request, userid: str, **kw: Any) -> list[tuple[str, str]]:
        return []  # `identity.remember` sets the cookie on the response itself

    def forget(self, request: Request, **kw: Any) -> list[tuple[str, str]]:
        return []


def may_request(request: Request, permission: str) -> bool:
    """`request.may("order.edit")`, for templates that show a button or don't."""
    return bool(request.has_permission(permission))


def includeme(config: Configurator) -> None:
    config.set_security_policy(SecurityPolicy())
    config.add_request_method(membership_of, "membership", reify=True)
    config.add_request_method(named_event, "named_event", reify=True)
    config.add_request_method(lent_grants, "grants", reify=True)
    config.add_request_method(may_request, "may")
