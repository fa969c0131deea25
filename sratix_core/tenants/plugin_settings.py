"""A tenant's values for a plugin: one row per value under `plugin.<name>.<setting>`, secrets encrypted with the tenant's key."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sratix_core.errors import Invalid
from sratix_core.plugins.interfaces import PluginSetting
from sratix_core.tenants.models import TenantSetting
from sratix_core.values.text import BadText, clean

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PURPOSE = "plugin_setting"
LONGEST = 2000


def read(ctx: TenantContext, plugin: str) -> dict[str, Any]:
    """Every declared setting of `plugin` with its value here, or its default. Secrets come decrypted."""
    rows = _rows(ctx, plugin)
    return {s.name: _value(ctx, s, rows.get(s.name)) for s in ctx.hooks.host.settings_of(plugin)}


def shown(ctx: TenantContext, plugin: str) -> dict[str, Any]:
    """As `read`, for a form: a secret is True when it is set, and never leaves."""
    rows = _rows(ctx, plugin)
    declared = ctx.hooks.host.settings_of(plugin)
    return {s.name: s.name in rows if s.secret else _value(ctx, s, rows.get(s.name)) for s in declared}


def save(ctx: TenantContext, plugin: str, typed: Mapping[str, str]) -> list[str]:
    """Store a form as it was typed and return the names that changed. An empty secret keeps the old one.

    Raises `Invalid` with `too_long`, `integer`, `bad_text`, or the sentence of the plugin's own check, by setting.
    """
    rows, changed, fields = _rows(ctx, plugin), [], {}
    new: dict[PluginSetting, Any] = {}
    for setting in ctx.hooks.host.settings_of(plugin):
        try:
            new[setting] = _parsed(setting, typed.get(setting.name, ""))
        except BadText as error:
            fields[setting.name] = "too_long" if error.reason == "too_long" else "bad_text"
        except ValueError as error:
            fields[setting.name] = str(error)
    if fields:
        raise Invalid(fields)
    for setting, value in new.items():
        row = rows.get(setting.name)
        if (setting.secret and value is None) or value == _value(ctx, setting, row):
            continue
        if row is None:
            row = TenantSetting(id=ctx.ids.new(), key=f"plugin.{plugin}.{setting.name}")
            ctx.db.add(row)
        row.value = _stored(ctx, setting, value)
        row.updated_at = ctx.clock.now()
        changed.append(setting.name)
    ctx.db.flush()
    return changed


def _rows(ctx: TenantContext, plugin: str) -> dict[str, TenantSetting]:
    keys = {f"plugin.{plugin}.{s.name}": s.name for s in ctx.hooks.host.settings_of(plugin)}
    mine = select(TenantSetting).where(TenantSetting.key.in_(keys), TenantSetting.scope == "")
    return {keys[row.key]: row for row in ctx.db.scalars(mine)}


def _parsed(setting: PluginSetting, typed: str) -> Any:
    value: Any = clean(typed, LONGEST).strip()
    if setting.type == "boolean":
        value = value.lower() in {"1", "true", "yes", "on"}
    elif not value:
        return None
    elif setting.type == "integer":
        if not value.lstrip("-").isascii() or not value.lstrip("-").isdigit() or len(value) > 15:
            raise ValueError("integer")
        value = int(value)
    return value if setting.check is None else setting.check(value)


def _value(ctx: TenantContext, setting: PluginSetting, row: TenantSetting | None) -> Any:
    if row is None:
        return setting.default
    if not setting.secret:
        value = row.value.get("value")
        return setting.default if value is None else value
    sealed = base64.b64decode(row.value["sealed"])
    return ctx.keys.decrypt(PURPOSE, ctx.tenant.id, sealed).decode()


def _stored(ctx: TenantContext, setting: PluginSetting, value: Any) -> dict[str, Any]:
    if not setting.secret:
        return {"value": value}
    sealed = ctx.keys.encrypt(PURPOSE, ctx.tenant.id, str(value).encode(), ctx.random.bytes(12))
    return {"sealed": base64.b64encode(sealed).decode()}
