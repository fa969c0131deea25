"""The platform acting: a session over all tenants, who acts, and the journals that hear of it.

The installation has a tenant of its own, with no shop and no members: its journal, its jobs and its mail are kept like anybody's.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sratix_core.audit.service import entry_in
from sratix_core.context import Actor, Sources, TenantContext
from sratix_core.errors import Invalid
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import Tenant, TenantStatus
from sratix_core.values.text import BadText, clean

if TYPE_CHECKING:
    from sratix_core.runtime import Runtime
    from sratix_core.tenancy.resolve import TenantInfo
    from sratix_core.tenancy.session import ScopedSession

SLUG = "platform"
"""Reserved, so nobody else can have it."""

FOUNDING = SystemScope("the installation's own tenant is made once")


def home_of(runtime: Runtime) -> TenantInfo:
    """The installation's own tenant, made at the first need. Call it before the unit of work writes: it has one of its own."""
    known = runtime.engines.tenants.by_slug(SLUG)
    if known is not None:
        return known
    now = runtime.sources.clock.now()
    own = Tenant(
        slug=SLUG,
        name="SRAtix",
        status=TenantStatus.PLATFORM,
        locales="en de",
        timezone="UTC",
        created_at=now,
        updated_at=now,
    )
    try:
        with runtime.engines.begin(FOUNDING) as db:
            if db.scalar(select(Tenant.id).where(Tenant.slug == SLUG)) is None:
                db.add(own)
    except IntegrityError:
        pass  # another process was faster, and one is enough
    made = runtime.engines.tenants.by_slug(SLUG)
    assert made is not None
    return made


@dataclass(frozen=True)
class PlatformContext:
    """What services of the platform are given instead of a `TenantContext`. `db` sees every tenant."""

    runtime: Runtime
    db: ScopedSession
    actor: Actor
    home: TenantInfo

    @property
    def sources(self) -> Sources:
        return self.runtime.sources

    @property
    def mail(self) -> TenantContext:
        """The context to queue mail of the installation itself with, in the same transaction."""
        return self.runtime.context(self.home, self.db, self.actor)

    def record(
        self,
        action: str,
        target_kind: str,
        target_id: uuid.UUID | None = None,
        tenants: tuple[int, ...] = (),
        **data: Any,
    ) -> None:
        """Write the act into the platform's journal, and into that of every tenant it concerns. Ids and states only."""
        if len(tenants) == 1:
            data["tenant"] = tenants[0]
        for tenant_id in (self.home.id, *tenants):
            self.db.add(
                entry_in(tenant_id, self.sources, self.actor, action, target_kind, target_id, None, data)
            )


def said_reason(typed: str) -> str:
    """Why something is done, in one line of up to 300 characters. Raises `Invalid` on the field `reason`."""
    try:
        words = clean(typed, 300)
    except BadText as error:
        raise Invalid({"reason": "too_long" if error.reason == "too_long" else "bad_text"}) from error
    if not words:
        raise Invalid({"reason": "required"})
    return words
