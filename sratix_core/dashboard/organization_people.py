"""Who acts for an organization: the list, invitations, and taking somebody off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import IN_ORGANIZATION, ORGANIZATION_PEOPLE, ORGANIZATION_VIEW, PRESETS
from sratix_core.dashboard.organization_frame import inside, organization_screen, the_organization
from sratix_core.dashboard.shell import uuid_in
from sratix_core.db.keyset import Page
from sratix_core.errors import Invalid, Refused
from sratix_core.organizations import invitations
from sratix_core.organizations.models import Organization
from sratix_core.organizations.people import giver, list_people, person_by_id, remove_person
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.limits import INVITES
from sratix_core.web.paging import pages
from sratix_core.web.request import Request

PAGE = "dashboard/organization_people.jinja2"


@view_config(
    route_name="dashboard.organization_people",
    request_method="GET",
    permission=ORGANIZATION_VIEW,
    renderer=PAGE,
)
def people(request: Request) -> dict[str, Any]:
    return _page(request, the_organization(request), {"role": "organization_admin"}, {})


def _page(
    request: Request, of: Organization, values: Mapping[str, Any], errors: Mapping[str, str]
) -> dict[str, Any]:
    t, may, now = request.t, request.may(ORGANIZATION_PEOPLE), request.ctx.clock.now()
    titles = {role.key: t(role.title) for role in PRESETS}
    page = list_people(request.ctx, of.id, request.GET.get("cursor") or None)
    who = giver(request.grants, of.id)
    here = inside(request, "dashboard.organization_people", of)
    asked = request.GET.get("invited") or None
    waiting = invitations.open_invitations(request.ctx, of.id, asked) if may else Page([], None, None)
    return organization_screen(
        request,
        of,
        t("People"),
        rows=[
            {
                "name": p.name,
                "email": p.email,
                "role": titles.get(p.role, p.role),
                "since": p.created_at,
                "me": p.user_id == request.identity.id,
                "remove_href": inside(request, "dashboard.organization_member_removal", of, person=p.id)
                if may and who.covers(p.role)
                else None,
            }
            for p in page.rows
        ],
        pages=pages(request, here, page),
        invitations=[
            {
                "email": i.email,
                "role": titles.get(i.role, i.role),
                "mails": i.mails,
                "expires_at": i.expires_at,
                "over": i.expires_at <= now,
                "mail_href": inside(request, "dashboard.organization_invitation_mail", of, guest=i.id),
                "end_href": inside(request, "dashboard.organization_invitation_end", of, guest=i.id),
            }
            for i in waiting.rows
        ],
        invitation_pages=pages(request, here, waiting, "invited"),
        invite_href=inside(request, "dashboard.organization_invitations", of) if may else None,
        roles=[(key, titles[key]) for key in IN_ORGANIZATION if who.covers(key)],
        values=values,
        errors=errors,
    )


@view_config(
    route_name="dashboard.organization_invitations",
    request_method="POST",
    permission=ORGANIZATION_PEOPLE,
    renderer=PAGE,
)
def invite(request: Request) -> Any:
    of = the_organization(request)
    request.limit(INVITES, f"{request.tenant.id}/{of.id}")
    form = Form(request.POST)
    email, role = form.email("email"), form.text("role", 40)
    try:
        form.check()
        locale = request.tenant.default_locale
        invitations.invite(request.ctx, request.grants, of.id, email or "", role or "", locale)
    except (Invalid, Refused) as error:
        values = {k: v for k, v in request.POST.items() if isinstance(v, str)}
        return _page(request, of, values, refused_fields(request, error))
    return HTTPSeeOther(inside(request, "dashboard.organization_people", of) + "?done=invited")


@view_config(
    route_name="dashboard.organization_invitation_mail",
    request_method="POST",
    permission=ORGANIZATION_PEOPLE,
)
def send_again(request: Request) -> HTTPSeeOther:
    of = the_organization(request)
    request.limit(INVITES, f"{request.tenant.id}/{of.id}")
    invitations.resend(request.ctx, request.grants, of.id, uuid_in(request, "guest"))
    return HTTPSeeOther(inside(request, "dashboard.organization_people", of) + "?done=invited")


@view_config(
    route_name="dashboard.organization_invitation_end",
    request_method="POST",
    permission=ORGANIZATION_PEOPLE,
)
def take_back(request: Request) -> HTTPSeeOther:
    of = the_organization(request)
    invitations.revoke(request.ctx, request.grants, of.id, uuid_in(request, "guest"))
    return HTTPSeeOther(inside(request, "dashboard.organization_people", of) + "?done=uninvited")


@view_config(
    route_name="dashboard.organization_member_removal",
    request_method="GET",
    permission=ORGANIZATION_PEOPLE,
    renderer="dashboard/confirm.jinja2",
)
def ask_removal(request: Request) -> dict[str, Any]:
    of, t = the_organization(request), request.t
    person = person_by_id(request.ctx, of.id, uuid_in(request, "person"))
    return organization_screen(
        request,
        of,
        person.name,
        question=t("Remove {name} from {organization}?", name=person.name, organization=of.name),
        consequence=t("They lose access with their next click. What they did stays in the records."),
        yes=t("Remove {name}", name=person.name),
        no=t("Keep them"),
        action=inside(request, "dashboard.organization_member_removal", of, person=person.id),
        back_href=inside(request, "dashboard.organization_people", of),
    )


@view_config(
    route_name="dashboard.organization_member_removal",
    request_method="POST",
    permission=ORGANIZATION_PEOPLE,
)
def removal(request: Request) -> HTTPSeeOther:
    of = the_organization(request)
    person = remove_person(request.ctx, request.grants, of.id, uuid_in(request, "person"))
    if person.user_id == request.identity.id and not request.grants.inside:
        return HTTPSeeOther(request.route_path("dashboard"))
    return HTTPSeeOther(inside(request, "dashboard.organization_people", of) + "?done=removed")
