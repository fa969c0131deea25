"""What this tenant has switched on, how each plugin does here, and its settings: the organizer's, and an event's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts.permissions import PLUGIN_EDIT, SETTINGS_EDIT
from sratix_core.audit.service import record
from sratix_core.dashboard.shell import path, screen, the_event
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.events.models import Event, EventStatus
from sratix_core.plugins.interfaces import PluginInfo, PluginSetting
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.plugin_health import Condition, conditions
from sratix_core.tenants.plugins import disable, enable, pause
from sratix_core.web.forms import refused_fields
from sratix_core.web.request import Request

ICONS = {"payment": "landmark", "message": "mail", "ticket": "file-text"}
KINDS = {
    "long_text": "textarea",
    "integer": "number",
    "boolean": "bool",
    "choice": "select",
    "email": "email",
}
PAGE = "dashboard/plugins.jinja2"


@view_config(route_name="dashboard.plugins", request_method="GET", permission=PLUGIN_EDIT, renderer=PAGE)
def plugins(request: Request) -> dict[str, Any]:
    return screen(request, crumbs=[(request.t("Plugins"), None)], **_list(request), selected=None)


@view_config(route_name="dashboard.plugin", request_method="GET", permission=PLUGIN_EDIT, renderer=PAGE)
@view_config(
    route_name="dashboard.event_plugin", request_method="GET", permission=SETTINGS_EDIT, renderer=PAGE
)
def plugin(request: Request) -> dict[str, Any]:
    return _page(request, _place(request), None, {})


@view_config(route_name="dashboard.plugin", request_method="POST", permission=SETTINGS_EDIT, renderer=PAGE)
@view_config(
    route_name="dashboard.event_plugin", request_method="POST", permission=SETTINGS_EDIT, renderer=PAGE
)
def save(request: Request) -> Any:
    info, ctx, event = _info(request), request.ctx, _place(request)
    if not _switched_on(request, info):
        raise Refused("plugin_off", title=info.title)
    values = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    try:
        changed = plugin_settings.save(ctx, info.name, values, event)
    except Invalid as error:
        ctx.db.expunge_all()
        return _page(request, event, values, refused_fields(request, error))
    if changed:
        record(
            ctx, "settings.changed", "plugin", event.id if event else None, plugin=info.name, names=changed
        )
    route = "dashboard.plugin" if event is None else "dashboard.event_plugin"
    return HTTPSeeOther(path(request, route, event, plugin=info.name) + "?done=saved")


@view_config(route_name="dashboard.plugin_switch", request_method="POST", permission=PLUGIN_EDIT)
def switch(request: Request) -> HTTPSeeOther:
    """On when it is off, off when it is on; a plugin that another one needs stays on."""
    name = request.matchdict["plugin"]
    if name in request.tenant.enabled_plugins and name in request.runtime.plugins.infos:
        disable(request.ctx, name)
        done = "off"
    else:
        done = "all_on" if len(enable(request.ctx, name)) > 1 else "on"
    return HTTPSeeOther(path(request, "dashboard.plugins") + f"?done={done}")


@view_config(route_name="dashboard.plugin_pause", request_method="POST", permission=PLUGIN_EDIT)
def pause_or_resume(request: Request) -> HTTPSeeOther:
    """Paused when it runs, running when it is paused; at once here, in other processes within seconds."""
    name = request.matchdict["plugin"]
    paused = name in request.tenant.held_plugins
    pause(request.ctx, name, not paused)
    done = "resumed" if paused else "paused"
    return HTTPSeeOther(path(request, "dashboard.plugin", plugin=name) + f"?done={done}")


def _info(request: Request) -> PluginInfo:
    info = request.runtime.plugins.infos.get(request.matchdict["plugin"])
    if info is None:
        raise NotFound("plugin")
    return info


def _place(request: Request) -> Event | None:
    return the_event(request) if "event" in request.matchdict else None


def _switched_on(request: Request, info: PluginInfo) -> bool:
    """Whether its switch is on, paused or not: a paused plugin is mended by its settings."""
    return info.level == "system" or info.name in request.tenant.enabled_plugins


def _list(request: Request) -> dict[str, Any]:
    host, known = request.runtime.plugins, conditions(request.ctx)
    titles = {info.name: str(request.t(info.title)) for info in host.infos.values()}
    gone = sorted(request.tenant.enabled_plugins - set(host.infos))
    return {
        "plugins": [
            {
                "name": info.name,
                "title": titles[info.name],
                "text": request.t(info.description),
                "version": info.version,
                "enabled": _switched_on(request, info),
                "state": _state(request, info),
                "icon": ICONS.get(info.category, "blocks"),
                "needs": [titles.get(n, n) for n in info.requires],
                "href": path(request, "dashboard.plugin", plugin=info.name),
                "switch_href": path(request, "dashboard.plugin_switch", plugin=info.name)
                if info.level == "tenant"
                else None,
                "problem": _problem(request, known.get(info.name)),
            }
            for info in sorted(host.infos.values(), key=lambda i: titles[i.name])
        ],
        "gone": gone,
    }


def _state(request: Request, info: PluginInfo) -> str:
    if info.name in request.tenant.held_plugins:
        return "paused"
    return "enabled" if request.ctx.hooks.is_on(info.name) else "disabled"


def _problem(request: Request, condition: Condition | None) -> str:
    """What is worth telling beside its name: only what goes wrong now."""
    if condition is None or not condition.failing:
        return ""
    return str(request.t("Failed again and again: {hooks}.", hooks=", ".join(condition.failing)))


def _page(
    request: Request, event: Event | None, typed: dict[str, str] | None, errors: dict[str, str]
) -> dict[str, Any]:
    info, ctx, t = _info(request), request.ctx, request.t
    declared = plugin_settings.declared(ctx, info.name, event) if _switched_on(request, info) else ()
    shown = plugin_settings.shown(ctx, info.name, event)
    inherited = plugin_settings.shown(ctx, info.name) if event is not None else {}
    condition = conditions(ctx).get(info.name)
    values = typed if typed is not None else _typed(shown, event)
    here = path(request, "dashboard.plugins")
    selected = {
        "name": info.name,
        "title": t(info.title),
        "text": t(info.description),
        "state": _state(request, info),
        "condition": condition,
        "problem": _problem(request, condition),
        "pause_href": path(request, "dashboard.plugin_pause", plugin=info.name)
        if info.level == "tenant" and info.name in request.tenant.enabled_plugins
        else None,
        "held_everywhere": info.name in request.tenant.held_plugins and not _paused_here(request, info),
        "action": request.path,
        "fields": [_field(request, s, shown, inherited, event) for s in declared],
        "values": values,
        "errors": errors,
        "events": _events(request, info) if event is None and any(s.per_event for s in declared) else [],
        "event_href": path(request, "dashboard.plugin", plugin=info.name) if event is not None else "",
        "home_href": path(request, info.home) if info.home and request.ctx.hooks.is_on(info.name) else "",
    }
    trail = [(t("Plugins"), here), (t(info.title), None)]
    return screen(request, event, trail, **_list(request), selected=selected)


def _events(request: Request, info: PluginInfo) -> list[dict[str, str]]:
    """The newest events, each with where its own values are set."""
    newest = (
        select(Event).where(Event.status != EventStatus.ARCHIVED).order_by(Event.starts_at.desc()).limit(8)
    )
    href = partial(path, request, "dashboard.event_plugin", plugin=info.name)
    return [{"name": event.name, "href": href(event)} for event in request.db.scalars(newest)]


def _typed(shown: dict[str, Any], event: Event | None) -> dict[str, Any]:
    """Stored values as the form's fields hold them; for an event, a yes and a no are options of a list."""
    words = {True: "yes", False: "no"} if event is not None else {}
    return {k: "" if v is None else words.get(v, v) if isinstance(v, bool) else v for k, v in shown.items()}


