"""Plugins: switched on and off, paused, and their settings, the organizer's and an event's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sratix_core.accounts.permissions import PLUGIN_EDIT, SETTINGS_EDIT
from sratix_core.api.framework import EVENT, TENANT, Call, endpoint
from sratix_core.api.v1.common import picked
from sratix_core.audit.service import record
from sratix_core.errors import Invalid, NotFound, Refused
from sratix_core.plugins import PluginInfo
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.models import TenantPlugin
from sratix_core.tenants.plugin_health import Condition, conditions
from sratix_core.tenants.plugins import disable, enable, installed, pause, switches

TAG = "Plugins"
PLUGIN = "/plugins/{plugin}"
Value = str | int | bool | None


class PluginOut(msgspec.Struct):
    """A plugin of this installation. One of level `system` is always on.

    A paused one keeps its switch and does nothing; `held` says that the operator, or a pause of what it needs, stops it.
    `failing` names hooks that failed again and again.
    """

    name: str
    title: str
    description: str
    category: str
    version: str
    level: str
    requires: list[str]
    enabled: bool
    paused: bool
    held: bool
    failures: int
    slow: int
    failing: list[str]


class PluginPatch(msgspec.Struct, forbid_unknown_fields=True):
    enabled: bool | UnsetType = UNSET
    paused: bool | UnsetType = UNSET


class PluginSettingOut(msgspec.Struct):
    """One setting. A secret is `true` when it is set, and never leaves; `inherited` is what counts where an event has no value."""

    name: str
    type: str
    title: str
    secret: bool
    per_event: bool
    options: list[str]
    value: Value
    inherited: Value


class PluginSettingsPatch(msgspec.Struct, forbid_unknown_fields=True):
    """Values by name; what is left out stays. `null` goes back to what is inherited, and forgets a secret."""

    values: Annotated[dict[str, Value], Meta(max_length=100)]


def _plugin(info: PluginInfo, call: Call, rows: Mapping[str, TenantPlugin], known: Condition) -> PluginOut:
    row, tenant = rows.get(info.name), call.ctx.tenant
    return picked(
        info,
        PluginOut,
        requires=list(info.requires),
        enabled=info.level == "system" or (row is not None and row.enabled),
        paused=row is not None and row.enabled and row.paused,
        held=info.name in tenant.held_plugins - tenant.paused_plugins,
        failures=known.failures,
        slow=known.slow,
        failing=list(known.failing),
    )


def _info(call: Call) -> PluginInfo:
    info = call.ctx.hooks.host.infos.get(call.word("plugin"))
    if info is None:
        raise NotFound("plugin")
    return info


def _one(call: Call) -> PluginOut:
    info = _info(call)
    known = conditions(call.ctx).get(info.name, Condition())
    return _plugin(info, call, switches(call.ctx), known)


@endpoint("GET", TENANT + "/plugins", PLUGIN_EDIT, "List plugins by title", tag=TAG, answers=list[PluginOut])
def list_plugins(call: Call) -> list[PluginOut]:
    rows, known = switches(call.ctx), conditions(call.ctx)
    infos = sorted(call.ctx.hooks.host.infos.values(), key=lambda i: i.title)
    return [_plugin(i, call, rows, known.get(i.name, Condition())) for i in infos]


@endpoint("GET", TENANT + PLUGIN, PLUGIN_EDIT, "One plugin", tag=TAG, answers=PluginOut)
def get_plugin(call: Call) -> PluginOut:
    return _one(call)


@endpoint(
    "PATCH",
    TENANT + PLUGIN,
    PLUGIN_EDIT,
    "Switch a plugin on or off, one that it needs comes along; pause it or let it go on",
    tag=TAG,
    body=PluginPatch,
    answers=PluginOut,
    errors=("plugin_needed", "plugin_off"),
)
def change_plugin(call: Call) -> PluginOut:
    info, ctx, body = installed(call.ctx, call.word("plugin")), call.ctx, call.body
    row = switches(ctx).get(info.name)
    if body.enabled is not UNSET and body.enabled != (row is not None and row.enabled):
        (enable if body.enabled else disable)(ctx, info.name)
        ctx.db.flush()
        row = switches(ctx).get(info.name)
    if body.paused is not UNSET and body.paused != (row is not None and row.enabled and row.paused):
        pause(ctx, info.name, body.paused)
    return _one(call)


def _settings(call: Call) -> list[PluginSettingOut]:
    info, ctx = _info(call), call.ctx
    event = call.event if "event" in call.endpoint.holes else None
    here = plugin_settings.shown(ctx, info.name, event)
    above = plugin_settings.shown(ctx, info.name) if event is not None else {}
    return [
        picked(
            s,
            PluginSettingOut,
            options=[value for value, _ in s.options],
            value=here[s.name],
            inherited=above.get(s.name) if event is not None else None if s.secret else s.default,
        )
        for s in plugin_settings.declared(ctx, info.name, event)
    ]


def _change(call: Call) -> list[PluginSettingOut]:
    info, ctx = _info(call), call.ctx
    event = call.event if "event" in call.endpoint.holes else None
    row = switches(ctx).get(info.name)
    if info.level != "system" and not (row is not None and row.enabled):
        raise Refused("plugin_off", title=info.title)
    try:
        changed = plugin_settings.change(ctx, info.name, call.body.values, event)
    except Invalid as error:
        raise Invalid({f"values.{name}": code for name, code in error.fields.items()}) from error
    if changed:
        target = event.id if event is not None else None
        record(ctx, "settings.changed", "plugin", target, plugin=info.name, names=changed)
    return _settings(call)


READ: dict[str, Any] = {"tag": TAG, "answers": list[PluginSettingOut]}
CHANGE: dict[str, Any] = {**READ, "body": PluginSettingsPatch, "errors": ("plugin_off",)}


@endpoint("GET", TENANT + PLUGIN + "/settings", SETTINGS_EDIT, "A plugin's settings", **READ)
def list_plugin_settings(call: Call) -> list[PluginSettingOut]:
    return _settings(call)


@endpoint("PATCH", TENANT + PLUGIN + "/settings", SETTINGS_EDIT, "Change a plugin's settings", **CHANGE)
def change_plugin_settings(call: Call) -> list[PluginSettingOut]:
    return _change(call)


@endpoint("GET", EVENT + PLUGIN + "/settings", SETTINGS_EDIT, "What an event may set for itself", **READ)
def list_event_plugin_settings(call: Call) -> list[PluginSettingOut]:
    return _settings(call)


@endpoint("PATCH", EVENT + PLUGIN + "/settings", SETTINGS_EDIT, "Change an event's own settings", **CHANGE)
def change_event_plugin_settings(call: Call) -> list[PluginSettingOut]:
    return _change(call)
