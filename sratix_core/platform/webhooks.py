"""What providers told every organizer, raw: for finding out why a payment did not arrive. Reading a body is on record."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.errors import NotFound
from sratix_core.payments.inbox import replay
from sratix_core.payments.models import InboxEvent, InboxState
from sratix_core.platform.paging import window
from sratix_core.platform.shell import screen
from sratix_core.platform.tenants import number
from sratix_core.reconciliation.jobs import KEPT
from sratix_core.shop.frame import uuid_in
from sratix_core.tenants.models import Tenant
from sratix_core.tenants.review import tenant_at
from sratix_core.web.permissions import PLATFORM
from sratix_core.web.request import Request

E = InboxEvent
KEY = (E.received_at, E.id, E.tenant_id)
VIEWS = (
    ("All", ""),
    ("Failed", InboxState.FAILED.value),
    ("Waiting", InboxState.RECEIVED.value),
    ("Processed", InboxState.DONE.value),
    ("Nothing to do", InboxState.IGNORED.value),
)
STATES = {
    InboxState.RECEIVED: ("Waiting", "info", "clock"),
    InboxState.DONE: ("Processed", "ok", "circle-check"),
    InboxState.IGNORED: ("Nothing to do", "mute", "circle-dashed"),
    InboxState.FAILED: ("Failed", "bad", "circle-x"),
}
SHOWN = (
    E.tenant_id,
    E.id,
    E.provider,
    E.type,
    E.mode,
    E.state,
    E.error,
    E.event_id,
    E.received_at,
    E.processed_at,
)


def place(text: str) -> tuple[datetime, uuid.UUID, int]:
    """Where a page ended. Raises `ValueError`."""
    at, event, owner = text.split("~")
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment, uuid.UUID(event), number(owner)


@view_config(
    route_name="platform.webhooks",
    request_method="GET",
    permission=PLATFORM,
    renderer="platform/webhooks.jinja2",
)
def webhooks(request: Request) -> dict[str, Any]:
    t = request.t
    chosen = request.GET.get("view", "")
    chosen = chosen if chosen in {value for _, value in VIEWS} else ""
    owner, provider = request.GET.get("of", ""), request.GET.get("provider", "")[:40]
    of = tenant_at(request.platform, owner) if owner else None
    wanted = select(*SHOWN, Tenant.slug, Tenant.name).join(Tenant, Tenant.id == E.tenant_id)
    for column, value in ((E.state, chosen), (E.provider, provider), (E.tenant_id, of.id if of else None)):
        if value:
            wanted = wanted.where(column == value)
    page = window(
        request, request.db, wanted, KEY, lambda row: (row.received_at, row.id, row.tenant_id), place
    )
    kept = {**({"of": of.slug} if of else {}), **({"provider": provider} if provider else {})}

    def link(value: str) -> str:
        query = {**({"view": value} if value else {}), **kept}
        return str(request.route_path("platform.webhooks", _query=query))

    return screen(
        request,
        [(t("Webhooks"), None)],
        of=of,
        provider=provider,
        all_href=request.route_path("platform.webhooks"),
        filtered=bool(chosen or of or provider),
        views=[(t(text), link(value), None, value == chosen) for text, value in VIEWS],
        days_kept=KEPT.days,
        rows=[
            {
                "type": row.type,
                "provider": row.provider,
                "provider_href": request.route_path("platform.webhooks", _query={"provider": row.provider}),
                "mode": row.mode,
                "reference": row.event_id,
                "state": _state(request, row.state),
                "error": row.error,
                "received_at": row.received_at,
                "tenant": row.name,
                "tenant_href": request.route_path("platform.tenant", slug=row.slug),
                "href": request.route_path("platform.webhook", owner=row.tenant_id, webhook=row.id),
            }
            for row in page.rows
        ],
        pages={"words": t("{n} shown", n=len(page.rows)), "newer": page.newer, "older": page.older},
    )


def _state(request: Request, state: str) -> tuple[str, str, str]:
    words, tone, icon = STATES[InboxState(state)]
    return request.t(words), tone, icon


def _found(request: Request) -> tuple[InboxEvent, Tenant]:
    try:
        owner = number(request.matchdict["owner"])
    except ValueError as error:
        raise NotFound("webhook") from error
    mine = (E.tenant_id == owner, E.id == uuid_in(request, "webhook"))
    row = request.db.execute(
        select(E, Tenant).join(Tenant, Tenant.id == E.tenant_id).where(*mine)
    ).one_or_none()
    if row is None:
        raise NotFound("webhook")
    return row[0], row[1]


@view_config(
    route_name="platform.webhook",
    request_method="GET",
    permission=PLATFORM,
    renderer="platform/webhook.jinja2",
)
def webhook(request: Request) -> dict[str, Any]:
    """One message with its body, which names people: that it was read is on record, with the platform and the organizer."""
    t = request.t
    event, tenant = _found(request)
    request.journal.note("webhook.read", user_id=request.identity.id, tenant=tenant.id, webhook=str(event.id))
    return screen(
        request,
        [(t("Webhooks"), request.route_path("platform.webhooks")), (event.type, None)],
        webhook={
            "type": event.type,
            "provider": event.provider,
            "mode": event.mode,
            "account": event.account,
            "reference": event.event_id,
            "subject": event.subject,
            "references": event.references,
            "state": _state(request, event.state),
            "error": event.error,
            "received_at": event.received_at,
            "processed_at": event.processed_at,
            "erased_at": event.erased_at,
            "body": _pretty(event.body),
        },
        tenant_name=tenant.name,
        tenant_href=request.route_path("platform.tenant", slug=tenant.slug),
        days_kept=KEPT.days,
        replay_href=request.route_path("platform.webhook_replay", owner=tenant.id, webhook=event.id),
    )


def _pretty(body: str) -> str:
    """JSON with its lines broken; anything else as it came."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body


@view_config(route_name="platform.webhook_replay", request_method="POST", permission=PLATFORM)
def process_again(request: Request) -> HTTPSeeOther:
    """Let a message be looked at again, whatever came of it before. What it means is asked from the provider anew."""
    event, tenant = _found(request)
    info = request.runtime.engines.tenants.by_id(tenant.id)
    if info is None:
        raise NotFound("webhook")
    replay(request.runtime.context(info, request.db, request.actor), event)
    request.platform.record("webhook.replayed", "webhook", event.id, tenants=(tenant.id,))
    there = request.route_path("platform.webhooks", _query={"done": "replayed"})
    return HTTPSeeOther(there)
