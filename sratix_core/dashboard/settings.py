"""How this organizer looks to buyers. A plugin's settings are on its own page, see `plugins`."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import SETTINGS_EDIT
from sratix_core.dashboard.shell import path, screen
from sratix_core.errors import Invalid, NotFound
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request
from sratix_core.web.sections import LOOK, save_form


@view_config(
    route_name="dashboard.settings",
    request_method="GET",
    permission=SETTINGS_EDIT,
    renderer="dashboard/settings.jinja2",
)
def settings(request: Request) -> dict[str, Any]:
    return _settings(request, {}, {})


@view_config(
    route_name="dashboard.settings_section",
    request_method="POST",
    permission=SETTINGS_EDIT,
    renderer="dashboard/settings.jinja2",
    writes=False,
)
def save(request: Request) -> Any:
    """The tenant's own card; a plugin's settings have a page of their own."""
    if request.matchdict["section"] != LOOK:
        raise NotFound("section")
    values = dict(request.POST)
    try:
        save_form(request, LOOK, values)
    except Invalid as error:
        return _settings(request, values, refused_fields(request, error))
    return HTTPSeeOther(path(request, "dashboard.settings") + f"?done=saved#{LOOK}")


def _settings(request: Request, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    t, tenant = request.t, request.tenant
    own = {"name": tenant.name, "accent": tenant.accent, "legal_line": tenant.legal_line}
    card = {
        "id": LOOK,
        "title": t("Organization"),
        "help": t("How your shop, tickets and mails look. The dashboard stays as it is."),
        "action": path(request, "dashboard.settings_section", section=LOOK),
        "values": values or own,
        "errors": errors,
        "fields": [
            {"name": "name", "label": t("Name"), "kind": "text", "help": "", "optional": False},
            {
                "name": "accent",
                "label": t("Accent colour"),
                "kind": "color",
                "help": t("Buttons and links. The text on it is chosen for contrast."),
                "optional": False,
            },
            {
                "name": "legal_line",
                "label": t("Line in the footer"),
                "kind": "text",
                "help": t("Name, place and VAT number, for example."),
                "optional": True,
            },
        ],
    }
    return screen(
        request,
        crumbs=[(t("Settings"), None)],
        sections=[card],
        saved="",
        preview_href=request.route_path("shop.home", tenant=tenant.slug),
    )
