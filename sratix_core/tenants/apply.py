"""Brings a tenant in line with its folder, as often as one likes: what differs is written, the rest is left alone.

Things are known by their name, title or slug. What a folder omits stays; nothing is ever deleted.
"""

from __future__ import annotations

import mimetypes
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sratix_core.errors import Unavailable
from sratix_core.events.models import Venue
from sratix_core.events.venues import LENGTHS, VenueDraft, save_venue
from sratix_core.files import store
from sratix_core.files.models import StoredFile
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants import plugin_settings
from sratix_core.tenants.apply_event import apply_event
from sratix_core.tenants.files import naming
from sratix_core.tenants.models import Tenant, TenantDomain, TenantPlugin
from sratix_core.tenants.parts import TenantFiles, TenantPart, VenuePart
from sratix_core.tenants.service import TenantDraft, add_domain, create_tenant, switch_plugin

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.runtime import Runtime
    from sratix_core.tenancy.session import ScopedSession

APPLYING = SystemScope("an operator applies a tenant's folder")


def apply(runtime: Runtime, files: TenantFiles) -> list[str]:
    """Make or update the tenant; what was done, one line each, none when everything was as it should be.

    Raises `BadTenantFile` where a value cannot be used; what was done before that stays and is found done next time.
    """
    said: list[str] = []
    with runtime.engines.begin(APPLYING) as db, naming(files.folder, "tenant.toml"):
        tenant = _tenant(db, runtime, files.document.tenant, said)
        _domains(db, tenant, files.document.tenant.domains, said)
        _switches(db, runtime, tenant.id, files.document.plugins, said)
        slug, tenant_id = tenant.slug, tenant.id
    runtime.engines.tenants.invalidate(tenant_id)
    info = runtime.engines.tenants.by_slug(slug)
    if info is None:
        raise Unavailable("tenant_unknown", slug=slug)
    with runtime.engines.begin(TenantScope(tenant_id)) as session:
        logo = apply_content(runtime.context(info, session), files, said)
    if logo is not None:
        with runtime.engines.begin(APPLYING) as db:
            tenant = db.get_one(Tenant, tenant_id)
            if tenant.logo_file_id != logo:
                tenant.logo_file_id = logo
                said.append("logo")
    return said


def apply_content(ctx: TenantContext, files: TenantFiles, said: list[str]) -> uuid.UUID | None:
    """The part inside the tenant's own session, in one transaction; the id of the logo's file."""
    for plugin, values in files.document.plugins.items():
        with naming(files.folder, f"plugins.{plugin}"):
            _plugin(ctx, plugin, values, said)
    venues = {}
    for part in files.document.venues:
        with naming(files.folder, f"venues, {part.name}"):
            venues[part.name] = _venue(ctx, part, said).id
    for event in files.events:
        hero = picture(ctx, files.folder, event.hero, said)
        with naming(files.folder, f"events, {event.slug}"):
            apply_event(ctx, event, venues.get(event.venue), hero, said)
    return picture(ctx, files.folder, files.document.tenant.logo, said)


def changed(row: Any, wanted: Mapping[str, Any]) -> bool:
    """Whether a row says something else than it should."""
    return any(getattr(row, name) != value for name, value in wanted.items())


def picture(ctx: TenantContext, folder: Path, name: str, said: list[str]) -> uuid.UUID | None:
    """The public file with these bytes, stored if there is none yet."""
    if not name:
        return None
    data = (folder / name).read_bytes()
    file: StoredFile | None = store.same(ctx, name, data)
    if file is None:
        kind = mimetypes.guess_type(name)[0] or ""
        with naming(folder, name):
            file = store.put(ctx, name, kind, data, public=True, operator=True)
        said.append(f"file {name}")
    return file.id


def _tenant(db: ScopedSession, runtime: Runtime, part: TenantPart, said: list[str]) -> Tenant:
    tenant: Tenant | None = db.scalar(select(Tenant).where(Tenant.slug == part.slug))
    if tenant is None:
        said.append(f"tenant {part.slug}")
        draft = TenantDraft(
            part.slug, part.name, part.accent, part.legal, part.locales, part.currency, part.timezone
        )
        return create_tenant(db, runtime.sources, draft)
    wanted = {
        "name": part.name,
        "accent": part.accent.lower(),
        "legal_line": part.legal,
        "default_locale": part.locales[0],
        "locales": " ".join(part.locales),
        "currency": part.currency,
        "timezone": part.timezone,
    }
    if changed(tenant, wanted):
        for name, value in wanted.items():
            setattr(tenant, name, value)
        tenant.updated_at = runtime.sources.clock.now()
        said.append(f"tenant {part.slug}")
    return tenant


def _domains(db: ScopedSession, tenant: Tenant, hosts: tuple[str, ...], said: list[str]) -> None:
    known = set(db.scalars(select(TenantDomain.host).where(TenantDomain.tenant_id == tenant.id)))
    for host in hosts:
        if host.lower() not in known:
            add_domain(db, tenant, host)
            said.append(f"host {host}")


def _switches(
    db: ScopedSession, runtime: Runtime, tenant_id: int, plugins: Mapping[str, Any], said: list[str]
) -> None:
    on = set(
        db.scalars(select(TenantPlugin.name).where(TenantPlugin.tenant_id == tenant_id, TenantPlugin.enabled))
    )
    for name in plugins:
        if name not in on:
            switch_plugin(db, runtime.sources, tenant_id, name, True)
            said.append(f"plugin {name}")


def _plugin(ctx: TenantContext, plugin: str, values: Mapping[str, str | int | bool], said: list[str]) -> None:
    """Save what the folder sets. A plugin that is not installed keeps its switch and takes no settings."""
    if plugin not in ctx.hooks.host.infos:
        return
    declared = {s.name: s for s in ctx.hooks.host.settings_of(plugin)}
    for name in values:
        if name not in declared:
            raise ValueError(f"{plugin} has no setting {name}")
        if declared[name].secret:
            raise ValueError(f"{name} is a secret and does not belong into a file: set it in the dashboard")
    typed = {n: "" if v is None else str(v) for n, v in plugin_settings.shown(ctx, plugin).items()}
    typed |= {n: "" for n, s in declared.items() if s.secret}
    typed |= {n: str(v) for n, v in values.items()}
    said += [f"{plugin}.{name}" for name in plugin_settings.save(ctx, plugin, typed)]


def _venue(ctx: TenantContext, part: VenuePart, said: list[str]) -> Venue:
    venue: Venue | None = ctx.db.scalar(
        select(Venue).where(Venue.name == part.name).order_by(Venue.id).limit(1)
    )
    draft = VenueDraft(
        part.name,
        part.street,
        part.postal_code,
        part.city,
        part.country.upper(),
        part.directions,
        part.capacity,
    )
    if venue is None or changed(venue, {n: getattr(draft, n) for n in (*LENGTHS, "capacity")}):
        said.append(f"venue {part.name}")
        venue = save_venue(ctx, draft, venue)
    return venue
