"""Who works here, and in which role."""

from __future__ import annotations

from typing import Any

from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts.permissions import MEMBER_EDIT
from sratix_core.dashboard.shell import screen
from sratix_core.tenants.models import Member, MemberStatus
from sratix_core.web.request import Request

ROLES = (
    ("owner", "Owner", "Everything, and who else works here."),
    ("admin", "Admin", "Events, tickets, orders, settings and plugins."),
    ("staff", "Staff", "Sees orders and attendees, scans tickets."),
    ("door", "Door", "Scans tickets."),
)


@view_config(
    route_name="dashboard.members",
    request_method="GET",
    permission=MEMBER_EDIT,
    renderer="dashboard/members.jinja2",
)
def members(request: Request) -> dict[str, Any]:
    names = {value: request.t(name) for value, name, _ in ROLES}
    rows = request.db.scalars(
        select(Member)
        .where(Member.status != MemberStatus.REMOVED)
        .order_by(Member.name, Member.id)
        .limit(500)
    )
    return screen(
        request,
        crumbs=[(request.t("Members"), None)],
        rows=[
            {
                "name": m.name,
                "email": m.email,
                "role": m.role,
                "role_name": names.get(m.role, m.role),
                "status": m.status,
                "last_login_at": m.last_login_at,
                "role_href": None,
                "me": m.user_id == request.identity.id,
            }
            for m in rows
        ],
        roles=[(value, request.t(name), request.t(what)) for value, name, what in ROLES],
        invite_href=None,
        values={},
        errors={},
    )
