"""One person: where they work, where they are signed in, what they may on the platform, and acting as them for support."""

from __future__ import annotations

import uuid
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts import administration
from sratix_core.accounts.models import Impersonation, Login, User
from sratix_core.errors import NotFound
from sratix_core.platform.shell import count_up_to, said, screen
from sratix_core.shop.frame import uuid_in
from sratix_core.tenants.models import Member, Tenant
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

SHOWN = 50

ASKS = {
    ("platform.user_admin", "on"): (
        "Make {name} an administrator?",
        "They see every organization and everybody, and decide on both.",
        "Make administrator",
        "shield-check",
        "",
    ),
    ("platform.user_admin", "off"): (
        "Take the platform away from {name}?",
        "They stay a member where they are one. They are signed out.",
        "No longer administrator",
        "shield-check",
        "danger",
    ),
    ("platform.user_access", "off"): (
        "Switch the account of {name} off?",
        "They are signed out everywhere and cannot sign in. What they did stays.",
        "Switch off",
        "ban",
        "danger",
    ),
    ("platform.user_access", "on"): (
        "Switch the account of {name} on?",
        "They can sign in again.",
        "Switch on",
        "rotate-ccw",
        "primary",
    ),
    ("platform.user_logins", ""): (
        "Sign {name} out everywhere?",
        "Every browser has to sign in again.",
        "Sign out everywhere",
        "log-out",
        "danger",
    ),
}


@view_config(
    route_name="platform.user", request_method="GET", permission=PLATFORM, renderer="platform/user.jinja2"
)
def user(request: Request) -> dict[str, Any]:
    found = administration.user_at(request.platform, uuid_in(request, "user"))
    request.journal.note("platform.user_read", user_id=request.identity.id, read=str(found.id))
    return page(request, found)


def page(
    request: Request, found: User, values: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> dict[str, Any]:
    t, now = request.t, request.platform.sources.clock.now()
    places = request.db.execute(
        select(Tenant, Member)
        .join(Member, Member.tenant_id == Tenant.id)
        .where(Member.user_id == found.id)
        .order_by(Tenant.name)
        .limit(SHOWN)
    ).all()
    acted = request.db.execute(
        select(Impersonation, User.full_name)
        .join(User, User.id == Impersonation.admin_id)
        .where(Impersonation.user_id == found.id)
        .order_by(Impersonation.started_at.desc())
        .limit(5)
    ).all()
    acts = [
        ("platform.user_admin", "off" if found.is_platform_admin else "on"),
        ("platform.user_access", "on" if found.disabled else "off"),
    ]
    if found.disabled and not found.is_platform_admin:
        acts.pop(0)
    return screen(
        request,
        [(t("People"), request.route_path("platform.users")), (found.full_name, None)],
        row=found,
        me=found.id == request.identity.id,
        logins=said(
            count_up_to(request, select(Login.id).where(Login.user_id == found.id, Login.expires_at > now))
        ),
        places=[
            {
                "name": tenant.name,
                "href": request.route_path("platform.tenant", slug=tenant.slug),
                "role": member.role,
                "state": member.status,
                "tenant_state": tenant.status,
            }
            for tenant, member in places
        ],
        acted=[
            {"who": name, "reason": row.reason, "at": row.started_at, "until": row.ended_at or row.ends_at}
            for row, name in acted
        ],
        acts=[ask(request, found, route, to) for route, to in (*acts, ("platform.user_logins", ""))],
        act_href=None
        if found.is_platform_admin or found.disabled
        else request.route_path("platform.impersonations", user=found.id),
        values=values or {},
        errors=errors or {},
    )


def ask(request: Request, found: User, route: str, to: str) -> dict[str, Any]:
    """The question before an act on a person. Raises `NotFound` for one that is not there."""
    if (route, to) not in ASKS:
        raise NotFound("page")
    words, consequence, yes, mark, kind = ASKS[route, to]
    parts = {"to": to} if to else {}
    return {
        "id": f"{route.rsplit('_', 1)[1]}-{to or 'end'}",
        "question": request.t(words, name=found.full_name),
        "consequence": request.t(consequence),
        "yes": request.t(yes),
        "mark": mark,
        "kind": kind,
        "action": request.route_path(route, user=found.id, **parts),
        "reason": False,
        "no": request.t("Not now"),
        "back_href": request.route_path("platform.user", user=found.id),
    }


CONFIRM = "platform/confirm.jinja2"


@view_config(route_name="platform.user_admin", request_method="GET", permission=PLATFORM, renderer=CONFIRM)
@view_config(route_name="platform.user_access", request_method="GET", permission=PLATFORM, renderer=CONFIRM)
@view_config(route_name="platform.user_logins", request_method="GET", permission=PLATFORM, renderer=CONFIRM)
def question(request: Request) -> dict[str, Any]:
    """The question on a page of its own, for browsers without scripts."""
    found = administration.user_at(request.platform, uuid_in(request, "user"))
    asked = ask(request, found, request.matched_route.name, request.matchdict.get("to", ""))
    crumbs = [(request.t("People"), request.route_path("platform.users")), (found.full_name, None)]
    return screen(request, crumbs, ask=asked, values={}, errors={})


@view_config(route_name="platform.user_admin", request_method="POST", permission=PLATFORM)
def make_admin(request: Request) -> HTTPSeeOther:
    wanted = on_or_off(request)
    administration.set_admin(request.platform, uuid_in(request, "user"), wanted)
    return back(request, f"admin-{request.matchdict['to']}")


@view_config(route_name="platform.user_access", request_method="POST", permission=PLATFORM)
def switch_access(request: Request) -> HTTPSeeOther:
    wanted = on_or_off(request)
    administration.set_disabled(request.platform, uuid_in(request, "user"), not wanted)
    return back(request, f"access-{request.matchdict['to']}")


@view_config(route_name="platform.user_logins", request_method="POST", permission=PLATFORM)
def end_logins(request: Request) -> HTTPSeeOther:
    administration.sign_out(request.platform, uuid_in(request, "user"))
    return back(request, "signed-out")


def on_or_off(request: Request) -> bool:
    """Raises `NotFound` for anything else in the address."""
    if request.matchdict["to"] not in ("on", "off"):
        raise NotFound("page")
    return bool(request.matchdict["to"] == "on")


def back(request: Request, done: str) -> HTTPSeeOther:
    """To the person; who acted on themselves is signed out by it and lands at the door."""
    user_id: uuid.UUID = uuid_in(request, "user")
    return HTTPSeeOther(request.route_path("platform.user", user=user_id, _query={"done": done}))
