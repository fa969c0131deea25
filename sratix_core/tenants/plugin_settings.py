"""A tenant's values for a plugin: one row per value under `plugin.<name>.<setting>`, secrets encrypted with the tenant's key.

A setting that is declared `per_event` may have a second row for an event, which wins there.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from sqlalchemy import Table, bindparam, select

from sratix_core.errors import Invalid
from sratix_core.plugins.interfaces import PluginSetting
from sratix_core.tenancy.prebuilt import Prebuilt, among, each
from sratix_core.tenants.models import TenantSetting
from sratix_core.values.text import BadText, clean, is_email

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

PURPOSE = "plugin_setting"
LONGEST = 2000
KEPT = "plugin_settings"
"""In a session's `info`: the transaction, and what it has read."""

CLEAR = "clear_"
"""A form asks with `clear_<setting>` to forget a secret."""


class HasId(Protocol):
    """An event, or what stands for one."""

    @property
    def id(self) -> uuid.UUID: ...


def read(ctx: TenantContext, plugin: str, event: HasId | None = None) -> dict[str, Any]:
    """Every declared setting of `plugin` with its value here, or its default; an event's own values win. Secrets decrypted."""
    rows = _values(ctx, plugin)
    own = _values(ctx, plugin, event) if event is not None else {}
    return {s.name: _value(ctx, s, own.get(s.name) or rows.get(s.name)) for s in declared(ctx, plugin)}


def declared(ctx: TenantContext, plugin: str, event: HasId | None = None) -> tuple[PluginSetting, ...]:
    """The settings of a plugin; for an event those that it may have of its own."""
    found = ctx.hooks.host.settings_of(plugin)
    return found if event is None else tuple(s for s in found if s.per_event)


def shown(ctx: TenantContext, plugin: str, event: HasId | None = None) -> dict[str, Any]:
    """The values of one place for a form, without what they inherit: a secret is True when it is set, and never leaves."""
    rows = _rows(ctx, plugin, event)
    return {
        s.name: s.name in rows
        if s.secret
        else None
        if event is not None and s.name not in rows
        else _value(ctx, s, _of(rows.get(s.name)))
        for s in declared(ctx, plugin, event)
    }


def save(ctx: TenantContext, plugin: str, typed: Mapping[str, str], event: HasId | None = None) -> list[str]:
    """Store a form as it was typed and return the names that changed. An empty secret keeps the old one.

    For an event, a field left empty goes back to the organizer's value. Raises `Invalid` with `too_long`, `integer`,
    `range`, `email`, `url`, `choice`, `bad_text`, or the sentence of the plugin's own check, by setting.
    """
    rows, changed, fields = _rows(ctx, plugin, event), [], {}
    new: dict[PluginSetting, Any] = {}
    for setting in declared(ctx, plugin, event):
        raw = typed.get(setting.name, "")
        try:
            new[setting] = None if event is not None and not raw.strip() else _parsed(setting, raw)
        except BadText as error:
            fields[setting.name] = "too_long" if error.reason == "too_long" else "bad_text"
        except ValueError as error:
            fields[setting.name] = str(error)
    if fields:
        raise Invalid(fields)
    for setting, value in new.items():
        row = rows.get(setting.name)
        if value is None and setting.secret and not typed.get(CLEAR + setting.name):
            continue
        if value is None and (setting.secret or event is not None):
            if row is not None:
                ctx.db.delete(row)
                changed.append(setting.name)
            continue
        if (row is not None or event is None) and value == _value(ctx, setting, _of(row)):
            continue
        if row is None:
            key, scope = f"plugin.{plugin}.{setting.name}", "" if event is None else str(event.id)
            row = TenantSetting(id=ctx.ids.new(), key=key, scope=scope)
            ctx.db.add(row)
        row.value = _stored(ctx, setting, value)
        row.updated_at = ctx.clock.now()
        changed.append(setting.name)
    ctx.db.flush()
    ctx.db.info.pop(KEPT, None)
    return changed


