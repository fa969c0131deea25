"""The browsers a person is signed in with: see them, sign one out, or all the others."""

from __future__ import annotations

import uuid
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts import logins
from sratix_core.errors import NotFound
from sratix_core.shop.frame import uuid_in
from sratix_core.web import identity
from sratix_core.web.permissions import SIGNED_IN
from sratix_core.web.request import Request


@view_config(
    route_name="account.logins", request_method="GET", renderer="account/logins.jinja2", permission=SIGNED_IN
)
def show(request: Request) -> dict[str, Any]:
    who, now = request.identity, request.runtime.sources.clock.now()
    found = logins.of_user(request.db, who.id, now)
    return {
        "rows": [
            {
                "browser": login.browser,
                "here": login.id == who.login_id,
                "since": login.created_at,
                "seen": login.last_seen_at,
                "until": login.expires_at,
                "end_href": request.route_path("account.login_end", login=login.id),
            }
            for login in sorted(found, key=lambda each: each.id != who.login_id)
        ],
        "others_href": request.route_path("account.logins_others"),
        "done": request.GET.get("done") == "ended",
    }


@view_config(route_name="account.login_end", request_method="POST", permission=SIGNED_IN)
def end_one(request: Request) -> HTTPSeeOther:
    """Sign one browser out; this one too, which leads to the sign-in page."""
    login_id: uuid.UUID = uuid_in(request, "login")
    if not logins.end_own(request.db, request.identity.id, login_id):
        raise NotFound("login")
    request.journal.note("login.ended", user_id=request.identity.id)
    if login_id == request.identity.login_id:
        response = HTTPSeeOther(request.route_path("account.login"))
        identity.forget(request, response)
        return response
    return HTTPSeeOther(request.route_path("account.logins", _query={"done": "ended"}))


@view_config(route_name="account.logins_others", request_method="POST", permission=SIGNED_IN)
def end_others(request: Request) -> HTTPSeeOther:
    logins.end_others(request.db, request.identity.id, request.identity.login_id)
    request.journal.note("login.others_ended", user_id=request.identity.id)
    return HTTPSeeOther(request.route_path("account.logins", _query={"done": "ended"}))
