"""All people who can sign in, the newest first; found by the beginning of their e-mail."""

from __future__ import annotations

import uuid
from typing import Any

from pyramid.view import view_config
from sqlalchemy import func, select

from sratix_core.accounts.models import Login, User
from sratix_core.db.types import LAST
from sratix_core.platform.paging import window
from sratix_core.platform.shell import by_key, screen
from sratix_core.tenants.models import Member, MemberStatus
from sratix_core.values.text import normal_email
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

VIEWS = (("All", ""), ("Administrators", "admins"))


@view_config(
    route_name="platform.users", request_method="GET", permission=PLATFORM, renderer="platform/users.jinja2"
)
def users(request: Request) -> dict[str, Any]:
    t, here = request.t, request.route_path("platform.users")
    chosen, typed = request.GET.get("view", ""), request.GET.get("q", "")[:254]
    wanted = select(User)
    if chosen == "admins":
        wanted = wanted.where(User.is_platform_admin)
    if typed.strip():
        start = normal_email(typed)
        wanted = wanted.where(User.email >= start, User.email < start + LAST)
    page = window(
        request, request.db, wanted, (User.id,), lambda row: (row[0].id,), lambda s: (uuid.UUID(s),)
    )
    shown = [row[0] for row in page.rows]
    ids = [user.id for user in shown]
    places = (
        select(Member.user_id, func.count())
        .where(Member.user_id.in_(ids), Member.status == MemberStatus.ACTIVE)
        .group_by(Member.user_id)
    )
    alive = Login.expires_at > request.platform.sources.clock.now()
    signed_in = (
        select(Login.user_id, func.count()).where(Login.user_id.in_(ids), alive).group_by(Login.user_id)
    )
    places_of, logins_of = by_key(request, places), by_key(request, signed_in)
    request.journal.note("platform.users_read", user_id=request.identity.id, shown=len(shown))
    return screen(
        request,
        [(t("People"), None)],
        rows=[
            {
                "name": user.full_name,
                "email": user.email,
                "href": request.route_path("platform.user", user=user.id),
                "admin": user.is_platform_admin,
                "disabled": user.disabled,
                "places": places_of.get(user.id, 0),
                "logins": logins_of.get(user.id, 0),
                "created_at": user.created_at,
            }
            for user in shown
        ],
        views=[
            (t(text), f"{here}?view={value}" if value else here, None, value == chosen)
            for text, value in VIEWS
        ],
        list_href=here,
        q=typed,
        keep=[("view", chosen)] if chosen else [],
        filtered=bool(chosen or typed),
        pages={"words": t("{n} shown", n=len(shown)), "newer": page.newer, "older": page.older},
    )