def _paused_here(request: Request, info: PluginInfo) -> bool:
    return info.name in request.tenant.paused_plugins


def _said(setting: PluginSetting, value: Any, t: Callable[..., str]) -> Any:
    """A stored value as the form says it: a choice by its words, yes and no in the reader's language."""
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    return t(dict(setting.options)[value]) if value in dict(setting.options) else value


def _field(
    request: Request,
    setting: PluginSetting,
    shown: dict[str, Any],
    inherited: dict[str, Any],
    event: Event | None,
) -> dict[str, Any]:
    """One field as `settings.jinja2` draws it; for an event, empty means what the organizer has."""
    t, kind = request.t, KINDS.get(setting.type, "text")
    options = [(value, t(text)) for value, text in setting.options]
    if event is not None and kind == "bool":
        kind, options = "select", [("yes", t("Yes")), ("no", t("No"))]
    if kind == "select" and (event is not None or setting.default is None):
        options = [("", t("As for the organization") if event is not None else "–"), *options]
    text = t(setting.help) if setting.help else ""
    if event is not None and not setting.secret and inherited.get(setting.name) not in (None, ""):
        text = (
            f"{text} {t('Organization: {value}', value=_said(setting, inherited[setting.name], t))}".strip()
        )
    return {
        "name": setting.name,
        "label": t(setting.title),
        "kind": "secret" if setting.secret else kind,
        "help": text,
        "optional": True,
        "options": options,
        "is_set": bool(shown.get(setting.name)) if setting.secret else False,
        "forget": plugin_settings.CLEAR + setting.name,
    }
