"""Events that a provider tells the platform for all organizers: each is handed to the one it is about, in a unit of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sratix_core.errors import NotFound
from sratix_core.payments.inbox import keep
from sratix_core.payments.models import ConnectedAccount, Payment
from sratix_core.tenancy.scope import SystemScope, TenantScope

if TYPE_CHECKING:
    from sratix_core.plugins.connecting import Whose
    from sratix_core.plugins.paying import Mode
    from sratix_core.runtime import Runtime
    from sratix_core.tenancy.engines import Engines

WHOSE = SystemScope("an event of the platform's account is about one tenant; only which one is asked here")


def route(runtime: Runtime, name: str, mode: Mode, headers: Mapping[str, str], body: bytes) -> bool | None:
    """Keep an event with the tenant it is about; whether it was new, None for one that is nobody's here.

    Raises `NotFound` for a provider that tells nothing at this address, `BadSignature`.
    """
    known = {one.name: one for _, one in runtime.plugins.collect("register_event_routers")}
    if name not in known:
        raise NotFound("webhook_address")
    said = known[name].whose(runtime.settings, headers, body, mode, runtime.sources.clock.now())
    tenant_id = tenant_of(runtime.engines, name, mode, said)
    tenant: Any = runtime.engines.tenants.by_id(tenant_id) if tenant_id is not None else None
    if tenant is None or tenant.status != "active":
        return None
    try:
        with runtime.engines.begin(TenantScope(tenant.id)) as db:
            return keep(runtime.context(tenant, db), name, mode, headers, body)
    except NotFound:
        return None  # this organizer has switched the plugin off


def tenant_of(engines: Engines, provider: str, mode: Mode, said: Whose) -> int | None:
    """The tenant an event is about; the account it happened in goes before what came with the payment. Nothing else is read."""
    C, P = ConnectedAccount, Payment
    with engines.begin(WHOSE, write=False) as db:
        if said.account:
            theirs = (C.provider == provider, C.mode == mode, C.reference == said.account)
            found = set(db.scalars(select(C.tenant_id).where(*theirs).limit(2)))
        elif said.tenant:
            info = engines.tenants.by_slug(said.tenant)
            return None if info is None else info.id
        else:
            theirs = (P.provider == provider, P.mode == mode, P.reference.in_(said.references))
            found = set(db.scalars(select(P.tenant_id).where(*theirs).limit(2)))
    return found.pop() if len(found) == 1 else None
