"""The settings of a tenant by section: how the organizer looks, and one section for each plugin that is on and has any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sratix_core.audit.service import record
from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, NotFound
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.service import TenantLook, change_look
from sratix_core.web.request import Request

LOOK = "organization"
LOOKS = ("name", "accent", "legal_line")


def sections(ctx: TenantContext) -> list[str]:
    """The names of the sections there are, the organizer's own first."""
    host = ctx.hooks.host
    return [LOOK, *(n for n in sorted(host.infos) if ctx.hooks.is_on(n) and host.settings_of(n))]


def section_values(ctx: TenantContext, section: str) -> dict[str, Any]:
    """A section as it is; a secret is True when it is set. Raises `NotFound`."""
    if section not in sections(ctx):
        raise NotFound("section")
    if section == LOOK:
        return {name: getattr(ctx.tenant, name) for name in LOOKS}
    return plugin_settings.shown(ctx, section)


def save_form(request: Request, section: str, typed: Mapping[str, str]) -> None:
    """Store a section as it was typed, whole. Raises `Invalid`, `NotFound`.

    The organizer's own is written by the system: a tenant's session cannot change tenants. Needs a view that is `writes=False`.
    """
    engines, sources, tenant = request.runtime.engines, request.ctx.sources, request.tenant
    if section not in sections(request.ctx):
        raise NotFound("section")
    if section == LOOK:
        look = TenantLook(**{name: typed.get(name, "") for name in LOOKS})
        with engines.begin(SystemScope("an organizer changes how their organization looks")) as db:
            change_look(db, sources, tenant.id, look)
    else:
        with engines.begin(TenantScope(tenant.id)) as db:
            ctx = request.runtime.context(tenant, db, request.actor)
            changed = plugin_settings.save(ctx, section, typed)
            record(ctx, "settings.changed", "plugin", None, plugin=section, names=changed)
    engines.tenants.invalidate(tenant.id)


def save_section(request: Request, section: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Put values over a section and return it; a secret that is left out stays. Raises `Invalid` with `values.<name>`."""
    before = section_values(request.ctx, section)
    unknown = {f"values.{name}": "unknown_field" for name in values if name not in before}
    if unknown:
        raise Invalid(unknown)
    secrets = {s.name for s in request.ctx.hooks.host.settings_of(section) if s.secret}
    kept = {name: value for name, value in before.items() if name not in secrets}
    try:
        save_form(request, section, {k: plugin_settings.typed(v) for k, v in {**kept, **values}.items()})
    except Invalid as error:
        raise Invalid({f"values.{name}": code for name, code in error.fields.items()}) from error
    fresh = request.runtime.engines.tenants.by_id(request.tenant.id)
    with request.runtime.engines.begin(TenantScope(request.tenant.id), write=False) as db:
        return section_values(request.runtime.context(fresh, db, request.actor), section)
