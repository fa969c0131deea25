"""Codes of tickets that nobody has scanned yet, signed as the product signs them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from bench.database import Data
from bench.server import environment
from sratix_core import models as _all_models  # noqa: F401  (relationships resolve by name)
from sratix_core import runtime
from sratix_core.checkin.models import Admission
from sratix_core.context import TenantContext
from sratix_core.settings import load
from sratix_core.tenancy.scope import TenantScope
from sratix_core.tickets.keys import signing_key
from sratix_core.tickets.models import Ticket, TicketState
from sratix_core.values import signing


def fresh_codes(home: Path, data: Data, count: int) -> list[str]:
    """Codes of `count` valid tickets without an admission. Raises `RuntimeError` where there are not so many."""
    event = uuid.UUID(data.event["id"])
    been = select(Admission.ticket_id).where(Admission.event_id == event)
    wanted = select(Ticket.id).where(
        Ticket.event_id == event, Ticket.state == TicketState.VALID, Ticket.id.not_in(been)
    )
    with _inside(home, data) as ctx:
        kid, private = signing_key(ctx, event)
        ids = ctx.db.scalars(wanted.limit(count)).all()
    if len(ids) < count:
        raise RuntimeError(f"{data.name} has only {len(ids)} tickets left to scan")
    return [signing.sign_ticket(private, kid, 0, event, ticket) for ticket in ids]


@contextmanager
def _inside(home: Path, data: Data) -> Iterator[TenantContext]:
    process = runtime.build(load(environment(home) | data.settings()))
    try:
        tenant = process.engines.tenants.by_slug(data.tenant["slug"])
        if tenant is None:
            raise RuntimeError(f"{data.name} has no tenant {data.tenant['slug']}")
        with process.engines.begin(TenantScope(tenant.id), write=False) as session:
            yield process.context(tenant, session)
    finally:
        process.engines.dispose()
