"""The organizations that take part in a tenant's events, as a list and as CSV, and making one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sratix_core.accounts.permissions import EXPORT, ORGANIZATION_MAKE, ORGANIZATION_VIEW
from sratix_core.audit.service import record
from sratix_core.dashboard.organization_frame import KINDS, inside
from sratix_core.dashboard.shell import path, screen
from sratix_core.dashboard.tables import Asked, Column
from sratix_core.errors import Invalid
from sratix_core.organizations.queries import Listed, kinds, listed, sizes
from sratix_core.organizations.service import LENGTHS, OrganizationDraft, save_organization
from sratix_core.search.queries import MOST
from sratix_core.web.csv import as_csv
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

ROUTE = "dashboard.organizations"
COLUMNS = (
    Column("name", "Name", sort="name"),
    Column("kind", "Kind", "hide-sm"),
    Column("city", "Town", "c-md"),
    Column("people", "People", "r c-md"),
    Column("orders", "Orders", "r hide-sm"),
    Column("tickets", "Tickets", "r"),
)
IN_FILE = (
    "name",
    "kind",
    "street",
    "postal_code",
    "city",
    "country",
    "vat_number",
    "billing_email",
    "reference",
)
BATCH = 500


def _asked(request: Request) -> Asked:
    return Asked(request, path(request, ROUTE), ("q", "kind"), COLUMNS, "name")


def _find(request: Request, asked: Asked, **page: Any) -> Listed:
    kind = asked["kind"] if asked["kind"] in KINDS else ""
    return listed(request.ctx, asked["q"], kind, asked.sort == "-name", **page)


@view_config(
    route_name=ROUTE,
    request_method="GET",
    permission=ORGANIZATION_VIEW,
    renderer="dashboard/organizations.jinja2",
)
def organizations(request: Request) -> dict[str, Any]:
    t, asked = request.t, _asked(request)
    found, counts = _find(request, asked, cursor=asked.cursor), kinds(request.ctx)
    rows = found.page.rows
    has = sizes(request.ctx, [o.id for o in rows])
    export = path(request, "dashboard.organizations_export")
    query = urlencode(asked.pairs())
    return screen(
        request,
        crumbs=[(t("Partner organizations"), None)],
        rows=[
            {
                "name": o.name,
                "kind": t(KINDS[o.kind]),
                "city": o.city,
                "people": has[o.id].people,
                "orders": has[o.id].orders,
                "tickets": has[o.id].tickets,
                "href": inside(request, "dashboard.organization", o),
            }
            for o in rows
        ],
        heads=asked.heads(request, ("name",)),
        views=[
            (t("All"), asked.link(kind=""), sum(counts.values()) or None, not asked["kind"]),
            *(
                (
                    t(word),
                    asked.link(kind=kind),
                    counts.get(kind, 0) if counts else None,
                    asked["kind"] == kind,
                )
                for kind, word in KINDS.items()
                if not counts or counts.get(kind) or asked["kind"] == kind
            ),
        ],
        q=asked["q"],
        list_href=asked.here,
        keep=asked.keep("q"),
        pages=asked.pages(t("{n} shown", n=len(rows)), found.page),
        more_hits=MOST if found.more_hits else 0,
        filtered=asked.narrowed,
        export_href=(f"{export}?{query}" if query else export) if request.may(EXPORT) and rows else None,
        new_href=path(request, "dashboard.organization_new") if request.may(ORGANIZATION_MAKE) else None,
    )


@view_config(route_name="dashboard.organizations_export", request_method="POST", permission=EXPORT)
def export(request: Request) -> Response:
    """All pages of what is shown, with addresses and billing details. Asks for both: to see them, and to take lists out."""
    if not request.grants.allows(ORGANIZATION_VIEW):
        raise HTTPForbidden
    asked = _asked(request)

    def cells() -> Iterator[list[str]]:
        cursor: str | None = None
        while True:
            page = _find(request, asked, cursor=cursor, limit=BATCH).page
            yield from ([str(getattr(o, name)) for name in IN_FILE] for o in page.rows)
            cursor = page.after
            if cursor is None:
                return

    head = [request.t(name.replace("_", " ").capitalize()) for name in IN_FILE]
    response, count = as_csv("organizations", head, cells())
    record(request.ctx, "export.made", "tenant", None, list="organizations", rows=count)
    return response


@view_config(
    route_name="dashboard.organization_new",
    request_method="GET",
    permission=ORGANIZATION_MAKE,
    renderer="dashboard/organization_form.jinja2",
)
def ask_new(request: Request) -> dict[str, Any]:
    return _new_page(request, {"kind": "company"}, {})


@view_config(
    route_name="dashboard.organization_new",
    request_method="POST",
    permission=ORGANIZATION_MAKE,
    renderer="dashboard/organization_form.jinja2",
)
def make(request: Request) -> Any:
    try:
        made = save_organization(request.ctx, draft_of(request, may_kind=True))
    except Invalid as error:
        return _new_page(request, dict(request.POST), refused_fields(request, error))
    return HTTPSeeOther(inside(request, "dashboard.organization", made) + "?done=saved")


def draft_of(request: Request, *, may_kind: bool) -> OrganizationDraft:
    """What the form says."""
    typed = {name: request.POST.get(name, "") for name in (*LENGTHS, "kind")}
    plain = {name: value if isinstance(value, str) else "" for name, value in typed.items()}
    kind = plain.pop("kind")
    return OrganizationDraft(**plain, kind=kind if may_kind else None)


def _new_page(request: Request, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    here = path(request, ROUTE)
    return screen(
        request,
        crumbs=[(request.t("Partner organizations"), here), (request.t("New"), None)],
        tabs=[],
        organization=None,
        action=path(request, "dashboard.organization_new"),
        kinds=[(key, request.t(word)) for key, word in KINDS.items()],
        cancel_href=here,
        values=values,
        errors=errors,
    )