def change(
    ctx: TenantContext, plugin: str, values: Mapping[str, Any], event: HasId | None = None
) -> list[str]:
    """Put values over those that stand in one place; the names that changed. None takes a value, or a secret, away.

    Raises `Invalid` as `save` does, and `unknown_field` for a setting that is not declared there.
    """
    known = {s.name: s for s in declared(ctx, plugin, event)}
    if unknown := {name: "unknown_field" for name in values if name not in known}:
        raise Invalid(unknown)
    kept = {n: v for n, v in shown(ctx, plugin, event).items() if not known[n].secret}
    forgotten = {CLEAR + n: "yes" for n, v in values.items() if v is None and known[n].secret}
    return save(ctx, plugin, {n: typed(v) for n, v in {**kept, **values}.items()} | forgotten, event)


def typed(value: Any) -> str:
    """A value as a form would send it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


SETTINGS = cast("Table", TenantSetting.__table__)


@cache
def _stored_under(count: int) -> Prebuilt:
    return Prebuilt(
        select(SETTINGS.c.key, SETTINGS.c.value).where(
            SETTINGS.c.tenant_id == bindparam("in_tenant"),
            SETTINGS.c.scope == bindparam("of_scope"),
            among(SETTINGS.c.key, "key", count),
        )
    )


def _values(ctx: TenantContext, plugin: str, event: HasId | None = None) -> dict[str, Any]:
    """What is stored of the settings of a plugin, by name: read once in a transaction, which paying asks eight times."""
    keys = {f"plugin.{plugin}.{s.name}": s.name for s in declared(ctx, plugin)}
    if not keys:
        return {}
    place = (plugin, "" if event is None else str(event.id))
    transaction, kept = ctx.db.info.get(KEPT, (None, {}))
    if place in kept and transaction is ctx.db.get_transaction():
        found: dict[str, Any] = kept[place]
        return found
    ctx.db.flush()  # a statement past the mapper does not do it by itself
    bound = {"in_tenant": ctx.tenant.id, "of_scope": place[1]}
    rows = _stored_under(len(keys)).all(ctx.db, {**bound, **each("key", keys)})
    found = {keys[key]: value for key, value in rows}
    now = ctx.db.get_transaction()
    ctx.db.info[KEPT] = (now, {**(kept if transaction is now else {}), place: found})
    return found


def _rows(ctx: TenantContext, plugin: str, event: HasId | None = None) -> dict[str, TenantSetting]:
    keys = {f"plugin.{plugin}.{s.name}": s.name for s in declared(ctx, plugin, event)}
    scope = "" if event is None else str(event.id)
    mine = select(TenantSetting).where(TenantSetting.key.in_(keys), TenantSetting.scope == scope)
    return {keys[row.key]: row for row in ctx.db.scalars(mine)}


def _of(row: TenantSetting | None) -> Mapping[str, Any] | None:
    return None if row is None else row.value


def _parsed(setting: PluginSetting, typed: str) -> Any:
    value: Any = clean(typed, LONGEST, multiline=setting.type == "long_text").strip()
    if setting.type == "boolean":
        value = value.lower() in {"1", "true", "yes", "on"}
    elif not value:
        return None
    elif setting.type == "integer":
        value = _integer(setting, value)
    elif setting.type == "choice" and value not in {option for option, _ in setting.options}:
        raise ValueError("choice")
    elif setting.type == "email" and not is_email(value):
        raise ValueError("email")
    elif setting.type == "url" and not (
        value.startswith("https://") and value.isprintable() and " " not in value
    ):
        raise ValueError("url")
    return value if setting.check is None else setting.check(value)


def _integer(setting: PluginSetting, typed: str) -> int:
    digits = typed.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(typed) > 15:
        raise ValueError("integer")
    value = int(typed)
    if (setting.low is not None and value < setting.low) or (
        setting.high is not None and value > setting.high
    ):
        raise ValueError("range")
    return value


def _value(ctx: TenantContext, setting: PluginSetting, stored: Mapping[str, Any] | None) -> Any:
    if stored is None:
        return setting.default
    if not setting.secret:
        value = stored.get("value")
        return setting.default if value is None else value
    sealed = base64.b64decode(stored["sealed"])
    return ctx.keys.decrypt(PURPOSE, ctx.tenant.id, sealed).decode()


def _stored(ctx: TenantContext, setting: PluginSetting, value: Any) -> dict[str, Any]:
    if not setting.secret:
        return {"value": value}
    sealed = ctx.keys.encrypt(PURPOSE, ctx.tenant.id, str(value).encode(), ctx.random.bytes(12))
    return {"sealed": base64.b64encode(sealed).decode()}
