"""The table of permissions: the presets to read, and the organization's own roles to tick together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import MEMBER_EDIT, PERMISSIONS, PRESETS, ROLES
from sratix_core.dashboard.shell import path, screen, uuid_in
from sratix_core.errors import Invalid, Refused
from sratix_core.members import roles
from sratix_core.members.models import CustomRole
from sratix_core.members.service import own_roles
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

PAGE = "dashboard/role_form.jinja2"


@view_config(
    route_name="dashboard.roles",
    request_method="GET",
    permission=MEMBER_EDIT,
    renderer="dashboard/roles.jinja2",
)
def overview(request: Request) -> dict[str, Any]:
    counts, own, t = roles.holders(request.ctx), own_roles(request.ctx), request.t
    columns = [
        {
            "title": t(r.title),
            "what": t(r.what),
            "people": counts[r.key],
            "holds": ROLES[r.key],
            "href": None,
            "copy_href": path(request, "dashboard.role_new") + f"?from={r.key}",
        }
        for r in PRESETS
        if r.key in ROLES
    ]
    columns += [
        {
            "title": r.name,
            "what": "",
            "people": counts[r.key],
            "holds": frozenset(r.permissions),
            "href": path(request, "dashboard.role", role=r.id),
            "copy_href": path(request, "dashboard.role_new") + f"?from={r.key}",
        }
        for r in own.values()
    ]
    return screen(
        request,
        crumbs=[(t("Members"), path(request, "dashboard.members")), (t("Roles"), None)],
        columns=columns,
        areas=_areas(request),
        others=[(t(r.title), t(r.what)) for r in PRESETS if r.key not in ROLES],
        new_href=path(request, "dashboard.role_new"),
    )


def _areas(request: Request) -> list[tuple[str, list[dict[str, Any]]]]:
    """The lines of the table, by area."""
    return [
        (
            request.t(area),
            [{"name": p.name, "title": request.t(p.title), "everywhere": p.level == "tenant"} for p in lines],
        )
        for area, lines in groupby(PERMISSIONS, key=lambda p: p.area)
    ]


@view_config(route_name="dashboard.role_new", request_method="GET", permission=MEMBER_EDIT, renderer=PAGE)
def new(request: Request) -> dict[str, Any]:
    """An empty form, or one ticked like another role: `?from=staff`."""
    start = request.GET.get("from", "")
    own = own_roles(request.ctx).get(start)
    ticked = ROLES.get(start, frozenset(own.permissions) if own else frozenset())
    return _form(request, None, "", ticked & request.grants.everywhere, {})


@view_config(route_name="dashboard.role", request_method="GET", permission=MEMBER_EDIT, renderer=PAGE)
def edit(request: Request) -> dict[str, Any]:
    role = roles.role_by_id(request.ctx, uuid_in(request, "role"))
    return _form(request, role, role.name, role.permissions, {})


@view_config(route_name="dashboard.role_new", request_method="POST", permission=MEMBER_EDIT, renderer=PAGE)
@view_config(route_name="dashboard.role", request_method="POST", permission=MEMBER_EDIT, renderer=PAGE)
def save(request: Request) -> Any:
    role_id = uuid_in(request, "role") if "role" in request.matchdict else None
    role = roles.role_by_id(request.ctx, role_id) if role_id else None
    ticked = [v for v in request.POST.getall("permissions") if isinstance(v, str)]
    name = request.POST.get("name", "")
    name = name if isinstance(name, str) else ""
    try:
        roles.save_role(request.ctx, request.grants, name, ticked, role_id)
    except (Invalid, Refused) as error:
        return _form(request, role, name, ticked, refused_fields(request, error))
    return HTTPSeeOther(path(request, "dashboard.roles") + "?done=saved")


def _form(
    request: Request, role: CustomRole | None, name: str, ticked: Collection[str], errors: Mapping[str, str]
) -> dict[str, Any]:
    t, here = request.t, path(request, "dashboard.roles")
    people = roles.holders(request.ctx)[role.key] if role else 0
    return screen(
        request,
        crumbs=[(t("Members"), path(request, "dashboard.members")), (t("Roles"), here), (role.name if role else t("New role"), None)],
        role=role,
        people=people,
        action=path(request, "dashboard.role", role=role.id) if role else path(request, "dashboard.role_new"),
        delete_href=path(request, "dashboard.role_deletion", role=role.id) if role else None,
        back_href=here,
        areas=_areas(request),
        mine=request.grants.everywhere,
        ticked=set(ticked),
        values={"name": name},
        errors=errors,
    )  # fmt: skip


@view_config(
    route_name="dashboard.role_deletion",
    request_method="GET",
    permission=MEMBER_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def ask_deletion(request: Request) -> dict[str, Any]:
    role, t = roles.role_by_id(request.ctx, uuid_in(request, "role")), request.t
    people, waiting = roles.holders(request.ctx)[role.key], roles.waiting(request.ctx, role.key)
    return screen(
        request,
        crumbs=[(t("Roles"), path(request, "dashboard.roles")), (role.name, None)],
        question=t("Delete the role {name}?", name=role.name),
        consequence=t(
            "{people} people have it: they stay members and lose what it allows at once. {waiting} open invitations to it end.",
            people=people,
            waiting=waiting,
        )
        if people or waiting
        else t("Nobody has it, and nobody is invited to it."),
        yes=t("Delete it, {people} people lose it", people=people) if people else t("Delete the role"),
        action=path(request, "dashboard.role_deletion", role=role.id),
        back_href=path(request, "dashboard.role", role=role.id),
    )


@view_config(route_name="dashboard.role_deletion", request_method="POST", permission=MEMBER_EDIT)
def deletion(request: Request) -> HTTPSeeOther:
    roles.delete_role(request.ctx, request.grants, uuid_in(request, "role"))
    return HTTPSeeOther(path(request, "dashboard.roles") + "?done=removed")
