"""The raw journal: what was done on the platform, or in one tenant, as it is sealed. The newest first."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts.models import User
from sratix_core.audit.models import AuditEntry
from sratix_core.platform.paging import window
from sratix_core.platform.shell import by_key, screen
from sratix_core.tenants.review import tenant_at
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

PAGE = "platform/journal.jinja2"
KEY = (AuditEntry.at, AuditEntry.id)


def place(text: str) -> tuple[datetime, uuid.UUID]:
    """Where a page ended. Raises `ValueError`."""
    at, entry = text.split("~")
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment, uuid.UUID(entry)


@view_config(route_name="platform.journal", request_method="GET", permission=PLATFORM, renderer=PAGE)
def of_the_platform(request: Request) -> dict[str, Any]:
    return journal(request, request.platform.home.id, request.t("the platform"), [])


@view_config(route_name="platform.tenant_journal", request_method="GET", permission=PLATFORM, renderer=PAGE)
def of_a_tenant(request: Request) -> dict[str, Any]:
    found = tenant_at(request.platform, request.matchdict["slug"])
    request.journal.note("platform.journal_read", user_id=request.identity.id, tenant=found.id)
    there = request.route_path("platform.tenant", slug=found.slug)
    above = [(request.t("Organizations"), request.route_path("platform.tenants")), (found.name, there)]
    return journal(request, found.id, found.name, above)


def journal(
    request: Request, tenant_id: int, name: str, above: list[tuple[str, str | None]]
) -> dict[str, Any]:
    """One page of a tenant's audit stream, with the names of who acted."""
    page = window(
        request,
        request.db,
        select(AuditEntry).where(AuditEntry.tenant_id == tenant_id),
        KEY,
        lambda row: (row[0].at, row[0].id),
        place,
    )
    shown = [row[0] for row in page.rows]
    names = names_of(request, shown)
    return screen(
        request,
        [*above, (request.t("Journal"), None)],
        name=name,
        rows=[
            {
                "seq": entry.seq,
                "at": entry.at,
                "action": entry.action,
                "actor_kind": entry.actor_kind,
                "actor": names.get(entry.actor_id, ""),
                "impersonator": names.get(entry.impersonator_id, ""),
                "target_kind": entry.target_kind,
                "target_id": entry.target_id,
                "data": json.dumps(entry.data, sort_keys=True, ensure_ascii=False) if entry.data else "",
                "seal": entry.content_hash.hex()[:12],
            }
            for entry in shown
        ],
        pages={"words": request.t("{n} shown", n=len(shown)), "newer": page.newer, "older": page.older},
    )


def names_of(request: Request, shown: Sequence[AuditEntry]) -> dict[uuid.UUID | None, str]:
    """The names of the people of a page; the journal itself holds only their ids."""
    ids = {entry.actor_id for entry in shown if entry.actor_kind == "user"}
    ids |= {entry.impersonator_id for entry in shown}
    return by_key(request, select(User.id, User.full_name).where(User.id.in_(ids - {None})))
