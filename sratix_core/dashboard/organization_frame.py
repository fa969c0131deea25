"""The frame around one organization: the tenant's for whoever works there, the organization's own for whoever only acts for it."""

from __future__ import annotations

from typing import Any

from sratix_core.accounts.permissions import ORGANIZATION_EDIT, ORGANIZATION_VIEW
from sratix_core.dashboard.shell import flash, path, screen, uuid_in
from sratix_core.organizations.models import Organization
from sratix_core.organizations.service import organization_by_id
from sratix_core.web.contexts import contexts
from sratix_core.web.request import Request

KINDS = {
    "company": "Company",
    "exhibitor": "Exhibitor",
    "sponsor": "Sponsor",
    "partner": "Partner",
    "club": "Club",
    "other": "Other",
}
PAGES = (
    ("dashboard.organization", "Overview", "layout-dashboard", ORGANIZATION_VIEW),
    ("dashboard.organization_orders", "Orders", "receipt", ORGANIZATION_VIEW),
    ("dashboard.organization_tickets", "Tickets", "ticket", ORGANIZATION_VIEW),
    ("dashboard.organization_people", "People", "users", ORGANIZATION_VIEW),
    ("dashboard.organization_edit", "Details & billing", "file-text", ORGANIZATION_EDIT),
)
BELONGS = {
    "dashboard.organization_ticket": "dashboard.organization_tickets",
    "dashboard.organization_invitations": "dashboard.organization_people",
    "dashboard.organization_member_removal": "dashboard.organization_people",
    "dashboard.organization_deletion": "dashboard.organization",
}


def the_organization(request: Request) -> Organization:
    """The organization of this address. Raises `NotFound`."""
    return organization_by_id(request.ctx, uuid_in(request, "organization"))


def inside(request: Request, route: str, of: Organization, **parts: Any) -> str:
    """The path of a route of one organization."""
    return path(request, route, organization=of.id, **parts)


def organization_screen(
    request: Request, of: Organization, title: str | None = None, **page: Any
) -> dict[str, Any]:
    """The variables of `dashboard/frame.jinja2` for a page of one organization together with the page's own."""
    t, here = request.t, request.matched_route.name
    here = BELONGS.get(here, here)
    pages = [(t(text), icon, inside(request, route, of), route == here)
             for route, text, icon, permission in PAGES if request.may(permission)]  # fmt: skip
    crumbs = [(of.name, inside(request, "dashboard.organization", of)), *([(title, None)] if title else [])]
    more = {"organization": of, "kind_word": t(KINDS[of.kind]), **page}
    if request.grants.inside:
        listed = (t("Partner organizations"), path(request, "dashboard.organizations"))
        tabs = [(text, href, None, current) for text, _, href, current in pages]
        return screen(request, None, [listed, *crumbs], tabs=tabs, **more)
    nav = [
        {"label": text, "icon": icon, "href": href, "count": None, "hot": False, "current": current}
        for text, icon, href, current in pages
    ]
    shell = {
        **contexts(request, organization=of.id),
        "title": of.name,
        "subtitle": t("with {tenant}", tenant=request.tenant.name),
        "logo_url": None,
        "mark": "handshake",
        "events": [],
        "events_href": None,
        "new_event_href": None,
        "nav": [{"label": None, "items": nav}],
        "search_href": None,
        "person": {"name": request.identity.name, "email": request.identity.email},
        "account_href": request.route_path("account.password"),
        "logout_href": request.route_path("account.logout"),
    }
    return {"shell": shell, "crumbs": crumbs, "flash": flash(request), "event": None, "tabs": [], **more}
