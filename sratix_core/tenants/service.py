"""Making tenants and switching things on in them. Everything here runs in a system session: it decides who exists."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.errors import Invalid, NotFound
from sratix_core.tenants.models import Member, MemberStatus, Tenant, TenantDomain, TenantPlugin, TenantStatus
from sratix_core.values import slugs, text

if TYPE_CHECKING:
    from sratix_core.context import Sources
    from sratix_core.tenancy.session import ScopedSession


@dataclass(frozen=True)
class TenantDraft:
    """`accent` is `#rrggbb`; `locales` in the order they are offered, the first one is the default."""

    slug: str
    name: str
    accent: str = "#0b6fa4"
    legal_line: str = ""
    locales: tuple[str, ...] = ("en",)
    currency: str = "CHF"
    timezone: str = "Europe/Zurich"


def create_tenant(db: ScopedSession, sources: Sources, draft: TenantDraft) -> Tenant:
    """A new, active tenant. Raises `Invalid` for a slug that is malformed, reserved or taken, or a bad accent."""
    try:
        slug = slugs.check_slug(draft.slug)
    except slugs.BadSlug as error:
        raise Invalid({"slug": error.reason}) from error
    if db.scalar(select(Tenant.id).where(Tenant.slug == slug)) is not None:
        raise Invalid({"slug": "slug_taken"})
    now = sources.clock.now()
    tenant = Tenant(
        slug=slug,
        name=text.clean(draft.name, 120),
        accent=_accent(draft.accent),
        legal_line=text.clean(draft.legal_line, 200),
        default_locale=draft.locales[0],
        locales=" ".join(draft.locales),
        currency=draft.currency,
        timezone=draft.timezone,
        created_at=now,
        updated_at=now,
    )
    db.add(tenant)
    db.flush()
    return tenant


def _accent(value: str) -> str:
    digits = value.removeprefix("#").lower()
    if len(digits) != 6 or any(c not in "0123456789abcdef" for c in digits):
        raise Invalid({"accent": "not_a_colour"})
    return "#" + digits


def tenant_by_slug(db: ScopedSession, slug: str) -> Tenant:
    """Raises `NotFound`."""
    tenant = db.scalar(select(Tenant).where(Tenant.slug == slug, Tenant.status != TenantStatus.PLATFORM))
    if tenant is None:
        raise NotFound("tenant")
    return tenant


def add_domain(db: ScopedSession, tenant: Tenant, host: str) -> TenantDomain:
    """Let a tenant's shop answer on a host of its own. Raises `Invalid` when another tenant has it."""
    host = host.strip().rstrip(".").lower()
    known: TenantDomain | None = db.get(TenantDomain, host)
    if known is not None and known.tenant_id != tenant.id:
        raise Invalid({"host": "host_taken"})
    if known is None:
        known = TenantDomain(host=host, tenant_id=tenant.id)
        db.add(known)
        db.flush()
    return known


def switch_plugin(
    db: ScopedSession, sources: Sources, tenant_id: int, name: str, enabled: bool
) -> TenantPlugin:
    """Turn a plugin on or off for one tenant. `db` is that tenant's session or a system session."""
    row = db.scalar(
        select(TenantPlugin).where(TenantPlugin.tenant_id == tenant_id, TenantPlugin.name == name)
    )
    if row is None:
        row = TenantPlugin(
            tenant_id=tenant_id,
            id=sources.ids.new(),
            name=name,
            enabled=enabled,
            changed_at=sources.clock.now(),
        )
        db.add(row)
    row.enabled, row.paused, row.changed_at = enabled, False, sources.clock.now()
    db.flush()
    return row


def add_member(
    db: ScopedSession, sources: Sources, tenant_id: int, user_id: uuid.UUID, role: str, name: str, email: str
) -> Member:
    """Give a user a place in a tenant, or change the role they have there."""
    row = db.scalar(select(Member).where(Member.tenant_id == tenant_id, Member.user_id == user_id))
    if row is None:
        row = Member(
            tenant_id=tenant_id,
            id=sources.ids.new(),
            user_id=user_id,
            role=role,
            name=name,
            email=email,
            created_at=sources.clock.now(),
        )
        db.add(row)
    row.role, row.status, row.name, row.email = role, MemberStatus.ACTIVE, name, email
    db.flush()
    return row


def offer_languages(db: ScopedSession, sources: Sources, tenant: Tenant, locales: tuple[str, ...]) -> None:
    """The languages of a shop, its mails and tickets, in the order they are offered; the first is the default."""
    tenant.default_locale, tenant.locales = locales[0], " ".join(locales)
    tenant.updated_at = sources.clock.now()
    db.flush()


@dataclass(frozen=True)
class TenantLook:
    """What people see of a tenant, as typed."""

    name: str
    accent: str
    legal_line: str


def change_look(db: ScopedSession, sources: Sources, tenant_id: int, look: TenantLook) -> Tenant:
    """Name, accent and footer line. Raises `Invalid`."""
    tenant: Tenant | None = db.get(Tenant, tenant_id)
    if tenant is None:
        raise NotFound("tenant")
    try:
        name, line = text.clean(look.name, 120).strip(), text.clean(look.legal_line, 200).strip()
    except text.BadText as error:
        raise Invalid({"name": "too_long" if error.reason == "too_long" else "bad_text"}) from error
    if not name:
        raise Invalid({"name": "required"})
    tenant.name, tenant.legal_line, tenant.accent = name, line, _accent(look.accent)
    tenant.updated_at = sources.clock.now()
    db.flush()
    return tenant
