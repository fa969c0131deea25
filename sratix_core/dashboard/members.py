"""Who works here: the list, a person's roles, and taking somebody off."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts.permissions import MEMBER_EDIT, PRESETS
from sratix_core.dashboard.shell import id_or_missing, path, screen, uuid_in
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.models import Event
from sratix_core.members import service
from sratix_core.members.invited import MOST_COUNTED, count_open, newest_open
from sratix_core.members.queries import count_members, list_members
from sratix_core.tenants.models import Member
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

MOST = 500
NEWEST = 5
"""Invitations that wait, beside the members; all of them have a page of their own."""


@view_config(
    route_name="dashboard.members",
    request_method="GET",
    permission=MEMBER_EDIT,
    renderer="dashboard/members.jinja2",
)
def members(request: Request) -> dict[str, Any]:
    return members_page(request, {"role": "staff", "where": "all"}, [], {})


def members_page(
    request: Request, values: Mapping[str, Any], picked: list[str], errors: Mapping[str, str]
) -> dict[str, Any]:
    """Also answers an invitation that was turned down, with what was typed."""
    people, older = list_members(request.ctx, request.GET.get("cursor") or None)
    here = path(request, "dashboard.members")
    inside = service.event_roles(request.ctx, [m.id for m in people])
    titles = role_titles(request)
    now = request.ctx.clock.now()
    waiting = newest_open(request.ctx, NEWEST)
    open_ones = count_open(request.ctx)
    return screen(
        request,
        crumbs=[(request.t("Members"), None)],
        rows=[
            {
                "name": m.name,
                "email": m.email,
                "role": titles.get(m.role, m.role),
                "inside": len(inside.get(m.id, ())),
                "inside_role": _one(titles, inside.get(m.id, {})),
                "seen_at": m.last_login_at,
                "href": path(request, "dashboard.member", member=m.id),
                "me": m.user_id == request.identity.id,
            }
            for m in people
        ],
        invitations=[
            {
                "email": i.email,
                "role": titles.get(i.role, i.role),
                "events": len(i.event_ids),
                "mails": i.mails,
                "expires_at": i.expires_at,
                "over": i.expires_at <= now,
                "mail_href": path(request, "dashboard.invitation_mail", invitation=i.id),
                "end_href": path(request, "dashboard.invitation_end", invitation=i.id),
            }
            for i in waiting
        ],
        count=count_members(request.ctx),
        pages={
            "words": request.t("{n} shown, by name", n=len(people)),
            "newer": here if request.GET.get("cursor") else None,
            "older": f"{here}?{urlencode({'cursor': older})}" if older else None,
        },
        roles_href=path(request, "dashboard.roles"),
        open_invitations=f"{MOST_COUNTED}+" if open_ones > MOST_COUNTED else str(open_ones or ""),
        more_invitations=open_ones > len(waiting),
        invite_href=path(request, "dashboard.invitations"),
        roles=choices(request),
        events=[(str(e.id), e.name, "") for e in coming_events(request)],
        picked=picked,
        values=values,
        errors=errors,
    )


def _one(titles: Mapping[str, str], inside: Mapping[uuid.UUID, str]) -> str:
    """The role in events, where it is the same in all of them."""
    kinds = set(inside.values())
    return titles.get(kind := kinds.pop(), kind) if len(kinds) == 1 else ""


def role_titles(request: Request) -> dict[str, str]:
    """What each role is called; "" stands for having none."""
    preset = {role.key: request.t(role.title) for role in PRESETS}
    return {"": "", **preset, **{key: r.name for key, r in service.own_roles(request.ctx).items()}}


def choices(request: Request, scope: str | None = None) -> list[tuple[str, str]]:
    """The roles this person may give, in one kind of scope or in any."""
    who = service.giver(request.ctx, request.grants)
    titles = role_titles(request)
    known = [
        key for key, scopes in service.MEMBER_SCOPES.items() if scopes and (scope is None or scope in scopes)
    ]
    return [(key, titles[key]) for key in (*known, *who.own) if who.covers(key)]


def coming_events(request: Request) -> list[Event]:
    """The events a role can be given in, the latest first."""
    wanted = select(Event).where(Event.status != "archived").order_by(Event.starts_at.desc(), Event.id)
    return list(request.db.scalars(wanted.limit(100)))


@view_config(
    route_name="dashboard.member",
    request_method="GET",
    permission=MEMBER_EDIT,
    renderer="dashboard/member.jinja2",
)
def member(request: Request) -> dict[str, Any]:
    who = service.member_by_id(request.ctx, uuid_in(request, "member"))
    inside = service.event_roles(request.ctx, [who.id]).get(who.id, {})
    values = {"role": who.role, **{f"event-{e}": role for e, role in inside.items()}}
    return _member_page(request, who, values, {})


def _member_page(
    request: Request, who: Member, values: Mapping[str, Any], errors: Mapping[str, str]
) -> dict[str, Any]:
    titles = role_titles(request)
    nothing = ("", request.t("No role"))
    return screen(
        request,
        crumbs=[(request.t("Members"), path(request, "dashboard.members")), (who.name, None)],
        who=who,
        me=who.user_id == request.identity.id,
        action=path(request, "dashboard.member", member=who.id),
        remove_href=path(request, "dashboard.member_removal", member=who.id),
        back_href=path(request, "dashboard.members"),
        roles=_with(choices(request, "tenant"), values.get("role", ""), titles, nothing),
        events=[
            {
                "name": f"event-{e.id}",
                "title": e.name,
                "starts_at": e.starts_at,
                "roles": _with(choices_inside, values.get(f"event-{e.id}", ""), titles, nothing),
            }
            for choices_inside in [choices(request, "event")]
            for e in coming_events(request)
        ],
        values=values,
        errors=errors,
    )


def _with(
    given: list[tuple[str, str]], now: str, titles: Mapping[str, str], nothing: tuple[str, str]
) -> list[tuple[str, str]]:
    """The choices, the present one among them even if this person could not give it."""
    more = [] if now in {"", *(key for key, _ in given)} else [(now, titles.get(now, now))]
    return [nothing, *more, *given]


@view_config(
    route_name="dashboard.member",
    request_method="POST",
    permission=MEMBER_EDIT,
    renderer="dashboard/member.jinja2",
)
def save(request: Request) -> Any:
    who = service.member_by_id(request.ctx, uuid_in(request, "member"))
    shown = {f"event-{e.id}" for e in coming_events(request)}
    inside = service.event_roles(request.ctx, [who.id]).get(who.id, {})
    wanted = {
        e: role for e, role in inside.items() if f"event-{e}" not in shown
    }  # archived ones stay as they are
    posted = {k: v for k, v in request.POST.items() if k.startswith("event-") and isinstance(v, str) and v}
    wanted |= {id_or_missing(k.removeprefix("event-")): v for k, v in posted.items()}
    role = request.POST.get("role", "")
    try:
        service.change_roles(
            request.ctx, request.grants, who.id, role if isinstance(role, str) else "-", wanted
        )
    except (Invalid, Refused) as error:
        return _member_page(request, who, dict(request.POST), refused_fields(request, error))
    return HTTPSeeOther(path(request, "dashboard.members") + "?done=saved")


@view_config(
    route_name="dashboard.member_removal",
    request_method="GET",
    permission=MEMBER_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def ask_removal(request: Request) -> dict[str, Any]:
    who = service.member_by_id(request.ctx, uuid_in(request, "member"))
    return screen(
        request,
        crumbs=[(request.t("Members"), path(request, "dashboard.members")), (who.name, None)],
        question=request.t("Remove {name} from {tenant}?", name=who.name, tenant=request.tenant.name),
        consequence=request.t("They lose access with their next click. What they did stays in the records."),
        yes=request.t("Remove {name}", name=who.name),
        no=request.t("Keep them"),
        action=path(request, "dashboard.member_removal", member=who.id),
        back_href=path(request, "dashboard.members"),
    )


@view_config(route_name="dashboard.member_removal", request_method="POST", permission=MEMBER_EDIT)
def removal(request: Request) -> HTTPSeeOther:
    who = service.remove(request.ctx, request.grants, uuid_in(request, "member"))
    if who.user_id == request.identity.id:
        return HTTPSeeOther(request.route_path("dashboard"))
    return HTTPSeeOther(path(request, "dashboard.members") + "?done=removed")


def event_ids(request: Request, name: str) -> list[uuid.UUID]:
    """The events ticked in a form. Raises `NotFound` for what is no id."""
    raw = [v for v in request.POST.getall(name) if isinstance(v, str)]
    if len(raw) > MOST:
        raise NotFound("event")
    return sorted({id_or_missing(v) for v in raw})
