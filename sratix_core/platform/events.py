"""Every event of every organizer, the latest first; the tickets of a page come from the rollups in one statement."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from pyramid.view import view_config
from sqlalchemy import func, select

from sratix_core.analytics.models import IN_ALL, Rollup
from sratix_core.analytics.whole import AFTER_VALID, VALID
from sratix_core.events.models import Event, EventStatus
from sratix_core.platform.paging import window
from sratix_core.platform.shell import screen
from sratix_core.platform.tenants import number
from sratix_core.tenants.models import Tenant, TenantStatus
from sratix_core.tenants.review import tenant_at
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

KEY = (Event.starts_at, Event.id, Event.tenant_id)
VIEWS = (
    ("All", ""),
    ("On sale", EventStatus.PUBLISHED.value),
    ("Drafts", EventStatus.DRAFT.value),
    ("Cancelled", EventStatus.CANCELLED.value),
    ("Archived", EventStatus.ARCHIVED.value),
)


def place(text: str) -> tuple[datetime, uuid.UUID, int]:
    """Where a page ended. Raises `ValueError`."""
    at, event, owner = text.split("~")
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment, uuid.UUID(event), number(owner)


@view_config(
    route_name="platform.events", request_method="GET", permission=PLATFORM, renderer="platform/events.jinja2"
)
def events(request: Request) -> dict[str, Any]:
    t, here = request.t, request.route_path("platform.events")
    chosen = request.GET.get("view", "")
    chosen = chosen if chosen in {value for _, value in VIEWS} else ""
    owner = request.GET.get("of", "")
    of = tenant_at(request.platform, owner) if owner else None
    wanted = select(Event, Tenant).join(Tenant, Tenant.id == Event.tenant_id)
    if chosen:
        wanted = wanted.where(Event.status == chosen)
    if of is not None:
        wanted = wanted.where(Event.tenant_id == of.id)
    page = window(
        request, request.db, wanted, KEY,
        lambda row: (row[0].starts_at, row[0].id, row[0].tenant_id), place,
    )  # fmt: skip
    tickets = tickets_of(request, [row[0] for row in page.rows])
    kept = {"of": of.slug} if of is not None else {}

    def link(value: str) -> str:
        return str(
            request.route_path("platform.events", _query={**({"view": value} if value else {}), **kept})
        )

    return screen(
        request,
        [(t("Events"), None)],
        of=of,
        all_href=here,
        filtered=bool(chosen or of),
        views=[(t(text), link(value), None, value == chosen) for text, value in VIEWS],
        rows=[
            {
                "name": event.name,
                "state": event.status,
                "starts_at": event.starts_at,
                "timezone": event.timezone,
                "tickets": tickets.get((event.tenant_id, event.id), 0),
                "tenant": tenant.name,
                "tenant_href": request.route_path("platform.tenant", slug=tenant.slug),
                "shop_href": request.route_path("shop.event", tenant=tenant.slug, event=event.slug)
                if tenant.status == TenantStatus.ACTIVE and event.status == EventStatus.PUBLISHED
                else "",
            }
            for event, tenant in page.rows
        ],
        pages={"words": t("{n} shown", n=len(page.rows)), "newer": page.newer, "older": page.older},
    )


def tickets_of(request: Request, shown: list[Event]) -> dict[tuple[int, uuid.UUID], int]:
    """Valid tickets of these events, by organizer and event."""
    if not shown:
        return {}
    rows = (
        select(Rollup.tenant_id, Rollup.event_id, func.sum(Rollup.value))
        .where(
            Rollup.tenant_id.in_({event.tenant_id for event in shown}),
            Rollup.event_id.in_([event.id for event in shown]),
            Rollup.bucket == IN_ALL,
            Rollup.metric >= VALID,
            Rollup.metric < AFTER_VALID,
        )
        .group_by(Rollup.tenant_id, Rollup.event_id)
    )
    return {(owner, event): int(n) for owner, event, n in request.db.execute(rows)}
