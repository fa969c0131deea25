"""Inviting people by mail, sending a link again, taking one back."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import MEMBER_EDIT
from sratix_core.dashboard.members import event_ids, members_page
from sratix_core.dashboard.shell import path, uuid_in
from sratix_core.errors import Invalid, Refused
from sratix_core.members import invitations
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.limits import INVITES
from sratix_core.web.request import Request


@view_config(
    route_name="dashboard.invitations",
    request_method="POST",
    permission=MEMBER_EDIT,
    renderer="dashboard/members.jinja2",
)
def invite(request: Request) -> Any:
    request.limit(INVITES, str(request.tenant.id))
    form = Form(request.POST)
    email, role = form.email("email"), form.text("role", 40)
    where = form.choice("where", ("all", "some"))
    picked = event_ids(request, "events") if where == "some" else []
    if where == "some" and not picked:
        form.fail("events", "events_needed")
    try:
        form.check()
        invitations.invite(
            request.ctx, request.grants, email or "", role or "", picked, request.tenant.default_locale
        )
    except (Invalid, Refused) as error:
        values = {k: v for k, v in request.POST.items() if isinstance(v, str)}
        return members_page(request, values, [str(e) for e in picked], refused_fields(request, error))
    return HTTPSeeOther(path(request, "dashboard.members") + "?done=invited")


@view_config(route_name="dashboard.invitation_mail", request_method="POST", permission=MEMBER_EDIT)
def send_again(request: Request) -> HTTPSeeOther:
    request.limit(INVITES, str(request.tenant.id))
    invitations.resend(request.ctx, request.grants, uuid_in(request, "invitation"))
    return HTTPSeeOther(_where_from(request) + "?done=invited")


@view_config(route_name="dashboard.invitation_end", request_method="POST", permission=MEMBER_EDIT)
def take_back(request: Request) -> HTTPSeeOther:
    invitations.revoke(request.ctx, uuid_in(request, "invitation"))
    return HTTPSeeOther(_where_from(request) + "?done=uninvited")


def _where_from(request: Request) -> str:
    """The list that the button stood in."""
    listed = request.POST.get("from") == "list"
    return path(request, "dashboard.invitations" if listed else "dashboard.members")
