"""Acting as somebody for support, and ending it."""

from __future__ import annotations

from typing import Any

from pyramid.csrf import new_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.accounts import administration, impersonation
from sratix_core.errors import Invalid, Refused
from sratix_core.platform.user import page
from sratix_core.shop.frame import uuid_in
from sratix_core.web import identity
from sratix_core.web.forms import refused_fields
from sratix_core.web.permissions import PLATFORM, SIGNED_IN
from sratix_core.web.request import Request


@view_config(route_name="platform.impersonations", request_method="GET", permission=PLATFORM)
def where_it_is(request: Request) -> HTTPSeeOther:
    """The form stands on the person's page; a reload after an error leads back there."""
    return HTTPSeeOther(request.route_path("platform.user", user=uuid_in(request, "user")))


@view_config(
    route_name="platform.impersonations",
    request_method="POST",
    permission=PLATFORM,
    renderer="platform/user.jinja2",
)
def begin(request: Request) -> dict[str, Any] | Response:
    who, user_id = request.identity, uuid_in(request, "user")
    typed = request.POST.get("reason", "")
    reason = typed if isinstance(typed, str) else ""
    try:
        begun = impersonation.start(request.platform, who.id, who.login_id, user_id, reason)
    except (Invalid, Refused) as error:
        errors = refused_fields(request, error, rest="reason")
        return page(request, administration.user_at(request.platform, user_id), {"reason": reason}, errors)
    return turned(request, begun, request.route_path("dashboard"))


@view_config(route_name="platform.impersonation", request_method="POST", permission=SIGNED_IN)
def finish(request: Request) -> Response:
    """Be oneself again. When the time was up already, this only leads back."""
    acting, who = request.identity.acting, request.identity
    if acting is None:
        return HTTPSeeOther(request.route_path("dashboard"))
    begun = impersonation.end(request.platform, who.login_id, acting.id)
    there = request.route_path("platform.user", user=who.id)
    return HTTPSeeOther(there) if begun is None else turned(request, begun, there)


def turned(request: Request, begun: impersonation.Begun, there: str) -> Response:
    """On to `there` with the new cookie and a new form token: nothing of the one identity serves the other."""
    response = HTTPSeeOther(there)
    identity.remember(request, response, begun.token, stays=begun.stays)
    new_csrf_token(request)
    return response
