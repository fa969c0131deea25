"""Who may do what: roles of members in their tenant, platform administrators on platform pages, nobody else.

Signed-in pages answer on the installation's address only; a host of a tenant's own serves its shop.
"""

from __future__ import annotations

from typing import Any

from pyramid.config import Configurator
from pyramid.security import Allowed, Denied
from sqlalchemy import select

from sratix_core.accounts import impersonation
from sratix_core.accounts.grants import Grants
from sratix_core.accounts.logins import Identity
from sratix_core.accounts.permissions import ROLES
from sratix_core.errors import NotFound
from sratix_core.tenants.models import Member, MemberStatus
from sratix_core.web.permissions import PLATFORM, SIGNED_IN
from sratix_core.web.request import Request


def member_of(request: Request) -> Member | None:
    """The signed-in user's place in the tenant of this address, if there is one."""
    if request.identity is None or request.tenant is None:
        return None
    mine = select(Member).where(Member.user_id == request.identity.id, Member.status == MemberStatus.ACTIVE)
    return request.db.scalars(mine).one_or_none()


def grants_of(request: Request) -> Grants | None:
    """What the caller may do in the tenant of this address; None for whoever has no place there."""
    member = request.member
    return None if member is None else Grants(member.role, ROLES.get(member.role, frozenset()))


WHILE_ACTING = frozenset({"dashboard", "platform.impersonation"})
"""Routes of a signed-in person that are lent with their identity; passwords, logins and keys are not."""


def lent_grants(request: Request) -> Grants | None:
    """`grants_of`, without what is not lent to a platform administrator who acts as somebody."""
    grants = grants_of(request)
    acting = request.identity is not None and request.identity.acting
    return grants.within(impersonation.MAY) if acting and grants is not None else grants


class SecurityPolicy:
    """Pyramid's policy interface over the role table."""

    def identity(self, request: Request) -> Identity | None:
        return request.identity

    def authenticated_userid(self, request: Request) -> str | None:
        return str(request.identity.id) if request.identity is not None else None

    def permits(self, request: Request, context: Any, permission: str) -> Allowed | Denied:
        if request.own_host is not None:
            raise NotFound
        if request.identity is None:
            return Denied("nobody is signed in")
        if permission == SIGNED_IN:
            if request.identity.acting and request.matched_route.name not in WHILE_ACTING:
                return Denied("not lent to who acts for somebody")
            return Allowed("signed in")
        if permission == PLATFORM:
            return Allowed("platform") if request.identity.is_platform_admin else Denied("not the platform")
        grants = request.grants
        if grants is None:
            raise NotFound("tenant_unknown")  # whose tenant this is, is nobody's business
        return Allowed(grants.label) if grants.allows(permission) else Denied(grants.label)

    def remember(self, request: Request, userid: str, **kw: Any) -> list[tuple[str, str]]:
        return []  # `identity.remember` sets the cookie on the response itself

    def forget(self, request: Request, **kw: Any) -> list[tuple[str, str]]:
        return []


def may_request(request: Request, permission: str) -> bool:
    """`request.may("order.edit")`, for templates that show a button or don't."""
    return bool(request.has_permission(permission))


def includeme(config: Configurator) -> None:
    config.set_security_policy(SecurityPolicy())
    config.add_request_method(member_of, "member", reify=True)
    config.add_request_method(lent_grants, "grants", reify=True)
    config.add_request_method(may_request, "may")
