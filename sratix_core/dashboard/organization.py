"""One organization: what it has at a glance, its details and billing, and deleting an empty one."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import (
    ORGANIZATION_EDIT,
    ORGANIZATION_MAKE,
    ORGANIZATION_NAMES,
    ORGANIZATION_VIEW,
)
from sratix_core.dashboard.organization_frame import KINDS, inside, organization_screen, the_organization
from sratix_core.dashboard.organization_orders import order_row
from sratix_core.dashboard.organizations import draft_of
from sratix_core.dashboard.shell import path
from sratix_core.errors import Invalid
from sratix_core.organizations.models import Organization
from sratix_core.organizations.purchases import open_names, orders_of
from sratix_core.organizations.queries import Size, sizes
from sratix_core.organizations.service import LENGTHS, delete_organization, save_organization
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

LATEST = 5


@view_config(
    route_name="dashboard.organization",
    request_method="GET",
    permission=ORGANIZATION_VIEW,
    renderer="dashboard/organization.jinja2",
)
def overview(request: Request) -> dict[str, Any]:
    of = the_organization(request)
    has = sizes(request.ctx, [of.id]).get(of.id, Size())
    _, nameless = open_names(request.ctx, of.id)
    empty = not has.people and not has.orders
    return organization_screen(
        request,
        of,
        has=has,
        nameless=nameless,
        orders=[order_row(request, o) for o in orders_of(request.ctx, of.id, limit=LATEST).rows],
        orders_href=inside(request, "dashboard.organization_orders", of),
        tickets_href=inside(request, "dashboard.organization_tickets", of),
        may_name=request.may(ORGANIZATION_NAMES),
        edit_href=inside(request, "dashboard.organization_edit", of)
        if request.may(ORGANIZATION_EDIT)
        else None,
        delete_href=inside(request, "dashboard.organization_deletion", of)
        if empty and request.grants.allows(ORGANIZATION_MAKE)
        else None,
    )


@view_config(
    route_name="dashboard.organization_edit",
    request_method="GET",
    permission=ORGANIZATION_EDIT,
    renderer="dashboard/organization_form.jinja2",
)
def ask_details(request: Request) -> dict[str, Any]:
    of = the_organization(request)
    return _form(request, of, {name: getattr(of, name) for name in (*LENGTHS, "kind")}, {})


@view_config(
    route_name="dashboard.organization_edit",
    request_method="POST",
    permission=ORGANIZATION_EDIT,
    renderer="dashboard/organization_form.jinja2",
)
def save_details(request: Request) -> Any:
    of = the_organization(request)
    try:
        save_organization(
            request.ctx, draft_of(request, may_kind=request.grants.allows(ORGANIZATION_MAKE)), of
        )
    except Invalid as error:
        return _form(request, of, dict(request.POST), refused_fields(request, error))
    return HTTPSeeOther(inside(request, "dashboard.organization", of) + "?done=saved")


def _form(
    request: Request, of: Organization, values: dict[str, Any], errors: dict[str, str]
) -> dict[str, Any]:
    may_kind = request.grants.allows(ORGANIZATION_MAKE)  # an exhibitor does not make itself a sponsor
    return organization_screen(
        request,
        of,
        request.t("Details & billing"),
        action=inside(request, "dashboard.organization_edit", of),
        kinds=[(key, request.t(word)) for key, word in KINDS.items()] if may_kind else [],
        cancel_href=inside(request, "dashboard.organization", of),
        values=values,
        errors=errors,
    )


@view_config(
    route_name="dashboard.organization_deletion",
    request_method="GET",
    permission=ORGANIZATION_MAKE,
    renderer="dashboard/confirm.jinja2",
)
def ask_deletion(request: Request) -> dict[str, Any]:
    of, t = the_organization(request), request.t
    return organization_screen(
        request,
        of,
        question=t("Delete {name}?", name=of.name),
        consequence=t("Its details and open invitations are gone. It has no orders and no people."),
        yes=t("Delete {name}", name=of.name),
        action=inside(request, "dashboard.organization_deletion", of),
        back_href=inside(request, "dashboard.organization", of),
    )


@view_config(
    route_name="dashboard.organization_deletion", request_method="POST", permission=ORGANIZATION_MAKE
)
def deletion(request: Request) -> HTTPSeeOther:
    delete_organization(request.ctx, the_organization(request).id)
    return HTTPSeeOther(path(request, "dashboard.organizations") + "?done=removed")
