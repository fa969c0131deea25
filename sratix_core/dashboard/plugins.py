"""What this tenant has switched on, and the settings of what is on."""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sratix_core.accounts.permissions import PLUGIN_EDIT, SETTINGS_EDIT
from sratix_core.audit.service import record
from sratix_core.dashboard.shell import path, screen
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.plugins.interfaces import PluginSetting
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import TenantLook, change_look, switch_plugin
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

ICONS = {"payment": "landmark", "message": "mail", "ticket": "file-text"}


@view_config(
    route_name="dashboard.plugins",
    request_method="GET",
    permission=PLUGIN_EDIT,
    renderer="dashboard/plugins.jinja2",
)
def plugins(request: Request) -> dict[str, Any]:
    host, hooks = request.runtime.plugins, request.ctx.hooks
    titles = {info.name: info.title for info in host.infos.values()}
    return screen(
        request,
        crumbs=[(request.t("Plugins"), None)],
        plugins=[
            {
                "name": info.name,
                "title": info.title,
                "text": info.description,
                "category": info.category,
                "version": info.version,
                "enabled": hooks.is_on(info.name),
                "icon": ICONS.get(info.category, "blocks"),
                "needs": [titles.get(n, n) for n in info.requires],
                "switch_href": path(request, "dashboard.plugin_switch", plugin=info.name)
                if info.level == "tenant"
                else None,
                "settings_href": path(request, "dashboard.settings") + f"#{info.name}"
                if hooks.is_on(info.name) and host.settings_of(info.name)
                else "",
            }
            for info in sorted(host.infos.values(), key=lambda i: i.title)
        ],
    )


@view_config(route_name="dashboard.plugin_switch", request_method="POST", permission=PLUGIN_EDIT)
def switch(request: Request) -> HTTPSeeOther:
    """On when it is off, off when it is on; a plugin that another one needs stays on."""
    host, name = request.runtime.plugins, request.matchdict["plugin"]
    info = host.infos.get(name)
    if info is None or info.level != "tenant":
        raise NotFound("plugin")
    on = name in request.tenant.enabled_plugins
    if on:
        needing = [
            i.title
            for i in host.infos.values()
            if name in i.requires and i.name in request.tenant.enabled_plugins
        ]
        if needing:
            raise Refused("plugin_needed", title=info.title, by=", ".join(needing))
    else:
        for required in info.requires:
            switch_plugin(request.db, request.ctx.sources, request.tenant.id, required, True)
    switch_plugin(request.db, request.ctx.sources, request.tenant.id, name, not on)
    record(request.ctx, "plugin.disabled" if on else "plugin.enabled", "plugin", None, plugin=name)
    return HTTPSeeOther(path(request, "dashboard.plugins") + ("?done=off" if on else "?done=on"))


@view_config(
    route_name="dashboard.settings",
    request_method="GET",
    permission=SETTINGS_EDIT,
    renderer="dashboard/settings.jinja2",
)
def settings(request: Request) -> dict[str, Any]:
    return _settings(request, "", {}, {})


@view_config(
    route_name="dashboard.settings_section",
    request_method="POST",
    permission=SETTINGS_EDIT,
    renderer="dashboard/settings.jinja2",
    writes=False,
)
def save(request: Request) -> Any:
    """One card of the page. The tenant's own card is written by the system: a tenant's session cannot change tenants."""
    section = request.matchdict["section"]
    engines, sources = request.runtime.engines, request.ctx.sources
    values = dict(request.POST)
    try:
        if section == "organization":
            look = TenantLook(values.get("name", ""), values.get("accent", ""), values.get("legal_line", ""))
            with engines.begin(SystemScope("an organizer changes how their organization looks")) as db:
                change_look(db, sources, request.tenant.id, look)
        elif request.ctx.hooks.is_on(section) and request.runtime.plugins.settings_of(section):
            with engines.begin(TenantScope(request.tenant.id)) as db:
                ctx = request.runtime.context(request.tenant, db, request.actor)
                changed = plugin_settings.save(ctx, section, values)
                record(ctx, "settings.changed", "plugin", None, plugin=section, names=changed)
        else:
            raise NotFound("section")
    except Invalid as error:
        return _settings(request, section, values, refused_fields(request, error))
    engines.tenants.invalidate(request.tenant.id)
    return HTTPSeeOther(path(request, "dashboard.settings") + f"?done=saved#{section}")


KINDS = {"text": "text", "integer": "number", "boolean": "bool"}


def _settings(
    request: Request, section: str, values: dict[str, Any], errors: dict[str, str]
) -> dict[str, Any]:
    t, tenant, host = request.t, request.tenant, request.runtime.plugins
    own = {"name": tenant.name, "accent": tenant.accent, "legal_line": tenant.legal_line}
    cards = [
        {
            "id": "organization",
            "title": t("Organization"),
            "help": t("How your shop, tickets and mails look. The dashboard stays as it is."),
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
            "values": own,
        }
    ]
    for info in sorted(host.infos.values(), key=lambda i: i.title):
        declared = host.settings_of(info.name)
        if declared and request.ctx.hooks.is_on(info.name):
            shown = plugin_settings.shown(request.ctx, info.name)
            cards.append(
                {
                    "id": info.name,
                    "title": info.title,
                    "help": info.description,
                    "fields": [_field(s, shown) for s in declared],
                    "values": {k: "" if v is None else v for k, v in shown.items()},
                }
            )
    for card in cards:
        mine = card["id"] == section
        card["action"] = path(request, "dashboard.settings_section", section=card["id"])
        card["values"] = values if mine else card["values"]
        card["errors"] = errors if mine else {}
    return screen(
        request,
        crumbs=[(t("Settings"), None)],
        sections=cards,
        saved="",
        preview_href=request.route_path("shop.home", tenant=tenant.slug),
    )


def _field(setting: PluginSetting, shown: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": setting.name,
        "label": setting.title,
        "kind": "secret" if setting.secret else KINDS[setting.type],
        "help": setting.help,
        "optional": True,
        "is_set": bool(shown.get(setting.name)) if setting.secret else False,
    }
