"""What must survive a rollback: noted during the request, written in a unit of its own after the answer is known.

Refused sign-ins and denied access belong here; what the product did belongs into the audit, with the act.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.response import Response
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.audit.models import SecurityLog
from sratix_core.context import Actor, TenantContext
from sratix_core.decisions import service as decisions
from sratix_core.errors import DomainError, Unavailable
from sratix_core.events.models import Event
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants import plugin_health
from sratix_core.web.limits import Limit
from sratix_core.web.request import Request

log = structlog.get_logger("sratix.journal")

NOTES = SystemScope(
    "what was refused is noted outside the refused transaction, often before a tenant is known"
)

REASONS = Limit("reasons", 120, 60)

MOST = 20
"""Notes of one request; nobody fills the log with one."""


@dataclass
class Journal:
    """The notes of one request: kind, user, and data of ids and counts only."""

    notes: list[dict[str, Any]] = field(default_factory=list)
    refusal: DomainError | None = None
    """What was refused last; its reason is kept under the request's id (`decisions`)."""

    def note(self, kind: str, *, user_id: uuid.UUID | None = None, **data: Any) -> None:
        """`request.journal.note("login.failed", left=2)`."""
        if len(self.notes) < MOST:
            self.notes.append({"kind": kind, "user_id": user_id, "data": data})


def write(request: Request) -> None:
    """Write the notes. A database that cannot take them does not spoil the answer; the log says so."""
    runtime, notes = request.runtime, request.journal.notes
    tenant = request.__dict__.get("tenant")
    identity = request.__dict__.get("identity")
    if identity is not None and identity.acting:
        notes = [{**n, "data": {**n["data"], "impersonator": str(identity.acting.admin_id)}} for n in notes]
    common = {
        "at": runtime.sources.clock.now(),
        "tenant": tenant.id if tenant is not None else None,
        "ip_hash": request.ip_hash,
    }
    try:
        with runtime.engines.begin(NOTES) as db:
            db.add_all(SecurityLog(id=runtime.sources.ids.new(), **common, **note) for note in notes)
    except (SQLAlchemyError, Unavailable) as error:
        log.error("notes_lost", request_id=request.request_id, count=len(notes), exc_info=error)


def keep_refusal(request: Request) -> None:
    """Store why this request was refused. A crowd in front of a sold-out event fills no disk: so many a minute are kept."""
    runtime, tenant = request.runtime, request.tenant
    if request.registry["buckets"].take(REASONS, str(tenant.id)):
        return
    known = request.__dict__.get("ctx")
    try:
        with runtime.engines.begin(TenantScope(tenant.id)) as db:
            ctx = runtime.context(tenant, db, known.actor if known is not None else Actor("anonymous"))
            event = known_event(ctx, (request.matchdict or {}).get("event"))
            why = known.why if known is not None else ctx.why
            decisions.keep(ctx, request.request_id, request.journal.refusal, why, event)
    except (SQLAlchemyError, Unavailable) as error:
        log.error("reason_lost", request_id=request.request_id, exc_info=error)


def known_event(ctx: TenantContext, slug: str | None) -> uuid.UUID | None:
    """The id of the event of the address, if it names one."""
    return None if slug is None else ctx.db.scalar(select(Event.id).where(Event.slug == slug))


def journal_tween_factory(
    handler: Callable[[Request], Response], registry: Registry
) -> Callable[[Request], Response]:
    """Stands outside the unit of work, so that its transaction has ended when the notes are written."""
    runtime = registry["runtime"]

    def journal_tween(request: Request) -> Response:
        response = handler(request)
        if "journal" in request.__dict__:
            if request.journal.notes:
                write(request)
            if request.journal.refusal is not None and request.__dict__.get("tenant") is not None:
                keep_refusal(request)
        if runtime.plugins.health.pending:
            plugin_health.write_down(runtime)
        return response

    return journal_tween


def includeme(config: Configurator) -> None:
    config.add_request_method(lambda _: Journal(), "journal", reify=True)
    config.add_tween(
        "sratix_core.web.journal.journal_tween_factory",
        under="sratix_core.web.security.headers_tween_factory",
        over="pyramid_tm.tm_tween_factory",
    )
